"""What a run was asked to do: options before the environment before the defaults."""

import pytest

from pkgtui.config import (
    DEFAULT_API_URL,
    Settings,
    check_api_url,
    resolve_settings,
    without_credentials,
)
from pkgtui.errors import UsageError

ELSEWHERE = "http://127.0.0.1:8000/api/v4/"


def test_nothing_asked_is_the_default() -> None:
    assert resolve_settings({}) == Settings(DEFAULT_API_URL)
    assert Settings() == (DEFAULT_API_URL, False, False, False)


def test_the_environment_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PKGTUI_API_URL", ELSEWHERE)
    assert resolve_settings().api_url == ELSEWHERE


def test_an_option_goes_before_the_environment() -> None:
    environ = {"PKGTUI_API_URL": "https://other.example/api/v4/"}
    assert resolve_settings(environ, api_url=ELSEWHERE).api_url == ELSEWHERE
    assert resolve_settings(environ).api_url == "https://other.example/api/v4/"
    assert resolve_settings({"PKGTUI_API_URL": ""}).api_url == DEFAULT_API_URL


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_switches_from_the_environment(value: str) -> None:
    assert resolve_settings({"PKGTUI_OFFLINE": value}).is_offline
    assert resolve_settings({"PKGTUI_SAMPLE": value}).is_sample
    assert not resolve_settings({"PKGTUI_OFFLINE": value}).is_sample


@pytest.mark.parametrize("value", ["", "0", "false", "no", "nonsense"])
def test_switches_left_off(value: str) -> None:
    settings = resolve_settings({"PKGTUI_OFFLINE": value, "PKGTUI_SAMPLE": value})
    assert settings == Settings()


def test_options_switch_on() -> None:
    assert resolve_settings({}, offline=True).is_offline
    assert resolve_settings({}, sample=True).is_sample
    assert resolve_settings({}, ascii_only=True).is_ascii
    assert resolve_settings({"TERM": "linux"}).is_ascii


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://example.org/api/v4/", "https://example.org/api/v4/"),
        (" https://example.org/api/v4 ", "https://example.org/api/v4/"),
        ("https://example.org/api/v4//", "https://example.org/api/v4/"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/api/v4/?format=api#x", "https://example.org/api/v4/"),
        ("HTTP://me:pass@example.org:81/a", "http://me:pass@example.org:81/a/"),
        ("http://[::1]:8000/api/v4/", "http://[::1]:8000/api/v4/"),
    ],
)
def test_a_base_ends_with_one_slash_and_has_no_query(url: str, base: str) -> None:
    assert check_api_url(url) == base
    assert check_api_url(base) == base


@pytest.mark.parametrize(
    "url",
    [
        "djangopackages.org/api/v4/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///api/v4/",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://[::1/",
        "javascript:alert(1)",
        "nonsense",
    ],
)
def test_what_is_no_address_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError, match="not an API address") as caught:
        check_api_url(url)
    assert DEFAULT_API_URL in str(caught.value)


def test_an_error_does_not_show_a_password() -> None:
    with pytest.raises(UsageError) as caught:
        resolve_settings({}, api_url="ftp://me:secret@example.org/")
    assert "secret" not in str(caught.value)
    assert "ftp://example.org/" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://me:pass@example.org/a", "https://example.org/a"),
        ("https://me:p@ss@example.org/a", "https://example.org/a"),
        ("https://me:p/ss@example.org/a", "https://example.org/a"),
        ("me:pass@example.org", "example.org"),
    ],
)
def test_credentials_are_never_shown(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
