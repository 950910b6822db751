"""What the client keeps to itself, and what it takes from the environment."""

import asyncio
import base64
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from pkgtui.errors import PkgtuiError, ServerUnreachableError
from pkgtui.sources.base import EndOfList
from pkgtui.sources.djangopackages.client import ApiClient
from pkgtui.sources.djangopackages.decode import decode_page
from pkgtui.sources.retry import Clock, RetryPolicy
from tests.fault_server import (
    FAULTS,
    FaultServer,
    GoodApi,
    closed_port,
    fault,
    json_reply,
    redirect,
)
from tests.support.client import no_sleep
from tests.support.server_fixtures import Misbehave

USER, PASSWORD = "ann", "s3cret/@:%"
QUOTED = "s3cret%2F%40%3A%25"
BASIC = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def connected(api_url: str) -> ApiClient:
    return ApiClient(
        api_url,
        patience=RetryPolicy(silence_s=0.2, attempt_s=0.5, give_up_s=1),
        clockwork=Clock(sleep=no_sleep),
    )


def with_credentials(server: FaultServer) -> str:
    return server.api_url.replace("://", f"://{USER}:{QUOTED}@")


async def everything_told(api_url: str) -> str:
    """All messages that asking for a list and a record brings, with their causes."""
    client = connected(api_url)
    told = ""
    for ask in (lambda: anext(client.packages()), lambda: client.package("x")):
        try:
            await ask()
        except PkgtuiError as error:
            told += f"{error} {error!r} "
    await client.aclose()
    return told


