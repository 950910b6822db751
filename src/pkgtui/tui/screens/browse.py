"""The browse screen: what is selected, what the keys do, what is fetched behind.

The panes only show what they are given and tell what was done. The cache is shown
first; an answer from the network carries the package that it is for, and a late one
is dropped.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from pkgtui.catalog import Catalog, Marks, SyncProgress, SyncReport
from pkgtui.domain.identifiers import Kind, parse_target
from pkgtui.domain.selection import Selection
from pkgtui.errors import NotFoundError, PkgtuiError, RecordMissingError
from pkgtui.keys import Scope
from pkgtui.text import cell_width
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.browsing import Browsing
from pkgtui.tui.comparing import Comparing
from pkgtui.tui.panes.empty import why_no_packages
from pkgtui.tui.panes.name_list import NameList
from pkgtui.tui.panes.package_table import PackageTable
from pkgtui.tui.panes.packages_pane import PackagesPane
from pkgtui.tui.panes.pane import Pane
from pkgtui.tui.panes.targets import (
    GridTarget,
    LinkTarget,
    PackageTarget,
    PersonTarget,
)
from pkgtui.tui.places import Level, Place, Trail
from pkgtui.tui.screens.browse_layout import BrowseLayout
from pkgtui.tui.status import HINTS, hints, progress_words, source_words
from pkgtui.tui.widgets.document import DocumentView
from pkgtui.tui.widgets.line_list import LineList

FOLLOW_DELAY_S = 0.06
"""How long keys have to rest before the panes that follow the cursor are drawn."""
FETCH_DELAY_S = 0.5
"""How long a package has to be looked at before the server is asked for it."""
RELOAD_EVERY_S = 0.5
"""How often the lists are read again while a first sync fills them."""


class BrowseScreen(BrowseLayout):
    """Walk from a category or a grid to its packages, and to one package."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.BROWSE)]

    class SyncAsked(Message):
        """The whole catalogue is to be brought up to date."""

    class SampleAsked(Message):
        """The bundled sample is to be browsed instead of an empty catalogue."""

    def __init__(
        self, catalog: Catalog, marks: Marks, target: str | None = None
    ) -> None:
        super().__init__(PackagesPane(catalog.now, id="packages"))
        self.catalog = catalog
        self.browsing = Browsing(catalog)
        self._marks = marks
        self.trail = Trail()
        self._target = target
        self._progress: SyncProgress | None = None
        self._is_syncing = False
        self._reloaded_at = 0.0
        self._error = ""
        self._follow_timer: Timer | None = None

    def on_mount(self) -> None:
        """Show what is stored: one read, no network."""
        self.read_marks()
        self._begin()

    def browse(self, catalog: Catalog) -> None:
        """Show another catalogue, from its start."""
        self.workers.cancel_node(self)
        self.catalog = catalog
        self.browsing = Browsing(catalog)
        self.trail = Trail()
        self._target = None
        self._begin()

    def _begin(self) -> None:
        self.show_lists()
        if self._target is not None:
            self._open_held_target(self._target)
        elif not self.packages.table.rows:
            # What there is to do is told where the packages would be.
            self.go_to_pane(self.packages)
        else:
            self.go_to_pane(self.categories)
        notices = (*self.catalog.notices, self._marks.notice)
        self.show_error("; ".join(filter(None, notices)))
        self.call_after_refresh(self._start_behind)

    def _start_behind(self) -> None:
        """What the first paint did not wait for."""
        settings = self.catalog.settings
        if self._target is not None:
            self.fetch_target(self._target)
        if self.catalog.needs_sync() and (
            settings.is_sample or not settings.is_offline
        ):
            self.post_message(self.SyncAsked())
        self.show_status()

    # What is shown

    def show_lists(self) -> None:
        """Read the lists again; cursors stay on what they are on."""
        browsing = self.browsing
        browsing.reload()
        selection = browsing.selection
        self.categories.show(browsing.category_rows(), selection.category_id)
        self.grids.show(browsing.grid_rows(), self.grids.current_id)
        if selection.grid_id is not None:
            self.grids.show_current(selection.grid_id)
        self.show_packages(self.packages.current_id)

    def show_packages(self, package_id: int | None = None) -> None:
        """List the packages of the selection, the cursor on `package_id` if listed."""
        browsing = self.browsing
        selection = browsing.selection
        is_grid, is_person = (
            selection.grid_id is not None,
            selection.contributor is not None,
        )
        self.categories.names.is_source = not is_grid and not is_person
        self.grids.names.is_source = is_grid and not is_person
        rows = browsing.listing()
        cursor = rows.index_of(package_id) if package_id is not None else None
        if not rows:
            self._explain_empty_list(rows.hidden_count)
        self.packages.way = (browsing.group,) if self.is_single else ()
        self.packages.show(
            browsing.subject, rows, cursor or 0, browsing.sort, rows.hidden_count
        )
        self.follow_cursor()

    def _explain_empty_list(self, hidden_count: int) -> None:
        settings, selection = self.catalog.settings, self.browsing.selection
        freshness = self.catalog.freshness()
        missing = (
            self.catalog.missing_in_grid(selection.grid_id)
            if selection.grid_id is not None
            else ()
        )
        self.packages.table.set_empty_lines(
            *why_no_packages(
                selection,
                held_count=freshness.package_count,
                hidden_count=hidden_count,
                missing_count=len(missing),
                is_syncing=self._is_syncing,
                is_offline=settings.is_offline,
                host=freshness.host,
                error=self._error,
            )
        )

    def follow_cursor(self) -> None:
        """Show the package under the cursor of the table."""
        package_id = self.packages.current_id
        if package_id is None:
            self.package.show_sentence("No package is selected.")
        else:
            self.show_package(package_id)

    def show_package(self, package_id: int) -> None:
        """Show a package from the cache, and fetch it again if that is old."""
        view = self.browsing.view(package_id)
        if view is None:
            self.package.show_sentence("This package is no longer in the catalogue.")
            return
        self.package.way = (
            (self.browsing.group, self.browsing.subject) if self.is_single else ()
        )
        self.package.show(view)
        if self.browsing.is_stale(view):
            self.fetch_package(package_id, view.detail.package.slug, FETCH_DELAY_S)
        else:
            self.workers.cancel_group(self, "package")

    def show_error(self, sentence: str) -> None:
        """Tell what went wrong, on lines of its own above the status; "" clears it."""
        self._error = sentence
        self.message.update(sentence)
        self.message.display = bool(sentence)

    def show_status(self) -> None:
        """Write the status line: what is going on or how old the data is, and keys."""
        if self._progress is not None:
            words = progress_words(self._progress)
        elif self._is_syncing:
            words = f"syncing with {self.catalog.freshness().host}"
        else:
            words = source_words(
                self.catalog.freshness(),
                self.catalog.now(),
                is_offline=self.catalog.settings.is_offline,
            )
        count = len(self.packages.table.marked)
        marked = f"● {count} marked · " if count else ""
        room = self.size.width - cell_width(marked + words) - 6
        self.status.show(
            ((marked, "mark"), (words, "heading" if self._is_syncing else "")),
            hints(HINTS[self.level], room),
        )

    # Moving about

    @on(LineList.Moved)
    def follow_after_rest(self, event: LineList.Moved) -> None:
        """Let the panes that depend on the cursor follow once the keys rest."""
        event.stop()
        if self._follow_timer is not None:
            self._follow_timer.stop()
        follow = (
            self.follow_cursor
            if isinstance(event.list, PackageTable)
            else self.select_group
        )
        self._follow_timer = self.set_timer(FOLLOW_DELAY_S, follow)

    @on(LineList.Chosen)
    def go_in(self, event: LineList.Chosen) -> None:
        """Go from a group to its packages, from the packages to one."""
        event.stop()
        if isinstance(event.list, NameList):
            self.select_group()
            self.go_to_pane(self.packages)
        else:
            self.follow_cursor()
            self.go_to_pane(self.package)

    def select_group(self) -> None:
        """Select the category or grid under the cursor of the list in use."""
        pane = self._last_navigation
        kept = self.browsing.selection._replace(
            category_id=None, grid_id=None, contributor=None
        )
        if pane is self.grids:
            selection = kept._replace(grid_id=self.grids.current_id)
        else:
            selection = kept._replace(category_id=self.categories.current_id)
        if selection != self.browsing.selection:
            self.select(selection)

    def select(self, selection: Selection, package_id: int | None = None) -> None:
        """Show the packages of another selection; the narrowing by text ends."""
        self.packages.filter_text = ""
        self.browsing.selection = selection._replace(text="")
        self.packages.table.top = 0
        self.show_packages(package_id)

    def _here(self) -> Place:
        return Place(
            selection=self.browsing.selection,
            package_id=self.package.package_id,
            level=self.level,
            stop_index=self.package.text.stop_index,
            entry_level=self.trail.entry_level,
        )

    @on(DocumentView.StopChosen)
    def follow_target(self, event: DocumentView.StopChosen) -> None:
        """Go to the grid, the package or the person that was chosen."""
        event.stop()
        match event.target:
            case GridTarget(id=grid_id, is_held=True):
                self.trail.leave(self._here(), Level.PACKAGES)
                self.grids.show_current(grid_id)
                self._jump(Selection(grid_id=grid_id))
            case GridTarget(id=grid_id):
                self.fetch_grid(grid_id)
            case PersonTarget(name=name):
                self.trail.leave(self._here(), Level.PACKAGES)
                self._jump(Selection(contributor=name))
            case PackageTarget(id=package_id):
                self.trail.leave(self._here(), Level.PACKAGE)
                self.show_package(package_id)
            case LinkTarget(url=url):
                self.app.open_url(url)

    def _jump(self, selection: Selection) -> None:
        kept = self.browsing.selection.is_active_only
        self.select(selection._replace(is_active_only=kept))
        self.go_to_pane(self.packages)

    def action_back(self) -> None:
        """Undo the narrowing of the pane; else return from a jump; else go outward."""
        if self.focused_pane.undo_filter():
            return
        place = self.trail.return_from(self.level)
        if place is None:
            if self.level > Level.NAVIGATION:
                self.go_to_level(Level(self.level - 1))
            return
        self._restore(place)

    def _restore(self, place: Place) -> None:
        if place.selection != self.browsing.selection:
            self.browsing.selection = place.selection
            self.packages.filter_text = place.selection.text
            if place.selection.grid_id is not None:
                self.grids.show_current(place.selection.grid_id)
            self.show_packages(place.package_id)
        if place.package_id is not None:
            self.show_package(place.package_id)
        self.go_to_level(place.level)
        self.package.text.move_to_stop(place.stop_index)
        if place.comparing is not None:
            self.open_compare(place.comparing)

    def action_go_to(self, pane_id: str) -> None:
        """Put the focus into a pane."""
        self.go_to_pane(self.query_one(f"#{pane_id}", Pane))

    def action_next_pane(self) -> None:
        """To the pane after this one."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """To the pane before this one."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        panes = self.panes
        index = panes.index(self.focused_pane)
        self.go_to_pane(panes[(index + step) % len(panes)])

    def action_zoom(self) -> None:
        """Give the focused pane the whole screen, or take it back."""
        self.toggle_zoom()
        self.show_packages(self.packages.current_id)

    # Marks and comparing

    def read_marks(self) -> None:
        """Take over the marks as they are kept, other programs' ones included."""
        try:
            self.packages.table.marked = frozenset(self._marks.slugs())
        except PkgtuiError as error:
            self.show_error(str(error))

    def toggle_mark(self, slug: str) -> None:
        """Mark a package, or take its mark away."""
        self._change_marks(lambda: self._marks.toggle(slug))

    def _change_marks(self, change: Callable[[], object]) -> None:
        try:
            change()
        except PkgtuiError as error:
            self.show_error(str(error))
            return
        self.read_marks()
        self.packages.table.lines_changed()
        self.package.show_marked(self.packages.table.marked)
        self.show_status()

    def action_mark(self) -> None:
        """Mark the package in focus, or take its mark away."""
        view = self.package.view
        if self.level is Level.PACKAGES and self.packages.table.current is not None:
            self.toggle_mark(self.packages.table.current.slug)
        elif self.level is Level.PACKAGE and view is not None:
            self.toggle_mark(view.detail.package.slug)

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self._change_marks(self._marks.clear)

    def action_compare(self) -> None:
        """Compare the marked packages; without marks, those of the grid."""
        selection = self.browsing.selection
        if self.packages.table.marked:
            title, entrants = (
                "Marked packages",
                self.browsing.marked(self._marks.slugs()),
            )
        elif selection.grid_id is not None:
            title = self.browsing.subject
            entrants = self.browsing.entrants_of_grid(selection.grid_id)
        else:
            self.show_error(
                "Mark packages with space, or choose a grid; then c compares them."
            )
            return
        comparing = Comparing(title, entrants, self.catalog.now)
        if self.package.package_id is not None:
            comparing.cursor = (comparing.cursor[0], self.package.package_id)
            comparing.update()
        self.open_compare(comparing)

    def open_compare(self, comparing: Comparing) -> None:
        """Show a comparison, where it was left if it was shown before."""
        from pkgtui.tui.screens.compare import CompareScreen, PackageWanted

        def look_at(wanted: PackageWanted | None) -> None:
            if wanted is not None:
                place = replace(self._here(), comparing=wanted.comparing)
                self.trail.leave(place, Level.PACKAGE)
                self.show_package(wanted.package_id)
                self.go_to_pane(self.package)

        screen = CompareScreen(comparing, self.catalog, self.toggle_mark)
        self.app.push_screen(screen, look_at)

    # Narrowing and sorting

    async def action_filter(self) -> None:
        """Open the line that narrows the pane in focus."""
        await self.focused_pane.open_filter()

    @on(Pane.Narrowed)
    def narrow(self, event: Pane.Narrowed) -> None:
        """Leave what has the typed text in it."""
        event.stop()
        if event.pane is self.packages:
            package_id = self.packages.current_id
            self.browsing.selection = self.browsing.selection._replace(text=event.text)
            self.show_packages(package_id)
        elif event.pane is self.package:
            self.package.narrow()
        else:
            pane = self.grids if event.pane is self.grids else self.categories
            pane.narrow()
            self._last_navigation = pane
            self.select_group()

    def action_sort_next(self) -> None:
        """Sort by the next key."""
        self.browsing.next_sort()
        self.show_packages(self.packages.current_id)

    def action_sort_reverse(self) -> None:
        """Turn the sort around."""
        self.browsing.sort_by(self.browsing.sort.key)
        self.show_packages(self.packages.current_id)

    @on(PackagesPane.SortAsked)
    def sort_by_column(self, event: PackagesPane.SortAsked) -> None:
        """Sort by the column that was clicked; the same again turns it around."""
        event.stop()
        self.browsing.sort_by(event.key)
        self.show_packages(self.packages.current_id)

    def action_toggle_active(self) -> None:
        """Leave only active packages, or show all again."""
        selection = self.browsing.selection
        self.browsing.selection = selection._replace(
            is_active_only=not selection.is_active_only
        )
        self.show_packages(self.packages.current_id)

    # The network, behind what is shown

    def action_refresh_package(self) -> None:
        """Fetch the package that is shown, whatever its age."""
        view = self.package.view
        if view is not None:
            self.fetch_package(view.detail.package.id, view.detail.package.slug, 0)

    def action_sync(self) -> None:
        """Ask for the whole catalogue."""
        self.post_message(self.SyncAsked())

    def action_browse_sample(self) -> None:
        """Ask for the sample, where nothing is stored."""
        if not self.catalog.freshness().package_count:
            self.post_message(self.SampleAsked())

    @work(group="package", exclusive=True)
    async def fetch_package(self, package_id: int, slug: str, delay_s: float) -> None:
        """Fetch one package; shown only if it is still the one looked at."""
        await asyncio.sleep(delay_s)
        try:
            await self.catalog.fetch_package(slug)
        except PkgtuiError as error:
            if self.package.package_id == package_id:
                self.show_error(str(error))
            return
        if self.package.package_id == package_id:
            self.show_error("")
            self.show_packages(self.packages.current_id)
            self.show_package(package_id)

    @work(group="grid", exclusive=True)
    async def fetch_grid(self, grid_id: int) -> None:
        """Fetch a grid that a package names and the cache lacks, and go there."""
        here = self._here()
        try:
            await self.catalog.fetch_grid(str(grid_id))
        except PkgtuiError as error:
            self.show_error(f"Grid {grid_id}: {error}")
            return
        if self._here() == here:
            self.show_error("")
            self.trail.leave(here, Level.PACKAGES)
            self.show_lists()
            self.grids.show_current(grid_id)
            self._jump(Selection(grid_id=grid_id))

    def _open_held_target(self, target: str) -> None:
        found = self.catalog.find(target)
        if found is None:
            self.go_to_pane(self.categories)
            return
        self._target = None
        self._open(*found)

    def _open(self, kind: Kind, record_id: int) -> None:
        if kind is Kind.GRID:
            self.grids.show_current(record_id)
            self._last_navigation = self.grids
            self.select(Selection(grid_id=record_id))
            self.go_to_pane(self.packages)
        else:
            self.show_packages(record_id)
            self.show_package(record_id)
            self.go_to_pane(self.package)

    @work(group="target", exclusive=True)
    async def fetch_target(self, target: str) -> None:
        """Look up what the program was started for and the cache does not hold."""
        try:
            self._open(*await self._fetch_target(target))
        except PkgtuiError as error:
            self.show_error(str(error))

    async def _fetch_target(self, target: str) -> tuple[Kind, int]:
        wanted = parse_target(target)
        if wanted.kind is not Kind.GRID:
            try:
                detail = await self.catalog.fetch_package(wanted.text)
            except RecordMissingError:
                if wanted.kind is Kind.PACKAGE:
                    raise
            else:
                return Kind.PACKAGE, detail.package.id
        try:
            grid = await self.catalog.fetch_grid(wanted.text)
        except RecordMissingError:
            nearest = self.catalog.nearest(Kind.PACKAGE, wanted.text)
            raise NotFoundError("package or grid", wanted.text, nearest) from None
        return Kind.GRID, grid.id

    # What the app tells of a sync

    def sync_started(self) -> None:
        """A sync has begun."""
        self._is_syncing = True
        self.show_error("")
        self._show_sync()

    def sync_progressed(self, progress: SyncProgress) -> None:
        """A sync has read some more; a first one shows its rows as they come."""
        self._progress = progress
        now = asyncio.get_running_loop().time()
        if now - self._reloaded_at < RELOAD_EVERY_S:
            return
        self._reloaded_at = now
        self._show_sync()

    def sync_ended(self, report: SyncReport | None, error: PkgtuiError | None) -> None:
        """A sync is done, or has failed."""
        self._is_syncing = False
        self._progress = None
        if error is not None:
            self.show_error(str(error))
        elif report is not None and report.unreadable_count:
            count = report.unreadable_count
            self.show_error(f"{count} records could not be read and were left as held")
        self.show_lists()
        self.show_status()

    def _show_sync(self) -> None:
        if self.catalog.freshness().synced_at is None:
            self.show_lists()
        self.show_status()
