"""An HTTP/1.1 server with a thread per connection that stops without a trace."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler


class Handler(WSGIRequestHandler):
    """Answers requests of one connection, silently and without delays."""

    # Headers and body leave in one write, else a kept-alive connection waits for
    # the peer's delayed acknowledgement between the two.
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Close both directions, though the client may have gone with one."""
        with contextlib.suppress(OSError):
            super().finish()
        self.rfile.close()


class Server(ThreadedWSGIServer):
    """Django's threaded server, able to end its idle connections.

    Threads are joined on closing, so that none outlives the server, with the
    database connection that it holds.
    """

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, host: str, port: int, application: Callable[..., Any]) -> None:
        """Listen on an address; port 0 picks a free one."""
        self._address = (host, port)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__((host, port), Handler)
        self.set_app(application)

    def server_bind(self) -> None:
        """Bind without looking up the machine's name, which can take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self._address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]
        self.setup_environ()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start a thread for a connection, and remember the connection."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        """Forget a connection that has ended."""
        with self._lock:
            self._open.discard(request)
        super().close_request(request)

    def handle_error(self, *_args: Any) -> None:
        """Say nothing of a client that went away."""

    def stop(self) -> None:
        """End all connections, wait for their threads, and close the socket."""
        self.shutdown()
        with self._lock:
            for connection in self._open:
                # The client may have gone already.
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()
