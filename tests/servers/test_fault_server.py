"""The fault server does what it says, as seen by a plain client."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import threading
import zlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest

from tests.fault_server import (
    FAULTS,
    Answer,
    Drip,
    FaultServer,
    Gate,
    Hang,
    HangUp,
    Raw,
    Request,
    Reset,
    closed_port,
    fault,
    html_reply,
    json_reply,
    redirect,
    too_many_requests,
    unavailable,
)
from tests.fault_server.faults import WRONG_BODIES
from tests.fault_server.wrong import HUGE
from tests.support.server_fixtures import Misbehave

MIB = 1 << 20


def get(server: FaultServer, path: str = "packages/", **query: Any) -> httpx.Response:
    return httpx.get(server.api_url + path, params=query, timeout=5)


def raw(server: FaultServer, limit: int = MIB) -> bytes:
    """Return what comes over a bare socket, up to its end or to a limit."""
    host, port = httpx.URL(server.url).host, httpx.URL(server.url).port
    with socket.create_connection((host, port), timeout=5) as sock:
        sock.sendall(b"GET /api/v4/packages/ HTTP/1.1\r\nHost: x\r\n\r\n")
        received = bytearray()
        for _ in range(10_000):
            piece = sock.recv(65_536)
            received += piece
            if not piece or len(received) >= limit:
                return bytes(received)
    raise AssertionError


# The connection.


def test_nobody_listens_on_a_closed_port() -> None:
    with closed_port() as port, pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/")


def test_a_reset_is_a_reset(misbehave: Misbehave) -> None:
    with pytest.raises(ConnectionResetError):
        raw(misbehave(fault("reset")))
    with pytest.raises(ConnectionResetError):
        raw(misbehave(fault("reset_in_body")))
    with pytest.raises(httpx.ReadError):
        get(misbehave(Reset(json_reply([1, 2, 3]), sent=3)))


def test_a_hang_up_sends_nothing(misbehave: Misbehave) -> None:
    assert raw(misbehave(HangUp())) == b""


@pytest.mark.parametrize("name", ["cut_body", "cut_head", "cut_chunk", "hang_up"])
def test_a_cut_answer_is_a_protocol_error(misbehave: Misbehave, name: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        get(misbehave(fault(name)))


def test_a_cut_body_is_shorter_than_announced(misbehave: Misbehave) -> None:
    head, _, body = raw(misbehave(fault("cut_body"))).partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body) + 10}".encode() in head


@pytest.mark.parametrize("name", ["not_http", "flood_of_headers", "two_lengths"])
def test_what_is_not_http_is_a_protocol_error(misbehave: Misbehave, name: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        get(misbehave(fault(name)))


@pytest.mark.parametrize("name", ["hang", "hang_in_body"])
def test_a_hang_lasts_until_the_client_leaves(misbehave: Misbehave, name: str) -> None:
    server = misbehave(fault(name))
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(server.api_url, timeout=0.1)
    server.wait_for_requests(1)


def test_a_drip_comes_in_pieces(misbehave: Misbehave) -> None:
    server = misbehave(Drip(json_reply(["slow"]), size=8, pause=0.001))
    with httpx.stream("GET", server.api_url) as answer:
        pieces = list(answer.iter_raw())
    assert json.loads(b"".join(pieces)) == ["slow"]
    assert raw(misbehave(Drip(html_reply(), size=9_000, pause=0)), 20_000)


@pytest.mark.parametrize("name", ["endless", "endless_announced"])
def test_an_endless_body_is_larger_than_any_limit(
    misbehave: Misbehave, name: str
) -> None:
    assert len(raw(misbehave(fault(name)), 33 * MIB)) >= 33 * MIB


# The body.


def test_bad_encodings_cannot_be_decoded(misbehave: Misbehave) -> None:
    for name in ("bad_gzip", "bad_deflate"):
        with pytest.raises(httpx.DecodingError):
            get(misbehave(fault(name)))
    _, _, body = raw(misbehave(fault("cut_gzip")), 60).partition(b"\r\n\r\n")
    with pytest.raises(EOFError):
        gzip.decompress(body)


def test_a_bomb_is_small_until_it_is_unpacked(misbehave: Misbehave) -> None:
    with httpx.stream("GET", misbehave(fault("gzip_bomb")).api_url) as answer:
        assert int(answer.headers["content-length"]) < MIB
        body = b"".join(answer.iter_raw())
    assert len(zlib.decompress(body, wbits=31)) > 32 * MIB


@pytest.mark.parametrize(
    ("name", "content_type", "is_html"),
    [
        ("html", "text/html; charset=utf-8", True),
        ("html_as_json", "application/json", True),
        ("json_as_html", "text/html", False),
        ("json_as_bytes", "application/octet-stream", False),
        ("no_type", None, False),
    ],
)
def test_types_are_wrong_as_named(
    misbehave: Misbehave, name: str, content_type: str | None, *, is_html: bool
) -> None:
    answer = get(misbehave(fault(name)))
    assert answer.status_code == 200
    assert answer.headers.get("content-type") == content_type
    assert answer.text.startswith("<!DOCTYPE html>") == is_html
    assert (len(answer.content) > 19_000) == is_html


@pytest.mark.parametrize("name", sorted(WRONG_BODIES))
def test_wrong_bodies_come_as_good_answers(misbehave: Misbehave, name: str) -> None:
    answer = get(misbehave(fault(name)))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == WRONG_BODIES[name]


@pytest.mark.parametrize("name", [n for n in WRONG_BODIES if n.startswith("not_json")])
def test_what_is_not_json_is_not(name: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        json.loads(WRONG_BODIES[name].decode("utf-8"))


def test_the_huge_number_is_beyond_python_s_limit() -> None:
    with pytest.raises(ValueError, match="digits"):
        int(HUGE)


# The status.


def test_throttles_say_how_long_to_wait_in_every_form(misbehave: Misbehave) -> None:
    waits = {
        name: get(misbehave(fault(name))).headers.get("retry-after")
        for name in FAULTS
        if name.startswith("throttled")
    }
    ahead = parsedate_to_datetime(waits.pop("throttled_date"))
    past = parsedate_to_datetime(waits.pop("throttled_past"))
    assert past < datetime.now(UTC) < ahead
    assert waits == {
        "throttled": "1",
        "throttled_for_ages": "99999999999",
        "throttled_bare": None,
        "throttled_junk": "soon",
        "throttled_negative": "-5",
    }


def test_errors_are_html_with_or_without_a_wait(misbehave: Misbehave) -> None:
    for status, wait in ((500, None), (503, "3600")):
        answer = get(misbehave(unavailable(status, wait)))
        assert answer.status_code == status
        assert answer.headers.get("retry-after") == wait
        assert answer.headers["content-type"].startswith("text/html")
    throttled = get(misbehave(too_many_requests("7")))
    assert (throttled.status_code, throttled.headers["retry-after"]) == (429, "7")


def test_redirects_lead_away_or_round_and_round(misbehave: Misbehave) -> None:
    elsewhere = misbehave(json_reply({"secret": True}))
    server = misbehave(redirect(elsewhere.url, 307))
    assert httpx.get(server.url, follow_redirects=True).json() == {"secret": True}
    assert len(elsewhere.requests) == 1
    with pytest.raises(httpx.TooManyRedirects):
        httpx.get(misbehave(fault("redirect_loop")).api_url, follow_redirects=True)
    assert get(misbehave(fault("redirect_scheme"))).headers["location"][:6] == "https:"


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_every_fault_can_be_met_and_left(misbehave: Misbehave, name: str) -> None:
    answer = fault(name)
    assert isinstance(answer, Answer)
    server = misbehave(answer)
    try:
        with httpx.stream("GET", server.api_url, timeout=0.2) as response:
            next(response.iter_raw(), None)
    except httpx.HTTPError:
        pass
    server.wait_for_requests(1)


# What tests need of the server.


async def test_requests_and_their_overlap_are_recorded(misbehave: Misbehave) -> None:
    gate = Gate()
    server = misbehave(gate.holds(json_reply({})))
    async with httpx.AsyncClient(headers={"User-Agent": "pkgtui-test"}) as client:
        url = f"{server.api_url}packages/?limit=5"
        tasks = [asyncio.ensure_future(client.get(url)) for _ in range(3)]
        await asyncio.to_thread(server.wait_for_requests, 3)
        assert server.max_in_flight == server.connections == 3
        gate.open()
        assert [(await task).status_code for task in tasks] == [200] * 3
        await client.get(url)
    assert server.max_in_flight == server.connections == 3
    request = server.asked("packages/")[-1]
    assert (request.number, request.query) == (4, {"limit": "5"})
    assert request.headers["user-agent"] == "pkgtui-test"


def test_waiting_for_requests_that_do_not_come_fails(misbehave: Misbehave) -> None:
    with pytest.raises(TimeoutError, match="0 requests of 1"):
        misbehave(HangUp()).wait_for_requests(1, timeout=0.01)


def test_a_failing_script_is_reported() -> None:
    def script(request: Request) -> Answer:
        raise LookupError(request.path)

    server = FaultServer(script)

    def meet() -> None:
        with server, pytest.raises(httpx.RemoteProtocolError):
            get(server)

    with pytest.raises(BaseExceptionGroup) as caught:
        meet()
    assert caught.group_contains(LookupError)


@pytest.mark.parametrize("answer", [Hang(), Gate().holds(Raw(b""))])
def test_a_server_stops_with_clients_still_waiting(answer: Answer) -> None:
    threads = threading.active_count()
    with socket.socket() as sock:
        sock.settimeout(5)
        with FaultServer(answer) as server:
            sock.connect(("127.0.0.1", httpx.URL(server.url).port or 0))
            sock.sendall(b"GET / HTTP/1.1\r\n\r\n")
            server.wait_for_requests(1)
        assert sock.recv(1) == b""
    assert threading.active_count() == threads
