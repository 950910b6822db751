"""The file of one catalog: opened, brought up to date, put aside if it is no use.

The cache is disposable: nothing in it is worth a failing start. A rollback journal, not
a write-ahead log: data folders on network file systems have no shared memory.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from pkgtui import log
from pkgtui.errors import StoreError
from pkgtui.store import schema
from pkgtui.store.errors import (
    DamagedError,
    is_damage,
    is_lock,
    is_refusal,
    translated,
)
from pkgtui.store.lock import SyncLock, make_private_file
from pkgtui.store.rows import CorruptRowError

BUSY_TIMEOUT_S = 5.0
WRITE_CACHE_KIB = 32 * 1024
OPEN_ATTEMPTS = 3

Parameters = Sequence[Any] | Mapping[str, Any]
Types = Sequence[type | tuple[type, ...]]
"""Of the first columns of a row."""


class Database:
    """One catalog's tables; reads are for the thread that opened it."""

    def __init__(self, path: Path, *, now: Callable[[], datetime]) -> None:
        """Open `path`, or an empty database in memory where that cannot be.

        Raises `StoreError` if another process keeps the file locked.
        """
        self.path = path
        self.notices: list[str] = []
        self.is_in_memory = False
        self.patience_s = BUSY_TIMEOUT_S
        """How long a read waits for other programs to unlock the file."""
        self._now = now
        self._identity: tuple[int, int] | None = None
        self._is_damaged = False
        self._is_kept_out = False
        self._waits_s = BUSY_TIMEOUT_S
        self._connection: sqlite3.Connection | None = self._open()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection for reading; to a new file once damage was noticed.

        Also where another process has cleared the cache and a new one was made since.
        Found locked in vain, the file is waited for no more until a read succeeds.
        """
        if self._is_damaged or self._is_another_there():
            self.close()
        if self._connection is None:
            self._connection = self._open()
            self._waits_s = BUSY_TIMEOUT_S
        waits_s = 0.0 if self._is_kept_out else self.patience_s
        if waits_s != self._waits_s:
            self._connection.execute(f"PRAGMA busy_timeout = {waits_s * 1000:.0f}")
            self._waits_s = waits_s
        return self._connection

    def rows(
        self, sql: str, parameters: Parameters = (), types: Types = ()
    ) -> list[tuple[Any, ...]]:
        """All rows of one query; raises `StoreError`, also for values not of `types`.

        A single bit that has flipped makes bytes of a text.
        """
        with self.guarded():
            rows = self.connection.execute(sql, parameters).fetchall()
            if types and not all(all(map(isinstance, row, types)) for row in rows):
                raise CorruptRowError("a value of another type")
            return rows

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None; raises `StoreError`."""
        rows = self.rows(sql, parameters)
        return rows[0] if rows else None

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn failures of SQLite, and values that make no sense, into StoreError."""
        try:
            yield
            self._is_kept_out = False
        except sqlite3.Error as error:
            self._is_damaged |= is_damage(error)
            self._is_kept_out = is_lock(error)
            raise translated(error, self.path) from error
        except (CorruptRowError, UnicodeDecodeError) as error:
            # The latter is Python's: SQLite says what is wrong in the file's own bytes.
            self._is_damaged = True
            raise DamagedError(self.path) from error

    @contextmanager
    def writing_connection(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for one transaction, in whichever thread.

        Raises what `guarded` translates.
        """
        if self.is_in_memory:
            yield self.connection
            return
        with suppress(OSError):
            make_private_file(self.path)
        # Brought up to date as well: what was opened for reading may be cleared by now.
        connection, problem = _open_file(self.path)
        if connection is None:
            raise CorruptRowError(problem)
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            # A transaction that outgrows its cache locks readers out until it ends.
            connection.execute(f"PRAGMA cache_size = -{WRITE_CACHE_KIB}")
            yield connection
        finally:
            connection.close()

    def close(self) -> None:
        """Give the file back; a damaged one is put aside, for a new one to be made."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._is_damaged:
            self._is_damaged = False
            self._put_aside("damaged")

    def tell(self, sentence: str) -> None:
        """Have the user know `sentence` of this file, once."""
        if sentence not in self.notices:
            self.notices.append(sentence)
            log.warning(sentence)

    def _is_another_there(self) -> bool:
        """Whether the file is no more the one that was opened."""
        found = None if self.is_in_memory else _identity(self.path)
        return found is not None and found != self._identity

    def _open(self) -> sqlite3.Connection:
        for _ in range(OPEN_ATTEMPTS):
            with suppress(OSError):  # a file that is there may still be readable
                make_private_file(self.path)
            self._identity = _identity(self.path)
            try:
                connection, problem = _open_file(self.path)
            except UnicodeDecodeError:  # as in `guarded`
                connection, problem = None, "damaged"
            except sqlite3.Error as error:
                if is_refusal(error):
                    break
                if not is_damage(error):
                    raise translated(error, self.path) from error
                connection, problem = None, "damaged"
            if connection is not None:
                return connection
            if not self._put_aside(problem):
                break
        return self._open_in_memory()

    def _open_in_memory(self) -> sqlite3.Connection:
        self.tell(
            f"cannot write {self.path}: nothing will be kept; "
            "set PKGTUI_HOME to a directory that can be written"
        )
        self.is_in_memory = True
        connection = _connect(":memory:")
        _bring_up_to_date(connection)
        return connection

    def _put_aside(self, problem: str) -> bool:
        """Rename the file that was opened; returns whether its place is free now."""
        if _identity(self.path) != self._identity:
            return True  # another process was first, and a sound file may be there
        target = self._free_name(f"{problem}-{self._now():%Y%m%d-%H%M%S}")
        journal = _journal_of(self.path)
        try:
            self.path.rename(target)
            # Left behind, it would be rolled back into the new file.
            if journal.exists():
                journal.rename(_journal_of(target))
        except OSError:
            return False
        reason = (
            "was written by a newer version" if problem == "newer" else "was damaged"
        )
        self.tell(
            f"the cache {reason}; it was moved aside as {target} and will be rebuilt"
        )
        return True

    def _free_name(self, stem: str) -> Path:
        target = self.path.with_suffix(f".{stem}.sqlite3")
        count = 1
        while target.exists():
            count += 1
            target = self.path.with_suffix(f".{stem}-{count}.sqlite3")
        return target


def _connect(path: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at `path`: another one has another identity."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


def _open_file(path: Path) -> tuple[sqlite3.Connection | None, str]:
    """Connect to `path` and migrate it; or no connection and what is wrong with it."""
    connection = _connect(path)
    try:
        problem = _bring_up_to_date(connection)
    except (sqlite3.Error, UnicodeDecodeError):
        connection.close()
        raise
    if problem is not None:
        connection.close()
        return None, problem
    return connection, ""


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
            if 0 < version < schema.VERSION_WITH_SEARCH <= len(schema.MIGRATIONS):
                from pkgtui.store import search_index

                search_index.fill(connection)
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS)}")
        connection.execute("COMMIT")
    except (sqlite3.Error, UnicodeDecodeError, CorruptRowError) as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, CorruptRowError):
            return "damaged"
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


LOCK_TIMEOUT_S = 2.0


class ClearedCache(NamedTuple):
    """What was deleted."""

    paths: tuple[Path, ...]
    freed_bytes: int


def clear(cache: Path) -> ClearedCache:
    """Delete the files of the cache at `cache`; that there are none is no error.

    Raises `StoreError` while a sync is under way, while another program keeps the cache
    locked, and where a file cannot be deleted.
    """
    try:
        paths = _files(cache)
    except OSError as error:
        raise _failure(cache.parent, error) from error
    if not paths:
        return ClearedCache((), 0)
    with ExitStack() as held:
        lock = SyncLock(cache)
        if not lock.try_acquire():
            raise StoreError(
                "another pkgtui is syncing; clear the cache when it is done"
            )
        held.callback(lock.release)
        if cache in paths:
            held.enter_context(_nobody_using(cache))
        freed_bytes = sum(map(_delete, paths))
    return ClearedCache(tuple(paths), freed_bytes)


@contextmanager
def _nobody_using(cache: Path) -> Iterator[None]:
    """Keep every other process out of `cache`; raises `StoreError` if one is in it.

    What writes to a file that was deleted leaves its journal to the next one of that
    name, and SQLite would roll it back into that: see "How To Corrupt An SQLite
    Database File" of its documentation.
    """
    uri = f"{cache.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(
            uri, uri=True, timeout=LOCK_TIMEOUT_S, isolation_level=None
        )
    except sqlite3.Error:
        yield  # it cannot be opened, by nobody
        return
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if is_lock(error):
                raise translated(error, cache) from error
        if os.name == "nt":  # no file is deleted there as long as it is open
            connection.close()
        yield


def _delete(path: Path) -> int:
    """Delete a file, if it is still there; how many bytes it had."""
    try:
        size = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise _failure(path, error) from error
    return size


def _files(cache: Path) -> list[Path]:
    if not cache.parent.is_dir():
        return []
    starts = tuple(f"{cache.stem}.{problem}-" for problem in ("damaged", "newer"))
    names = {cache.name, f"{cache.name}-journal"}
    return sorted(
        path
        for path in cache.parent.iterdir()
        if path.name in names or path.name.startswith(starts)
    )


def _failure(path: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot delete {path}: {error.strerror or error}; see who may write there"
    )
