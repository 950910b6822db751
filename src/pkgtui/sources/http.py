"""One request to the API, with its tries, its limits and its way around failures.

The configured scheme, host and port are the only ones ever asked: redirects are
followed by hand and only there. At most two requests are under way at once.
"""

import asyncio
import zlib
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import httpx

from pkgtui import __version__, log
from pkgtui.errors import SourceError
from pkgtui.sources import http_errors as failures
from pkgtui.sources.djangopackages.decode import DecodeError
from pkgtui.sources.retry import Clock, RetryPolicy, retry_after_s, wait_s
from pkgtui.text import sanitize_line

MAX_TOTAL_BYTES = 32 * 2**20
"""What an unpacked body may have at most."""
ACCEPT_ENCODING = "gzip"
"""What `read_body` can unpack."""
_STEP_BYTES = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS


async def read_body(response: httpx.Response) -> bytes:
    """The unpacked body; raises `DecodeError` and httpx's errors."""
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in {"", "identity"}:
        return await _read_plain(response)
    if encoding == "gzip":
        return await _read_gzip(response)
    raise DecodeError("packed in a way that was not asked for")


async def _read_plain(response: httpx.Response) -> bytes:
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MAX_TOTAL_BYTES:
        raise _too_long()
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MAX_TOTAL_BYTES:
            raise _too_long()
    return bytes(body)


async def _read_gzip(response: httpx.Response) -> bytes:
    body = bytearray()
    unpacker = zlib.decompressobj(_GZIP)
    try:
        async for piece in response.aiter_raw():
            packed = piece
            while packed and not unpacker.eof:
                body += unpacker.decompress(packed, _STEP_BYTES)
                if len(body) > MAX_TOTAL_BYTES:
                    raise _too_long()
                packed = unpacker.unconsumed_tail
                if packed:
                    await asyncio.sleep(
                        0
                    )  # Let others run between the steps of a bomb.
    except zlib.error as error:
        raise DecodeError("not valid gzip") from error
    if not unpacker.eof:
        raise DecodeError("gzip that ends too early")
    return bytes(body)


def _too_long() -> DecodeError:
    return DecodeError(f"longer than {MAX_TOTAL_BYTES // 2**20} MiB")


R = TypeVar("R")

MAX_CONCURRENT_REQUESTS = 2
MAX_REDIRECTS = 3
_TEMPORARY = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Reference = Callable[[int], str]
"""What to ask for, relative to the API's address, once the server has failed so many
times in a way that a smaller answer may help against."""