async def test_credentials_are_sent_to_the_server(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    server = misbehave(good_api)
    client = connected(with_credentials(server))
    assert [page async for page in client.packages()][-1] == EndOfList(is_whole=True)
    await client.aclose()
    for request in server.requests:
        assert request.headers["authorization"] == BASIC
        assert "@" not in request.headers["host"]
        assert "@" not in request.target


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_credentials_are_in_no_message(name: str, misbehave: Misbehave) -> None:
    server = misbehave(fault(name))
    told = await everything_told(with_credentials(server))
    for secret in (PASSWORD, QUOTED, "s3cret", f"{USER}:", BASIC, "@"):
        assert secret not in told
    if name not in {"slow", "no_type", "wrong_charset"}:
        assert told


async def test_credentials_are_in_no_message_about_a_closed_port() -> None:
    with closed_port() as port:
        told = await everything_told(f"http://{USER}:{QUOTED}@127.0.0.1:{port}/api/v4/")
    assert f"cannot reach 127.0.0.1:{port}: " in told
    assert "s3cret" not in told


@pytest.mark.parametrize("userinfo", ["", "someone:else@"])
async def test_credentials_go_to_no_other_server(
    userinfo: str, misbehave: Misbehave
) -> None:
    elsewhere = misbehave(json_reply({"count": 0, "results": []}))
    location = elsewhere.api_url.replace("://", f"://{userinfo}") + "packages/"
    server = misbehave(redirect(location))
    told = await everything_told(with_credentials(server))
    assert "which is not followed" in told
    assert "else" not in told
    assert elsewhere.requests == []


async def test_credentials_stay_with_a_redirect_on_the_same_host(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    def script(request: Any) -> Any:
        if request.number == 1:
            host = request.headers["host"]
            return redirect(f"http://mallory:pw@{host}{request.target}&again=1", 308)
        return good_api(request)

    server = misbehave(script)
    client = connected(with_credentials(server))
    assert [page async for page in client.packages()][-1] == EndOfList(is_whole=True)
    await client.aclose()
    assert [r.headers["authorization"] for r in server.requests] == [BASIC, BASIC]


async def test_credentials_that_a_redirect_suggests_are_not_sent(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    def script(request: Any) -> Any:
        if request.number == 1:
            return redirect(f"http://ann:pw@{request.headers['host']}{request.target}")
        return good_api(request)

    server = misbehave(script)
    client = connected(server.api_url)
    assert [page async for page in client.packages()][-1] == EndOfList(is_whole=True)
    await client.aclose()
    assert len(server.requests) == 2
    assert not any("authorization" in request.headers for request in server.requests)


async def test_credentials_of_a_netrc_file_are_not_sent(
    misbehave: Misbehave,
    good_api: GoodApi,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login ann password s3cret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    server = misbehave(good_api)
    client = connected(server.api_url)
    await anext(client.packages())
    await client.aclose()
    assert "authorization" not in server.requests[0].headers


async def test_a_proxy_of_the_environment_is_used(
    misbehave: Misbehave, good_api: GoodApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def script(request: Any) -> Any:
        path = request.target.removeprefix("http://api.example")
        return good_api(request.__class__("GET", path, request.headers))

    proxy = misbehave(script)
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    client = connected("http://api.example/api/v4/")
    assert [page async for page in client.packages()][-1] == EndOfList(is_whole=True)
    await client.aclose()
    assert proxy.requests[0].target.startswith("http://api.example/api/v4/packages/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SSL_CERT_FILE", "/no/such/file.pem"),
        ("SSL_CERT_FILE", __file__),
        ("HTTP_PROXY", "gopher://127.0.0.1:70"),
        ("HTTP_PROXY", "http://[::1"),
        ("HTTP_PROXY", "http://ann:s3cret"),
        ("ALL_PROXY", "socks5://ann:s3cret@127.0.0.1:1080"),
    ],
)
async def test_an_environment_that_cannot_be_used_is_told(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    client = connected("http://api.example/api/v4/")
    for _ in range(2):
        with pytest.raises(ServerUnreachableError) as caught:
            await client.package("x")
        assert str(caught.value).isprintable()
        assert str(caught.value).startswith("cannot set up the network: ")
        assert "s3cret" not in str(caught.value)
    await client.aclose()


@pytest.mark.parametrize(
    "api_url",
    [
        "http://exa mple/api/v4/",
        f"http://{'x' * 64}.example/api/v4/",
        "http://xn--ls8h\ud800.example/api/v4/",
        "http://a..b/api/v4/",
        "http://-/api/v4/",
        "http://[::1%25nope]:1/api/v4/",
        "http://127.0.0.1:0/api/v4/",
    ],
)
async def test_an_address_that_cannot_be_asked_is_told(api_url: str) -> None:
    client = connected(api_url)
    with pytest.raises(ServerUnreachableError) as caught:
        await client.package("x")
    assert str(caught.value).isprintable()
    await client.aclose()


async def test_answers_are_decoded_beside_the_event_loop(
    misbehave: Misbehave, good_api: GoodApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[int] = set()

    def spy(*args: Any, **options: Any) -> Any:
        threads.add(threading.get_ident())
        return decode_page(*args, **options)

    monkeypatch.setattr("pkgtui.sources.djangopackages.client.decode_page", spy)
    client = connected(misbehave(good_api).api_url)
    await anext(client.packages())
    await client.aclose()
    assert threads
    assert threading.get_ident() not in threads


def test_the_network_library_is_loaded_with_the_first_request() -> None:
    code = (
        "import sys\n"
        "from pkgtui.sources.djangopackages.client import ApiClient\n"
        "ApiClient('http://127.0.0.1:1/api/v4/')\n"
        "assert not {'httpx', 'rich', 'textual'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_many_first_requests_share_one_connection_pool(
    misbehave: Misbehave, good_api: GoodApi
) -> None:
    server = misbehave(good_api)
    client = connected(server.api_url)
    slugs = [row["slug"] for row in good_api.catalog.packages[:12]]
    packages = await asyncio.gather(*map(client.package, slugs))
    assert [package.slug for package in packages] == slugs
    await client.aclose()
    assert server.max_in_flight <= 2
    assert server.connections <= 2
