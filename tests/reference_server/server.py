"""The reference server as tests and benchmarks use it."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from tests.reference_server.catalog import Catalog, generate_catalog
from tests.reference_server.recording import RecordedRequest, recorded

if TYPE_CHECKING:
    from types import TracebackType

    from tests.reference_server.httpd import Server

Result = TypeVar("Result")
PAGE_PATH = "/api/v4/packages/"


class ReferenceServer:
    """A real Django Packages API over loopback, serving one catalog.

    A context manager. It serves in threads of this process, so that a test can look
    at ``requests`` and change the catalog at an exact moment; several may run at
    once. The methods may be called from any thread and under a running event loop.

    Attributes:
        catalog: what it began with; later changes are not in there.
        requests: what was asked so far, in order of arrival.
        max_in_flight: how many requests were under way at once at most.
    """

    def __init__(
        self,
        packages: int = 300,
        *,
        grids: int | None = None,
        seed: int = 1,
        hostile: bool = True,
        catalog: Catalog | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        """Prepare a server; nothing runs before it is entered.

        Args:
            packages: how many packages to generate.
            grids: how many grids, by default one for 14 packages as on the site.
            seed: the generated catalog's seed.
            hostile: whether to generate hostile texts too.
            catalog: what to serve instead of a generated catalog.
            host: the loopback address to listen on.
            port: the port to listen on; 0 picks a free one.
        """
        if catalog is None:
            number = max(4, packages // 14) if grids is None else grids
            catalog = generate_catalog(packages, number, seed, hostile=hostile)
        self.catalog = catalog
        self.requests: list[RecordedRequest] = []
        self.max_in_flight = 0
        self._address = (host, port)
        self._in_flight = 0
        self._pages = 0
        self._callback: Callable[[int, ReferenceServer], object] | None = None
        self._lock = threading.Lock()
        self._alias = ""

    @property
    def url(self) -> str:
        """Scheme, host and port, with a slash at the end."""
        return f"http://{self._address[0]}:{self._httpd.server_port}/"

    @property
    def api_url(self) -> str:
        """The API's base, with a slash at the end."""
        return f"{self.url}api/v4/"

    def __enter__(self) -> Self:
        """Fill a database and begin to serve."""
        with ExitStack() as stack:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="reference-server-")
            )
            # Django refuses databases under a running event loop, so that all of it
            # is done by a thread of its own.
            self._worker = stack.enter_context(ThreadPoolExecutor(max_workers=1))
            stack.callback(self._do, self._finish)
            self._httpd = self._do(self._start, Path(folder) / "catalog.db")
            serving = threading.Thread(
                target=self._httpd.serve_forever, args=(0.05,), name="reference server"
            )
            serving.start()
            stack.callback(serving.join)
            stack.callback(self._httpd.stop)
            self._cleanup = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop, and leave neither thread nor file."""
        self._cleanup.close()

    def after_request(self, callback: Callable[[int, ReferenceServer], object]) -> None:
        """Call back after each answer to a list of packages, before it is sent.

        The callback gets the number of such requests so far, from 1, and the server,
        whose catalog it may change: the next page is of the changed catalog.
        """
        self._callback = callback

    def insert_package(self, **fields: Any) -> int:
        """Add a package, the newest unless ``id`` is given, and return its id.

        Fields are named and shaped as in the API; what is not given is made up.
        Category and grids may be ids.
        """
        return int(self._change("insert_package", fields))

    def update_package(self, number: int, **fields: Any) -> None:
        """Change a package's fields, named and shaped as in the API."""
        self._change("update_package", number, fields)

    def delete_package(self, number: int) -> None:
        """Delete the package with an id."""
        self._change("delete_package", number)

    def insert_grid(self, **fields: Any) -> int:
        """Add a grid, as ``insert_package`` does a package."""
        return int(self._change("insert_grid", fields))

    def delete_grid(self, number: int) -> None:
        """Delete the grid with an id."""
        self._change("delete_grid", number)

    def asked(self, resource: str) -> list[RecordedRequest]:
        """Return the requests for a path below the base, such as ``packages/``."""
        return [one for one in list(self.requests) if one.resource == resource]

    def _do(self, work: Callable[..., Result], *args: Any) -> Result:
        return self._worker.submit(work, *args).result()

    def _change(self, name: str, *args: Any) -> Any:
        from tests.reference_server import database

        def change() -> Any:
            with database.using(self._alias):
                return getattr(database, name)(*args)

        return self._do(change)

    def _start(self, path: Path) -> Server:
        # Models can be imported only once Django is configured.
        from tests.reference_server.settings import configure

        configure()

        from django.core.handlers.wsgi import WSGIHandler

        from tests.reference_server import database
        from tests.reference_server.httpd import Server

        self._django = WSGIHandler()
        self._using = database.using
        self._alias = database.create(path, self.catalog)
        return Server(*self._address, self._application)

    def _finish(self) -> None:
        from tests.reference_server import database

        database.close_connections()
        if self._alias:
            database.forget(self._alias)

    def _application(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        request = recorded(environ)
        with self._lock:
            self.requests.append(request)
            self._in_flight += 1
            self.max_in_flight = max(self.max_in_flight, self._in_flight)
        try:
            with self._using(self._alias):
                answer: Iterable[bytes] = self._django(environ, start_response)
            if request.path == PAGE_PATH and request.method == "GET":
                self._call_back()
        finally:
            with self._lock:
                self._in_flight -= 1
        return answer

    def _call_back(self) -> None:
        with self._lock:
            self._pages += 1
            number = self._pages
        if self._callback is not None:
            self._callback(number, self)
