"""Lists lie in every way that is named."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.fault_server import FaultServer, GoodApi, paging
from tests.fault_server.wrong import NOT_A_RECORD, WRONG_FIELDS
from tests.support.server_fixtures import Misbehave


def get(server: FaultServer, path: str = "packages/", **query: Any) -> httpx.Response:
    return httpx.get(server.api_url + path, params=query, timeout=5)


def walk(server: FaultServer, limit: int = 25, most: int = 6) -> list[dict[str, Any]]:
    """Return up to ``most`` pages, following ``next``."""
    pages = []
    url = f"{server.api_url}packages/?limit={limit}"
    with httpx.Client() as client:
        for _ in range(most):
            pages.append(client.get(url).json())
            if not isinstance(pages[-1]["next"], str):
                break
            url = pages[-1]["next"]
    return pages


def ids(pages: list[dict[str, Any]]) -> list[list[int]]:
    return [[record["id"] for record in page["results"]] for page in pages]


def test_pages_repeat_or_stick_or_never_end(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    first, second, third = ids(walk(misbehave(paging.repeating(good_api))))
    assert first == second == third
    stuck = walk(misbehave(paging.stuck(good_api)))
    assert len(stuck) == 6
    assert stuck[1] == stuck[2]
    endless = walk(misbehave(paging.never_ending(good_api)))
    assert len({number for page in ids(endless) for number in page}) == 150
    assert [page["count"] for page in endless] == [50, 75, 100, 125, 150, 175]
    assert ids(walk(misbehave(paging.empty_for_ever(good_api)))) == [[]] * 6


def test_counts_contradict(misbehave: Misbehave, good_api: GoodApi) -> None:
    server = misbehave(paging.counting(good_api, lambda count: count * 2))
    pages = walk(server)
    assert {page["count"] for page in pages} == {120}
    assert sum(map(len, ids(pages))) == 60


@pytest.mark.parametrize(
    ("rows", "starts"),
    [(1, [0, 24, 48]), (3, [0, 22, 44]), (10, [0, 15, 30, 45]), (-1, [0, 26, 52])],
)
def test_lists_drift(
    misbehave: Misbehave, good_api: GoodApi, rows: int, starts: list[int]
) -> None:
    pages = walk(misbehave(paging.drifting(good_api, rows)))
    whole = [package["id"] for package in good_api.catalog.packages]
    assert ids(pages) == [whole[start : start + 25] for start in starts]
    assert [page["count"] for page in pages] == [
        60 + rows * number for number in range(len(starts))
    ]


def test_pages_are_capped(misbehave: Misbehave, good_api: GoodApi) -> None:
    pages = walk(misbehave(paging.capped(good_api, 20)), limit=500)
    assert [len(page) for page in ids(pages)] == [20, 20, 20]


def test_links_lead_elsewhere(misbehave: Misbehave, good_api: GoodApi) -> None:
    other = "http://127.0.0.2:9/api/v4/"
    page = get(misbehave(paging.linking_to(good_api, other)), limit=10).json()
    assert page["next"].startswith(other)
    assert all(one["category"].startswith(other) for one in page["results"])
    page = get(misbehave(paging.next_is(good_api, "file:///etc/passwd"))).json()
    assert page["next"] == "file:///etc/passwd"


@pytest.mark.parametrize("name", sorted(WRONG_FIELDS))
def test_one_package_has_wrong_fields(
    misbehave: Misbehave, good_api: GoodApi, name: str
) -> None:
    script = paging.with_wrong_fields(good_api, WRONG_FIELDS[name], index=31)
    want = good_api.catalog.packages[31]
    first, second, _ = walk(misbehave(script))
    good = good_api.catalog.packages[:25]
    assert [one["title"] for one in first["results"]] == [one["title"] for one in good]
    assert any(
        second["results"][6].get(field, ...) != want.get(field, ...)
        for field in WRONG_FIELDS[name]
    )


@pytest.mark.parametrize("name", sorted(NOT_A_RECORD))
def test_one_package_is_something_else(
    misbehave: Misbehave, good_api: GoodApi, name: str
) -> None:
    script = paging.with_wrong_record(good_api, NOT_A_RECORD[name], index=3)
    assert get(misbehave(script)).json()["results"][3] == NOT_A_RECORD[name]
