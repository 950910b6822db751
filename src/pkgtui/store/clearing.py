"""Forgetting a cached catalog: its file, and what was put aside of it.

Only the files of one cache are touched, never the user's marks nor another API's cache.
The small lock file stays: deleting a lock lets two processes hold it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from pkgtui.errors import StoreError
from pkgtui.store.failures import is_lock, translated
from pkgtui.store.lock import SyncLock

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
