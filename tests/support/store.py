"""What the tests of store and catalog share: made-up records, source and clock."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pkgtui.catalog import Catalog, SyncReport
from pkgtui.config import DEFAULT_API_URL, Settings
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.models import Category, Grid, Package
from pkgtui.domain.sorting import Sort
from pkgtui.errors import RecordNotFoundError
from pkgtui.paths import Paths
from pkgtui.sources.base import EndOfList, Page
from pkgtui.store import write
from pkgtui.store.database import Database
from pkgtui.store.lock import SyncLock
from pkgtui.store.package_list import list_packages

NOW = datetime(2026, 8, 8, 12, 0, 0, 123456, tzinfo=UTC)
UNKNOWN_FACTS: dict[str, Any] = {
    "description": "",
    "stars": None,
    "forks": None,
    "contributors": None,
    "commits_52w": None,
    "last_commit_at": None,
    "fetched_at": None,
    "added_at": None,
    "pypi_name": None,
    "pypi_version": None,
    "repo_url": None,
    "documentation_url": None,
}
"""Fields of a package of which the site tells nothing but its name."""


class FakeClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, moment: datetime = NOW) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        """The moment it shows."""
        return self.moment

    def advance(self, **span: float) -> None:
        """Move on by a `timedelta` of `span`."""
        self.moment += timedelta(**span)


def category(id_: int = 1, slug: str = "apps", **fields: Any) -> Category:
    """A category; what is not given has a plain value."""
    values = {"title": "App", "title_plural": "Apps", "description": ""}
    return Category(id=id_, slug=slug, **(values | fields))


def grid(id_: int, *package_ids: int, **fields: Any) -> Grid:
    """A grid of `package_ids`."""
    values = {"slug": f"grid-{id_}", "title": f"Grid {id_}", "description": ""}
    return Grid(id=id_, package_ids=package_ids, **(values | fields))


def package(id_: int, *grid_ids: int, **fields: Any) -> Package:
    """A package in `grid_ids`; what is not given has a plain value."""
    values: dict[str, Any] = {
        "slug": f"package-{id_}",
        "title": f"Package {id_}",
        "description": "Does something",
        "category_id": 1,
        "stars": 10,
        "forks": 1,
        "contributors": ("ann", "bob"),
        "commits_52w": (0,) * 51 + (3,),
        "last_commit_at": NOW - timedelta(days=10),
        "fetched_at": NOW - timedelta(days=1),
        "added_at": NOW - timedelta(days=1000),
        "pypi_name": None,
        "pypi_version": "1.0",
        "repo_url": None,
        "documentation_url": None,
    }
    return Package(id=id_, grid_ids=grid_ids, **(values | fields))


class FakeSource:
    """A source of given records, a page of `page_size` at a time."""

    def __init__(
        self,
        packages: Sequence[Package] = (),
        grids: Sequence[Grid] = (),
        categories: Sequence[Category] = (),
        *,
        page_size: int = 2,
    ) -> None:
        self.records: dict[str, Sequence[Any]] = {
            "categories": categories or (category(),),
            "grids": grids or (grid(900),),
            "packages": packages or (package(900),),
        }
        self.page_size = page_size
        self.asked: list[str] = []
        self.is_closed = False

    def pages_of(self, name: str) -> list[Page[Any] | EndOfList]:
        """The answer for one list; tests override it."""
        records = self.records[name]
        starts = range(0, len(records), self.page_size)
        return [
            *(
                Page(tuple(records[i : i + self.page_size]), len(records), 1)
                for i in starts
            ),
            EndOfList(is_whole=True),
        ]

    async def _list(self, name: str) -> AsyncIterator[Any]:
        self.asked.append(name)
        for page in self.pages_of(name):
            yield page

    def categories(self) -> AsyncIterator[Page[Category] | EndOfList]:
        """All categories."""
        return self._list("categories")

    def grids(self) -> AsyncIterator[Page[Grid] | EndOfList]:
        """All grids."""
        return self._list("grids")

    def packages(self) -> AsyncIterator[Page[Package] | EndOfList]:
        """All packages."""
        return self._list("packages")

    async def package(self, key: str) -> Package:
        """One package by slug or id."""
        found: Package = self._one("packages", key)
        return found

    async def grid(self, key: str) -> Grid:
        """One grid by slug or id."""
        found: Grid = self._one("grids", key)
        return found

    def _one(self, name: str, key: str) -> Any:
        self.asked.append(f"{name}/{key}")
        for record in self.records[name]:
            if key in {record.slug, str(record.id)}:
                return record
        raise RecordNotFoundError(f"no {key}")

    async def aclose(self) -> None:
        """Note that it was closed."""
        self.is_closed = True


def paths_in(folder: Path) -> Paths:
    """The program's paths, all below `folder`."""
    return Paths(data=folder / "data", config=folder / "config", state=folder / "state")


def open_catalog(
    folder: Path,
    source: FakeSource | None = None,
    *,
    now: FakeClock | None = None,
    **settings: Any,
) -> Catalog:
    """A catalog whose files are below `folder`, served by `source`."""
    return Catalog.open(
        Settings(**settings),
        paths_in(folder),
        now=now or FakeClock(),
        connect=None if source is None else lambda: source,
    )


def put(
    database: Database,
    *records: Category | Grid | Package,
    cached_at: datetime = NOW,
    run_id: int = 1,
) -> None:
    """Write `records` straight into `database`."""
    write.Writer(database).write(
        lambda connection: write.put(
            connection, records, cached_at=cached_at, run_id=run_id
        )
    )


class GatedSource(FakeSource):
    """A source whose package list waits in the middle until it is let on."""

    def __init__(self, *records: Package) -> None:
        super().__init__(records, page_size=1)
        self.reached = asyncio.Event()
        self.gate = asyncio.Event()

    async def _list(self, name: str) -> AsyncIterator[Any]:
        count = 0
        async for step in super()._list(name):
            if name == "packages" and count == 1:
                self.reached.set()
                await self.gate.wait()
            count += 1
            yield step


def cache_in(folder: Path) -> Path:
    """The cache file of the catalog whose files are below `folder`."""
    return paths_in(folder).cache(DEFAULT_API_URL)


def held_ids(catalog: Catalog) -> list[int]:
    """The ids of all packages that are held."""
    return sorted(catalog.packages(PackageFilter(), Sort("title")).ids)


def ids_of_contributor(database: Database, name: str) -> list[int]:
    """The packages that a person works on, by title."""
    by_person = PackageFilter(contributor=name)
    return list(list_packages(database, by_person, Sort("title"), NOW).ids)


def is_lock_free(folder: Path) -> bool:
    """Whether nobody syncs the catalog below `folder`."""
    lock = SyncLock(cache_in(folder))
    is_free = lock.try_acquire()
    lock.release()
    return is_free


async def sync_to_one_package(folder: Path) -> SyncReport:
    """Sync the catalog below `folder` from a source that has package 3 alone."""
    with closing(open_catalog(folder, FakeSource([package(3)]))) as catalog:
        return await catalog.sync()
