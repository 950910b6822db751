"""The API client against everything a server can do wrong, over real connections."""

import asyncio
import gzip
from collections.abc import Callable
from typing import Any

import pytest

from pkgtui.errors import (
    BadResponseError,
    RecordMissingError,
    ServerUnreachableError,
    SourceError,
)
from pkgtui.sources import body
from pkgtui.sources.client import ApiClient
from pkgtui.sources.patience import Clockwork, Patience
from pkgtui.sources.source import ListEnd, Page
from tests.fault_server import (
    FAULTS,
    Cut,
    Drip,
    Endless,
    FaultServer,
    GoodApi,
    Hang,
    HangUp,
    Raw,
    Reply,
    Reset,
    Script,
    closed_port,
    fails_times,
    fails_when,
    fault,
    json_reply,
    limit_over,
    paging,
    redirect,
    unavailable,
)
from tests.fault_server.breakages import Answer
from tests.fault_server.faults import WRONG_BODIES
from tests.fault_server.wrong import NOT_A_RECORD
from tests.reference_server import generate_catalogue
from tests.server_fixtures import Misbehave

SHORT = Patience(silence_s=0.3, attempt_s=0.6, give_up_s=1.2)
GUARD_S = 30
"""What no test takes unless the client hangs."""


async def no_sleep(_: float) -> None:
    """Stand for the waits between tries."""


def client(
    server: FaultServer, patience: Patience = SHORT, api_url: str = ""
) -> ApiClient:
    return ApiClient(
        api_url or server.api_url,
        patience=patience,
        clockwork=Clockwork(sleep=no_sleep),
    )


async def read(source: ApiClient) -> tuple[list[Any], list[Page[Any]], ListEnd]:
    """The packages of the last pass, all pages, and the end."""
    async with asyncio.timeout(GUARD_S):
        *some, end = [page async for page in source.packages()]
    await source.aclose()
    pages = [page for page in some if isinstance(page, Page)]
    last = pages[-1].pass_number
    records = [r for page in pages if page.pass_number == last for r in page.records]
    assert len(records) == len({record.id for record in records})
    assert isinstance(end, ListEnd)
    return records, pages, end


async def told(source: ApiClient, kind: type[SourceError]) -> str:
    """The message of the error that reading must raise."""
    try:
        with pytest.raises(kind) as caught:
            await read(source)
    finally:
        await source.aclose()
    message = str(caught.value)
    assert message.isprintable()
    assert "; " in message, "what to do about it"
    return message


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
    patience = SHORT if name.startswith("hang") else Patience()
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


async def test_a_closed_port() -> None:
    with closed_port() as port:
        source = ApiClient(
            f"http://127.0.0.1:{port}/api/v4/", clockwork=Clockwork(sleep=no_sleep)
        )
        assert await told(source, ServerUnreachableError) == (
            f"cannot reach 127.0.0.1:{port}: connection refused; "
            "check the network or use --offline"
        )


