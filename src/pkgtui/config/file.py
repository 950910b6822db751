"""Reads the settings file: what is in it, on which line, and what is wrong with it.

The file is optional and its reader is loaded only if it is there. Whatever is wrong
with it becomes a sentence: a run never fails by it.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from pkgtui.errors import PkgtuiError
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
