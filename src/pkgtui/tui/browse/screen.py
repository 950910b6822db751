"""The browse screen: what its keys and the pointer do.

Walk from a category or a grid to its packages, and to one package; escape leads back
to the very spot. What is shown and fetched stands in `browse_view`, `browse_fetching`.
"""

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from pkgtui.catalog import Catalog
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.identifiers import RecordKind
from pkgtui.keys import Scope
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.browse.comparing import BrowseComparing
from pkgtui.tui.browse.links import (
    ContributorTarget,
    GridTarget,
    LinkTarget,
    PackageTarget,
)
from pkgtui.tui.browse.navigation import BackStack, Level, Location, NavigationHistory
from pkgtui.tui.browse.panes.names_pane import NameList
from pkgtui.tui.browse.panes.packages_pane import PackagesPane, PackageTable
from pkgtui.tui.browse.panes.pane import Pane
from pkgtui.tui.browse.state import BrowseState, ListSorts
from pkgtui.tui.dialogs.copy_open import RecordRef, Taking
from pkgtui.tui.session_state import SessionState
from pkgtui.tui.widgets.document_view import DocumentView
from pkgtui.tui.widgets.line_list import LineList

FOLLOW_DELAY_S = 0.06
"""How long keys have to rest before the panes that follow the cursor are drawn."""

AGES_EVERY_S = 60.0
"""How often ages are told again; they have no smaller unit than a minute."""


