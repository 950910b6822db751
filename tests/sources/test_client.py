"""The API client on a mock transport: what it asks, takes and refuses."""

import asyncio
from typing import Any

import httpx
import pytest

from pkgtui import __version__
from pkgtui.errors import (
    BadResponseError,
    RecordNotFoundError,
)
from pkgtui.sources.base import EndOfList
from pkgtui.sources.djangopackages.client import ApiClient
from tests.support.client import (
    API_URL,
    RECORD,
    Case,
    answers,
    ok,
    page,
    streamed,
)


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
    assert pages[1:] == [EndOfList(is_whole=True)]
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
        with pytest.raises(RecordNotFoundError, match=r"api\.example:8800 has no"):
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
    with pytest.raises(RecordNotFoundError):
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
    message = await case.fails(RecordNotFoundError)
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


async def test_a_closed_client_connects_anew() -> None:
    case = Case(answers(ok()))
    await case.client.aclose()
    await case.client.package("django-shop")
    await case.client.aclose()
    await case.client.aclose()
    assert len(case.requests) == 1
