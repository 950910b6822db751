"""The file of one catalogue: opened, brought up to date, put aside if it is no use.

The cache is disposable: nothing in it is worth a failing start. A rollback journal, not
a write-ahead log: data folders on network file systems have no shared memory.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pkgtui.store import schema
from pkgtui.store.documents import DocumentError
from pkgtui.store.failures import DamagedError, is_damage, is_refusal, translated

BUSY_TIMEOUT_S = 5.0

Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """One catalogue's tables; reads are for the thread that opened it."""

    def __init__(self, path: Path, *, now: Callable[[], datetime]) -> None:
        """Open `path`, or an empty database in memory where that cannot be.

        Raises `StoreError` if another process keeps the file locked.
        """
        self.path = path
        self.notices: list[str] = []
        self.is_in_memory = False
        self._now = now
        self._is_damaged = False
        self._connection: sqlite3.Connection | None = self._open()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for reading; opened anew after damage was noticed."""
        if self._is_damaged:
            self._drop()
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of one query; raises `StoreError`."""
        with self.guarded():
            return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None; raises `StoreError`."""
        with self.guarded():
            found: tuple[Any, ...] | None = self.connection.execute(
                sql, parameters
            ).fetchone()
            return found

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn failures of SQLite, and contents that make no sense, into StoreError."""
        try:
            yield
        except sqlite3.Error as error:
            self._is_damaged = is_damage(error)
            raise translated(error, self.path) from error
        except DocumentError as error:
            self._is_damaged = True
            raise DamagedError(self.path) from error

    def connect_writer(self) -> sqlite3.Connection:
        """A second connection, which may move between threads; in memory the first."""
        if self.is_in_memory:
            return self.connection
        with self.guarded():
            connection = _connect(self.path, check_same_thread=False)
            connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def close(self) -> None:
        """Give the file back; a damaged one is put aside for the next run."""
        if self._is_damaged:
            self._drop()
        elif self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        with suppress(OSError):  # a file that is there may still be readable
            _make_private(self.path)
        try:
            connection, problem = _open_file(self.path)
        except sqlite3.Error as error:
            if is_refusal(error):
                return self._open_in_memory()
            if not is_damage(error):
                raise translated(error, self.path) from error
            connection, problem = None, "damaged"
        if connection is not None:
            return connection
        return self._open() if self._put_aside(problem) else self._open_in_memory()

    def _open_in_memory(self) -> sqlite3.Connection:
        self.notices.append(
            f"cannot write {self.path}: nothing will be kept; "
            "set PKGTUI_HOME to a folder that can be written"
        )
        self.is_in_memory = True
        connection = _connect(Path(":memory:"))
        _bring_up_to_date(connection)
        return connection

    def _drop(self) -> None:
        """Close a damaged file and put it aside, unless that was done meanwhile."""
        self._is_damaged = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if not self.is_in_memory and _is_still_damaged(self.path):
            self._put_aside("damaged")

    def _put_aside(self, problem: str) -> bool:
        stamp = self._now().strftime("%Y%m%d-%H%M%S")
        target = self.path.with_suffix(f".{problem}-{stamp}.sqlite3")
        count = 1
        while target.exists():
            count += 1
            target = self.path.with_suffix(f".{problem}-{stamp}-{count}.sqlite3")
        journal = self.path.with_name(self.path.name + "-journal")
        try:
            self.path.rename(target)
            # Left behind, it would be rolled back into the new file.
            if journal.exists():
                journal.rename(target.with_name(target.name + "-journal"))
        except OSError:
            return False
        reason = (
            "was written by a newer version" if problem == "newer" else "was damaged"
        )
        self.notices.append(
            f"the cache {reason}; it was put aside as {target} and will be rebuilt"
        )
        return True


def _connect(path: Path, *, check_same_thread: bool = True) -> sqlite3.Connection:
    return sqlite3.connect(
        path,
        timeout=BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=check_same_thread,
    )


def _open_file(path: Path) -> tuple[sqlite3.Connection | None, str]:
    """Connect to `path` and migrate it; or no connection and what is wrong with it."""
    connection = _connect(path)
    try:
        problem = _bring_up_to_date(connection)
    except sqlite3.Error:
        connection.close()
        raise
    if problem is not None:
        connection.close()
        return None, problem
    return connection, ""


def _make_private(path: Path) -> None:
    """Make the folder and the file for the user alone, if they are not there."""
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _bring_up_to_date(connection: sqlite3.Connection) -> str | None:
    """Migrate to the present version; returns why the file cannot be used, if so."""
    problem, version = _state(connection)
    if problem or version == len(schema.MIGRATIONS):
        return problem
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited for the lock.
        problem, version = _state(connection)
        if problem is None:
            for step in schema.MIGRATIONS[version:]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS)}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return problem


def _state(connection: sqlite3.Connection) -> tuple[str | None, int]:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != schema.APPLICATION_ID:
        has_tables = connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        is_new = version == 0 and application_id == 0 and not has_tables
        return (None if is_new else "damaged"), 0
    if version > len(schema.MIGRATIONS):
        return "newer", version
    return (None if version > 0 else "damaged"), version


def _is_still_damaged(path: Path) -> bool:
    """Whether the file at `path` fails a check: another process may have rebuilt it."""
    try:
        connection = _connect(path)
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        return is_damage(error)
    return bool(found != ("ok",))
