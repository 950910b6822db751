"""Times, addresses, PyPI names and versions, in every form that was seen and worse."""

import sys
import zoneinfo
from datetime import UTC, datetime
from typing import Any

import pytest

from pkgtui.sources.djangopackages import converters as fields


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2025-12-04T11:19:34-05:00", utc(2025, 12, 4, 16, 19, 34)),
        ("2012-08-13T12:13:58.949977-04:00", utc(2012, 8, 13, 16, 13, 58, 949977)),
        ("2026-02-15T18:13:49Z", utc(2026, 2, 15, 18, 13, 49)),
        ("2026-02-15t18:13:49.5z", utc(2026, 2, 15, 18, 13, 49, 500000)),
        ("2026-02-15 18:13:49+00:00", utc(2026, 2, 15, 18, 13, 49)),
        ("2026-02-15T18:13:49+0530", utc(2026, 2, 15, 12, 43, 49)),
        ("20260215T181349Z", utc(2026, 2, 15, 18, 13, 49)),
        (" 2026-02-15T18:13Z\n", utc(2026, 2, 15, 18, 13)),
        # Without an offset it is New York's time, in winter and in summer.
        ("2026-02-15T18:13:49.575476", utc(2026, 2, 15, 23, 13, 49, 575476)),
        ("2026-07-15 18:13:49", utc(2026, 7, 15, 22, 13, 49)),
        ("2026-02-15", utc(2026, 2, 15, 5)),
        ("0001-01-01T00:00:00-05:00", utc(1, 1, 1, 5)),
    ],
)
def test_moment(value: str, moment: datetime) -> None:
    read = fields.moment(value)
    assert read == moment
    assert read is not None
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", " ", "yesterday", 1_700_000_000, 1.5, True, [], {}),
        *("2026-13-01T00:00:00Z", "2026-02-30", "10000-01-01T00:00:00Z", "12:30"),
        *("9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00"),
        *("2026-02-15T25:00:00Z", "2026-02-15T18:13:49+25:00", "\ud800", "2026" * 99),
    ],
)
def test_no_moment(value: Any) -> None:
    assert fields.moment(value) is None


def test_a_machine_without_time_zones_takes_the_winter_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "tzdata", None)
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    fields._new_york.cache_clear()
    try:
        assert fields.moment("2026-07-15T18:13:49") == utc(2026, 7, 15, 23, 13, 49)
    finally:
        zoneinfo.reset_tzpath()
        fields._new_york.cache_clear()


@pytest.mark.parametrize(
    "value",
    [
        "https://github.com/awesto/django-shop",
        "http://django-mongodb-engine.readthedocs.org",
        "HTTPS://Example.org/",
        "https://gitlab.com/a/b/c",
        "https://user@host.example:8443/x?y=z#w",
        "http://[::1]:8000/",
    ],
)
def test_a_web_url_stays_as_it_is(value: str) -> None:
    assert fields.web_url(value) == value


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (" https://example.org/ \n", "https://example.org/"),
        ("https://example.org/a\x1b]52;c;YQ==\x07", "https://example.org/a"),
        ("github.com/awesto/django-shop", "https://github.com/awesto/django-shop"),
    ],
)
def test_a_web_url_is_tidied(value: str, url: str) -> None:
    assert fields.web_url(value) == url


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", " ", 12, [], {}, True, "http://", "https:///path", "http://[::1"),
        *("javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/x"),
        *("git@github.com:a/b.git", "git://github.com/a/b", "//github.com/a/b"),
        *("github.com", "a/b", "readme", "localhost/x", "https://exa mple.org/"),
        *("http://host:99999/", "http://host:port/", "https://x.org/" + "a" * 2_000),
        "data:text/html,<script>alert(1)</script>",
    ],
)
def test_no_web_url(value: Any) -> None:
    assert fields.web_url(value) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("http://pypi.python.org/pypi/django-shop", "django-shop"),
        ("http://pypi.python.org/pypi/django-shop/", "django-shop"),
        ("http://pypi.python.org/pypi/django-shop/1.2.4", "django-shop"),
        ("https://pypi.python.org/pypi/django-shop", "django-shop"),
        ("https://pypi.org/project/django-shop/", "django-shop"),
        ("https://pypi.org/project/django-shop", "django-shop"),
        ("https://pypi.org/project/django-shop/1.2.4/#files", "django-shop"),
        ("https://www.pypi.org/project/Django_Shop/?x=y", "Django_Shop"),
        ("pypi.org/project/zope.interface/", "zope.interface"),
        ("django-shop", "django-shop"),
        (" Django.Shop_2 ", "Django.Shop_2"),
        ("a", "a"),
    ],
)
def test_pypi_name(value: str, name: str) -> None:
    assert fields.pypi_name(value) == name


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", " ", 12, [], "https://pypi.org/", "http://pypi.python.org/pypi/"),
        *("https://pypi.org/project/-bad-/", "two words", "-bad", "bad-", "a/b"),
        *("https://github.com/a/b", "https://evil.example/pypi.org/project/x/"),
        *("https://pypi.org/project/%2e%2e/", "https://pypi.org/user/x/", "näme"),
        "x" * 201,
    ],
)
def test_no_pypi_name(value: Any) -> None:
    assert fields.pypi_name(value) is None


@pytest.mark.parametrize(
    ("value", "version"),
    [
        *(("1.2.4", "1.2.4"), ("0.1-2", "0.1-2"), ("1.2adev", "1.2adev")),
        *((" 1.0\n", "1.0"), ("1\x1b[31m.0", "1.0"), ("9" * 300, "9" * 200)),
        *(("", None), (" ", None), (None, None), (1.2, None), ([], None)),
    ],
)
def test_version(value: Any, version: str | None) -> None:
    assert fields.version(value) == version


def test_a_cut_leaves_no_joiner_without_its_emoji() -> None:
    assert fields.version("x" * 198 + "👩\u200d💻") == "x" * 198 + "👩"
    assert fields.paragraphs("x" * 9_998 + "👩\u200d💻") == "x" * 9_998 + "👩"
