"""A whole catalog from a source into the store, page by page.

It can be cut anywhere: what was held stays until a whole list without it was read, so
what is shown is always a catalog that was once true.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar, cast

from pkgtui import log
from pkgtui.sources.base import CatalogSource, EndOfList, Page, T
from pkgtui.store import queries, write
from pkgtui.store.database import Database
from pkgtui.store.lock import SyncLock
from pkgtui.store.types import SyncProgress, SyncReport
from pkgtui.store.write import Writer

Result = TypeVar("Result")
OnProgress = Callable[[SyncProgress], None]


class _ListOutcome(NamedTuple):
    is_whole: bool
    removed_count: int
    unreadable_count: int


class Synchronizer:
    """Brings one store up to date; one sync at a time, in this and other processes."""

    def __init__(
        self,
        database: Database,
        *,
        now: Callable[[], datetime],
        source_version: str,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Write to `database`; `source_version` is remembered with a whole sync."""
        self._database = database
        self._writer = Writer(database)
        self._now = now
        self._source_version = source_version
        self._sleep = sleep
        self._turn = asyncio.Lock()

    async def sync(
        self, source: Callable[[], CatalogSource], on_progress: OnProgress | None
    ) -> SyncReport:
        """Read all three lists of `source`; raises SourceError and StoreError.

        If another sync ends well while this one waits for its turn, nothing is asked.
        """
        before = self._completed_run()
        async with self._turn:
            lock = (
                None if self._database.is_in_memory else SyncLock(self._database.path)
            )
            try:
                if lock is not None:
                    await lock.acquire(self._sleep)
                if self._completed_run() != before:
                    return self._report([], was_done_elsewhere=True)
                return await self._run(source(), on_progress)
            finally:
                if lock is not None:
                    lock.release()

    async def write(self, change: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `change` in one transaction, off the event loop."""
        if self._database.is_in_memory:
            return self._writer.write(change)
        return await asyncio.to_thread(self._writer.write, change)

    async def _run(
        self, source: CatalogSource, on_progress: OnProgress | None
    ) -> SyncReport:
        outcomes = [
            await self._read_list(
                source.categories(), "category", "categories", on_progress
            ),
            await self._read_list(source.grids(), "grid", "grids", on_progress),
            await self._read_list(
                source.packages(), "package", "packages", on_progress
            ),
        ]
        if all(outcome.is_whole for outcome in outcomes):
            synced_at = self._now()
            await self.write(
                lambda connection: write.set_synced(
                    connection, synced_at, self._source_version
                )
            )
        return self._report(outcomes, was_done_elsewhere=False)

    async def _read_list(
        self,
        pages: AsyncIterator[Page[T] | EndOfList],
        table: str,
        resource: str,
        on_progress: OnProgress | None,
    ) -> _ListOutcome:
        current = _SyncPass()
        is_whole = False
        try:
            async for page in pages:
                if isinstance(page, EndOfList):
                    is_whole = page.is_whole
                    break
                if page.pass_number != current.number:
                    run_id = await self.write(write.next_run)
                    current = _SyncPass(page.pass_number, run_id)
                await self._store_page(page, table, current.run_id)
                current.note(page)
                log.debug(
                    f"{resource}: {current.done} of {page.total} stored, "
                    f"pass {current.number}"
                )
                if on_progress is not None:
                    on_progress(
                        SyncProgress(resource, current.done, page.total, current.number)
                    )
        finally:
            close = getattr(pages, "aclose", None)
            if close is not None:
                await close()
        removed_count = 0
        if is_whole and current.tells_what_vanished:
            removed_count = await self.write(
                lambda connection: write.remove_unseen(
                    connection, table, current.run_id
                )
            )
        return _ListOutcome(is_whole, removed_count, current.unreadable_count)

    async def _store_page(self, page: Page[T], table: str, run_id: int) -> None:
        cached_at = self._now()

        def change(connection: sqlite3.Connection) -> None:
            write.put(connection, page.records, cached_at=cached_at, run_id=run_id)
            write.keep(connection, table, page.unreadable_ids, run_id)

        await self.write(change)

    def _completed_run(self) -> int | None:
        return cast("int | None", queries.meta(self._database, "synced_run"))

    def _report(
        self, outcomes: Sequence[_ListOutcome], *, was_done_elsewhere: bool
    ) -> SyncReport:
        packages, grids, categories = queries.counts(self._database)
        return SyncReport(
            package_count=packages,
            grid_count=grids,
            category_count=categories,
            removed_count=sum(outcome.removed_count for outcome in outcomes),
            unreadable_count=sum(outcome.unreadable_count for outcome in outcomes),
            is_whole=all(outcome.is_whole for outcome in outcomes),
            was_done_elsewhere=was_done_elsewhere,
        )


class _SyncPass:
    """What one pass over a list has seen."""

    def __init__(self, number: int = 0, run_id: int = 0) -> None:
        self.number = number
        self.run_id = run_id
        self._read_ids: set[int] = set()
        self._unreadable_ids: set[int] = set()
        self._unnamed_count = 0

    def note(self, page: Page[T]) -> None:
        self._read_ids.update(record.id for record in page.records)
        self._unreadable_ids.update(page.unreadable_ids)
        self._unnamed_count += page.unreadable_count - len(page.unreadable_ids)

    @property
    def done(self) -> int:
        return len(self._read_ids) + self.unreadable_count

    @property
    def unreadable_count(self) -> int:
        return len(self._unreadable_ids - self._read_ids) + self._unnamed_count

    @property
    def tells_what_vanished(self) -> bool:
        """Whether what it did not see is gone: an empty list is no such proof."""
        return self.done > 0 and self._unnamed_count == 0
