"""Who has the say: the default, the file over it, the environment, then the options.

What is wrong in the file, or in most of the environment, is told and left out: the run
goes on with what the rest says. A wrong option is wrong usage.
"""

import os
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, cast

from pkgtui.config.environment import is_over_ssh, terminal_is_ascii
from pkgtui.config.schema import SETTINGS, BadValueError, Setting
from pkgtui.config.settings import Settings, check_api_url, without_credentials
from pkgtui.config.template import toml_text
from pkgtui.config.themes import AUTOMATIC
from pkgtui.errors import PkgtuiError, UsageError
from pkgtui.files import NotARegularFileError, read_regular_file

MAX_BYTES = 256 * 1024


class SettingsFile:
    """One settings file, or the lack of it."""

    def __init__(self, path: Path) -> None:
        """Read `path`; a file that is not there is an empty one."""
        self.path = path
        self.values: Mapping[str, object] = {}
        self.problem = ""
        """Why nothing of it is used."""
        self._text = ""
        self._lines: dict[tuple[str, ...], int] | None = None
        try:
            self._text = _read(path)
            self.values = _parse(self._text)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except NotARegularFileError as error:
            self.problem = f"{path}: {error.strerror}; the defaults are used"
        except OSError as error:
            reason = error.strerror or error
            self.problem = f"{path}: cannot be read: {reason}; the defaults are used"
        except _UnusableError as error:
            place = f"{path}:{error.line}" if error.line else str(path)
            self.problem = f"{place}: {error}; the defaults are used"

    def place(self, *keys: str) -> str:
        """Where the key of that path stands: file and, if that is sure, line."""
        if self._lines is None:
            from pkgtui.config.toml_lines import lines_of_keys

            self._lines = lines_of_keys(self._text, self.values)
        line = self._lines.get(keys)
        return f"{self.path}:{line}" if line else str(self.path)


class _UnusableError(PkgtuiError):
    """The file as a whole is of no use."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


def _read(path: Path) -> str:
    content = read_regular_file(path, MAX_BYTES)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _UnusableError("is not UTF-8", line) from error


def _parse(text: str) -> Mapping[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _UnusableError("is nested too deep") from error
    except ValueError as error:
        message = str(error)
        place = r" \(at (?:line (\d+), column \d+|end of document)\)$"
        match = re.search(place, message)
        line = None
        if match is not None:
            message = message[: match.start()]
            line = int(match[1]) if match[1] else text.count("\n") + 1
        raise _UnusableError(f"is not TOML: {message}", line) from error


MAX_PROBLEMS = 20
KEYS_SECTION = "keys"
"""The table in the file that gives actions other keys."""
_MAX_SHOWN_CHARS = 60


class Source(StrEnum):
    """Where a value comes from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    OPTION = "option"


class ResolvedSetting(NamedTuple):
    """One setting in force."""

    name: str
    value: object
    """As its setting's `read` gives it."""
    source: Source
    said_by: tuple[str, ...] = ()
    """The variable, the option, or the keys that lead to it in the file."""


class Configuration(NamedTuple):
    """The settings of one run, and what is to be known of them."""

    settings: Settings
    choices: tuple[ResolvedSetting, ...]
    """Every setting, then the actions that have other keys."""
    problems: tuple[str, ...]
    """What was wrong in the file and the environment, a sentence each."""
    file: SettingsFile

    def place(self, choice: ResolvedSetting) -> str:
        """Where `choice` was made: variable, option, or file with its line."""
        if choice.source is Source.FILE:
            return self.file.place(*choice.said_by)
        return "".join(choice.said_by)


def resolve(
    path: Path,
    environ: Mapping[str, str] = os.environ,
    options: Mapping[str, object] | None = None,
) -> Configuration:
    """Settings from the file `path`, `environ` and `options` (by names of settings).

    An option of None was not given. Raises `UsageError` for one that is wrong.
    """
    file = SettingsFile(path)
    problems = [file.problem] if file.problem else []
    problems += _unknown_names(file)
    choices = tuple(
        _from_option(setting, (options or {}).get(setting.name))
        or _from_environment(setting, environ, problems)
        or _from_file(setting, file, problems)
        or ResolvedSetting(setting.name, setting.read(setting.default), Source.DEFAULT)
        for setting in SETTINGS
    )
    settings = _settings(choices, path, environ)
    if KEYS_SECTION in file.values:
        from pkgtui.config.keymap import read_keymap

        keymap, mistakes = read_keymap(file.values[KEYS_SECTION], file.place)
        problems += mistakes
        settings = settings._replace(keymap=tuple((one.id, one.keys) for one in keymap))
        choices += tuple(
            ResolvedSetting(f"{KEYS_SECTION}.{one.id}", one.keys, Source.FILE, one.path)
            for one in keymap
        )
    return Configuration(settings, choices, _told(problems), file)


