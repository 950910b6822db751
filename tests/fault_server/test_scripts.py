"""Faults strike when scripts say so, and a good API is good until then."""

from __future__ import annotations

from typing import Any

import httpx

from tests.fault_server import (
    Answer,
    FaultServer,
    GoodApi,
    Request,
    always,
    fails_from,
    fails_times,
    fails_when,
    in_turn,
    json_reply,
    limit_over,
    on_path,
    unavailable,
)
from tests.support.server_fixtures import Misbehave


def get(server: FaultServer, path: str = "packages/", **query: Any) -> httpx.Response:
    return httpx.get(server.api_url + path, params=query, timeout=5)


def statuses(server: FaultServer, number: int, path: str = "packages/") -> list[int]:
    return [get(server, path).status_code for _ in range(number)]


def test_the_good_api_is_good(misbehave: Misbehave, good_api: GoodApi) -> None:
    server = misbehave(good_api)
    assert list(get(server, "").json()) == ["packages", "search", "grids", "categories"]
    page = get(server, limit=25, offset=20).json()
    assert page["count"] == 60
    assert page["next"] == f"{server.api_url}packages/?limit=25&offset=45"
    assert page["previous"] == f"{server.api_url}packages/?limit=25"
    assert len(page["results"]) == 25
    record = page["results"][0]
    assert record["category"].startswith(server.api_url)
    assert get(server, f"packages/{record['slug']}/").json() == record
    assert get(server, f"packages/{record['id']}/").json() == record
    assert get(server, limit=25, offset=45).json()["next"] is None
    assert get(server, "grids/", limit=0).json()["count"] == 8
    assert get(server, "packages/no-such/").status_code == 404
    assert get(server, "categories/apps/").json() == {"detail": "Not found."}
    assert get(server, "nothing/").headers["content-type"].startswith("text/html")
    assert get(server, "search/", q=record["title"]).json()[0]["item_type"] == "package"
    assert httpx.post(f"{server.api_url}packages/").status_code == 405


def test_faults_strike_when_told(misbehave: Misbehave) -> None:
    good, bad, worse = json_reply({}), unavailable(503), unavailable(500)
    assert statuses(misbehave(always(bad)), 2) == [503, 503]
    assert (
        statuses(misbehave(fails_times(2, bad, then=good)), 4) == [503] * 2 + [200] * 2
    )
    both = fails_times(3, bad, worse, then=good)
    assert statuses(misbehave(both), 4) == [503, 500, 503, 200]
    assert (
        statuses(misbehave(fails_from(3, bad, then=good)), 4) == [200] * 2 + [503] * 2
    )
    assert statuses(misbehave(in_turn(good, bad, worse)), 4) == [200, 503, 500, 500]
    assert statuses(misbehave(in_turn(bad)), 2) == [503, 503]


def test_faults_strike_a_path_and_count_its_requests_alone(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    flaky = fails_times(1, unavailable(), then=good_api)
    server = misbehave(on_path("packages/", flaky, then=good_api))
    assert statuses(server, 2, "grids/") == [200, 200]
    assert statuses(server, 2) == [503, 200]
    assert [request.number_on_path for request in server.requests] == [1, 2, 1, 2]
    assert [request.number for request in server.requests] == [1, 2, 3, 4]


def test_faults_strike_large_pages(misbehave: Misbehave, good_api: GoodApi) -> None:
    server = misbehave(fails_when(limit_over(100), unavailable(500), then=good_api))
    limits = (500, 250, 125, 62)
    got = [get(server, limit=limit).status_code for limit in limits]
    assert got == [500, 500, 500, 200]


def test_a_script_may_be_any_callable(misbehave: Misbehave) -> None:
    def script(request: Request) -> Answer:
        return json_reply([request.query, request.headers["accept"]])

    assert get(misbehave(script), a="b").json() == [{"a": "b"}, "*/*"]