class _RetryableError(Exception):
    """One try that may go better the next time."""

    def __init__(
        self,
        error: SourceError,
        *,
        retry_after_s: float | None = None,
        is_overload: bool = False,
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after_s = retry_after_s
        self.is_overload = is_overload


class RetryingClient:
    """The way to one API; raises `SourceError` and nothing else."""

    def __init__(
        self,
        api_url: str,
        patience: RetryPolicy,
        clockwork: Clock,
        mount: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Prepare for `api_url`, credentials allowed; `mount` stands for the network.

        Takes tens of milliseconds, because it loads certificates.
        """
        self._patience = patience
        self._clockwork = clockwork
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_REQUESTS)
        parts = urlsplit(api_url)
        host = parts.netloc.rpartition("@")[2]
        self._host = sanitize_line(host)
        timeout = httpx.Timeout(patience.silence_s, connect=patience.connect_s)
        auth = None
        if parts.username is not None or parts.password is not None:
            auth = httpx.BasicAuth(
                unquote(parts.username or ""), unquote(parts.password or "")
            )
        try:
            self._base = httpx.URL(parts._replace(netloc=host).geturl())
        except httpx.InvalidURL as error:
            raise self._explained(error) from error
        try:
            self._client = httpx.AsyncClient(
                auth=auth,
                headers={
                    "User-Agent": f"pkgtui/{__version__} (Django Packages API v4 "
                    f"client; python-httpx/{httpx.__version__})",
                    "Accept": "application/json",
                    "Accept-Encoding": ACCEPT_ENCODING,
                },
                timeout=timeout,
                limits=httpx.Limits(max_connections=MAX_CONCURRENT_REQUESTS),
                follow_redirects=False,
                transport=mount,
            )
        except (httpx.InvalidURL, OSError, ValueError, ImportError) as error:
            raise failures.setup_failed(error) from error

    async def get(self, reference: Reference, parse: Callable[[bytes], R]) -> R:
        """Ask until there is an answer, and parse it in a thread.

        Raises `ServerUnreachableError`, `BadResponseError` (also where `parse` raises
        `DecodeError`) and `StatusError`.
        """
        try:
            url, body = await self._persist(reference)
            try:
                return await asyncio.to_thread(parse, body)
            except DecodeError as error:
                raise failures.bad_answer(url, str(error)) from error
        except SourceError as error:
            log.warning(str(error))
            raise

    async def aclose(self) -> None:
        """Give back connections."""
        await self._client.aclose()

    async def _persist(self, reference: Reference) -> tuple[httpx.URL, bytes]:
        patience, clock = self._patience, self._clockwork.clock
        started_at: float | None = None
        tries_made = 0
        overloads = 0
        while True:
            try:
                async with self._slots:
                    # The wait for a free slot is no fault of the server's.
                    started_at = clock() if started_at is None else started_at
                    left_s = patience.give_up_s - (clock() - started_at)
                    return await self._try(
                        reference(overloads), min(patience.attempt_s, left_s)
                    )
            except _RetryableError as failure:
                tries_made += 1
                overloads += failure.is_overload
                wait = wait_s(
                    patience,
                    tries_made=tries_made,
                    elapsed_s=clock() - (started_at or 0),
                    retry_after_s=failure.retry_after_s,
                    random=self._clockwork.random(),
                )
                if wait is None:
                    raise failure.error from failure
                log.info(f"{failure}; again in {wait:.1f} s")
            await self._clockwork.sleep(wait)

    async def _try(self, reference: str, limit_s: float) -> tuple[httpx.URL, bytes]:
        try:
            async with asyncio.timeout(limit_s):
                return await self._follow(self._base.join(reference))
        except TimeoutError as error:
            raise _RetryableError(
                failures.unreachable(
                    self._host, f"no whole answer within {limit_s:.0f} s"
                ),
                is_overload=True,
            ) from error
        except (
            *(httpx.HTTPError, httpx.InvalidURL, httpx.StreamError),
            *(OSError, ValueError, RuntimeError),
        ) as error:
            explained = self._explained(error)
            if failures.is_lasting(error):
                raise explained from error
            was_connected = not isinstance(
                error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
            )
            raise _RetryableError(explained, is_overload=was_connected) from error

    async def _follow(self, url: httpx.URL) -> tuple[httpx.URL, bytes]:
        for _ in range(1 + MAX_REDIRECTS):
            try:
                began = self._clockwork.clock()
                async with self._client.stream("GET", url) as response:
                    try:
                        if response.status_code not in _REDIRECTS:
                            return url, await self._read(url, response)
                    finally:
                        self._log(response, self._clockwork.clock() - began)
                    url = self._target(url, response)
            except httpx.RemoteProtocolError as error:
                # httpx looks at a redirect's address even if it is not to follow it.
                if isinstance(error.__context__, httpx.InvalidURL):
                    raise failures.bad_answer(
                        url, "a redirect to no address"
                    ) from error
                raise
        raise failures.bad_answer(url, "redirected more than three times")

    async def _read(self, url: httpx.URL, response: httpx.Response) -> bytes:
        status = response.status_code
        if status != HTTPStatus.OK:
            wait = retry_after_s(
                response.headers.get("Retry-After"), self._clockwork.now()
            )
            error = failures.bad_status(url, status, wait)
            if status not in _TEMPORARY:
                raise error
            raise _RetryableError(
                error,
                retry_after_s=wait,
                is_overload=status != HTTPStatus.TOO_MANY_REQUESTS,
            )
        content_type = response.headers.get("Content-Type", "application/json")
        if not _is_json(content_type):
            raise failures.bad_answer(url, f"not JSON but {content_type[:50]!a}")
        try:
            return await read_body(response)
        except DecodeError as error:
            raise failures.bad_answer(url, str(error)) from error

    def _log(self, response: httpx.Response, duration_s: float) -> None:
        if log.is_open():
            log.info(
                f"GET {response.url} {response.status_code} "
                f"{response.num_bytes_downloaded} bytes {duration_s * 1000:.0f} ms"
            )

    def _target(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        """Where a redirect leads, which must be the same origin."""
        location = response.headers.get("Location")
        if location is None:
            raise failures.bad_answer(url, "a redirect to nowhere")
        try:
            target = url.join(location).copy_with(userinfo=b"", fragment=None)
        except (httpx.InvalidURL, ValueError) as error:
            raise failures.bad_answer(url, "a redirect to no address") from error
        if _origin(target) != _origin(self._base):
            elsewhere = f"{target.scheme}://{target.netloc.decode()}"
            raise failures.bad_answer(
                url,
                f"it redirects to {failures.shortened(elsewhere)}, which is not "
                "followed",
            )
        return target

    def _explained(self, error: Exception) -> SourceError:
        return failures.explained(
            self._host,
            error,
            connect_s=self._patience.connect_s,
            silence_s=self._patience.silence_s,
        )


def _is_json(content_type: str) -> bool:
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    port = {"http": 80, "https": 443}.get(url.scheme)
    return url.scheme, url.host, url.port or port