async def test_https_to_a_server_that_has_none() -> None:
    def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        source = ApiClient(
            f"https://127.0.0.1:{port}/api/v4/", clockwork=Clockwork(sleep=no_sleep)
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
    patience = Patience(silence_s=0.3)
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
        source = client(server, Patience())
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


@pytest.fixture(scope="module")
def long_api() -> GoodApi:
    """An API of three pages."""
    return GoodApi(generate_catalogue(1_100, 8, hostile=False))


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
    _, pages, end = await read(client(server, Patience()))
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
    records, _, end = await read(client(server, Patience()))
    expected = {record["id"] for record in long_api.catalogue.packages}
    assert {record.id for record in records} == expected
    assert end.is_whole
    assert len(server.requests) <= 15


@pytest.mark.parametrize("most", [250, 125])
async def test_pages_shrink_when_large_ones_fail_and_stay_small(
    most: int, misbehave: Misbehave, long_api: GoodApi
) -> None:
    script: Script = fails_when(limit_over(most), unavailable(500, None), then=long_api)
    server = misbehave(script)
    records, _, end = await read(client(server, Patience()))
    assert (len(records), end.is_whole) == (1_100, True)
    limits = [request.natural("limit", 0) for request in server.requests]
    failed = [limit for limit in limits if limit > most]
    assert failed == [500, 250][: len(failed)]
    assert limits[len(failed) :] == [*[most] * (len(limits) - len(failed) - 1), 1]


async def test_pages_shrink_when_large_ones_are_cut_by_time(
    misbehave: Misbehave, long_api: GoodApi
) -> None:
    server = misbehave(fails_when(limit_over(250), Hang(), then=long_api))
    patience = Patience(silence_s=0.2)
    records, _, end = await read(client(server, patience))
    assert (len(records), end.is_whole) == (1_100, True)
    assert [r.natural("limit", 0) for r in server.requests][:2] == [500, 250]


async def test_a_page_that_fails_for_good_ends_the_list(
    misbehave: Misbehave, long_api: GoodApi
) -> None:
    def is_second(request: Any) -> bool:
        return bool(request.natural("offset", 0) >= 500)

    server = misbehave(fails_when(is_second, unavailable(500, None), then=long_api))
    source = client(server, Patience())
    pages = source.packages()
    first = await anext(pages)
    assert isinstance(first, Page)
    assert len(first.records) == 500
    with pytest.raises(BadResponseError, match="answers 500"):
        await anext(pages)
    await source.aclose()
    at_500 = [r for r in server.requests if r.query["offset"] == "500"]
    assert [r.query["limit"] for r in at_500] == ["500", "250", "125"]


GOOD_BODY = b'{"count": 0, "results": []}'


@pytest.mark.parametrize("extra", [0, 1])
@pytest.mark.parametrize("form", ["announced", "chunked", "gzip"])
async def test_the_limit_of_a_body(
    extra: int, form: str, misbehave: Misbehave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "MOST_BYTES", 1000)
    data = GOOD_BODY.ljust(1000 + extra)
    answer: Answer = Reply(body=data)
    if form == "gzip":
        packed = gzip.compress(data)
        answer = Reply(body=packed, headers=(("Content-Encoding", "gzip"),))
    elif form == "chunked":
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        answer = Raw(head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(data), data))
    source = client(misbehave(answer))
    if extra:
        assert "longer than 0 MiB" in await told(source, BadResponseError)
    else:
        assert (await read(source))[2].is_whole


async def test_a_body_that_announces_too_much_is_not_even_read(
    misbehave: Misbehave,
) -> None:
    reply = Reply(body=GOOD_BODY, length=32 * 2**20 + 1)
    message = await told(client(misbehave(Hang(reply))), BadResponseError)
    assert "longer than 32 MiB" in message


async def test_gzip_without_its_checksum_is_refused(misbehave: Misbehave) -> None:
    packed = gzip.compress(GOOD_BODY)[:-4]
    answer = Reply(body=packed, headers=(("Content-Encoding", "gzip"),))
    message = await told(client(misbehave(answer)), BadResponseError)
    assert "gzip that ends too early" in message


async def test_a_long_body_is_refused_while_it_arrives() -> None:
    """Of 64 MiB hardly more than half can have been sent."""
    assert body.MOST_BYTES == 32 * 2**20

    class Counted(Answer):
        sent = 0

        async def give(self, wire: Any, request: Any) -> bool:
            class Counter:
                async def send(_, data: bytes) -> None:
                    await wire.send(data)
                    self.sent += len(data)

            return await Endless().give(Counter(), request)  # type: ignore[arg-type]

    answer = Counted()
    with FaultServer(answer) as server:
        message = await told(client(server, Patience()), BadResponseError)
    assert "longer than 32 MiB" in message
    assert answer.sent < 48 * 2**20


async def test_a_missing_package_over_the_wire(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    source = client(misbehave(good_api))
    known = good_api.catalogue.packages[3]
    assert (await source.package(known["slug"])).id == known["id"]
    assert (await source.package(str(known["id"]))).slug == known["slug"]
    for key in ("no-such", "999999", "a b", "ünï", "x?y#z"):
        with pytest.raises(RecordMissingError):
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
    known = good_api.catalogue.packages[0]
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
