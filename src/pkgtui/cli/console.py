"""The streams: stdout carries the answer and nothing else, stderr single plain lines.

Nothing that was asked for is lost in silence, save when the reader closed the pipe:
then there is nobody to tell.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TextIO

from pkgtui import log
from pkgtui.errors import StoreError
from pkgtui.formats.style import MIN_WIDTH
from pkgtui.text import sanitize_line, to_ascii

if TYPE_CHECKING:
    from pkgtui.catalog import SyncProgress

_DEFAULT_WIDTH = 80


def terminal_width(environ: Mapping[str, str] = os.environ) -> int:
    """Columns of the terminal on stdout; ``COLUMNS`` overrides, 80 without either.

    The same answer as `shutil.get_terminal_size`, which costs 4 ms to import.
    """
    try:
        width = int(environ.get("COLUMNS", "0"))
    except ValueError:
        width = 0
    if width <= 0:
        try:
            stdout = sys.__stdout__
            width = os.get_terminal_size(stdout.fileno()).columns if stdout else 0
        except (OSError, ValueError):
            width = 0
    return max(MIN_WIDTH, width or _DEFAULT_WIDTH)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether `stream` is there, open, and a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def wants_color(when: str, stream: TextIO | None, environ: Mapping[str, str]) -> bool:
    """Whether to color: ``always`` and ``never`` hold whatever else is set.

    ``auto`` means a terminal that can, and no ``NO_COLOR`` (https://no-color.org).
    """
    if when != "auto":
        return when == "always"
    return (
        is_terminal(stream)
        and not environ.get("NO_COLOR")
        and environ.get("TERM") != "dumb"
    )


PREFIX = "pkgtui: "

Encoding = Literal["terminal", "utf-8", "json"]
"""How text becomes bytes: as the locale has it with ``?`` for the rest, or as UTF-8."""


class Console:
    """Where a command line writes."""

    def __init__(
        self, stdout: TextIO | None = None, stderr: TextIO | None = None
    ) -> None:
        """Write to `stdout` and `stderr`, the process's own if left out."""
        self.stdout = sys.stdout if stdout is None else stdout
        self.stderr = sys.stderr if stderr is None else stderr
        self.is_ascii = False
        """Whether what is told keeps to ASCII."""
        self._has_open_line = False

    @property
    def is_stdout_terminal(self) -> bool:
        """Whether a person reads the answer as it comes."""
        return is_terminal(self.stdout)

    @property
    def can_redraw(self) -> bool:
        """Whether stderr is a terminal that can show a line which changes."""
        return is_terminal(self.stderr) and os.environ.get("TERM") != "dumb"

    def write(self, text: str, encoding: Encoding = "terminal") -> None:
        """Write an answer, to the last byte; raises BrokenPipeError and StoreError."""
        stream = self.stdout
        if stream is None:
            raise StoreError("cannot write the answer: standard output is closed")
        _set_encoding(stream, encoding)
        try:
            stream.write(text)
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            self.abandon_stdout()
            reason = sanitize_line(error.strerror or str(error))
            raise StoreError(f"cannot write the answer: {reason}") from error

    def tell(self, sentence: str, *, is_trouble: bool = True) -> None:
        """Write one line to stderr; a stderr that is gone is no reason to fail.

        The log has it too, as a warning where it `is_trouble`.
        """
        self.clear_line()
        line = sanitize_line(sentence)
        (log.warning if is_trouble else log.info)(line)
        self._write_stderr(f"{PREFIX}{to_ascii(line) if self.is_ascii else line}\n")

    def show_progress(self, sentence: str) -> None:
        """Put `sentence` in place of the progress shown before; for a terminal."""
        self._write_stderr(f"\r{PREFIX}{sentence}\x1b[K")
        self._has_open_line = True

    def clear_line(self) -> None:
        """Take the progress away."""
        if self._has_open_line:
            self._write_stderr("\r\x1b[K")
            self._has_open_line = False

    def abandon_stdout(self) -> None:
        """Let what is still buffered go nowhere.

        Without this the interpreter would try once more at its exit, fail, and say so.
        """
        if self.stdout is None:
            return
        try:
            descriptor = self.stdout.fileno()
        except (OSError, ValueError):
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)

    def _write_stderr(self, text: str) -> None:
        if self.stderr is None:
            return
        try:
            self.stderr.write(text)
            self.stderr.flush()
        except (OSError, ValueError):
            self.stderr = None


def _set_encoding(stream: TextIO, encoding: Encoding) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is None:
        return
    if encoding == "terminal":
        reconfigure(errors="replace")
    elif encoding == "json":
        # A lone surrogate, as of a path that is no UTF-8, stays a valid JSON escape.
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    else:
        reconfigure(encoding="utf-8", errors="replace", newline="")


class ProgressLines:
    """Shows how far a sync has come."""

    def __init__(self, console: Console) -> None:
        """Show it on the stderr of `console`."""
        self._console = console
        self.has_begun = False
        """Whether anything arrived."""

    def show(self, progress: SyncProgress) -> None:
        """Tell of one page; where stderr cannot redraw, only of a list's end."""
        self.has_begun = True
        again = " (read again: the list moved)" if progress.pass_number > 1 else ""
        line = f"{progress.resource}: {progress.done} of {progress.total}{again}"
        if self._console.can_redraw:
            self._console.show_progress(line)
        elif progress.done >= progress.total:
            self._console.tell(line, is_trouble=False)
