"""The one table of settings: names, environment variables, options, what is allowed.

A value is of TOML's types until its `read` has checked it, wherever it comes from.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from pkgtui.config.settings import (
    DEFAULT_API_URL,
    DEFAULT_CACHE_AGE_H,
    DEFAULT_COLUMNS,
    LOG_LEVELS,
    check_api_url,
)
from pkgtui.config.themes import AUTOMATIC, THEMES
from pkgtui.domain.facts import LIST_COLUMNS
from pkgtui.errors import PkgtuiError

MAX_CACHE_AGE_H = 10 * 365 * 24


class BadValueError(ValueError):
    """A value that a setting does not take."""


class Setting(NamedTuple):
    """One thing that can be set."""

    name: str
    """Its key in the file."""
    default: object
    allowed: str
    """What it may be, to follow "it may be"."""
    read: Callable[[object], object]
    """Checks a value of TOML's types; raises `BadValueError`."""
    about: str
    """A sentence or two for the commented file."""
    from_text: Callable[[str], object] = str
    """Makes a value of TOML's types of what an environment variable holds."""
    environment: str = ""
    option: str = ""
    """As a person writes it, for telling where a value is from."""
    names: tuple[str, ...] = ()
    """The words it takes, of which a near one is suggested."""
    is_in_file: bool = True


def _switch(value: object) -> object:
    if not isinstance(value, bool):
        raise BadValueError
    return value


def _switch_or_auto(value: object) -> object:
    return value if value == AUTOMATIC else _switch(value)


def _hours(value: object) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # A comparison with "not a number" is false.
    if not is_number or not 0 <= value <= MAX_CACHE_AGE_H:  # type: ignore[operator]
        raise BadValueError
    return float(value)  # type: ignore[arg-type]


def _address(value: object) -> object:
    try:
        return check_api_url(_text(value))
    except PkgtuiError as error:
        raise BadValueError from error


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise BadValueError
    return value


def _path(value: object) -> object:
    try:
        Path(_text(value)).expanduser()
    except RuntimeError as error:  # ~ of a person whom nobody knows
        raise BadValueError from error
    return value


def _one_of(words: Sequence[str]) -> Callable[[object], object]:
    def read(value: object) -> object:
        if value not in words:
            raise BadValueError
        return value

    return read


def _columns(value: object) -> object:
    if not isinstance(value, list):
        raise BadValueError
    if not all(isinstance(one, str) and one in LIST_COLUMNS for one in value):
        raise BadValueError
    if len(value) != len(set(value)):
        raise BadValueError
    return tuple(value)


_SWITCH_WORDS: dict[str, object] = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


def _switch_from_text(text: str) -> object:
    word = text.strip().lower()
    return _SWITCH_WORDS.get(word, word)


def _number_from_text(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _list_from_text(text: str) -> object:
    return [word.strip() for word in text.split(",") if word.strip()]


SETTINGS = (
    Setting(
        "api_url",
        DEFAULT_API_URL,
        f"the address of an API v4, as {DEFAULT_API_URL}",
        _address,
        "The server to ask: the base of an API v4.",
        environment="PKGTUI_API_URL",
        option="--api-url",
    ),
    Setting(
        "cache_age",
        int(DEFAULT_CACHE_AGE_H),
        f"a number of hours from 0 to {MAX_CACHE_AGE_H}",
        _hours,
        "How many hours old the catalog or a package may be before it is asked for "
        "again.",
        from_text=_number_from_text,
        environment="PKGTUI_CACHE_AGE",
    ),
    Setting(
        "offline",
        False,
        "true or false",
        _switch,
        "Never touch the network.",
        from_text=_switch_from_text,
        environment="PKGTUI_OFFLINE",
        option="--offline",
    ),
    Setting(
        "sample",
        False,
        "true or false",
        _switch,
        "Use the bundled sample catalog.",
        from_text=_switch_from_text,
        environment="PKGTUI_SAMPLE",
        option="--sample",
        is_in_file=False,
    ),
    Setting(
        "theme",
        AUTOMATIC,
        f"{AUTOMATIC}, {', '.join(THEMES)}",
        _one_of((AUTOMATIC, *THEMES)),
        f'The colors. "{AUTOMATIC}" is the theme that was chosen last in the browser '
        "(ctrl+p, Theme); under NO_COLOR one without colors.",
        environment="PKGTUI_THEME",
        option="--theme",
        names=THEMES,
    ),
    Setting(
        "ascii",
        AUTOMATIC,
        f'true, false or "{AUTOMATIC}"',
        _switch_or_auto,
        f'Write nothing outside ASCII. "{AUTOMATIC}" looks at the locale and at TERM.',
        from_text=_switch_from_text,
        environment="PKGTUI_ASCII",
        option="--ascii",
    ),
    Setting(
        "mouse",
        True,
        "true or false",
        _switch,
        "Take the mouse; false leaves it to the terminal, to select text with.",
        from_text=_switch_from_text,
        option="--no-mouse",
    ),
    Setting(
        "animations",
        AUTOMATIC,
        f'true, false or "{AUTOMATIC}"',
        _switch_or_auto,
        f'Animate where Textual does. "{AUTOMATIC}" means not over SSH.',
        from_text=_switch_from_text,
        option="--no-animation",
    ),
    Setting(
        "columns",
        list(DEFAULT_COLUMNS),
        f"a list of {', '.join(LIST_COLUMNS)}, each once",
        _columns,
        "The columns of the packages' table beside the title, as far as they fit: "
        f"{', '.join(LIST_COLUMNS)}.",
        from_text=_list_from_text,
    ),
    Setting(
        "log",
        "",
        'the path of a file, or "" for no log',
        _path,
        "A file to append a log to; a relative path starts from this directory. "
        "Empty for none.",
        environment="PKGTUI_LOG",
        option="--log",
    ),
    Setting(
        "log_level",
        "info",
        f"one of {', '.join(LOG_LEVELS)}",
        _one_of(LOG_LEVELS),
        f"How much is logged: {', '.join(LOG_LEVELS)}.",
        names=LOG_LEVELS,
    ),
)
"""All but the keys, in the order in which they are told."""
