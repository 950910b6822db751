"""Lists are read whole, with few requests, and what moves meanwhile is noticed."""

import asyncio
import math
import weakref
from collections.abc import AsyncIterator, Callable
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkgtui.sources.base import EndOfList, Page
from pkgtui.sources.djangopackages.decode import DecodedPage
from pkgtui.sources.djangopackages.pagination import (
    MIN_PAGE_SIZE,
    PAGE_SIZE,
    Fetched,
    Rows,
    read_list,
    smaller_page,
)


class Row:
    """A record that one can watch being forgotten."""

    alive: ClassVar[weakref.WeakSet["Row"]] = weakref.WeakSet()

    def __init__(self, row_id: int) -> None:
        self.id = row_id
        Row.alive.add(self)


class FakeList:
    """A list on a server; what a test sets happens before a request is answered."""

    def __init__(self, count: int) -> None:
        self.ids = list(range(count, 0, -1))
        self.asked: list[Rows] = []
        self.under_way = 0
        self.most_under_way = 0
        self.before: Callable[[int], Any] = lambda _: None
        self.after: Callable[[], None] = lambda: None
        self.total: Callable[[Rows], int] = lambda _: len(self.ids)
        self.rows: Callable[[Rows], list[int]] = self.slice
        self.most_rows = 10**9
        self.unreadable: set[int] = set()
        self.unnamed: set[int] = set()

    def slice(self, rows: Rows) -> list[int]:
        return self.ids[rows.offset : rows.offset + rows.size]

    def insert(self) -> None:
        self.ids.insert(0, max(self.ids, default=0) + 1)

    async def fetch(self, rows: Rows) -> Fetched[Any]:
        self.asked.append(rows)
        number = len(self.asked)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(0)
            result = self.before(number)
            if result is not None:
                await result
        finally:
            self.under_way -= 1
        limit = min(rows.size, self.most_rows)
        ids = self.rows(Rows(rows.offset, limit))
        bad = self.unreadable | self.unnamed
        page: DecodedPage[Any] = DecodedPage(
            tuple(Row(number) for number in ids if number not in bad),
            self.total(rows),
            len(ids),
            tuple(number for number in ids if number in self.unreadable),
            sum(number in self.unnamed for number in ids),
        )
        self.after()
        return Fetched(page, limit)


