"""Reads the settings file: what is in it, on which line, and what is wrong with it.

The file is optional and its reader is loaded only if it is there. Whatever is wrong
with it becomes a sentence: a run never fails by it.
"""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from pkgtui.errors import PkgtuiError

LARGEST_BYTES = 256 * 1024


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
    # Without waiting for somebody to write, where it is no file but a pipe.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise _UnusableError("is a folder; it has to be a file")
        if not stat.S_ISREG(mode):
            raise _UnusableError("is no plain file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(LARGEST_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(content) > LARGEST_BYTES:
        raise _UnusableError(f"is larger than {LARGEST_BYTES // 1024} KiB")
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
