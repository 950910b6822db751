"""Serves a generated catalog's pages from memory, in a process of its own.

A page is rendered when it is first asked for and then only handed out, so that what is
measured is the client. `GET /requests` answers and forgets what was asked.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from tests.reference_server import generate_catalog

API_PATH = "/api/v4/"


class ApiServer(ThreadingHTTPServer):
    """The API over loopback, without search and single records."""

    daemon_threads = True

    def __init__(self, package_count: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.base_url = f"http://127.0.0.1:{self.server_address[1]}{API_PATH}"
        catalog = generate_catalog(package_count, base_url=self.base_url)
        self._lists = {
            "packages": catalog.packages,
            "grids": catalog.grids,
            "categories": catalog.categories,
        }
        self._rendered: dict[str, bytes] = {}
        self.asked: list[str] = []

    def page(self, path: str) -> bytes:
        """The page at `path`, as the API would give it."""
        if path not in self._rendered:
            parts = urlsplit(path)
            name = parts.path.removeprefix(API_PATH).strip("/")
            query = parse_qs(parts.query)
            limit = int(query.get("limit", ["20"])[0])
            offset = int(query.get("offset", ["0"])[0])
            page = self._page(name, limit, offset)
            self._rendered[path] = json.dumps(page).encode()
        return self._rendered[path]

    def _page(self, name: str, limit: int, offset: int) -> dict[str, Any]:
        records = self._lists[name]
        end = offset + limit
        url = f"{self.base_url}{name}/?limit={limit}&offset={end}"
        return {
            "count": len(records),
            "next": url if end < len(records) else None,
            "previous": None,
            "results": records[offset:end],
        }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ApiServer

    def do_GET(self) -> None:
        if self.path == "/requests":
            body = json.dumps(self.server.asked).encode()
            self.server.asked.clear()
        else:
            self.server.asked.append(self.path)
            body = self.server.page(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Be silent."""


@contextmanager
def served(package_count: int) -> Iterator[str]:
    """The base URL of a server in another process."""
    command = [sys.executable, "-m", __spec__.name, str(package_count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def reference_server(package_count: int) -> Iterator[str]:
    """The base URL of the tests' reference server in another process."""
    command = [sys.executable, "-m", "tests.reference_server", "--port", "0"]
    command += ["--packages", str(package_count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def requests_of(base_url: str) -> list[str]:
    """The URLs that were asked for since the last time."""
    root = base_url.removesuffix(API_PATH)
    with urlopen(f"{root}/requests") as response:
        return [f"{root}{path}" for path in json.load(response)]


if __name__ == "__main__":
    server = ApiServer(int(sys.argv[1]))
    print(server.base_url, flush=True)
    server.serve_forever()