class BrowseScreen(BrowseComparing, Taking):
    """Walk from a category or a grid to its packages, and to one package."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.BROWSE)]

    class SampleAsked(Message):
        """The bundled sample is to be browsed instead of an empty catalog."""

    def on_mount(self) -> None:
        """Show what is stored: one read, no network."""
        self.read_marks()
        self._begin()
        self.set_interval(AGES_EVERY_S, self.renew_ages)

    def renew_ages(self) -> None:
        """Tell again how old things are: hours may pass without a key."""
        view = self.package.view
        if view is not None:
            self.package.show(view._replace(now=self.catalog.now()))
        self.show_status()

    def browse(self, catalog: Catalog) -> None:
        """Show another catalog, from its start."""
        self.workers.cancel_node(self)
        self.catalog = catalog
        self.browsing = BrowseState(catalog)
        self.trail = BackStack()
        self.history = NavigationHistory()
        for pane in self.panes:
            pane.filter_text = ""
        self._pending = None
        self._target = None
        self._is_syncing = False
        self._progress = None
        self._busy_text = ""
        self._start = SessionState()
        self._begin()

    def _begin(self) -> None:
        self._take_up(self._start)
        if self._target is not None:
            self._open_held_target(self._target)
        elif not self.packages.table.rows:
            # What there is to do is told where the packages would be.
            self.go_to_pane(self.packages)
        else:
            self.go_to_level(self._start.level)
        self.show_warnings()
        self._visit()
        self.call_after_refresh(self._start_behind)

    def _take_up(self, start: SessionState) -> None:
        """Show what was shown when the browser was left."""
        browsing, selection = self.browsing, start.selection
        browsing.selection, browsing.sorts = selection, ListSorts(start.sorts)
        browsing.grid_sort = start.grid_sort
        browsing.is_grid_sort_reversed = start.is_grid_sort_reversed
        browsing.reload()
        self.categories.show(browsing.category_rows(), selection.category_id)
        self.show_grids()
        if selection.grid_id is not None:
            self.grids.show_current(selection.grid_id)
            self._last_navigation = self.grids
        self.packages.filter_text = selection.text
        self.show_packages(start.package_id)

    def thing(self) -> tuple[Catalog, RecordRef] | None:
        """The package or grid that the focus is on."""
        self.flush_cursor()
        kind, id_ = RecordKind.PACKAGE, self.package.package_id
        if self.level is Level.PACKAGES:
            id_ = self.packages.current_id
        elif self.level is Level.NAVIGATION:
            kind = RecordKind.GRID
            id_ = self.grids.current_id if self.focused_pane is self.grids else None
        return None if id_ is None else (self.catalog, RecordRef(kind, id_))

    def tell(self, sentence: str) -> None:
        """Say what was done, until the next thing is told."""
        self.show_error(sentence)

    # Moving about

    @on(LineList.Moved)
    def follow_after_rest(self, event: LineList.Moved) -> None:
        """Let the panes that depend on the cursor follow once the keys rest."""
        event.stop()
        is_table = isinstance(event.list, PackageTable)
        follow = self.follow_cursor if is_table else self.select_group
        if self._follow_timer is not None:
            self._follow_timer.stop()
        if self._pending != follow:
            # Another list was left before its followers had their turn.
            self.flush_cursor()
        self._pending = follow
        self._follow_timer = self.set_timer(FOLLOW_DELAY_S, self.flush_cursor)

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
        self._visit()

    def action_step_history(self, step: int) -> None:
        """Back (-1) or forward (1) through where one has been."""
        place = self.history.step(self._here(), step)
        if place is not None:
            self._restore(place)

    @on(DocumentView.StopsBegunOrLeft)
    def show_what_enter_does(self, event: DocumentView.StopsBegunOrLeft) -> None:
        """Hint enter only where it goes somewhere."""
        event.stop()
        self.show_status()

    @on(DocumentView.LinkActivated)
    def follow_target(self, event: DocumentView.LinkActivated) -> None:
        """Go to the grid, the package or the person that was chosen."""
        event.stop()
        match event.target:
            case GridTarget(id=grid_id, is_held=True):
                self.trail.leave(self._here(), Level.PACKAGES)
                self.grids.show_current(grid_id)
                self._jump(PackageFilter(grid_id=grid_id))
            case GridTarget(id=grid_id):
                self.fetch_grid(grid_id)
            case ContributorTarget(name=name):
                self.trail.leave(self._here(), Level.PACKAGES)
                self._jump(PackageFilter(contributor=name))
            case PackageTarget(id=package_id):
                self.trail.leave(self._here(), Level.PACKAGE)
                self.show_package(package_id)
                self._visit()
            case LinkTarget(url=url):
                self.open_address(url)

    def action_back(self) -> None:
        """Undo the narrowing of the pane; else return from a jump; else go outward."""
        self.clear_message(self.notices)
        self.flush_cursor()
        if self.focused_pane.undo_filter():
            return
        place = self.trail.return_from(self.level)
        if place is None:
            if self.level > Level.NAVIGATION:
                self.go_to_level(Level(self.level - 1))
            return
        self._restore(place)

    def _restore(self, place: Location) -> None:
        self.trail.come_to(place)
        selection = place.selection
        if selection != self.browsing.selection:
            self.browsing.selection = selection
            self.packages.filter_text = selection.text
            if selection.grid_id is not None:
                self.grids.show_current(selection.grid_id)
                self._last_navigation = self.grids
            elif selection.contributor is None:
                self.categories.show_current(selection.category_id)
                self._last_navigation = self.categories
        self.show_packages(place.listed_id)
        self.packages.table.scroll_to_line(place.list_top)
        if place.package_id is not None:
            self.show_package(place.package_id)
        self.go_to_level(place.level)
        self.package.return_to(place.reading)
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

    def action_search(self) -> None:
        """Search the whole catalog, and go to what was chosen."""
        from pkgtui.tui.search.screen import SearchScreen, SearchSelection

        def go(found: SearchSelection | None) -> None:
            if found is not None:
                self.go_to(found.kind, found.id)

        marked = self.packages.table.marked
        self.app.push_screen(SearchScreen(self.catalog, marked, self.toggle_mark), go)

    def go_to(self, kind: RecordKind, record_id: int) -> None:
        """Jump to a grid or a package; escape leads back here."""
        is_grid = kind is RecordKind.GRID
        level = Level.PACKAGES if is_grid else Level.PACKAGE
        self.trail.leave(self._here(), level)
        self.open_record(kind, record_id)
        self._visit()

    # Narrowing and sorting

    async def action_filter(self) -> None:
        """Open the line that narrows the pane in focus."""
        await self.focused_pane.open_filter()

    @on(Pane.FilterChanged)
    def narrow(self, event: Pane.FilterChanged) -> None:
        """Leave what has the typed text in it."""
        event.stop()
        if event.pane is self.packages:
            package_id = self.packages.current_id
            self.browsing.selection = self.browsing.selection._replace(text=event.text)
            self.show_packages(package_id)
        elif event.pane is self.package:
            self.package.narrow()
        else:
            selection = self.browsing.selection
            is_grids = event.pane is self.grids
            self._last_navigation = self.grids if is_grids else self.categories
            self._last_navigation.narrow(
                selection.grid_id if is_grids else selection.category_id
            )
            self.select_group()

    def action_sort_next(self) -> None:
        """Sort the grids or the packages by the next key."""
        if self.focused_pane is self.grids:
            self.browsing.next_grid_sort()
            self.show_grids()
            return
        self.flush_cursor()
        self.browsing.next_sort()
        self.refresh_packages()

    def action_sort_reverse(self) -> None:
        """Turn the sort of the grids or of the packages around."""
        if self.focused_pane is self.grids:
            browsing = self.browsing
            browsing.is_grid_sort_reversed = not browsing.is_grid_sort_reversed
            self.show_grids()
            return
        self.flush_cursor()
        self.browsing.sort_by(self.browsing.sort.key)
        self.refresh_packages()

    @on(PackagesPane.SortRequested)
    def sort_by_column(self, event: PackagesPane.SortRequested) -> None:
        """Sort by the column that was clicked; the same again turns it around."""
        event.stop()
        self.flush_cursor()
        self.browsing.sort_by(event.key)
        self.refresh_packages()

    def action_toggle_active(self) -> None:
        """Leave only active packages, or show all again."""
        selection = self.browsing.selection
        self.browsing.selection = selection._replace(
            is_active_only=not selection.is_active_only
        )
        self.refresh_packages()

    # The network

    def action_refresh_package(self) -> None:
        """Fetch the package that is shown, whatever its age."""
        self.flush_cursor()
        view = self.package.view
        if view is not None:
            self.fetch_package(view.detail.package.id, view.detail.package.slug, 0)

    def action_sync(self) -> None:
        """Ask for the whole catalog."""
        self.post_message(self.SyncRequested())

    def action_browse_sample(self) -> None:
        """Ask for the sample, where nothing is stored."""
        if not self.catalog.freshness().package_count:
            self.post_message(self.SampleAsked())
