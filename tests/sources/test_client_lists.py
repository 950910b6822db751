"""Lists that lie, shrink or break off, over real connections."""

from collections.abc import Callable
from typing import Any

import pytest

from pkgtui.errors import (
    BadResponseError,
)
from pkgtui.sources.base import Page
from pkgtui.sources.retry import RetryPolicy
from tests.fault_server import (
    GoodApi,
    Hang,
    Script,
    fails_when,
    limit_over,
    paging,
    unavailable,
)
from tests.fault_server.wrong import NOT_A_RECORD
from tests.reference_server import generate_catalog
from tests.support.client import client, read
from tests.support.server_fixtures import Misbehave


@pytest.fixture(scope="module")
def long_api() -> GoodApi:
    """An API of three pages."""
    return GoodApi(generate_catalog(1_100, 8, hostile=False))


LYING: dict[str, Callable[[GoodApi], Script]] = {
    "repeating": paging.repeating,
    "stuck": paging.stuck,
    "never_ending": paging.never_ending,
    "empty_for_ever": paging.empty_for_ever,
    "count_high": lambda good: paging.counting(good, lambda n: n + 1),
    "count_low": lambda good: paging.counting(good, lambda n: n - 1),
    "drifting": paging.drifting,
    "drifting_back": lambda good: paging.drifting(good, -1),
}


@pytest.mark.parametrize("name", sorted(LYING))
async def test_a_list_that_lies_ends_and_is_not_called_whole(
    name: str, misbehave: Misbehave, long_api: GoodApi
) -> None:
    server = misbehave(LYING[name](long_api))
    _, pages, end = await read(client(server, RetryPolicy()))
    assert end.is_whole is False
    assert pages[-1].pass_number == 2
    assert len(server.requests) <= 20


@pytest.mark.parametrize(
    "script",
    [
        lambda good: paging.capped(good, 100),
        lambda good: paging.linking_to(good, "http://127.0.0.2:9/api/v4/"),
        lambda good: paging.next_is(good, "http://127.0.0.2:9/api/v4/packages/"),
        lambda good: paging.next_is(good, {"a": 1}),
    ],
    ids=["capped", "links elsewhere", "next elsewhere", "next is junk"],
)
async def test_a_list_that_is_odd_is_read_whole(
    script: Any, misbehave: Misbehave, long_api: GoodApi
) -> None:
    server = misbehave(script(long_api))
    records, _, end = await read(client(server, RetryPolicy()))
    expected = {record["id"] for record in long_api.catalog.packages}
    assert {record.id for record in records} == expected
    assert end.is_whole
    assert len(server.requests) <= 15


@pytest.mark.parametrize("most", [250, 125])
async def test_pages_shrink_when_large_ones_fail_and_stay_small(
    most: int, misbehave: Misbehave, long_api: GoodApi
) -> None:
    script: Script = fails_when(limit_over(most), unavailable(500, None), then=long_api)
    server = misbehave(script)
    records, _, end = await read(client(server, RetryPolicy()))
    assert (len(records), end.is_whole) == (1_100, True)
    limits = [request.natural("limit", 0) for request in server.requests]
    failed = [limit for limit in limits if limit > most]
    assert failed == [500, 250][: len(failed)]
    assert limits[len(failed) :] == [*[most] * (len(limits) - len(failed) - 1), 1]


async def test_pages_shrink_when_large_ones_are_cut_by_time(
    misbehave: Misbehave, long_api: GoodApi
) -> None:
    server = misbehave(fails_when(limit_over(250), Hang(), then=long_api))
    patience = RetryPolicy(silence_s=0.2)
    records, _, end = await read(client(server, patience))
    assert (len(records), end.is_whole) == (1_100, True)
    assert [r.natural("limit", 0) for r in server.requests][:2] == [500, 250]


async def test_a_page_that_fails_for_good_ends_the_list(
    misbehave: Misbehave, long_api: GoodApi
) -> None:
    def is_second(request: Any) -> bool:
        return bool(request.natural("offset", 0) >= 500)

    server = misbehave(fails_when(is_second, unavailable(500, None), then=long_api))
    source = client(server, RetryPolicy())
    pages = source.packages()
    first = await anext(pages)
    assert isinstance(first, Page)
    assert len(first.records) == 500
    with pytest.raises(BadResponseError, match="answers 500"):
        await anext(pages)
    await source.aclose()
    at_500 = [r for r in server.requests if r.query["offset"] == "500"]
    assert [r.query["limit"] for r in at_500] == ["500", "250", "125"]


@pytest.mark.parametrize("name", sorted(NOT_A_RECORD))
async def test_a_wrong_record_costs_only_itself(
    name: str, misbehave: Misbehave, good_api: GoodApi
) -> None:
    # The last one has the id 1, as the wrong record with nothing but an id.
    script = paging.with_wrong_record(good_api, NOT_A_RECORD[name], index=59)
    records, (page,), end = await read(client(misbehave(script)))
    assert (len(records), end.is_whole) == (59, True)
    assert page.unreadable_count == 1
    assert page.unreadable_ids == ((1,) if name == "only_id" else ())