class Reading:
    """What came of reading a list."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.passes: list[int] = []
        self.pages: list[int] = []
        self.unreadable_ids: list[int] = []
        self.unreadable_count = 0
        self.is_whole: bool | None = None

    def add(self, page: Page[Any] | EndOfList) -> None:
        assert self.is_whole is None, "a page after the end"
        if isinstance(page, EndOfList):
            self.is_whole = page.is_whole
            return
        if page.pass_number not in self.passes:
            self.passes.append(page.pass_number)
            self.ids, self.pages, self.unreadable_ids = [], [], []
            self.unreadable_count = 0
        self.pages.append(len(page.records))
        self.ids += [record.id for record in page.records]
        self.unreadable_ids += page.unreadable_ids
        self.unreadable_count += page.unreadable_count


async def read(server: FakeList) -> Reading:
    reading = Reading()
    async for page in read_list(server.fetch):
        reading.add(page)
    assert len(reading.ids) == len(set(reading.ids))
    return reading


@pytest.mark.parametrize("count", [0, 1, 20, 219, 499, 500])
async def test_a_list_of_one_page_takes_one_request(count: int) -> None:
    server = FakeList(count)
    reading = await read(server)
    assert (reading.ids, reading.is_whole) == (server.ids, True)
    assert server.asked == [(0, 500)]


@pytest.mark.parametrize("count", [501, 999, 1000, 1001, 5400])
async def test_a_long_list_takes_a_request_a_page_and_a_look_back(count: int) -> None:
    server = FakeList(count)
    reading = await read(server)
    assert sorted(reading.ids, reverse=True) == server.ids
    assert (reading.is_whole, reading.passes) == (True, [1])
    pages = [(offset, 500) for offset in range(0, count, 500)]
    assert server.asked == [*pages, (0, 1)]


async def test_two_requests_are_under_way_after_the_first() -> None:
    server = FakeList(5_400)
    counts = []
    server.before = lambda _: counts.append(server.under_way)
    await read(server)
    assert counts[0] == 1
    assert server.most_under_way == 2


async def test_pages_are_handed_on_as_they_arrive() -> None:
    server = FakeList(1_500)
    third_is_handed_on = asyncio.Event()
    server.before = lambda number: third_is_handed_on.wait() if number == 2 else None
    firsts = []
    async for page in read_list(server.fetch):
        if isinstance(page, Page) and page.records:
            firsts.append(page.records[0].id)
            if len(firsts) == 2:
                third_is_handed_on.set()
    assert firsts == [1500, 500, 1000]


async def test_no_more_than_two_pages_are_held() -> None:
    server = FakeList(5_400)
    most = 0

    def count() -> None:
        nonlocal most
        most = max(most, len(Row.alive))

    server.after = count
    pages: AsyncIterator[Any] = read_list(server.fetch)
    async for page in pages:
        count()
        del page
    assert 500 < most <= 2 * PAGE_SIZE


def insert_and_delete(server: FakeList) -> None:
    server.insert()
    del server.ids[7]


CHANGES: dict[str, Callable[[FakeList], Any]] = {
    "insert": FakeList.insert,
    "delete first": lambda server: server.ids.pop(0),
    "delete middle": lambda server: server.ids.pop(700),
    "delete last": lambda server: server.ids.pop(),
    "both": insert_and_delete,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("moment", [2, 3, 4, 5])
async def test_nothing_is_missed_when_rows_move(change: str, moment: int) -> None:
    server = FakeList(1_600)

    def before(number: int) -> None:
        if number == moment:
            CHANGES[change](server)

    server.before = before
    reading = await read(server)
    assert (reading.is_whole, reading.passes) == (True, [1, 2])
    assert sorted(reading.ids, reverse=True) == server.ids
    assert len(server.asked) <= 2 * 5


@settings(deadline=None, max_examples=200)
@given(
    st.integers(490, 1_600),
    st.lists(
        st.tuples(st.integers(1, 12), st.booleans(), st.floats(0, 1, exclude_max=True)),
        max_size=6,
    ),
)
def test_what_is_called_whole_is_whole(
    count: int, changes: list[tuple[int, bool, float]]
) -> None:
    server = FakeList(count)

    def before(number: int) -> None:
        for moment, is_insert, place in changes:
            if moment == number and is_insert:
                server.insert()
            elif moment == number:
                del server.ids[int(place * len(server.ids))]

    server.before = before
    reading = asyncio.run(read(server))
    if reading.is_whole:
        assert sorted(reading.ids, reverse=True) == server.ids
    if not changes:
        assert reading.passes == [1]


async def test_a_list_that_keeps_moving_is_read_twice_and_called_incomplete() -> None:
    server = FakeList(1_600)
    server.before = lambda _: server.insert()
    reading = await read(server)
    assert (reading.is_whole, reading.passes) == (False, [1, 2])
    assert len(reading.ids) >= 1_600
    assert len(server.asked) < 10


@pytest.mark.parametrize("most_rows", [400, 250, 125, 25])
async def test_a_smaller_page_is_kept_and_the_rest_is_read(most_rows: int) -> None:
    """The server answers only smaller pages, as `Fetched.limit` tells."""
    server = FakeList(1_234)
    server.most_rows = most_rows
    reading = await read(server)
    assert sorted(reading.ids, reverse=True) == server.ids
    assert (reading.is_whole, reading.passes) == (True, [1])
    sizes = [rows.size for rows in server.asked]
    assert sizes[0] == 500
    assert set(sizes[1:-1]) <= set(range(1, most_rows + 1))
    assert len(sizes) <= math.ceil(1_234 / most_rows) + 5


@pytest.mark.parametrize("most", [1, 3, 20, 100, 499])
async def test_a_server_that_gives_fewer_rows_than_asked_for(most: int) -> None:
    server = FakeList(600)
    server.rows = lambda rows: server.slice(Rows(rows.offset, min(rows.size, most)))
    reading = await read(server)
    if most > 1:
        assert sorted(reading.ids, reverse=True) == server.ids
        assert reading.is_whole
    assert len(server.asked) <= 1_000


async def test_a_server_that_gives_all_at_once() -> None:
    server = FakeList(1_600)
    server.rows = lambda _: server.ids
    reading = await read(server)
    assert sorted(reading.ids, reverse=True) == server.ids
    assert reading.is_whole
    assert server.asked == [(0, 500)]


def endless(rows: Rows) -> list[int]:
    return list(range(rows.offset + 1, rows.offset + rows.size + 1))


LIES: dict[str, Callable[[FakeList], dict[str, Any]]] = {
    "count grows": lambda _: {"rows": endless, "total": lambda r: sum(r) + r.size},
    "count is high": lambda s: {"total": lambda _: len(s.ids) + 1},
    "count is double": lambda s: {"total": lambda _: 2 * len(s.ids)},
    "count is low": lambda s: {"total": lambda _: len(s.ids) - 1},
    "count is none": lambda _: {"total": lambda _: 0},
    "always empty": lambda _: {"rows": lambda _: []},
    "always first": lambda s: {"rows": lambda r: s.slice(Rows(0, r.size))},
    "first is empty": lambda s: {"rows": lambda r: s.slice(r) if r.offset else []},
    "twice in a page": lambda s: {"rows": lambda r: s.slice(r) + s.slice(r)[:3]},
    "one new a page": lambda _: {"rows": lambda r: [5_000 - r.offset] * r.size},
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_list_that_contradicts_itself_ends(lie: str) -> None:
    server = FakeList(1_600)
    vars(server).update(LIES[lie](server))
    reading = await read(server)
    assert (reading.is_whole, reading.passes[-1]) == (False, 2)
    assert len(server.asked) <= 20


async def test_what_cannot_be_read_is_reported_and_is_no_drift() -> None:
    server = FakeList(1_200)
    server.unreadable, server.unnamed = {1_150, 3}, {700}
    reading = await read(server)
    assert (reading.is_whole, reading.passes) == (True, [1])
    assert len(reading.ids) == 1_197
    assert sorted(reading.unreadable_ids) == [3, 1_150]
    assert reading.unreadable_count == 3


async def test_a_failure_ends_the_list_and_what_is_under_way() -> None:
    server = FakeList(5_400)
    forever = asyncio.Event()
    was_cancelled = []

    async def hang() -> None:
        try:
            await forever.wait()
        except asyncio.CancelledError:
            was_cancelled.append(True)
            raise

    async def fail() -> None:
        raise RuntimeError("page three")

    what = {2: hang, 3: fail}
    server.before = lambda number: what[number]() if number in what else None
    pages = read_list(server.fetch)
    assert isinstance(await anext(pages), Page)
    with pytest.raises(RuntimeError, match="page three"):
        await anext(pages)
    assert was_cancelled == [True]
    assert server.under_way == 0


async def test_leaving_a_list_early_leaves_nothing_under_way() -> None:
    server = FakeList(5_400)
    forever = asyncio.Event()
    server.before = lambda number: forever.wait() if number == 3 else None
    pages = read_list(server.fetch)
    await anext(pages)
    await anext(pages)
    assert server.under_way == 1
    await pages.aclose()
    assert server.under_way == 0


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        (500, [500, 250, 125, 62, 31, 25, 25]),
        (30, [30, 25, 25]),
        (25, [25, 25]),
        (7, [7, 7]),
        (1, [1, 1]),
    ],
)
def test_smaller_page(size: int, sizes: list[int]) -> None:
    assert [smaller_page(size, halvings) for halvings in range(len(sizes))] == sizes
    assert MIN_PAGE_SIZE == 25
