"""Writes the log: one line each, clean, without what addresses carry of secrets."""

import logging
import os
import re
import stat
import time
from contextlib import suppress
from pathlib import Path

from pkgtui.errors import UsageError
from pkgtui.text import sanitize_line

MAX_LINE_CHARS = 2000
_CREDENTIALS = re.compile(r"(?<=://)[^/\s?#]*@")
# What pages are asked for by is no secret, and is what one looks for.
_QUERY_VALUE = re.compile(r"([?&](?!limit=|offset=|format=)[^=&\s]*=)[^&\s]*")


class LogFile:
    """A file that lines are appended to; raises `UsageError` where it cannot be."""

    def __init__(self, path: Path, level: str) -> None:
        """Open `path`, for its owner alone, for what is of `level` or worse."""
        try:
            descriptor = _open(path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            sentence = f"cannot write the log {path}: {reason}"
            raise UsageError(f"{sanitize_line(sentence)}; name another file") from error
        stream = os.fdopen(descriptor, "a", encoding="utf-8", errors="replace")
        self._handler = _Handler(stream)
        formatter = logging.Formatter(
            "%(asctime)s.%(msecs)03dZ %(process)d %(levelname)s %(message)s",
            "%Y-%m-%dT%H:%M:%S",
        )
        formatter.converter = time.gmtime
        self._handler.setFormatter(formatter)
        self._logger = logging.Logger("pkgtui", level.upper())
        self._logger.addHandler(self._handler)

    def write(self, level: str, sentence: str) -> None:
        """Append `sentence`, if `level` is among those that are asked for."""
        number = logging.getLevelNamesMapping()[level]
        if self._logger.isEnabledFor(number):
            self._logger.log(number, "%s", without_secrets(sentence))

    def close(self) -> None:
        """Give the file back."""
        self._handler.close()


def without_secrets(sentence: str) -> str:
    """One line of `sentence`, its addresses without names, passwords and tokens."""
    # Before the line is cut: half an address is not known for one.
    line = _CREDENTIALS.sub("", sanitize_line(sentence)[: 2 * MAX_LINE_CHARS])
    return _QUERY_VALUE.sub(r"\1…", line)[:MAX_LINE_CHARS]


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]
    """Writes line by line; a disk that is full by then ends nothing."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Let it go: there is no better place to tell it."""

    def close(self) -> None:
        """Close the file too."""
        with suppress(OSError, ValueError):
            self.stream.close()
        super().close()


def _open(path: Path) -> int:
    # Without waiting, where it is a pipe that nobody reads.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags, 0o600)
    if stat.S_ISREG(os.fstat(descriptor).st_mode) and hasattr(os, "fchmod"):
        with suppress(OSError):  # somebody else's, which may be written all the same
            os.fchmod(descriptor, 0o600)
    return descriptor
