"""The live source: an API v4 of Django Packages, read over HTTP.

The network library is loaded by the first request, in a thread, and answers are parsed
in threads, so that a screen is drawn and stays alive meanwhile.
"""

import asyncio
from collections.abc import AsyncGenerator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from pkgtui.domain.models import Category, Grid, Package
from pkgtui.errors import BadResponseError, RecordNotFoundError
from pkgtui.sources.base import EndOfList, Page, T
from pkgtui.sources.djangopackages.decode import (
    DecodeError,
    Decoder,
    UnreadableRecordError,
    decode_category,
    decode_grid,
    decode_package,
    decode_page,
    parse_json,
)
from pkgtui.sources.djangopackages.pagination import (
    Fetched,
    Rows,
    read_list,
    smaller_page,
)
from pkgtui.sources.retry import Clock, RetryPolicy
from pkgtui.text import sanitize_line

if TYPE_CHECKING:
    import httpx

    from pkgtui.sources.http import RetryingClient

_MAX_KEY_CHARS = 200
_MAX_ID = 2**63 - 1


class ApiClient:
    """One API over HTTP; connects with the first request."""

    def __init__(
        self,
        api_url: str,
        *,
        patience: RetryPolicy | None = None,
        clockwork: Clock | None = None,
        mount: "httpx.AsyncBaseTransport | None" = None,
    ) -> None:
        """Take the base of an API v4, which ends with a slash; `mount` is for tests."""
        self._api_url = api_url
        self._host = sanitize_line(urlsplit(api_url).netloc.rpartition("@")[2])
        self._patience = patience or RetryPolicy()
        self._clockwork = clockwork or Clock()
        self._mount = mount
        self._opening = asyncio.Lock()
        self._transport: RetryingClient | None = None

    def categories(self) -> AsyncGenerator[Page[Category] | EndOfList, None]:
        """Read all categories."""
        return read_list(partial(self._rows, "categories", decode_category))

    def grids(self) -> AsyncGenerator[Page[Grid] | EndOfList, None]:
        """Read all grids."""
        return read_list(partial(self._rows, "grids", decode_grid))

    def packages(self) -> AsyncGenerator[Page[Package] | EndOfList, None]:
        """Read all packages, page by page."""
        return read_list(partial(self._rows, "packages", decode_package))

    async def package(self, key: str) -> Package:
        """Read one package by slug or id."""
        return await self._record("package", key, decode_package)

    async def grid(self, key: str) -> Grid:
        """Read one grid by slug or id."""
        return await self._record("grid", key, decode_grid)

    async def aclose(self) -> None:
        """Give back connections; the next request would make new ones."""
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.aclose()

    async def _open(self) -> "RetryingClient":
        async with self._opening:
            if self._transport is None:
                self._transport = await asyncio.to_thread(self._make_transport)
            return self._transport

    def _make_transport(self) -> "RetryingClient":
        # Importing httpx costs more than drawing the first screen.
        from pkgtui.sources.http import RetryingClient

        return RetryingClient(
            self._api_url, self._patience, self._clockwork, self._mount
        )

    async def _rows(self, resource: str, decode: Decoder[T], rows: Rows) -> Fetched[T]:
        limit = rows.size

        def reference(halvings: int) -> str:
            nonlocal limit
            limit = smaller_page(rows.size, halvings)
            return f"{resource}/?limit={limit}&offset={rows.offset}"

        transport = await self._open()
        page = await transport.get(reference, partial(decode_page, decode=decode))
        return Fetched(page, limit)

    async def _record(self, kind: str, key: str, decode: Decoder[T]) -> T:
        missing = RecordNotFoundError(
            f"{self._host} has no {kind} called "
            f"'{sanitize_line(key)[:_MAX_KEY_CHARS]}'; check the name"
        )
        if not _is_key(key):
            raise missing
        transport = await self._open()
        from pkgtui.sources.http_errors import StatusError

        try:
            record = await transport.get(
                lambda _: f"{kind}s/{quote(key, safe='')}/",
                partial(_parse_record, decode=decode),
            )
        except StatusError as error:
            if error.status == 404:
                raise missing from error
            raise
        if key in {record.slug, str(record.id)}:
            return record
        if key.isdecimal():
            # A slug of digits: the server reads it as an id, and knows no other way.
            raise missing
        raise BadResponseError(
            f"{self._host} answers with {kind} '{record.slug}' where '{key}' was asked "
            "for; is this an API v4? check --api-url"
        )


def _parse_record(body: bytes, decode: Decoder[T]) -> T:
    try:
        return decode(parse_json(body))
    except UnreadableRecordError as error:
        raise DecodeError(f"an unreadable record, {error}") from error


def _is_key(key: str) -> bool:
    """Whether the server can be asked for `key`: a NUL in it makes it fail, for one."""
    if not key or len(key) > _MAX_KEY_CHARS or key in {".", ".."}:
        return False
    if "/" in key or not key.isprintable():
        return False
    return not (key.isascii() and key.isdecimal() and int(key) > _MAX_ID)
