"""Marks and comparing, as the browse screen has them.

Marks are kept by the store, and read again after each change: what is shown is what the
file says.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from pkgtui.errors import PkgtuiError
from pkgtui.text import pluralize
from pkgtui.tui.bindings import hint
from pkgtui.tui.browse.fetching import BrowseFetching
from pkgtui.tui.browse.navigation import Level

if TYPE_CHECKING:
    from pkgtui.tui.compare.state import CompareState


class BrowseComparing(BrowseFetching):
    """Marks packages, and opens the compare screen over them or over a grid."""

    _cleared: tuple[str, ...] = ()
    """The marks that were taken away together last."""

    def toggle_mark(self, slug: str) -> frozenset[str]:
        """Mark a package, or take its mark away; the marks after that.

        Raises StoreError where they cannot be kept.
        """
        self._marks.toggle(slug)
        self._show_marks()
        return self.packages.table.marked

    def _show_marks(self) -> None:
        known = self.marks_notice
        self.read_marks()
        if self.marks_notice != known:
            self.show_error(self.marks_notice)
        self.packages.table.lines_changed()
        self.package.show_marked(self.packages.table.marked)
        self.show_status()

    def _or_tell(self, change: Callable[[], object]) -> None:
        try:
            change()
        except PkgtuiError as error:
            self.show_error(str(error))

    def action_mark(self) -> None:
        """Mark the package in focus, or take its mark away."""
        view, row = self.package.view, self.packages.table.current
        if self.level is Level.PACKAGES and row is not None:
            if not row.slug:
                self.show_error(f"{row.title} is no longer in the catalog.")
                return
            self._or_tell(lambda: self.toggle_mark(row.slug))
        elif self.level is Level.PACKAGE and view is not None:
            self._or_tell(lambda: self.toggle_mark(view.detail.package.slug))

    def action_clear_marks(self) -> None:
        """Take all marks away; again right after it, put them back."""
        self._or_tell(self._clear_marks)

    def _clear_marks(self) -> None:
        slugs = self._marks.slugs()
        if slugs:
            self._marks.clear()
            self._cleared = slugs
            undo = hint("browse.clear_marks")
            self.show_error(
                f"{pluralize(len(slugs), 'mark')} cleared. {undo} restores them."
            )
        elif self._cleared:
            self._marks.add(self._cleared)
            self._cleared = ()
            self.show_error("")
        self._show_marks()

    def action_compare(self) -> None:
        """Compare the marked packages; without marks, those of the grid."""
        self.flush_cursor()
        browsing, grid_id = self.browsing, self.browsing.selection.grid_id
        if self.packages.table.marked:
            title = "Marked"
            entrants = browsing.marked(self._marks.slugs())
        elif grid_id is not None:
            title = browsing.subject
            entrants = browsing.entrants_of_grid(grid_id)
        else:
            self.show_error(
                f"Mark packages with {hint('browse.mark')}, or choose a grid; "
                f"then {hint('browse.compare')} compares them."
            )
            return
        from pkgtui.tui.compare.state import CompareState

        comparing = CompareState(title, entrants, self.catalog.now)
        comparing.move_to_package(self.package.package_id)
        self.open_compare(comparing)

    def open_compare(self, comparing: "CompareState") -> None:
        """Show a comparison, where it was left if it was shown before."""
        from pkgtui.tui.compare.screen import CompareScreen
        from pkgtui.tui.compare.view import PackageWanted

        def look_at(wanted: PackageWanted | None) -> None:
            if wanted is not None:
                place = self._here()._replace(comparing=wanted.comparing)
                self.trail.leave(place, Level.PACKAGE)
                self.show_package(wanted.package_id)
                self.go_to_pane(self.package)

        self._renew(comparing)
        marked = self.packages.table.marked
        screen = CompareScreen(comparing, self.catalog, marked, self.toggle_mark)
        self.app.push_screen(screen, look_at)

    def _renew(self, comparing: "CompareState") -> None:
        """Take over the record that was fetched while one looked at the package."""
        current = comparing.current
        if current is not None and current.id is not None:
            detail = self.catalog.package(current.id)
            if detail is not None and detail != current.detail:
                comparing.renew(detail)
