"""The one door to the facts, for both faces: the cache first, the network on demand.

Reads are synchronous and never touch the network; what does is a coroutine. No network
library is loaded before it is needed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from pkgtui import __version__, log
from pkgtui.domain.filters import ALL_PACKAGES, PackageFilter
from pkgtui.domain.identifiers import RecordKind, site_of
from pkgtui.errors import PkgtuiError, ServerUnreachableError, StoreError
from pkgtui.store import lookup, package_list, queries
from pkgtui.store.database import Database
from pkgtui.store.package_list import PackageListing
from pkgtui.store.types import CacheStatus, Name, SyncProgress, SyncReport, Table
from pkgtui.userdata.marks import Marks
from pkgtui.userdata.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pkgtui.config import Settings
    from pkgtui.domain.models import (
        Alternative,
        CategorySummary,
        Grid,
        GridSummary,
        Package,
        PackageDetail,
    )
    from pkgtui.domain.search import SearchResult
    from pkgtui.domain.sorting import Sort
    from pkgtui.paths import Paths
    from pkgtui.sources.base import CatalogSource
    from pkgtui.store.database import ClearedCache
    from pkgtui.store.sync import Synchronizer

    Connect = Callable[[], CatalogSource]

__all__ = [
    "CacheStatus",
    "Catalog",
    "Marks",
    "Name",
    "PackageListing",
    "Session",
    "SyncProgress",
    "SyncReport",
    "Table",
    "clear_cache",
    "names_beginning",
    "open_marks",
    "open_session",
    "utc_now",
]


def utc_now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def clear_cache(settings: Settings, paths: Paths) -> ClearedCache:
    """Forget what is cached of the API that `settings` name; raises `StoreError`."""
    from pkgtui.store.database import clear

    return clear(paths.cache(settings.api_url, is_sample=settings.is_sample))


def names_beginning(
    settings: Settings, paths: Paths, table: Table, prefix: str
) -> list[Name]:
    """Some slugs that begin with `prefix`, with their titles, as quickly as can be.

    Reads the cache file as it is and changes nothing; without one there are none.
    """
    from pkgtui.store.lookup import names_beginning

    path = paths.cache(settings.api_url, is_sample=settings.is_sample)
    return names_beginning(path, table, prefix)


def open_marks(paths: Paths) -> Marks:
    """The user's own marks: one file, whichever catalog is in use."""
    return Marks(paths.marks)


def open_session(paths: Paths) -> Session:
    """Where the browser was left, catalog by catalog."""
    return Session(paths.session)


