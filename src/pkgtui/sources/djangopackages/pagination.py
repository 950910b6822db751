"""A whole list, page by page, from a server whose rows may move meanwhile.

A list counts as whole only if every page told the same count, as many different rows
came as were counted, and none was added at its head; otherwise it is read once more
from its start. No more than two pages are held at any time.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Generic, NamedTuple

from pkgtui.sources.base import EndOfList, Page, T
from pkgtui.sources.djangopackages.decode import DecodedPage
from pkgtui.sources.djangopackages.page_scheduler import PageScheduler, Rows

_MOST_UNDER_WAY = 2
_PASSES = (1, 2)


class Fetched(NamedTuple, Generic[T]):
    """The answer to a request for a page."""

    page: DecodedPage[T]
    limit: int
    """How many rows were asked for in the end: fewer where the server struggled."""


FetchPage = Callable[[Rows], Awaitable[Fetched[T]]]
"""Asks for rows of a list."""


async def read_list(fetch: FetchPage[T]) -> AsyncGenerator[Page[T] | EndOfList, None]:
    """Yield the pages of a list and its end; raises what `fetch` raises."""
    is_whole = False
    for number in _PASSES:
        reading = _Pass(fetch, number)
        async with aclosing(reading.pages()) as pages:
            async for page in pages:
                yield page
                del page  # Not to be held while the next ones arrive.
        is_whole = not reading.has_drifted
        if is_whole:
            break
    yield EndOfList(is_whole)


class _Pass(Generic[T]):
    """One reading of a list from its start, which notes whether rows have moved."""

    def __init__(self, fetch: FetchPage[T], number: int) -> None:
        self.has_drifted = False
        self._fetch: FetchPage[T] = fetch
        self._number = number
        self._plan = PageScheduler()
        self._tasks: set[asyncio.Task[tuple[Rows, Fetched[T]]]] = set()
        self._page_count = 0
        self._total = 0
        self._seen: set[int] = set()
        self._unnamed_count = 0

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        """Yield pages until the end, or in the first pass until rows have moved."""
        try:
            while self._ask():
                done, _ = await asyncio.wait(
                    self._tasks, return_when=asyncio.FIRST_COMPLETED
                )
                while done:
                    task = done.pop()
                    self._tasks.remove(task)
                    page = self._note(*task.result())
                    del task
                    if self.has_drifted and self._number != _PASSES[-1]:
                        return
                    yield page
                    del page
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._look_back()

    def _ask(self) -> bool:
        """Ask for the next pages; whether any is under way then."""
        while len(self._tasks) < _MOST_UNDER_WAY and (rows := self._plan.take()):
            self._tasks.add(asyncio.create_task(self._fetch_rows(rows)))
        return bool(self._tasks)

    async def _fetch_rows(self, rows: Rows) -> tuple[Rows, Fetched[T]]:
        return rows, await self._fetch(rows)

    def _note(self, rows: Rows, fetched: Fetched[T]) -> Page[T]:
        """Take account of a page; what of it was not seen before."""
        page = fetched.page
        self._page_count += 1
        if self._page_count == 1:
            self._total = page.total
            self._plan.begin(page.total)
        elif page.total != self._total:
            self.has_drifted = True
            self._plan.extend(page.total)
        self._plan.note(rows, fetched.limit, page.row_count)

        records = tuple(record for record in page.records if self._is_new(record.id))
        unreadable_ids = tuple(filter(self._is_new, page.unreadable_ids))
        self._unnamed_count += page.unnamed_count
        new_count = len(records) + len(unreadable_ids) + page.unnamed_count
        if new_count == 0:
            # The end, or a server that would go on like this for ever.
            self._plan.stop()
        return Page(
            records,
            page.total,
            self._number,
            unreadable_ids,
            len(unreadable_ids) + page.unnamed_count,
        )

    def _is_new(self, record_id: int) -> bool:
        is_new = record_id not in self._seen
        self._seen.add(record_id)
        return is_new

    async def _look_back(self) -> None:
        """Compare what was seen with the count, and the list's head with now."""
        if len(self._seen) + self._unnamed_count != self._total:
            self.has_drifted = True
        if self.has_drifted or self._page_count == 1:
            return
        # A package added and one deleted leave the count as it was. New ones come
        # first, so that the first row tells.
        head: DecodedPage[T] = (await self._fetch(Rows(0, 1))).page
        ids = {*(record.id for record in head.records), *head.unreadable_ids}
        if head.total != self._total or not ids <= self._seen:
            self.has_drifted = True
