"""The fault server as tests use it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from typing import TYPE_CHECKING, Self

from tests.fault_server.request import API_PATH, Request, parse
from tests.fault_server.scripts import Script, always
from tests.fault_server.wire import Wire

if TYPE_CHECKING:
    from types import TracebackType

    from tests.fault_server.breakages import Answer

HEAD_LIMIT = 1 << 18
"""No request's head may be longer, in bytes."""


class FaultServer:
    """Answers over loopback as a script says.

    A context manager. It runs an event loop in a thread of its own and leaves, when
    left, neither thread nor connection, whatever the answers were about to do.

    Attributes:
        script: what decides; a test may replace it at any time.
        requests: what was asked so far, in order of arrival.
        max_in_flight: how many requests were under way at once at most.
        connections: how many connections were made so far.
    """

    def __init__(
        self, script: Script | Answer, *, host: str = "127.0.0.1", port: int = 0
    ) -> None:
        """Prepare a server; nothing runs before it is entered.

        Args:
            script: a script, or the one answer to everything.
            host: the loopback address to listen on.
            port: the port to listen on; 0 picks a free one.
        """
        self.script = always(script)
        self.requests: list[Request] = []
        self.max_in_flight = 0
        self.connections = 0
        self.errors: list[BaseException] = []
        self._address = (host, port)
        self._in_flight = 0
        self._on_path: Counter[str] = Counter()
        self._arrived = threading.Condition()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Scheme, host and port, with a slash at the end."""
        return f"http://{self._address[0]}:{self._port}/"

    @property
    def api_url(self) -> str:
        """The API's base, with a slash at the end."""
        return f"{self.url.rstrip('/')}{API_PATH}"

    def __enter__(self) -> Self:
        """Begin to answer."""
        ready: Future[int] = Future()
        self._thread = threading.Thread(
            target=asyncio.run, args=(self._serve(ready),), name="fault server"
        )
        self._thread.start()
        self._port = ready.result()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop at once, and report a script that failed.

        Raises:
            BaseExceptionGroup: if the script itself raised errors.
        """
        self._loop.call_soon_threadsafe(self._stopped.set)
        self._thread.join()
        if self.errors and error is None:
            message = "the script of a fault server failed"
            raise BaseExceptionGroup(message, self.errors)

    def asked(self, resource: str) -> list[Request]:
        """Return the requests for a path below the base, such as ``packages/``."""
        return [one for one in list(self.requests) if one.resource == resource]

    def wait_for_requests(self, number: int, timeout: float = 10) -> None:
        """Wait, in this thread, until so many requests have arrived.

        Raises:
            TimeoutError: if they do not come.
        """
        with self._arrived:
            if not self._arrived.wait_for(
                lambda: len(self.requests) >= number, timeout
            ):
                message = f"{len(self.requests)} requests of {number}"
                raise TimeoutError(message)

    async def _serve(self, ready: Future[int]) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        try:
            server = await asyncio.start_server(
                self._connected, *self._address, limit=HEAD_LIMIT
            )
        except OSError as error:
            ready.set_exception(error)
            return
        ready.set_result(server.sockets[0].getsockname()[1])
        await self._stopped.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connected(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        # Not a coroutine, so that the task is ours to keep and to cancel.
        self.connections += 1
        task = self._loop.create_task(self._converse(Wire(reader, writer)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _converse(self, wire: Wire) -> None:
        """Answer the requests of one connection until either side ends it."""
        try:
            # The client may go away at any moment; that is its good right.
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                kept = True
                while kept:
                    kept = await self._answer_next(wire)
                await wire.close()
        finally:
            wire.abort()

    async def _answer_next(self, wire: Wire) -> bool:
        head = await wire.read_head()
        try:
            request = parse(head)
        except ValueError:
            # The client is done, or does not speak HTTP.
            return False
        await wire.skip(int(request.headers.get("content-length", 0)))
        request = self._record(request)
        self._in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self._in_flight)
        try:
            return await self._decide(request).give(wire, request)
        finally:
            self._in_flight -= 1

    def _decide(self, request: Request) -> Answer:
        try:
            return self.script(request)
        except Exception as error:
            self.errors.append(error)
            raise ConnectionAbortedError from error

    def _record(self, request: Request) -> Request:
        self._on_path[request.path] += 1
        with self._arrived:
            number = len(self.requests) + 1
            request = request.numbered(number, self._on_path[request.path])
            self.requests.append(request)
            self._arrived.notify_all()
        return request


@contextlib.contextmanager
def closed_port(host: str = "127.0.0.1") -> Iterator[int]:
    """Hold a port that nobody listens on, so that connections to it are refused."""
    with socket.socket() as holder:
        holder.bind((host, 0))
        yield int(holder.getsockname()[1])
