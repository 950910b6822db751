"""Every failure the program tells of: one line that names the cause, and what to do.

Faces print `str(error)` after ``pkgtui: `` and, for the command line, exit with
`error.exit_code`. Anything that is not one of these is a bug, see `crash_report`.
"""

from collections.abc import Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command line: public interface."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NOT_FOUND = 3
    NO_NETWORK = 4
    INTERRUPTED = 130


class PkgtuiError(Exception):
    """Base of all; the message is one line: the cause, then what to do about it."""

    exit_code = ExitCode.FAILED


class UsageError(PkgtuiError):
    """The program was called in a way it does not take."""

    exit_code = ExitCode.USAGE


class NotFoundError(PkgtuiError):
    """No package, grid or category of that name; knows the nearest names."""

    exit_code = ExitCode.NOT_FOUND

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        """Tell that no `kind` is called `name`, and which names come near."""
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)
        hint = f"; did you mean {', '.join(self.nearest)}?" if nearest else ""
        super().__init__(f"no {kind} is called '{name}'{hint}")


class SourceError(PkgtuiError):
    """The server could not be asked, or its answer is of no use."""


class ServerUnreachableError(SourceError):
    """No answer: refused, reset, cut, timed out, no route, or the network is off."""

    exit_code = ExitCode.NO_NETWORK


class BadResponseError(SourceError):
    """An answer that is not what the API gives: a wrong status, type or shape."""


class RecordNotFoundError(SourceError):
    """The server says that it has no such record (404)."""

    exit_code = ExitCode.NOT_FOUND


class NothingCachedError(PkgtuiError):
    """There is no network and nothing is stored; names the bundled sample."""

    exit_code = ExitCode.NO_NETWORK


class StoreError(PkgtuiError):
    """The cache or a file of the user's cannot be read or written."""
