"""What the browse screen shows: its lists, its package, its words. No network, no keys.

The panes only show what they are given; here it is decided what that is.
"""

from collections.abc import Callable, Sequence

from textual.timer import Timer

from pkgtui.catalog import Catalog, Marks, SyncProgress
from pkgtui.domain.filters import PackageFilter
from pkgtui.errors import PkgtuiError
from pkgtui.text import cell_width
from pkgtui.tui.browse.layout import BrowseLayout
from pkgtui.tui.browse.navigation import BackStack, Location, NavigationHistory
from pkgtui.tui.browse.package_document import PackageView
from pkgtui.tui.browse.panes.packages_pane import PackagesPane, why_no_packages
from pkgtui.tui.browse.panes.pane import ROOMY_FROM, Pane
from pkgtui.tui.browse.state import BrowseState
from pkgtui.tui.session_state import SessionState
from pkgtui.tui.status import (
    first_problems,
    hinted_actions,
    hints,
    marked_words,
    progress_words,
    source_words,
)


class BrowseView(BrowseLayout):
    """Fills the panes from the store, for the selection in force."""

    def __init__(
        self,
        catalog: Catalog,
        marks: Marks,
        target: str | None = None,
        start: SessionState | None = None,
    ) -> None:
        columns = catalog.settings.columns
        super().__init__(PackagesPane(catalog.now, columns, id="packages"))
        self.catalog = catalog
        self.browsing = BrowseState(catalog)
        self._marks = marks
        self.trail = BackStack()
        self.history = NavigationHistory()
        self._target = target
        self._start = start or SessionState()
        self._progress: SyncProgress | None = None
        self._is_syncing = False
        self._reloaded_at = 0.0
        self._error = ""
        self._sync_error = ""
        self.problems: Sequence[str] = ()
        """What is wrong in the settings."""
        self.notices = ""
        """What was told at the start."""
        self._told_notices: tuple[str, ...] = ()
        self.marks_notice = ""
        """What is to be known of the file of marks."""
        self._busy_text = ""
        self._follow_timer: Timer | None = None
        self._pending: Callable[[], None] | None = None
        """What follows the cursor that moved last, once the keys rest."""

    def session_state(self) -> SessionState:
        """Where the browser is now."""
        browsing = self.browsing
        return SessionState(
            selection=browsing.selection,
            sorts=browsing.sorts.kept,
            grid_sort=browsing.grid_sort,
            is_grid_sort_reversed=browsing.is_grid_sort_reversed,
            package_id=self.packages.current_id,
            level=self.level,
        )

    def read_marks(self) -> None:
        """Take over the marks as they are kept, other programs' ones included."""
        try:
            self.packages.table.marked = frozenset(self._marks.slugs())
            self.marks_notice = self._marks.notice
        except PkgtuiError as error:
            self.marks_notice = str(error)

    # What is shown

    def show_lists(self) -> None:
        """Read the lists again; cursors stay on what they are on."""
        self.flush_cursor()
        self.browsing.reload()
        self.categories.show(self.browsing.category_rows(), self.categories.current_id)
        self.show_grids()
        self.refresh_packages()

    def show_grids(self) -> None:
        """List the grids as sorted, the cursor where it is."""
        browsing = self.browsing
        current_id = self.grids.current_id
        self.grids.show(browsing.grid_rows(), current_id, browsing.grid_sort_words)

    def show_packages(self, package_id: int | None = None) -> None:
        """List the packages of the selection, the cursor on `package_id`.

        Where that is not listed, the cursor stays on the package it is on, if it can.
        """
        self._list_packages(package_id)
        self.follow_cursor()

    def refresh_packages(self) -> None:
        """List the packages again; the package beside stays if one jumped to it.

        Where the one under the cursor is gone, the cursor goes to its neighbor.
        """
        self.flush_cursor()
        listed_id, shown_id = self.packages.current_id, self.package.package_id
        self._list_packages(listed_id, is_same_list=True)
        if shown_id is None or shown_id == listed_id:
            self.follow_cursor()
        else:
            self.show_package(shown_id)

    def _list_packages(
        self, package_id: int | None, *, is_same_list: bool = False
    ) -> None:
        browsing = self.browsing
        selection = browsing.selection
        is_grid, is_person = (
            selection.grid_id is not None,
            selection.contributor is not None,
        )
        self.categories.names.is_source = not is_grid and not is_person
        self.grids.names.is_source = is_grid and not is_person
        rows = browsing.listing()
        ids = (package_id, self.packages.current_id)
        places = (rows.index_of(id_) for id_ in ids if id_ is not None)
        cursor = next((place for place in places if place is not None), None)
        if cursor is None:
            cursor = self.packages.place_beside(rows) if is_same_list else 0
        hidden_count = browsing.hidden_count(rows)
        if not rows:
            self._explain_empty_list(hidden_count)
        self._show_ways()
        self.packages.show(
            browsing.subject,
            rows,
            cursor,
            browsing.sort,
            hidden_count,
            narrowing=browsing.narrowing,
            is_active_only=selection.is_active_only,
        )

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
                narrowing=self.browsing.narrowing,
                hidden_count=hidden_count,
                missing_count=len(missing),
                is_syncing=self._is_syncing,
                is_offline=settings.is_offline,
                host=freshness.host,
                error=self._sync_error,
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
        self._pending = None
        view = self.browsing.view(package_id)
        if view is None:
            self.package.show_sentence("This package is no longer in the catalog.")
            return
        is_other = package_id != self.package.package_id
        self.package.show(view)
        if is_other:
            self.fetch_if_stale(view)

    def arrange_panes(self) -> None:
        """Show the panes that have room; one that stands alone tells the way to it."""
        super().arrange_panes()
        self._show_ways()

    def _show_ways(self) -> None:
        way = (self.browsing.group, self.browsing.subject)
        self.packages.show_way(way[:1] if self.is_single else ())
        self.package.show_way(way if self.is_single else ())

    def fetch_if_stale(self, view: PackageView) -> None:
        """Ask the server for the package that is shown, if its record is old."""

    def show_error(self, sentence: str) -> None:
        """Tell what went wrong, on lines of its own above the status; "" clears it."""
        self._error = sentence
        self.message.tell(sentence)
        self.message.display = bool(sentence)

    def show_warnings(self) -> None:
        """Tell what is to be known at the start."""
        problems = first_problems(self.problems)
        self._told_notices = self.catalog.notices
        notices = (*self.catalog.notices, self.marks_notice, *problems)
        self.notices = "; ".join(filter(None, notices))
        self.show_error(self.notices)

    def clear_message(self, sentence: str) -> None:
        """Clear the line of errors, if `sentence` still stands there."""
        if self._error == sentence:
            self.show_error("")

    def show_status(self) -> None:
        """Write the status line: what is going on or how old the data is, and keys."""
        is_short = self.size.width < ROOMY_FROM
        if self._busy_text:
            words = self._busy_text
        elif self._progress is not None:
            words = progress_words(self._progress, is_short=is_short)
        elif self._is_syncing:
            words = f"syncing with {self.catalog.freshness().host}"
        else:
            words = source_words(
                self.catalog.freshness(),
                self.catalog.now(),
                is_offline=self.catalog.settings.is_offline,
                is_short=is_short,
            )
        marked = marked_words(len(self.packages.table.marked), is_short=is_short)
        room = self.size.width - cell_width(marked + words) - 4
        self.status.show(
            ((marked, "mark"), (words, "heading" if self._is_syncing else "")),
            hints(
                hinted_actions(
                    self.level,
                    is_filtering=self.is_filtering,
                    is_on_stop=self.package.text.stop is not None,
                ),
                room,
            ),
        )

    def show_errand(self, words: str) -> None:
        """Tell in the status line what is being fetched; "" when that is done."""
        self._busy_text = words
        self.show_status()

    # What is selected

    def flush_cursor(self) -> None:
        """Do at once what waits for the keys to rest."""
        follow, self._pending = self._pending, None
        if follow is not None:
            follow()

    def go_to_pane(self, pane: Pane) -> None:
        """Show `pane`, and put the focus into it."""
        self.flush_cursor()
        super().go_to_pane(pane)

    def select_group(self) -> None:
        """Select the category or grid under the cursor of the list in use.

        A list that is narrowed to nothing leaves the selection as it is. Where one was
        before is forgotten: what is chosen here is a walk of its own.
        """
        pane = self._last_navigation
        if pane.names.current is None:
            return
        kept = self.browsing.selection._replace(
            category_id=None, grid_id=None, contributor=None
        )
        if pane is self.grids:
            selection = kept._replace(grid_id=self.grids.current_id)
        else:
            selection = kept._replace(category_id=self.categories.current_id)
        if selection != self.browsing.selection:
            self.trail = BackStack()
            self.select(selection)

    def select(self, selection: PackageFilter) -> None:
        """Show the packages of another selection; the narrowing by text ends."""
        self._pending = None
        self.packages.filter_text = ""
        self.browsing.selection = selection._replace(text="")
        self.packages.table.set_rows(())
        self.show_packages()

    def _here(self) -> Location:
        self.flush_cursor()
        return Location(
            selection=self.browsing.selection,
            listed_id=self.packages.current_id,
            list_top=self.packages.table.top,
            package_id=self.package.package_id,
            level=self.level,
            reading=self.package.reading,
            entry_level=self.trail.entry_level,
            left_behind=tuple(self.trail.places),
        )

    def _jump(self, selection: PackageFilter) -> None:
        kept = self.browsing.selection.is_active_only
        self.select(selection._replace(is_active_only=kept))
        self.go_to_pane(self.packages)
        self._visit()

    def _visit(self) -> None:
        self.history.visit(self._here())
