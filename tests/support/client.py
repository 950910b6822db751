"""Clients for tests: on a scripted transport, and on a server of the tests."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pkgtui.errors import (
    SourceError,
)
from pkgtui.sources.base import EndOfList, Page
from pkgtui.sources.djangopackages.client import ApiClient
from pkgtui.sources.retry import Clock, RetryPolicy
from tests.fault_server import (
    FaultServer,
)

API_URL = "http://api.example:8800/api/v4/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECORD = {"id": 631, "slug": "django-shop", "title": "django SHOP"}
Handler = Callable[[httpx.Request], httpx.Response]
SHORT = RetryPolicy(silence_s=0.3, attempt_s=0.6, give_up_s=1.2)
GUARD_S = 30
"""What no test takes unless the client hangs."""


class Case:
    """A client on a scripted server, with a clock that only sleeping moves."""

    def __init__(
        self,
        handler: Handler,
        api_url: str = API_URL,
        patience: RetryPolicy | None = None,
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
            clockwork=Clock(sleep, lambda: self.time, lambda: NOW, lambda: 0.5),
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
    """Answer with a record, or with any JSON."""
    return httpx.Response(200, json=record)


def page(*records: Any, count: int | None = None) -> httpx.Response:
    """Answer with a page of a list."""
    return ok({"count": len(records) if count is None else count, "results": records})


async def no_sleep(_: float) -> None:
    """Stand for the waits between tries."""


def client(
    server: FaultServer, patience: RetryPolicy = SHORT, api_url: str = ""
) -> ApiClient:
    """Connect to a server, without waits between tries."""
    return ApiClient(
        api_url or server.api_url,
        patience=patience,
        clockwork=Clock(sleep=no_sleep),
    )


async def read(source: ApiClient) -> tuple[list[Any], list[Page[Any]], EndOfList]:
    """The packages of the last pass, all pages, and the end."""
    async with asyncio.timeout(GUARD_S):
        *some, end = [page async for page in source.packages()]
    await source.aclose()
    pages = [page for page in some if isinstance(page, Page)]
    last = pages[-1].pass_number
    records = [r for page in pages if page.pass_number == last for r in page.records]
    assert len(records) == len({record.id for record in records})
    assert isinstance(end, EndOfList)
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
