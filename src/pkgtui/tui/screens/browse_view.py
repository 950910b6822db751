"""What the browse screen shows: its lists, its package, its words. No network, no keys.

The panes only show what they are given; here it is decided what that is.
"""

from collections.abc import Callable

from textual.timer import Timer

from pkgtui.catalog import Catalog, Marks, SyncProgress
from pkgtui.domain.selection import Selection
from pkgtui.errors import PkgtuiError
from pkgtui.text import cell_width
from pkgtui.tui.browsing import Browsing
from pkgtui.tui.panes.empty import why_no_packages
from pkgtui.tui.panes.package_document import PackageView
from pkgtui.tui.panes.packages_pane import PackagesPane
from pkgtui.tui.places import History, Place, Trail
from pkgtui.tui.screens.browse_layout import BrowseLayout
from pkgtui.tui.status import HINTS, hints, progress_words, source_words


class BrowseView(BrowseLayout):
    """Fills the panes from the store, for the selection in force."""

    def __init__(
        self, catalog: Catalog, marks: Marks, target: str | None = None
    ) -> None:
        super().__init__(PackagesPane(catalog.now, id="packages"))
        self.catalog = catalog
        self.browsing = Browsing(catalog)
        self._marks = marks
        self.trail = Trail()
        self.history = History()
        self._target = target
        self._progress: SyncProgress | None = None
        self._is_syncing = False
        self._reloaded_at = 0.0
        self._error = ""
        self._follow_timer: Timer | None = None
        self._follow: Callable[[], None] = self.follow_cursor
        """What the cursor that moved last is followed by."""

    def read_marks(self) -> None:
        """Take over the marks as they are kept, other programs' ones included."""
        try:
            self.packages.table.marked = frozenset(self._marks.slugs())
        except PkgtuiError as error:
            self.show_error(str(error))

    # What is shown

    def show_lists(self) -> None:
        """Read the lists again; cursors stay on what they are on."""
        browsing = self.browsing
        browsing.reload()
        selection = browsing.selection
        self.categories.show(browsing.category_rows(), selection.category_id)
        self.show_grids()
        if selection.grid_id is not None:
            self.grids.show_current(selection.grid_id)
        self.show_packages(self.packages.current_id)

    def show_grids(self) -> None:
        """List the grids as sorted, the cursor where it is."""
        browsing = self.browsing
        current_id = self.grids.current_id
        self.grids.show(browsing.grid_rows(), current_id, browsing.grid_sort_words)

    def show_packages(self, package_id: int | None = None) -> None:
        """List the packages of the selection, the cursor on `package_id`.

        Where that is not listed, the cursor stays on the package it is on, if it can.
        """
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
        cursor = next((place for place in places if place is not None), 0)
        if not rows:
            self._explain_empty_list(rows.hidden_count)
        self.packages.way = (browsing.group,) if self.is_single else ()
        self.packages.show(
            browsing.subject, rows, cursor, browsing.sort, rows.hidden_count
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
        self.fetch_if_stale(view)

    def fetch_if_stale(self, view: PackageView) -> None:
        """Ask the server for the package that is shown, if its record is old."""

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

    # What is selected

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
        self.packages.table.set_rows(())
        self.show_packages(package_id)

    def _here(self) -> Place:
        return Place(
            selection=self.browsing.selection,
            listed_id=self.packages.current_id,
            package_id=self.package.package_id,
            level=self.level,
            stop_index=self.package.text.stop_index,
            entry_level=self.trail.entry_level,
        )

    def _jump(self, selection: Selection) -> None:
        kept = self.browsing.selection.is_active_only
        self.select(selection._replace(is_active_only=kept))
        self.go_to_pane(self.packages)
        self._visit()

    def _visit(self) -> None:
        self.history.visit(self._here())
