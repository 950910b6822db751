"""One sync at a time among all processes of the user.

The lock is an exclusive SQLite lock on a small file beside the cache: the same on every
platform, and given back by the system when its holder dies.
"""

import os
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from pkgtui.errors import StoreError
from pkgtui.store.errors import is_damage, is_lock, translated

POLL_S = 0.25
GIVE_UP_AFTER_S = 600.0


class SyncLock:
    """The lock of one cache file; not held until `acquire` returns."""

    def __init__(self, cache: Path) -> None:
        """Make the lock of the cache at `cache`, in a file beside it."""
        self.path = cache.with_suffix(".lock")
        self._connection: sqlite3.Connection | None = None

    async def acquire(self, sleep: Callable[[float], Awaitable[object]]) -> None:
        """Wait until no other process holds it; raises `StoreError` at last."""
        waited_s = 0.0
        while not self.try_acquire():
            if waited_s >= GIVE_UP_AFTER_S:
                raise StoreError(
                    "another pkgtui has been syncing for too long; end it and try again"
                )
            await sleep(POLL_S)
            waited_s += POLL_S

    def try_acquire(self) -> bool:
        """Take the lock if it is free; returns whether it was."""
        try:
            with suppress(OSError):
                make_private_file(self.path)
            try:
                self._take()
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise
                # Nothing is ever kept in it, so that it can be emptied. Not deleted:
                # another process may hold it by then.
                with suppress(OSError):
                    os.truncate(self.path, 0)
                self._take()
        except sqlite3.Error as error:
            if is_lock(error):
                return False
            raise translated(error, self.path) from error
        return True

    def _take(self) -> None:
        connection = sqlite3.connect(self.path, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            connection.close()
            raise
        self._connection = connection

    def release(self) -> None:
        """Give the lock back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def make_private_file(path: Path) -> None:
    """Make an empty file, and its folder, for the user alone, if it is not there.

    One that is there is never opened: closing it would release SQLite's locks on it
    (POSIX gives them up with any descriptor of the process).
    """
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
