"""Forgetting a cached catalogue: its file, and what was put aside of it.

Only the files of one cache are touched, never the user's marks nor another API's cache.
The small lock file stays: deleting a lock lets two processes hold it.
"""

from pathlib import Path
from typing import NamedTuple

from pkgtui.errors import StoreError
from pkgtui.store.locking import SyncLock


class ClearedCache(NamedTuple):
    """What was deleted."""

    paths: tuple[Path, ...]
    freed_bytes: int


def clear(cache: Path) -> ClearedCache:
    """Delete the files of the cache at `cache`; that there are none is no error.

    Raises `StoreError` while a sync is under way, and where a file cannot be deleted.
    """
    try:
        paths = _files(cache)
    except OSError as error:
        raise _failure(cache.parent, error) from error
    if not paths:
        return ClearedCache((), 0)
    lock = SyncLock(cache)
    if not lock.try_acquire():
        raise StoreError("another pkgtui is syncing; clear the cache when it is done")
    freed_bytes = 0
    try:
        for path in paths:
            try:
                size = path.stat().st_size
                path.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise _failure(path, error) from error
            freed_bytes += size
    finally:
        lock.release()
    return ClearedCache(tuple(paths), freed_bytes)


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
