"""What the API client asks for again, when, and how much of it."""

import asyncio

import httpx
import pytest

from pkgtui.errors import (
    BadResponseError,
    ServerUnreachableError,
)
from pkgtui.sources.base import EndOfList, Page
from pkgtui.sources.djangopackages.client import ApiClient
from pkgtui.sources.retry import Clock
from tests.support.client import (
    API_URL,
    Case,
    answers,
    ok,
    page,
    streamed,
)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_a_temporary_failure_is_asked_again_with_growing_waits(
    status: int,
) -> None:
    case = Case(answers(httpx.Response(status), httpx.Response(status), ok()))
    assert (await case.client.package("django-shop")).id == 631
    # Half, by the random number, of 0.5 s and of 1 s.
    assert case.waits == [0.25, 0.5]
    await case.client.aclose()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_three_tries_are_enough(status: int) -> None:
    case = Case(answers(httpx.Response(status)))
    message = await case.fails(BadResponseError)
    assert f"the server answers {status} " in message
    assert message.endswith("; try again later")
    assert len(case.requests) == 3


@pytest.mark.parametrize(
    ("header", "waits"),
    [
        ("2", [2, 2]),
        ("12", [12, 12]),
        (" 7 ", [7, 7]),
        ("Fri, 20 Nov 2026 12:00:09 GMT", [9, 9]),
        ("Fri, 20 Nov 2026 12:00:09 -0000", [9, 9]),
        ("Fri, 20 Nov 2026 11:00:00 GMT", [0.25, 0.5]),
        ("0", [0.25, 0.5]),
        *((junk, [0.25, 0.5]) for junk in ("soon", "-5", "", "1.5", "1 2", "\x80")),
        ("Fri, 99 Nov 99999 12:00:00 GMT", [0.25, 0.5]),
        # Once there would be no time left for the next try, there is none.
        ("20", [20]),
        ("30", [30]),
        ("31", []),
        ("3600", []),
        ("9" * 5_000, []),
        ("Fri, 20 Nov 2026 13:00:00 GMT", []),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after(header: str, waits: list[float], status: int) -> None:
    headers = {b"Retry-After": header.encode("latin-1")}
    case = Case(answers(httpx.Response(status, headers=headers)))
    message = await case.fails(BadResponseError)
    assert case.waits == waits
    assert len(case.requests) == len(waits) + 1
    if header == "3600":
        assert "asks to wait 3600 s; try again later" in message


async def test_a_wait_that_was_asked_for_may_end_well() -> None:
    case = Case(answers(httpx.Response(429, headers={"Retry-After": "30"}), ok()))
    assert (await case.client.package("django-shop")).id == 631
    assert case.waits == [30]
    await case.client.aclose()


@pytest.mark.parametrize(
    ("error", "tries", "message"),
    [
        (
            httpx.ConnectError("no route"),
            3,
            "cannot reach api.example:8800: no route; ",
        ),
        (httpx.ConnectTimeout(""), 3, "no connection within 5 s; check the network"),
        (httpx.ReadTimeout(""), 3, "nothing came for 10 s; check the network"),
        (httpx.PoolTimeout(""), 3, "nothing came for 10 s"),
        (httpx.ReadError(""), 3, "api.example:8800: ReadError; check the network"),
        (httpx.WriteError("broken pipe"), 3, "broken pipe"),
        (httpx.RemoteProtocolError("cut \x1b[31moff\n"), 3, ": cut off; "),
        (httpx.ProxyError("407 Proxy Authentication Required"), 3, "407 Proxy"),
        (httpx.UnsupportedProtocol("no such"), 1, "no such"),
        (httpx.DecodingError("bad"), 1, "bad"),
        (httpx.InvalidURL("bad"), 1, "not an address to ask; check --api-url"),
        (UnicodeError("label too long"), 1, "not an address to ask"),
        (RuntimeError("the client has been closed"), 1, "has been closed"),
        (httpx.StreamClosed(), 1, "closed"),
        (OSError(113, "No route to host"), 1, "no route to host"),
        (ValueError("bad port"), 1, "bad port"),
    ],
)
async def test_no_error_of_a_library_escapes(
    error: Exception, tries: int, message: str
) -> None:
    case = Case(answers(error))
    told = await case.fails(ServerUnreachableError)
    assert message in told
    assert told.startswith("cannot reach api.example:8800: ")
    assert len(case.requests) == tries


@pytest.mark.parametrize(
    ("try_s", "limits"),
    [
        (20, [20, 38 - 20.25]),
        (18.9, [20, 38 - 19.15]),
        (15, [20, 20, 38 - 30.75]),
        (1, [20, 20, 20]),
    ],
)
async def test_all_tries_together_take_38_seconds_at_most(
    try_s: float, limits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waits included, and the last try gets no more than what is left."""
    seen: list[float] = []
    timeout = asyncio.timeout

    def spy(limit_s: float) -> asyncio.Timeout:
        seen.append(limit_s)
        return timeout(limit_s)

    def handler(_: httpx.Request) -> httpx.Response:
        case.time += min(try_s, seen[-1])
        raise httpx.ReadTimeout("")

    case = Case(handler)
    monkeypatch.setattr(asyncio, "timeout", spy)
    await case.fails(ServerUnreachableError)
    assert seen == pytest.approx(limits)
    assert case.time <= 38


async def test_a_waiting_request_does_not_hold_a_place() -> None:
    """While one waits to ask again, others are served."""
    asked: list[str] = []

    async def handler(request: httpx.Request) -> httpx.Response:
        key = request.url.path.split("/")[-2]
        asked.append(key)
        if asked.count(key) == 1 and key in {"1", "2"}:
            return httpx.Response(503)
        return streamed(ok({"id": int(key), "slug": "a"}))

    release = asyncio.Event()
    client = ApiClient(
        API_URL,
        clockwork=Clock(sleep=lambda _: release.wait()),  # type: ignore[arg-type,return-value]
        mount=httpx.MockTransport(handler),
    )
    slow = asyncio.gather(client.package("1"), client.package("2"))
    assert (await client.package("3")).id == 3
    release.set()
    assert [package.id for package in await slow] == [1, 2]
    await client.aclose()


async def test_the_rows_that_make_the_server_fail_are_asked_for_in_halves() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        limit, offset = (int(request.url.params[key]) for key in ("limit", "offset"))
        if limit > 125:
            return httpx.Response(500)
        ids = range(600 - offset, max(0, 600 - offset - limit), -1)
        return page(*({"id": n, "slug": f"s{n}"} for n in ids), count=600)

    case = Case(handler)
    pages = [one async for one in case.client.packages()]
    assert pages[-1] == EndOfList(is_whole=True)
    found = [r.id for one in pages if isinstance(one, Page) for r in one.records]
    assert sorted(found) == list(range(1, 601))
    limits = [int(request.url.params["limit"]) for request in case.requests]
    assert limits == [500, 250, 125, 125, 125, 125, 125, 1]
    await case.client.aclose()


async def test_rows_that_fail_three_times_end_the_list() -> None:
    case = Case(answers(httpx.Response(504)))
    with pytest.raises(BadResponseError, match="answers 504 Gateway Timeout"):
        await anext(case.client.packages())
    limits = [int(request.url.params["limit"]) for request in case.requests]
    assert limits == [500, 250, 125]
    await case.client.aclose()


async def test_a_throttled_page_does_not_shrink() -> None:
    case = Case(answers(httpx.Response(429), page()))
    pages = [one async for one in case.client.packages()]
    assert pages[-1] == EndOfList(is_whole=True)
    limits = [request.url.params["limit"] for request in case.requests]
    assert limits == ["500", "500"]
    await case.client.aclose()