def _from_option(setting: Setting, value: object) -> ResolvedSetting | None:
    if value is None:
        return None
    try:
        read = setting.read(value)
    except BadValueError as error:
        raise _wrong_usage(setting, setting.option, value) from error
    return ResolvedSetting(setting.name, read, Source.OPTION, (setting.option,))


def _from_environment(
    setting: Setting, environ: Mapping[str, str], problems: list[str]
) -> ResolvedSetting | None:
    text = environ.get(setting.environment, "")
    if not text:
        return None
    try:
        value = setting.read(setting.from_text(text))
    except BadValueError as error:
        if setting.name == "api_url":
            # Another server than the one that was meant is none to fall back to.
            raise _wrong_usage(setting, setting.environment, text) from error
        wrong = _wrong(setting, setting.environment, text)
        problems.append(f"{wrong}; it is ignored")
        return None
    return ResolvedSetting(
        setting.name, value, Source.ENVIRONMENT, (setting.environment,)
    )


def _from_file(
    setting: Setting, file: SettingsFile, problems: list[str]
) -> ResolvedSetting | None:
    if not setting.is_in_file or setting.name not in file.values:
        return None
    value = file.values[setting.name]
    try:
        read = setting.read(value)
    except BadValueError:
        wrong = _wrong(setting, setting.name, value)
        problems.append(f"{file.place(setting.name)}: {wrong}; the default is used")
        return None
    return ResolvedSetting(setting.name, read, Source.FILE, (setting.name,))


def _wrong_usage(setting: Setting, name: str, value: object) -> UsageError:
    if setting.name == "api_url":
        try:
            check_api_url(str(value))
        except UsageError as error:
            return error
    return UsageError(_wrong(setting, name, value))


def _wrong(setting: Setting, name: str, value: object) -> str:
    """``theme = "nrod": did you mean nord? It may be …``."""
    if isinstance(value, str) and setting.name == "api_url":
        value = without_credentials(value)
    near = _nearest(value, setting.names) if isinstance(value, str) else ""
    hint = f"did you mean {near}? It" if near else "it"
    return f"{name} = {_shown(value)}: {hint} may be {setting.allowed}"


def _shown(value: object) -> str:
    text = toml_text(value)
    is_long = len(text) > _MAX_SHOWN_CHARS
    return f"{text[: _MAX_SHOWN_CHARS - 1]}…" if is_long else text


def _unknown_names(file: SettingsFile) -> Iterator[str]:
    known = [setting.name for setting in SETTINGS if setting.is_in_file]
    known.append(KEYS_SECTION)
    for name, value in file.values.items():
        if name in known:
            continue
        kind = "section" if isinstance(value, Mapping) else "setting"
        near = _nearest(name, known)
        hint = f"did you mean {near}? There" if near else "there"
        yield (
            f"{file.place(name)}: no {kind} is called {_shown(name)}: {hint} are "
            f"{', '.join(known)}; it is ignored"
        )


def _nearest(word: str, names: Iterator[str] | tuple[str, ...] | list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word[:_MAX_SHOWN_CHARS], list(names), n=1)
    return near[0] if near else ""


def _told(problems: list[str]) -> tuple[str, ...]:
    if not problems:
        return ()
    from pkgtui.text import sanitize_line

    left_out = len(problems) - MAX_PROBLEMS
    more = [f"and {left_out} more of the kind"] if left_out > 0 else []
    return tuple(map(sanitize_line, problems[:MAX_PROBLEMS] + more))


def _settings(
    choices: tuple[ResolvedSetting, ...], path: Path, environ: Mapping[str, str]
) -> Settings:
    # Each value was read by its setting, which knows its type.
    by_name = {choice.name: choice for choice in choices}
    values = {name: choice.value for name, choice in by_name.items()}
    ascii_only, animations = values["ascii"], values["animations"]
    log = str(values["log"])
    # What the file names is found from everywhere.
    base = path.parent if by_name["log"].source is Source.FILE else Path()
    return Settings(
        api_url=str(values["api_url"]),
        is_offline=values["offline"] is True,
        is_sample=values["sample"] is True,
        is_ascii=(
            terminal_is_ascii(environ)
            if ascii_only == AUTOMATIC
            else ascii_only is True
        ),
        is_ascii_asked=ascii_only is True,
        cache_age_h=cast("float", values["cache_age"]),
        theme=None if values["theme"] == AUTOMATIC else str(values["theme"]),
        has_mouse=values["mouse"] is True,
        has_animations=(
            not is_over_ssh(environ) if animations == AUTOMATIC else animations is True
        ),
        columns=cast("tuple[str, ...]", values["columns"]),
        log_path=base / Path(log).expanduser() if log else None,
        log_level=str(values["log_level"]),
        is_log_asked=bool(log) and by_name["log"].source is not Source.FILE,
    )
