"""A whole list, page by page, from a server whose rows may move meanwhile.

A list counts as full only if every page gave the same count, as many different rows
came as were counted, and none was added at its head; otherwise it is read once more
from its start. No more than two pages are held at any time.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Generic, NamedTuple

from pkgtui.sources.base import EndOfList, Page, T
from pkgtui.sources.djangopackages.decode import DecodedPage

PAGE_SIZE = 500
MIN_PAGE_SIZE = 25
# Room for a list that grows while it is read, and for pages that come short.
_ROWS_BEYOND = 2 * PAGE_SIZE
_REQUESTS_BEYOND = 100
_MIN_ROWS_PER_REQUEST = 5


class Rows(NamedTuple):
    """A part of a list."""

    offset: int
    size: int


def smaller_page(size: int, halvings: int) -> int:
    """The size to ask for in place of `size` after so many failures."""
    return max(min(size, MIN_PAGE_SIZE), size >> halvings)


class PageScheduler:
    """The parts of one list that were not asked for yet."""

    def __init__(self) -> None:
        self._size = PAGE_SIZE
        self._next_offset = 0
        # Only the first page can be asked for before the length of the list is known.
        self._end = self._furthest_end = PAGE_SIZE
        self._requests_left = 1
        # Parts of pages that came shorter than they were planned.
        self._gaps: deque[Rows] = deque()

    def take(self) -> Rows | None:
        """The next rows to ask for; None if there are none."""
        if self._requests_left == 0:
            return None
        if self._gaps:
            gap = self._gaps.popleft()
            rows = Rows(gap.offset, min(gap.size, self._size))
            if gap.size > rows.size:
                self._gaps.appendleft(
                    Rows(gap.offset + rows.size, gap.size - rows.size)
                )
        elif self._next_offset < self._end:
            rows = Rows(self._next_offset, self._size)
            self._next_offset += rows.size
        else:
            return None
        self._requests_left -= 1
        return rows

    def begin(self, total: int) -> None:
        """Plan for a list of `total` rows, as its first page says."""
        self._end = total
        self._furthest_end = total + total // 10 + _ROWS_BEYOND
        self._requests_left = (
            _REQUESTS_BEYOND + self._furthest_end // _MIN_ROWS_PER_REQUEST
        )

    def extend(self, total: int) -> None:
        """Plan for a list that turns out to be longer, within bounds."""
        self._end = max(self._end, min(total, self._furthest_end))

    def note(self, rows: Rows, limit: int, row_count: int) -> None:
        """Take account of an answer: `row_count` rows where `limit` were asked for.

        `limit` is below the size planned where the server struggled with that.
        """
        end = rows.offset + row_count
        self._next_offset = max(self._next_offset, end)
        if row_count < rows.size and end < self._end:
            self._gaps.append(Rows(end, rows.size - row_count))
            # Struggling, or giving out fewer rows than it is asked for: so will it be
            # with the following pages.
            self._size = min(self._size, max(min(limit, row_count), MIN_PAGE_SIZE))

    def stop(self) -> None:
        """Ask for nothing more."""
        self._requests_left = 0


_MAX_UNDER_WAY = 2
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
        reading = _ListPass(fetch, number)
        async with aclosing(reading.pages()) as pages:
            async for page in pages:
                yield page
                del page  # Not to be held while the next ones arrive.
        is_whole = not reading.has_drifted
        if is_whole:
            break
    yield EndOfList(is_whole)


class _ListPass(Generic[T]):
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
        while len(self._tasks) < _MAX_UNDER_WAY and (rows := self._plan.take()):
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