class Catalog:
    """One catalog: what is stored of it, and the way to its source."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        connect: Connect | None = None,
    ) -> None:
        """Serve what `database` holds; `open` is the usual way."""
        self.settings = settings
        self.now = now
        self._database = database
        self._connect = connect
        self._source: CatalogSource | None = None
        self._synchronizer: Synchronizer | None = None
        self._site = site_of(settings.api_url)

    @classmethod
    def open(
        cls,
        settings: Settings,
        paths: Paths,
        *,
        now: Callable[[], datetime] = utc_now,
        connect: Connect | None = None,
    ) -> Catalog:
        """Open the cache that `settings` ask for; raises `StoreError` if it is locked.

        `connect` makes the source on first use, instead of the API or the sample.
        """
        path = paths.cache(settings.api_url, is_sample=settings.is_sample)
        return cls(Database(path, now=now), settings, now=now, connect=connect)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know of the cache file, a sentence each."""
        return tuple(self._database.notices)

    def wait_at_most(self, seconds: float) -> None:
        """Read the cache, or give up, within `seconds` where others keep it locked."""
        self._database.patience_s = seconds

    @property
    def is_kept(self) -> bool:
        """Whether there is a place where what is synced will stay."""
        return not self._database.is_in_memory

    def freshness(self) -> CacheStatus:
        """Where the data comes from, how much there is and how old it is."""
        is_sample = self.settings.is_sample
        look = queries.usual_look if is_sample else queries.latest_fetched_at
        packages, grids, categories = queries.counts(self._database)
        return CacheStatus(
            api_url=self.settings.api_url,
            host=self._site.host,
            is_sample=is_sample,
            synced_at=queries.synced_at(self._database),
            data_as_of=look(self._database),
            package_count=packages,
            grid_count=grids,
            category_count=categories,
        )

    def needs_sync(self) -> bool:
        """Whether no whole sync is on record, or it is too old.

        The sample never ages; another version of the program brings its own.
        """
        synced_at = queries.synced_at(self._database)
        if synced_at is None:
            return True
        if self.settings.is_sample:
            version = queries.meta(self._database, "source_version")
            return bool(version != __version__)
        return self._is_older(synced_at, self.settings.max_age)

    def categories(self) -> list[CategorySummary]:
        """All categories, by id."""
        return queries.categories(self._database)

    def grids(self) -> list[GridSummary]:
        """All grids by title, without regard to case."""
        return queries.grids(self._database)

    def active_counts(self) -> dict[int, int]:
        """How many active packages each grid has, by id; no entry where none."""
        return queries.active_counts(self._database, self.now())

    def search(
        self,
        query: str,
        *,
        filters: PackageFilter = ALL_PACKAGES,
        kind: RecordKind | None = None,
        sort: Sort | None = None,
        limit: int = 20,
    ) -> SearchResult:
        """The first `limit` packages and grids for `query`, best first or by `sort`.

        `kind` asks for packages or grids alone; grids pass no filter. Any text will do.
        """
        from pkgtui.store import search

        return search.search(
            self._database,
            query,
            filters=filters,
            kind=kind,
            sort=sort,
            limit=limit,
            now=self.now(),
        )

    def grid(self, grid_id: int) -> Grid | None:
        """One grid as the site told of it."""
        return queries.grid(self._database, grid_id)

    def packages(self, selection: PackageFilter, sort: Sort) -> PackageListing:
        """The packages of `selection`, in the order of `sort`."""
        return package_list.list_packages(self._database, selection, sort, self.now())

    def package(self, package_id: int) -> PackageDetail | None:
        """One whole record, with its category and grids by name."""
        return queries.package(self._database, package_id)

    def packages_by_slug(self, slugs: Sequence[str]) -> list[PackageDetail]:
        """The whole records that are held of `slugs`, in their order."""
        return queries.packages_by_slug(self._database, slugs)

    def packages_in_grid(self, grid_id: int) -> list[PackageDetail]:
        """The whole records held of a grid, in the site's order."""
        return queries.packages_in_grid(self._database, grid_id)

    def missing_in_grid(self, grid_id: int) -> tuple[int, ...]:
        """The ids of a grid's packages that are not held."""
        return queries.missing_in_grid(self._database, grid_id)

    def alternatives(self, package_id: int, limit: int = 8) -> list[Alternative]:
        """Packages that share grids with one: most shared first, then latest commit."""
        return queries.alternatives(self._database, package_id, limit)

    def find_package(self, text: str) -> int | None:
        """The id of the package that `text` names: slug, PyPI name, id or address."""
        return lookup.find_package(self._database, text)

    def find_grid(self, text: str) -> int | None:
        """The id of the grid that `text` names: slug, id or address."""
        return lookup.find_grid(self._database, text)

    def find(self, text: str) -> tuple[RecordKind, int] | None:
        """What `text` names: a package, or else a grid."""
        return lookup.find(self._database, text)

    def nearest(self, kind: RecordKind, text: str, limit: int = 3) -> list[str]:
        """Slugs that `text` could have meant, the nearest first."""
        return lookup.nearest(self._database, kind, text, limit)

    def is_package_stale(self, detail: PackageDetail, max_age: timedelta) -> bool:
        """Whether a record came from the server over `max_age` ago; the sample's never.

        A time in the future is a clock that was set back: it says nothing, so the
        record counts as stale.
        """
        return not self.settings.is_sample and self._is_older(detail.cached_at, max_age)

    def web_url(self, kind: RecordKind, slug: str) -> str:
        """The page of a package or a grid, on the host of the API."""
        return self._site.page(kind, slug)

    def category_web_url(self, slug: str) -> str:
        """The page of a category, on the host of the API."""
        return self._site.category_page(slug)

    async def fetch_package(self, key: str) -> PackageDetail:
        """Ask the source for one package by slug or id, store and return it.

        Raises SourceError. What is held of a package that the source no longer knows
        stays until the next sync.
        """
        package = await self._the_source().package(key)
        cached_at = await self._store(package)
        return queries.with_context(self._database, [(package, cached_at)])[0]

    async def fetch_grid(self, key: str) -> Grid:
        """Ask the source for one grid by slug or id, store and return it."""
        grid = await self._the_source().grid(key)
        await self._store(grid)
        return grid

    async def sync(
        self, on_progress: Callable[[SyncProgress], None] | None = None
    ) -> SyncReport:
        """Sync the full catalog; raises SourceError and StoreError.

        If another sync is under way, wait for it and take its result.
        """
        self._refuse_if_offline()
        began = monotonic()
        log.info(f"sync with {self._origin} begins")
        try:
            sync = self._the_synchronizer().sync
            report = await sync(self._the_source, on_progress)
        except PkgtuiError as error:
            log.warning(f"sync failed after {monotonic() - began:.1f} s: {error}")
            raise
        counts = ", ".join(f"{name} {n}" for name, n in report._asdict().items())
        log.info(f"sync ended after {monotonic() - began:.1f} s: {counts}")
        return report

    async def disconnect(self) -> None:
        """Give back connections; the cache stays open.

        For faces whose event loop ends before they are done reading.
        """
        source, self._source = self._source, None
        if source is not None:
            await source.aclose()

    async def aclose(self) -> None:
        """Give back connections and the cache file."""
        try:
            await self.disconnect()
        finally:
            self.close()

    def close(self) -> None:
        """Give back the cache file; enough where the network was not used."""
        self._database.close()

    async def _store(self, record: Package | Grid) -> datetime:
        """Keep a record if that can be, as of now; the answer is there anyhow."""
        from pkgtui.store import write

        cached_at = self.now()

        try:
            await self._the_synchronizer().write(write.putting(record, cached_at))
        except StoreError as error:
            self._database.tell(str(error))
        return cached_at

    def _the_source(self) -> CatalogSource:
        self._refuse_if_offline()
        if self._source is None:
            self._source = self._make_source()
        return self._source

    def _make_source(self) -> CatalogSource:
        if self._connect is not None:
            return self._connect()
        if self.settings.is_sample:
            from pkgtui.sources.sample import SampleSource

            return SampleSource()
        from pkgtui.sources.djangopackages.client import ApiClient

        return ApiClient(api_url=self.settings.api_url)

    def _the_synchronizer(self) -> Synchronizer:
        if self._synchronizer is None:
            from pkgtui.store.sync import Synchronizer

            self._synchronizer = Synchronizer(
                self._database, now=self.now, source_version=__version__
            )
        return self._synchronizer

    def _refuse_if_offline(self) -> None:
        if self.settings.is_offline and not self.settings.is_sample:
            raise ServerUnreachableError(
                "--offline: the network is not used; without it (see 'pkgtui config') "
                f"{self._site.host} is asked"
            )

    def _is_older(self, moment: datetime, max_age: timedelta) -> bool:
        age = self.now() - moment
        return age > max_age or age < timedelta(0)

    @property
    def _origin(self) -> str:
        return "the bundled sample" if self.settings.is_sample else self._site.host
