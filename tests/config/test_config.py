"""What a run was asked to do: options before the environment before the defaults."""

from pathlib import Path

import pytest

from pkgtui.config import (
    DEFAULT_API_URL,
    Settings,
    check_api_url,
    settings_of_run,
    without_credentials,
)
from pkgtui.config.loader import Configuration, Source, resolve
from pkgtui.config.settings import DEFAULT_COLUMNS
from pkgtui.domain.facts import LIST_COLUMNS
from pkgtui.errors import UsageError

ELSEWHERE = "http://127.0.0.1:8000/api/v4/"
NO_FILE = Path("no", "such", "config.toml")


def resolved(environ: dict[str, str], **options: object) -> Configuration:
    """What holds without a file."""
    return resolve(NO_FILE, environ, options)


def settings(environ: dict[str, str], **options: object) -> Settings:
    """The settings without a file."""
    return resolved(environ, **options).settings


def test_nothing_asked_is_the_default() -> None:
    found = resolved({})
    assert found.settings == Settings()
    assert found.settings.api_url == DEFAULT_API_URL
    assert found.problems == ()
    assert {choice.source for choice in found.choices} == {Source.DEFAULT}
    assert {found.place(choice) for choice in found.choices} == {""}


def test_the_environment_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PKGTUI_API_URL", ELSEWHERE)
    assert resolve(NO_FILE).settings.api_url == ELSEWHERE


def test_an_option_goes_before_the_environment() -> None:
    environ = {"PKGTUI_API_URL": "https://other.example/api/v4/"}
    assert settings(environ, api_url=ELSEWHERE).api_url == ELSEWHERE
    assert settings(environ).api_url == "https://other.example/api/v4/"
    assert settings({"PKGTUI_API_URL": ""}).api_url == DEFAULT_API_URL


@pytest.mark.parametrize("value", ["1", "true", "YES", " on "])
def test_switches_from_the_environment(value: str) -> None:
    assert settings({"PKGTUI_OFFLINE": value}).is_offline
    assert settings({"PKGTUI_SAMPLE": value}).is_sample
    assert not settings({"PKGTUI_OFFLINE": value}).is_sample


@pytest.mark.parametrize("value", ["", "0", "false", "no", "Off"])
def test_switches_left_off(value: str) -> None:
    found = resolved({"PKGTUI_OFFLINE": value, "PKGTUI_SAMPLE": value})
    assert found.settings == Settings()
    assert found.problems == ()


def test_the_environment_of_the_browser() -> None:
    found = resolved(
        {
            "PKGTUI_CACHE_AGE": "1.5",
            "PKGTUI_THEME": "nord",
            "PKGTUI_ASCII": "1",
            "PKGTUI_LOG": "some.log",
        }
    )
    assert found.problems == ()
    assert found.settings == Settings(
        cache_age_h=1.5,
        theme="nord",
        is_ascii=True,
        is_ascii_asked=True,
        log_path=Path("some.log"),
        is_log_asked=True,
    )


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PKGTUI_OFFLINE", "nonsense", '"nonsense": it may be true or false'),
        ("PKGTUI_CACHE_AGE", "day", '"day": it may be a number of hours from 0 to'),
        ("PKGTUI_CACHE_AGE", "nan", '"nan": it may be a number of hours'),
        ("PKGTUI_CACHE_AGE", "-1", '"-1": it may be'),
        ("PKGTUI_CACHE_AGE", "1e999", '"1e999": it may be'),
        ("PKGTUI_THEME", "nrod", '"nrod": did you mean nord? It may be auto, textual'),
        ("PKGTUI_ASCII", "maybe", '"maybe": it may be true, false or "auto"'),
        ("PKGTUI_LOG", "~nobody-of-that-name/x", "it may be the path of a file"),
    ],
)
def test_what_makes_no_sense_is_told_and_ignored(
    name: str, value: str, told: str
) -> None:
    found = resolved({name: value})
    assert found.settings == Settings()
    (problem,) = found.problems
    assert problem.startswith(f"{name} = ")
    assert told in problem
    assert problem.endswith("; it is ignored")


def test_a_wrong_address_in_the_environment_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="not an API address: 'nonsense'"):
        resolved({"PKGTUI_API_URL": "nonsense"})


def test_a_wrong_option_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match='--theme = "nrod": did you mean nord'):
        resolved({}, theme="nrod")


def test_options_switch_on() -> None:
    assert settings({}, offline=True).is_offline
    assert settings({}, sample=True).is_sample
    assert settings({}, ascii=True).is_ascii
    assert settings({}, mouse=False).has_mouse is False
    assert settings({}, animations=False).has_animations is False
    assert settings({}, theme="ansi-dark").theme == "ansi-dark"


def test_the_terminal_decides_what_is_left_to_it() -> None:
    found = settings({"TERM": "linux"})
    assert found.is_ascii
    assert not found.is_ascii_asked
    assert not settings({"TERM": "linux", "PKGTUI_ASCII": "0"}).is_ascii
    assert not settings({"SSH_TTY": "/dev/pts/1"}).has_animations
    assert not settings({"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}).has_animations
    assert settings({"SSH_TTY": "/dev/pts/1"}, animations=True).has_animations


def test_the_place_of_a_choice_is_what_said_it() -> None:
    found = resolved({"PKGTUI_THEME": "nord"}, offline=True)
    places = {choice.name: found.place(choice) for choice in found.choices}
    assert places["theme"] == "PKGTUI_THEME"
    assert places["offline"] == "--offline"
    assert places["mouse"] == ""


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"TERM": "dumb"},
        {"SSH_TTY": "/dev/pts/1"},
        {"PKGTUI_HOME": "x"},
        {"PKGTUI_THEME": "nord", "PKGTUI_ASCII": "x"},
    ],
)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"api_url": ELSEWHERE, "offline": None},
        {"offline": True, "sample": True, "ascii": True},
        {"theme": "dracula", "mouse": False},
    ],
)
def test_the_short_way_comes_to_the_same(
    environ: dict[str, str], options: dict[str, object]
) -> None:
    found = resolved(environ, **options)
    expected = (found.settings, found.problems)
    assert settings_of_run(NO_FILE, environ, options) == expected


def test_the_usual_columns_are_columns() -> None:
    assert set(DEFAULT_COLUMNS) <= set(LIST_COLUMNS)


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
        "http://example.org/\udcff/",  # an argument that is not UTF-8
        "http://m\udcff:pass@example.org/",
        "http://example.org/\x1b[31m/",
        "http://exam\x9bple.org/",
        "http://example.org/\u202e/",
    ],
)
def test_what_is_no_address_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError, match="not an API address") as caught:
        check_api_url(url)
    assert DEFAULT_API_URL in str(caught.value)


def test_an_error_does_not_show_a_password() -> None:
    with pytest.raises(UsageError) as caught:
        resolved({}, api_url="ftp://me:secret@example.org/")
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
