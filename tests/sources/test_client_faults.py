"""The API client against what a server can do wrong, over real connections."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from pkgtui.errors import (
    BadResponseError,
    RecordNotFoundError,
    ServerUnreachableError,
)
from pkgtui.sources.djangopackages.client import ApiClient
from pkgtui.sources.retry import Clock, RetryPolicy
from tests.fault_server import (
    FAULTS,
    Cut,
    Drip,
    FaultServer,
    GoodApi,
    Hang,
    HangUp,
    Reply,
    Reset,
    closed_port,
    fails_times,
    fault,
    json_reply,
    redirect,
    unavailable,
)
from tests.fault_server.breakages import Answer
from tests.fault_server.faults import WRONG_BODIES
from tests.support.client import GUARD_S, SHORT, client, no_sleep, read, told
from tests.support.server_fixtures import Misbehave

FINE = {"slow", "no_type", "wrong_charset"}
UNREACHABLE = {
    *("hang", "hang_in_body", "hang_up", "reset", "reset_in_body", "cut_body"),
    *("cut_head", "cut_chunk", "not_http", "flood_of_headers", "two_lengths"),
}
ASKED_THREE_TIMES = {
    *(UNREACHABLE - {"hang", "hang_in_body"}),
    *("throttled", "throttled_date", "throttled_past", "throttled_bare"),
    *("throttled_junk", "throttled_negative"),
    *("error", "bad_gateway", "gateway_timeout"),
}


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - FINE))
async def test_every_fault_is_told_in_a_line(name: str, misbehave: Misbehave) -> None:
    server = misbehave(fault(name))
    kind = ServerUnreachableError if name in UNREACHABLE else BadResponseError
    patience = SHORT if name.startswith("hang") else RetryPolicy()
    message = await told(client(server, patience), kind)
    assert server.url.split("/")[2] in message
    count = len(server.requests)
    if name in ASKED_THREE_TIMES:
        assert count == 3
    elif name in {"redirect_loop", "login_page"}:
        assert count == 4
    elif not name.startswith("hang"):
        assert count == 1


@pytest.mark.parametrize("name", sorted(FINE))
async def test_what_is_merely_unusual_is_read(name: str, misbehave: Misbehave) -> None:
    patience = SHORT._replace(attempt_s=GUARD_S, give_up_s=GUARD_S)
    records, _, end = await read(client(misbehave(fault(name)), patience))
    assert (records, end.is_whole) == ([], True)


@pytest.mark.parametrize(
    "name",
    sorted(
        name
        for name in WRONG_BODIES
        if not name.startswith(("not_a_record_", "not_a_page_next_"))
    ),
)
async def test_every_wrong_body_is_told(name: str, misbehave: Misbehave) -> None:
    server = misbehave(fault(name))
    message = await told(client(server), BadResponseError)
    assert message.startswith(f"{server.api_url}packages/?limit=500&offset=0: ")
    assert message.endswith("; is this an API v4? check --api-url")
    assert len(server.requests) == 1


async def test_a_closed_port() -> None:
    with closed_port() as port:
        source = ApiClient(
            f"http://127.0.0.1:{port}/api/v4/", clockwork=Clock(sleep=no_sleep)
        )
        assert await told(source, ServerUnreachableError) == (
            f"cannot reach 127.0.0.1:{port}: connection refused; check the network"
        )


async def test_https_to_a_server_that_has_none() -> None:
    def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        source = ApiClient(
            f"https://127.0.0.1:{port}/api/v4/", clockwork=Clock(sleep=no_sleep)
        )
        message = await told(source, ServerUnreachableError)
    assert message.startswith(f"cannot reach 127.0.0.1:{port}: no secure connection (")
    assert message.endswith("; check --api-url: is it https?")


@pytest.mark.parametrize(
    "trouble",
    [HangUp(), Reset(), unavailable(503, None), unavailable(500, "0")],
    ids=["hang up", "reset", "503", "500"],
)
@pytest.mark.parametrize("times", [1, 2])
async def test_a_passing_trouble_is_got_over(
    trouble: Answer, times: int, misbehave: Misbehave, good_api: GoodApi
) -> None:
    server = misbehave(fails_times(times, trouble, then=good_api))
    records, _, end = await read(client(server))
    assert (len(records), end.is_whole) == (60, True)
    assert len(server.requests) == times + 1


@pytest.mark.parametrize("breakage", [Cut, lambda reply: Reset(reply, 1_000)])
async def test_a_body_that_was_cut_is_asked_for_again(
    breakage: Callable[[Reply], Answer], misbehave: Misbehave, good_api: GoodApi
) -> None:
    def cut_once(request: Any) -> Answer:
        reply = good_api(request)
        return breakage(reply) if request.number == 1 else reply

    server = misbehave(cut_once)
    records, _, end = await read(client(server))
    assert (len(records), end.is_whole) == (60, True)
    limits = [request.query["limit"] for request in server.requests]
    assert limits[:2] == ["500", "250"]


async def test_an_answer_that_drips_for_ever_is_given_up(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    """Each piece comes in time, the whole never does."""

    def drip(request: Any) -> Answer:
        return Drip(good_api(request), size=1, pause=0.02)

    server = misbehave(drip)
    message = await told(client(server), ServerUnreachableError)
    assert "no whole answer within " in message
    limits = [request.query["limit"] for request in server.requests]
    assert limits == ["500", "250", "125"][: len(limits)]


async def test_silence_is_given_up(misbehave: Misbehave) -> None:
    server = misbehave(Hang())
    patience = RetryPolicy(silence_s=0.3)
    message = await told(client(server, patience), ServerUnreachableError)
    assert "nothing came for 0.3 s" in message
    assert len(server.requests) == 3


async def test_a_cancelled_request_closes_its_connection() -> None:
    class Watched(Answer):
        def __init__(self) -> None:
            self.was_left = False

        async def give(self, wire: Any, request: Any) -> bool:  # noqa: ARG002
            await wire.gone()
            self.was_left = True
            return False

    answer = Watched()
    with FaultServer(answer) as server:
        source = client(server, RetryPolicy())
        task = asyncio.ensure_future(anext(source.packages()))
        await asyncio.to_thread(server.wait_for_requests, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        for _ in range(500):
            if answer.was_left:
                break
            await asyncio.sleep(0.01)
        assert answer.was_left
        await source.aclose()


async def test_a_missing_package_over_the_wire(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    source = client(misbehave(good_api))
    known = good_api.catalog.packages[3]
    assert (await source.package(known["slug"])).id == known["id"]
    assert (await source.package(str(known["id"]))).slug == known["slug"]
    for key in ("no-such", "999999", "a b", "ünï", "x?y#z"):
        with pytest.raises(RecordNotFoundError):
            await source.package(key)
    await source.aclose()


async def test_a_redirect_on_the_same_host_is_followed(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    def script(request: Any) -> Answer:
        hops = request.natural("hop", 0)
        if hops < 3:
            return redirect(f"{request.path}?hop={hops + 1}", 301)
        return good_api(request)

    server = misbehave(script)
    source = client(server)
    known = good_api.catalog.packages[0]
    assert (await source.package(known["slug"])).id == known["id"]
    assert len(server.requests) == 4
    await source.aclose()


@pytest.mark.parametrize(
    "location", ["{url}api/v4/packages/", "//{host}/api/v4/packages/"]
)
async def test_a_redirect_elsewhere_is_refused_and_named(
    location: str, misbehave: Misbehave
) -> None:
    elsewhere = misbehave(json_reply({"count": 0, "results": []}))
    host = elsewhere.url.split("/")[2]
    server = misbehave(redirect(location.format(url=elsewhere.url, host=host)))
    message = await told(client(server), BadResponseError)
    assert f"it redirects to http://{host}, which is not followed" in message
    assert elsewhere.requests == []


async def test_a_redirect_to_a_host_without_end_is_told_in_short(
    misbehave: Misbehave,
) -> None:
    server = misbehave(redirect(f"http://{'a.' * 30_000}example/"))
    message = await told(client(server), BadResponseError)
    assert "it redirects to http://a.a." in message
    assert len(message) < 300
