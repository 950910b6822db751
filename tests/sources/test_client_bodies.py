"""Bodies are read up to a limit and no further, packed or not."""

import gzip
from typing import Any

import pytest

from pkgtui.errors import (
    BadResponseError,
)
from pkgtui.sources import http
from pkgtui.sources.retry import RetryPolicy
from tests.fault_server import (
    Endless,
    FaultServer,
    Hang,
    Raw,
    Reply,
)
from tests.fault_server.breakages import Answer
from tests.support.client import client, read, told
from tests.support.server_fixtures import Misbehave

GOOD_BODY = b'{"count": 0, "results": []}'


@pytest.mark.parametrize("extra", [0, 1])
@pytest.mark.parametrize("form", ["announced", "chunked", "gzip"])
async def test_the_limit_of_a_body(
    extra: int, form: str, misbehave: Misbehave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "MAX_TOTAL_BYTES", 1000)
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
    assert http.MAX_TOTAL_BYTES == 32 * 2**20

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
        message = await told(client(server, RetryPolicy()), BadResponseError)
    assert "longer than 32 MiB" in message
    assert answer.sent < 48 * 2**20
