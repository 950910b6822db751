"""What a person types, taken apart; whatever it is, without an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.identifiers import (
    RecordKind,
    Target,
    normalize_pypi_name,
    parse_target,
    repository_host_and_owner,
    repository_key,
)

SITE = "https://djangopackages.org"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("django-cms", Target("django-cms", None)),
        ("  django-cms\n", Target("django-cms", None)),
        ("40", Target("40", None)),
        ("package:40", Target("40", RecordKind.PACKAGE, is_id=True)),
        ("grid:41", Target("41", RecordKind.GRID, is_id=True)),
        ("grid:x", Target("grid:x", None)),
        ("category:1", Target("category:1", None)),
        ("package:40x", Target("package:40x", None)),
        (f"{SITE}/packages/p/django-cms/", Target("django-cms", RecordKind.PACKAGE)),
        (
            f"{SITE}/packages/p/django-cms?a=b#c",
            Target("django-cms", RecordKind.PACKAGE),
        ),
        (f"{SITE}/packages/p/40/", Target("40", RecordKind.PACKAGE)),
        (f"{SITE}/packages/p/a%20b/", Target("a b", RecordKind.PACKAGE)),
        (f"{SITE}/grids/g/cms/", Target("cms", RecordKind.GRID)),
        (f"{SITE}/grids/g/cms/edit/", Target("cms", RecordKind.GRID)),
        ("www.djangopackages.org/grids/g/cms", Target("cms", RecordKind.GRID)),
        ("/packages/p/x/", Target("x", RecordKind.PACKAGE)),
        (f"{SITE}/api/v4/packages/x/", Target("x", RecordKind.PACKAGE)),
        (f"{SITE}/api/v3/grids/x/?format=json", Target("x", RecordKind.GRID)),
        # The API takes digits for an id, the web pages for a slug.
        (f"{SITE}/api/v4/packages/40/", Target("40", RecordKind.PACKAGE, is_id=True)),
        (f"{SITE}/api/v4/grids/41/", Target("41", RecordKind.GRID, is_id=True)),
        (f"{SITE}/categories/apps/", Target(f"{SITE}/categories/apps/", None)),
        ("http://[x/packages/p/a/", Target("http://[x/packages/p/a/", None)),
        ("", Target("", None)),
    ],
)
def test_forms_of_a_target(text: str, target: Target) -> None:
    assert parse_target(text) == target


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("40", 40),
        ("007", 7),
        ("999999999999999999", 10**18 - 1),
        ("1000000000000000000", None),  # longer than any id of SQLite's
        ("4o", None),
        ("٤", None),
        ("²", None),
        ("-1", None),
        ("", None),
    ],
)
def test_the_number_that_a_text_is(text: str, number: int | None) -> None:
    assert Target(text, None).id == number


@given(st.text())
def test_any_text_is_a_target(text: str) -> None:
    assert isinstance(parse_target(text), Target)
    assert isinstance(parse_target(f"{SITE}/packages/p/{text}"), Target)


@pytest.mark.parametrize(
    "name", ["django-cms", "Django.CMS", "django_cms", "DJANGO-_.-cms"]
)
def test_pypi_names_that_are_the_same(name: str) -> None:
    assert normalize_pypi_name(name) == "django-cms"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/Awesto/django-SHOP",
        "http://www.github.com/awesto/django-shop/",
        "https://github.com/awesto/django-shop.git",
        "https://github.com/awesto/django-shop.git/",
        "git://github.com/awesto/django-shop",
        "ssh://git@github.com/awesto/django-shop.git",
        "git@github.com:awesto/django-shop.git",
        "  https://github.com/awesto/django-shop?tab=readme#top\n",
    ],
)
def test_spellings_of_one_repository(url: str) -> None:
    assert repository_key(url) == "github.com/awesto/django-shop"


@pytest.mark.parametrize(
    "url",
    ["", "django-shop", "github.com/a/b", "https://github.com/", "http://[x/y", "//"],
)
def test_what_is_no_repository(url: str) -> None:
    assert repository_key(url) is None


@given(st.text())
def test_any_text_may_be_asked_for_its_repository(text: str) -> None:
    for url in (text, f"https://{text}", f"git@{text}"):
        key = repository_key(url)
        assert key is None or "/" in key


@pytest.mark.parametrize(
    ("url", "host_and_owner"),
    [
        ("https://github.com/awesto/django-shop", ("github.com", "awesto")),
        ("https://gitlab.com/group/sub/project", ("gitlab.com", "group")),
        ("https://git.example.org/~me/x", ("git.example.org", "~me")),
        ("https://github.com/", (None, None)),
        (None, (None, None)),
        ("", (None, None)),
    ],
)
def test_host_and_owner(
    url: str | None, host_and_owner: tuple[str | None, str | None]
) -> None:
    assert repository_host_and_owner(url) == host_and_owner
