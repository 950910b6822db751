"""What the browse screen asks the network for, behind what it shows.

The cache is shown first; an answer carries the package that it is for, and one that
comes late, when something else is looked at, is dropped.
"""

import asyncio

from textual import work
from textual.message import Message

from pkgtui.catalog import SyncProgress, SyncReport
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.identifiers import RecordKind, parse_target
from pkgtui.errors import NotFoundError, PkgtuiError, RecordNotFoundError
from pkgtui.text import pluralize, sanitize_line
from pkgtui.tui.bindings import hint
from pkgtui.tui.browse.navigation import Level
from pkgtui.tui.browse.package_document import PackageView
from pkgtui.tui.browse.view import BrowseView

FETCH_DELAY_S = 0.5
"""How long a package has to be looked at before the server is asked for it."""
RELOAD_EVERY_S = 0.5
"""How often the lists are read again while a first sync fills them."""


class BrowseFetching(BrowseView):
    """Fetches single records, and is told by the app how a sync goes."""

    _fetch_error = ""
    """Why a package was not fetched, as it was told last."""

    class SyncRequested(Message):
        """The whole catalog is to be brought up to date."""

    def _start_behind(self) -> None:
        """What the first paint did not wait for."""
        settings = self.catalog.settings
        self.browsing.count_active()
        self.show_grids()
        if self._target is not None:
            self.fetch_target(self._target)
        if self.catalog.needs_sync() and (
            settings.is_sample or not settings.is_offline
        ):
            self.post_message(self.SyncRequested())
        self.show_status()

    def begin_where_nothing_is_left(self) -> None:
        """Fill a cache that took the place of a damaged one."""
        is_empty = not self.catalog.freshness().package_count
        if is_empty and self.catalog.notices != self._told_notices:
            self.show_warnings()
            self.show_lists()
            self._start_behind()

    def fetch_if_stale(self, view: PackageView) -> None:
        """Fetch the package after a rest, if its record is over an hour old."""
        package = view.detail.package
        if self.browsing.is_stale(view):
            self.fetch_package(package.id, package.slug, FETCH_DELAY_S)
        else:
            self.workers.cancel_group(self, "package")

    @work(group="package", exclusive=True)
    async def fetch_package(self, package_id: int, slug: str, delay_s: float) -> None:
        """Fetch one package; shown only if it is still the one looked at."""
        await asyncio.sleep(delay_s)
        try:
            await self.catalog.fetch_package(slug)
        except PkgtuiError as error:
            if self.package.package_id == package_id:
                self._fetch_error = str(error)
                self.show_error(self._fetch_error)
            return
        if self.package.package_id == package_id:
            # Nobody asked for it: what else is told there is not read yet.
            self.clear_message(self._fetch_error)
            self.refresh_packages()

    @work(group="grid", exclusive=True)
    async def fetch_grid(self, grid_id: int) -> None:
        """Fetch a grid that a package names and the cache lacks, and go there."""
        here = self._here()
        self.show_errand(f"asking {self.catalog.freshness().host} for grid {grid_id}")
        try:
            await self.catalog.fetch_grid(str(grid_id))
        except PkgtuiError as error:
            self.show_errand("")
            self.show_error(f"Grid {grid_id}: {error}")
            return
        self.show_errand("")
        if self._here() == here:
            self.show_error("")
            self.trail.leave(here, Level.PACKAGES)
            self.show_lists()
            self.grids.show_current(grid_id)
            self._jump(PackageFilter(grid_id=grid_id))

    def _open_held_target(self, target: str) -> None:
        found = self.catalog.find(target)
        if found is None:
            self.go_to_pane(self.categories)
            return
        self._target = None
        self.open_record(*found)

    def open_record(self, kind: RecordKind, record_id: int) -> None:
        """Go to a grid or a package that is held."""
        if kind is RecordKind.GRID:
            self.grids.show_current(record_id)
            self._last_navigation = self.grids
            self.select(PackageFilter(grid_id=record_id))
            self.go_to_pane(self.packages)
        else:
            self.show_packages(record_id)
            self.show_package(record_id)
            self.go_to_pane(self.package)

    @work(group="target", exclusive=True)
    async def fetch_target(self, target: str) -> None:
        """Look up what the program was started for and the cache does not hold."""
        name = sanitize_line(target)
        self.show_errand(f"asking {self.catalog.freshness().host} for {name}")
        stood = self._stand()
        try:
            found = await self._fetch_target(target)
        except PkgtuiError as error:
            self.show_errand("")
            self.show_error(sanitize_line(str(error)))
            return
        self.show_errand("")
        self.flush_cursor()
        if self._stand() == stood:
            self.open_record(*found)
        else:
            search = hint("browse.search")
            self.show_error(f"{name} has come; {search} finds it.")

    def _stand(self) -> tuple[object, ...]:
        """What changes when a person goes anywhere; a sync changes none of it."""
        return self.level, self.browsing.selection, self.focused

    async def _fetch_target(self, target: str) -> tuple[RecordKind, int]:
        wanted = parse_target(target)
        if wanted.kind is not RecordKind.GRID:
            try:
                detail = await self.catalog.fetch_package(wanted.text)
            except RecordNotFoundError:
                if wanted.kind is RecordKind.PACKAGE:
                    raise
            else:
                return RecordKind.PACKAGE, detail.package.id
        try:
            grid = await self.catalog.fetch_grid(wanted.text)
        except RecordNotFoundError:
            nearest = self.catalog.nearest(RecordKind.PACKAGE, wanted.text)
            raise NotFoundError("package or grid", wanted.text, nearest) from None
        return RecordKind.GRID, grid.id

    # What the app tells of a sync

    def sync_started(self) -> None:
        """A sync has begun."""
        self._is_syncing = True
        self._sync_error = ""
        # The first sync begins at once, and what was told at the start is not read yet.
        if self._error != self.notices:
            self.show_error("")
        self._show_sync()

    def sync_progressed(self, progress: SyncProgress) -> None:
        """A sync has read some more; a first one shows its rows as they come."""
        self._progress = progress
        now = asyncio.get_running_loop().time()
        if now - self._reloaded_at < RELOAD_EVERY_S:
            return
        self._reloaded_at = now
        # In a turn of its own: what cannot be shown for a while ends no sync.
        self.call_later(self._show_sync)

    def sync_ended(self, report: SyncReport | None, error: PkgtuiError | None) -> None:
        """A sync is done, or has failed."""
        self._is_syncing = False
        self._progress = None
        self._sync_error = "" if error is None else str(error)
        if error is not None:
            # Where nothing is stored, the empty list tells it.
            if self.catalog.freshness().package_count:
                self.show_error(str(error))
        elif report is not None and report.unreadable_count:
            records = pluralize(report.unreadable_count, "record")
            self.show_error(f"{records} could not be read and stayed as they were")
        try:
            self.show_lists()
        finally:
            self.show_status()

    def _show_sync(self) -> None:
        if self.catalog.freshness().synced_at is None:
            self.show_lists()
        self.show_status()
