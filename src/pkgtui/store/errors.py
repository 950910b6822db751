"""What SQLite's failures mean to a person: one sentence with what to do."""

import sqlite3
from pathlib import Path

from pkgtui.errors import StoreError


class DamagedError(StoreError):
    """The file holds what no version of ours wrote."""

    def __init__(self, path: Path) -> None:
        """Tell that `path` is damaged."""
        super().__init__(
            f"the cache {path} is damaged; run this again and it will be rebuilt"
        )


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, or is no database at all."""
    code = _primary_code(error)
    if code is None:  # Python's own: text that is not UTF-8
        return "decode" in str(error)
    if str(error) == "malformed JSON":  # in a document that a query looks into
        return True
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_lock(error: sqlite3.Error) -> bool:
    """Whether others kept the file locked for longer than one waits."""
    return _primary_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def is_refusal(error: sqlite3.Error) -> bool:
    """Whether the file may not, or cannot, be opened or written."""
    return _primary_code(error) in {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    }


def translated(error: sqlite3.Error, path: Path) -> StoreError:
    """`error`, met while using `path`, as one of ours."""
    if is_damage(error):
        return DamagedError(path)
    if is_lock(error):
        return StoreError(
            f"another program keeps the cache {path} locked; try again when it is done"
        )
    code = _primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return StoreError(
            f"no room to write the cache {path}: the disk is full; free some space"
        )
    if is_refusal(error):
        return StoreError(
            f"cannot write the cache {path}; set PKGTUI_HOME to a "
            "directory that can be written"
        )
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(
            f"cannot read or write the cache {path}: the disk refuses; see what "
            "limits it, or set PKGTUI_HOME to a directory on another"
        )

    # A cached lookup does without the text module.
    from pkgtui.text import sanitize_line

    return StoreError(
        f"cannot use the cache {path}: {sanitize_line(str(error))}; "
        "remove the file and run this again"
    )


def _primary_code(error: sqlite3.Error) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
