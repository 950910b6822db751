"""The API client on a mock transport: what it asks, takes, retries and refuses."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pkgtui import __version__
from pkgtui.errors import (
    BadResponseError,
    RecordMissingError,
    ServerUnreachableError,
    SourceError,
)
from pkgtui.sources.client import ApiClient
from pkgtui.sources.patience import Clockwork, Patience
from pkgtui.sources.source import ListEnd, Page

API_URL = "http://api.example:8800/api/v4/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECORD = {"id": 631, "slug": "django-shop", "title": "django SHOP"}
Handler = Callable[[httpx.Request], httpx.Response]


class Case:
    """A client on a scripted server, with a clock that only sleeping moves."""

    def __init__(
        self, handler: Handler, api_url: str = API_URL, patience: Patience | None = None
    ) -> None:
        self.requests: list[httpx.Request] = []
        self.waits: list[float] = []
        self.time = 0.0

        def record(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return streamed(handler(request))

        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)
            self.time += seconds

        self.client = ApiClient(
            api_url,
            patience=patience,
            clockwork=Clockwork(sleep, lambda: self.time, lambda: NOW, lambda: 0.5),
            mount=httpx.MockTransport(record),
        )

    async def fails(self, kind: type[SourceError]) -> str:
        """Ask for a package; the message of the error that must come of it."""
        with pytest.raises(kind) as caught:
            await self.client.package("django-shop")
        assert "\n" not in str(caught.value)
        await self.client.aclose()
        return str(caught.value)


def answers(*responses: httpx.Response | Exception) -> Handler:
    """Give the responses in turn, the last one for ever."""
    left = list(responses)

    def handler(_: httpx.Request) -> httpx.Response:
        response = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(response, Exception):
            raise response
        return response

    return handler


def streamed(response: httpx.Response) -> httpx.Response:
    """The response as it comes from a network: not read yet."""
    return httpx.Response(
        response.status_code,
        headers=response.headers,
        stream=httpx.ByteStream(response.content),
    )


def ok(record: Any = RECORD) -> httpx.Response:
    return httpx.Response(200, json=record)


def page(*records: Any, count: int | None = None) -> httpx.Response:
    return ok({"count": len(records) if count is None else count, "results": records})


async def test_one_package_by_slug() -> None:
    case = Case(answers(ok()))
    package = await case.client.package("django-shop")
    assert (package.id, package.title) == (631, "django SHOP")
    (request,) = case.requests
    assert str(request.url) == f"{API_URL}packages/django-shop/"
    assert request.method == "GET"
    assert request.headers["Accept"] == "application/json"
    assert request.headers["Accept-Encoding"] == "gzip"
    agent = request.headers["User-Agent"]
    assert agent.startswith(f"pkgtui/{__version__} ")
    assert httpx.__version__ in agent
    assert "Authorization" not in request.headers
    await case.client.aclose()


async def test_one_grid_by_id() -> None:
    case = Case(answers(ok({"id": 41, "slug": "ecommerce", "packages": ["/p/7/"]})))
    grid = await case.client.grid("41")
    assert (grid.slug, grid.package_ids) == ("ecommerce", (7,))
    assert case.requests[0].url.path == "/api/v4/grids/41/"
    await case.client.aclose()


@pytest.mark.parametrize("resource", ["categories", "grids", "packages"])
async def test_lists(resource: str) -> None:
    case = Case(answers(page({"id": 2, "slug": "b"}, {"id": 1, "slug": "a"})))
    pages = [one async for one in getattr(case.client, resource)()]
    assert [record.id for record in pages[0].records] == [2, 1]
    assert pages[1:] == [ListEnd(is_whole=True)]
    (request,) = case.requests
    assert request.url.path == f"/api/v4/{resource}/"
    assert dict(request.url.params) == {"limit": "500", "offset": "0"}
    await case.client.aclose()


@pytest.mark.parametrize(
    "key",
    [
        *("", "a/b", "../x", ".", "..", "a\x00b", "a\nb", "\x1b[31m", "\ud800"),
        *("x" * 201, "9223372036854775808", "9" * 30),
    ],
)
async def test_a_key_that_cannot_be_asked_for_is_not(key: str) -> None:
    case = Case(answers(ok()))
    for ask in (case.client.package, case.client.grid):
        with pytest.raises(RecordMissingError, match=r"api\.example:8800 has no"):
            await ask(key)
    assert case.requests == []


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("a b", b"/api/v4/packages/a%20b/"),
        ("a?b#c%2e", b"/api/v4/packages/a%3Fb%23c%252e/"),
        ("ünï", b"/api/v4/packages/%C3%BCn%C3%AF/"),
        ("a:b@c", b"/api/v4/packages/a%3Ab%40c/"),
    ],
)
async def test_keys_are_quoted(key: str, path: bytes) -> None:
    case = Case(answers(ok({"id": 1, "slug": "other"})))
    with pytest.raises(BadResponseError, match="answers with package 'other'"):
        await case.client.package(key)
    assert case.requests[0].url.raw_path == path
    await case.client.aclose()


@pytest.mark.parametrize(
    ("key", "record"),
    [
        ("631", {"id": 631, "slug": "django-shop"}),
        ("2024", {"id": 7, "slug": "2024"}),
    ],
)
async def test_digits_may_be_an_id_or_a_slug(key: str, record: Any) -> None:
    case = Case(answers(ok(record)))
    assert (await case.client.package(key)).id == record["id"]
    await case.client.aclose()


@pytest.mark.parametrize("key", ["007", "8"])
async def test_digits_that_the_server_reads_as_another_id_are_missing(key: str) -> None:
    case = Case(answers(ok({"id": 7, "slug": "seven"})))
    with pytest.raises(RecordMissingError):
        await case.client.package(key)
    await case.client.aclose()


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(404, json={"detail": "No Package matches the given query."}),
        httpx.Response(404, html="<h1>Page not found</h1>"),
    ],
)
async def test_a_missing_record(response: httpx.Response) -> None:
    case = Case(answers(response))
    message = await case.fails(RecordMissingError)
    assert message == (
        "api.example:8800 has no package called 'django-shop'; check the name"
    )
    assert len(case.requests) == 1


async def test_a_missing_list_is_a_bad_answer() -> None:
    case = Case(answers(httpx.Response(404)))
    with pytest.raises(BadResponseError, match=r"answers 404 Not Found; .*--api-url"):
        await anext(case.client.packages())
    await case.client.aclose()


@pytest.mark.parametrize(
    "record", [0, [], {}, {"id": 631}, {"slug": "django-shop"}, "django-shop"]
)
async def test_an_unreadable_record_is_a_bad_answer(record: Any) -> None:
    message = await Case(answers(ok(record))).fails(BadResponseError)
    assert f"{API_URL}packages/django-shop/: an unreadable record" in message
    assert message.endswith("is this an API v4? check --api-url")


@pytest.mark.parametrize(
    ("response", "cause"),
    [
        (httpx.Response(200, html="<p>Sign in</p>"), "not JSON but 'text/html"),
        (httpx.Response(200, text="{}"), "not JSON but 'text/plain"),
        (
            httpx.Response(200, headers={b"Content-Type": b"a\xff\x1bb"}),
            r"'a\xff\x1bb'",
        ),
        (httpx.Response(200, content=b"{"), "not valid JSON"),
        (httpx.Response(200, content=b""), "not valid JSON"),
        (httpx.Response(200, content=b'{"a": NaN}'), "not valid JSON"),
        (
            httpx.Response(200, content=b'{"a": ' + b"9" * 5_000 + b"}"),
            "not valid JSON",
        ),
        (httpx.Response(200, content=b'"\xff"'), "not UTF-8"),
        (httpx.Response(200, content=b"[" * 100_000), "nested too deeply"),
        (httpx.Response(201, json=RECORD), "answers 201 Created"),
        (httpx.Response(204), "answers 204 No Content"),
        (httpx.Response(304), "answers 304 Not Modified"),
        (httpx.Response(400, json={}), "answers 400 Bad Request"),
        (httpx.Response(401), "answers 401 Unauthorized"),
        (httpx.Response(403, html="no"), "answers 403 Forbidden"),
        (httpx.Response(406), "answers 406 Not Acceptable"),
        (httpx.Response(410), "answers 410 Gone"),
        (httpx.Response(599), "answers 599; "),
    ],
)
async def test_bad_answers_are_not_asked_for_again(
    response: httpx.Response, cause: str
) -> None:
    case = Case(answers(response))
    message = await case.fails(BadResponseError)
    assert cause in message
    assert message.startswith(f"{API_URL}packages/django-shop/: ")
    assert len(case.requests) == 1


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


async def test_a_cancelled_request_is_just_cancelled() -> None:
    arrived = asyncio.Event()

    async def hang(_: httpx.Request) -> httpx.Response:
        arrived.set()
        await asyncio.Event().wait()
        raise AssertionError

    client = ApiClient(API_URL, mount=httpx.MockTransport(hang))
    task = asyncio.create_task(client.package("django-shop"))
    await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await client.aclose()


async def test_at_most_two_requests_are_under_way() -> None:
    under_way = most = 0

    async def count(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(10):
            await asyncio.sleep(0)
        under_way -= 1
        key = request.url.path.split("/")[-2]
        return streamed(ok({"id": int(key), "slug": "a"}))

    client = ApiClient(API_URL, mount=httpx.MockTransport(count))
    packages = await asyncio.gather(*(client.package(str(n)) for n in range(1, 9)))
    assert [package.id for package in packages] == list(range(1, 9))
    assert most == 2
    await client.aclose()


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
        clockwork=Clockwork(sleep=lambda _: release.wait()),  # type: ignore[arg-type,return-value]
        mount=httpx.MockTransport(handler),
    )
    slow = asyncio.gather(client.package("1"), client.package("2"))
    assert (await client.package("3")).id == 3
    release.set()
    assert [package.id for package in await slow] == [1, 2]
    await client.aclose()


async def test_a_closed_client_connects_anew() -> None:
    case = Case(answers(ok()))
    await case.client.aclose()
    await case.client.package("django-shop")
    await case.client.aclose()
    await case.client.aclose()
    assert len(case.requests) == 1


async def test_the_rows_that_make_the_server_fail_are_asked_for_in_halves() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        limit, offset = (int(request.url.params[key]) for key in ("limit", "offset"))
        if limit > 125:
            return httpx.Response(500)
        ids = range(600 - offset, max(0, 600 - offset - limit), -1)
        return page(*({"id": n, "slug": f"s{n}"} for n in ids), count=600)

    case = Case(handler)
    pages = [one async for one in case.client.packages()]
    assert pages[-1] == ListEnd(is_whole=True)
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
    assert pages[-1] == ListEnd(is_whole=True)
    limits = [request.url.params["limit"] for request in case.requests]
    assert limits == ["500", "500"]
    await case.client.aclose()
