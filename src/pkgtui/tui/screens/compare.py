"""The compare screen: packages side by side, and the keys to make the choice.

Everything that is decided lives in a `Comparing`; this screen draws it and hands it
back when it closes, so that one can look at a package and return to the very cell.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from pkgtui.catalog import Catalog
from pkgtui.domain.identifiers import Kind
from pkgtui.errors import PkgtuiError
from pkgtui.keys import Scope
from pkgtui.text import cell_width
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.compare_model import CompareModel
from pkgtui.tui.compare_words import data_words, detail_lines, title_words
from pkgtui.tui.comparing import Comparing
from pkgtui.tui.screens.search import Found, SearchScreen
from pkgtui.tui.status import hints
from pkgtui.tui.widgets.fact_table import FactTable
from pkgtui.tui.widgets.one_line import OneLine
from pkgtui.tui.widgets.spans import SPAN_CLASSES, Span

DETAIL_LINES = 2
HEADING_LINES = 2
_TALL_FROM = 20
"""Rows of the terminal from which long titles get a second line."""
_NARROWEST_HINTS, _HINTS_WIDTH = 16, 28
"""Cells that the hints keep: for the way out and the help, and enter besides."""
_HINTS = (
    "compare.back",
    "app.help",
    "compare.open",
    "compare.sort",
    "compare.differences",
    "compare.turn",
    "compare.drop",
    "compare.add",
    "compare.export",
)


@dataclass(frozen=True, slots=True)
class PackageWanted:
    """The result of the screen where a package is to be looked at."""

    package_id: int
    comparing: Comparing


class CompareScreen(Screen[PackageWanted | None]):
    """Shows one comparison; its result is the package to look at, if any."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*SPAN_CLASSES}

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.COMPARE)]

    def __init__(
        self,
        comparing: Comparing,
        catalog: Catalog,
        marked: frozenset[str],
        toggle_mark: Callable[[str], frozenset[str]],
    ) -> None:
        super().__init__()
        self.comparing = comparing
        self._catalog = catalog
        self._toggle_mark = toggle_mark
        self._model = CompareModel(comparing, marked)
        self.title_lines = [OneLine(classes="compare-title") for _ in range(2)]
        self.headings = [
            OneLine(classes="compare-heading") for _ in range(HEADING_LINES)
        ]
        self.table = FactTable(self._model, id="compare-table")
        self.table.top, self.table.left = comparing.scroll
        self.details = [OneLine(classes="compare-detail") for _ in range(DETAIL_LINES)]
        self.status = OneLine(id="status")
        self._notice = ""

    def compose(self) -> ComposeResult:
        """Title, column titles, the table, the cell in words, the status."""
        yield from self.title_lines
        yield from self.headings
        yield self.table
        yield from self.details
        yield self.status

    def on_mount(self) -> None:
        """Put the focus into the table."""
        self.table.focus()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw all for the new size, once the table knows its own."""
        self.call_after_refresh(self.show)

    @property
    def line_width(self) -> int:
        """Cells of a line around the table."""
        return max(1, self.size.width - 2)

    # Drawing

    def show(self) -> None:
        """Draw what has changed."""
        self._model.refresh()
        self._show_cursor()

    def _show_cursor(self) -> None:
        """Draw what a move changes: the table, its heading, the words below."""
        comparing = self.comparing
        line, column = comparing.row_index, comparing.entrant_index
        if comparing.is_turned:
            line, column = column, line
        self.table.show_cursor(line, column)
        comparing.scroll = (self.table.top, self.table.left)
        self._show_title()
        self._show_heading()
        lines = detail_lines(comparing, self.line_width, DETAIL_LINES)
        for at, detail in enumerate(self.details):
            detail.show(((lines[at] if at < len(lines) else "", ""),))
        self._show_status()

    def _show_title(self) -> None:
        words = title_words(
            self.comparing,
            self.table.visible_columns(),
            len(self._model.titles),
            self.line_width,
        )
        for at, title in enumerate(self.title_lines):
            title.display = at < len(words.lines)
            if title.display:
                right: list[Span] = [] if at else [(words.edges, "heading")]
                title.show(((words.lines[at], "heading-focus"),), right)

    def _show_heading(self) -> None:
        is_tall = self.size.height >= _TALL_FROM
        lines = self.table.heading(HEADING_LINES if is_tall else 1)
        for at, heading in enumerate(self.headings):
            heading.display = at < len(lines)
            if heading.display:
                heading.show(lines[at])

    def _show_status(self) -> None:
        count = len(self._model.marked)
        marked = f"● {count} marked · " if count else ""
        words, style = self._notice, "mark"
        if not words:
            room = self.line_width - cell_width(marked) - _HINTS_WIDTH - 2
            is_sample = self._catalog.settings.is_sample
            entrants = self.comparing.entrants
            words = data_words(entrants, is_sample=is_sample, room=room)
            style = ""
        room = self.line_width - cell_width(marked + words) - 2
        self.status.show(
            ((marked, "mark"), (words, style)),
            hints(_HINTS, max(room, _NARROWEST_HINTS)),
        )

    def tell(self, sentence: str) -> None:
        """Say something in the status line, until the next key."""
        self._notice = sentence
        self._show_status()

    def _changed(self, notice: str = "") -> None:
        self._notice = notice
        self.show()

    # Keys

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

    def action_toggle_scale(self) -> None:
        """Give each sparkline its own scale, or all the same."""
        self.comparing.is_scale_shared = not self.comparing.is_scale_shared
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
            self._changed(f"Dropped {current.title}; u brings it back.")

    def action_undrop(self) -> None:
        """Bring the package that was dropped last back."""
        entrant = self.comparing.undrop()
        if entrant is None:
            self.tell("Nothing was dropped.")
        elif entrant in self.comparing.entrants:
            self._changed()
        else:
            self._changed(f"{entrant.title} is not active; a shows all.")

    def action_pin(self) -> None:
        """Keep the package under the cursor first and in view."""
        self.comparing.toggle_pin()
        self._changed()

    def action_mark(self) -> None:
        """Mark the package under the cursor, or take its mark away."""
        current = self.comparing.current
        if current is None:
            return
        if current.slug is None:
            self.tell(f"{current.title} is not stored, so it cannot be marked.")
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
            self._catalog, self._model.marked, self._mark, kind=Kind.PACKAGE
        )
        await self.app.push_screen(screen, self._add)

    def _add(self, found: Found | None) -> None:
        detail = self._catalog.package(found.id) if found is not None else None
        if detail is None or self.comparing.add(detail):
            self._changed()
        else:
            self._changed(f"{detail.package.title} is not active; a shows all.")

    async def action_export(self) -> None:
        """Ask for a form and a place, and write the table there."""
        from pkgtui.tui.screens.export import ExportScreen

        comparing = self.comparing
        await self.app.push_screen(
            ExportScreen(
                comparing.shown,
                self._catalog,
                is_scale_shared=comparing.is_scale_shared,
            ),
            lambda sentence: self.tell(sentence or ""),
        )

    def action_open(self) -> None:
        """Look at the package under the cursor."""
        current = self.comparing.current
        if current is None:
            return
        if current.detail is None:
            self.tell(f"{current.title} is not stored.")
            return
        package_id = current.detail.package.id
        self.dismiss(PackageWanted(package_id, self.comparing))

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
