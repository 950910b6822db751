"""Forgetting a cache: its file and those that were put aside."""

from pathlib import Path

from pkgtui.errors import StoreError
from pkgtui.store.locking import SyncLock

_PUT_ASIDE = ("damaged", "newer")


def clear_cache(path: Path) -> int:
    """Delete the cache at `path` and what was put aside of it; returns bytes freed.

    The lock file stays: a process that waits for it must not be left with one of its
    own. Raises `StoreError` while a sync is under way.
    """
    files = [path, path.with_name(path.name + "-journal")]
    for problem in _PUT_ASIDE:
        files += path.parent.glob(f"{path.stem}.{problem}-*")
    files = [file for file in files if file.is_file()]
    if not files:
        return 0
    lock = SyncLock(path)
    if not lock.try_acquire():
        raise StoreError("a sync is under way; try again when it has ended")
    size = sum(file.stat().st_size for file in files)
    try:
        for file in files:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot delete {error.filename}: {error.strerror}; delete it by hand"
        ) from error
    finally:
        lock.release()
    return size
