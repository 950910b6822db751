"""The compare screen: packages side by side, and the keys to make the choice.

It hands its `CompareState` back when it closes, so that one can look at a package and
return to the very cell.
"""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from pkgtui.catalog import Catalog
from pkgtui.domain.identifiers import RecordKind
from pkgtui.errors import PkgtuiError
from pkgtui.keys import Scope
from pkgtui.tui.bindings import bindings_in, hint
from pkgtui.tui.compare.state import CompareState
from pkgtui.tui.compare.view import CompareView, PackageWanted
from pkgtui.tui.dialogs.copy_open import RecordRef, Taking
from pkgtui.tui.search.screen import SearchScreen, SearchSelection
from pkgtui.tui.widgets.frozen_table import FactTable


class CompareScreen(CompareView, Taking):
    """Shows one comparison; its result is the package to look at, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.COMPARE)]

    def __init__(
        self,
        comparing: CompareState,
        catalog: Catalog,
        marked: frozenset[str],
        toggle_mark: Callable[[str], frozenset[str]],
    ) -> None:
        super().__init__(comparing, catalog, marked)
        self._toggle_mark = toggle_mark

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor by cells."""
        if self.comparing.is_turned:
            down, right = right, down
        self.comparing.move(down, right)
        self._notice = ""
        self._show_cursor()

    def action_page(self, direction: int) -> None:
        """Move by what is in view."""
        self.action_move(direction * max(1, self.table.page_height - 1), 0)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last line."""
        self.action_move(direction * self.table.line_count, 0)

    def action_side(self, direction: int) -> None:
        """Move to the first or the last column."""
        self.action_move(0, direction * len(self._model.titles))

    @on(FactTable.CellClicked)
    def move_to_cell(self, event: FactTable.CellClicked) -> None:
        """Put the cursor on the cell that was clicked; on the same again, go in."""
        line, column = self.table.cursor
        if (event.line, event.column) == (line, column):
            self.action_open()
        else:
            self.action_move(event.line - line, event.column - column)

    def action_sort(self) -> None:
        """Sort the packages by the fact under the cursor."""
        self.comparing.sort_by_cursor()
        self._changed()

    def action_toggle_differences(self) -> None:
        """Leave only the facts in which the packages differ."""
        self.comparing.toggle_differences()
        self._changed()

    def action_toggle_active(self) -> None:
        """Leave only the active packages."""
        self.comparing.toggle_active()
        self._changed()

    def action_turn(self) -> None:
        """Make lines of columns."""
        self.comparing.is_turned = not self.comparing.is_turned
        self._changed()

    def action_drop(self) -> None:
        """Leave the package under the cursor out."""
        current = self.comparing.current
        if current is not None:
            self.comparing.drop()
            self._changed(
                f"Dropped {current.title}; {hint('compare.undrop')} brings it back."
            )

    def action_undrop(self) -> None:
        """Bring the package that was dropped last back."""
        entrant = self.comparing.undrop()
        if entrant is None:
            self.tell("Nothing was dropped.")
        elif entrant in self.comparing.entrants:
            self._changed()
        else:
            self._changed(_is_hidden(entrant.title))

    def action_pin(self) -> None:
        """Keep the package under the cursor first and in view."""
        self.comparing.toggle_pin()
        self._changed()

    def action_mark(self) -> None:
        """Mark the package under the cursor (toggle)."""
        current = self.comparing.current
        if current is None:
            return
        if current.slug is None:
            self.tell(f"{current.title} is not cached, so it cannot be marked.")
            return
        try:
            self._mark(current.slug)
        except PkgtuiError as error:
            self.tell(str(error))
        else:
            self._changed()

    def _mark(self, slug: str) -> frozenset[str]:
        self._model.marked = self._toggle_mark(slug)
        return self._model.marked

    async def action_add(self) -> None:
        """Search for a package to add."""
        screen = SearchScreen(
            self._catalog, self._model.marked, self._mark, kind=RecordKind.PACKAGE
        )
        await self.app.push_screen(screen, self._add)

    def _add(self, found: SearchSelection | None) -> None:
        detail = self._catalog.package(found.id) if found is not None else None
        if detail is None or self.comparing.add(detail):
            self._changed()
        else:
            self._changed(_is_hidden(detail.package.title))

    async def action_export(self) -> None:
        """Ask for a form and a place, and write the table there."""
        from pkgtui.tui.dialogs.export import ExportDialog

        comparing = self.comparing
        await self.app.push_screen(
            ExportDialog(
                comparing.shown,
                self._catalog,
            ),
            lambda sentence: self.tell(sentence or ""),
        )

    def thing(self) -> tuple[Catalog, RecordRef] | None:
        """The package under the cursor."""
        current = self.comparing.current
        if current is None or current.detail is None:
            return None
        return self._catalog, RecordRef(RecordKind.PACKAGE, current.detail.package.id)

    def action_open(self) -> None:
        """Look at the package under the cursor."""
        current = self.comparing.current
        if current is None:
            return
        if current.detail is None:
            self.tell(f"{current.title} is not cached.")
            return
        package_id = current.detail.package.id
        self.dismiss(PackageWanted(package_id, self.comparing))

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)


def _is_hidden(title: str) -> str:
    return f"{title} is not active; {hint('compare.active')} shows all."
