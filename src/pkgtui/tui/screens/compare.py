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
from pkgtui.domain.ages import format_date
from pkgtui.domain.comparison import Entrant
from pkgtui.keys import Scope
from pkgtui.text import cell_width, wrap
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.compare_model import CompareModel
from pkgtui.tui.comparing import Comparing
from pkgtui.tui.status import hints
from pkgtui.tui.widgets.fact_table import FactTable
from pkgtui.tui.widgets.one_line import OneLine
from pkgtui.tui.widgets.spans import Span

DETAIL_LINES = 2
_HINTS = (
    "compare.open",
    "compare.back",
    "app.help",
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

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.COMPARE)]

    def __init__(
        self,
        comparing: Comparing,
        catalog: Catalog,
        toggle_mark: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.comparing = comparing
        self._catalog = catalog
        self._toggle_mark = toggle_mark
        self._model = CompareModel(comparing)
        self.title_line = OneLine(id="compare-title")
        self.heading = OneLine(id="compare-heading")
        self.table = FactTable(self._model, id="compare-table")
        self.details = [OneLine(classes="compare-detail") for _ in range(DETAIL_LINES)]
        self.status = OneLine(id="status")
        self._notice = ""

    def compose(self) -> ComposeResult:
        """Title, column titles, the table, the cell in words, the status."""
        yield self.title_line
        yield self.heading
        yield self.table
        yield from self.details
        yield self.status

    def on_mount(self) -> None:
        """Put the focus into the table."""
        self.table.focus()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw all for the new size, once the table knows its own."""
        self.call_after_refresh(self.show)

    # Drawing

    def show(self) -> None:
        """Draw what has changed."""
        self._model.refresh()
        self._show_cursor()

    def _show_title(self) -> None:
        comparing = self.comparing
        count = len(comparing.entrants)
        words = [f"{comparing.title} · {count} package{'' if count == 1 else 's'}"]
        if comparing.sort_key is not None:
            arrow = "▼" if comparing.is_sort_descending else "▲"
            words.append(f"sorted by {comparing.sort_key} {arrow}")
        if comparing.is_differences_only:
            words.append("differences only")
        if comparing.is_active_only:
            words.append(f"active only, {comparing.hidden_count} hidden")
        if comparing.dropped_count:
            words.append(f"{comparing.dropped_count} dropped, u brings back")
        if not comparing.is_scale_shared:
            words.append("own scales")
        self.title_line.show(((", ".join(words), "heading-focus"),), self._edges())

    def _edges(self) -> list[Span]:
        visible = self.table.visible_columns()
        if not visible.before and not visible.after:
            return []
        names = "facts" if self.comparing.is_turned else "packages"
        left = f"◂ {visible.before}  " if visible.before else ""
        right = f"  {visible.after} ▸" if visible.after else ""
        shown = len(visible.columns)
        total = len(self._model.titles)
        return [(f"{left}{shown} of {total} {names}{right}", "heading")]

    def _show_details(self) -> None:
        comparing = self.comparing
        current = comparing.current
        rows = comparing.rows
        lines: list[str] = []
        if current is not None and rows:
            cell = rows[comparing.row_index()].cells[comparing.entrant_index()]
            words = [f"{current.title} · {comparing.cursor[0]}: {cell.text}"]
            if cell.note and cell.note != cell.text:
                words.append(f"({cell.note})")
            lines = wrap(" ".join(words), max(1, self.size.width - 2))
        elif not comparing.entrants:
            lines = [self._why_empty()]
        elif not rows:
            lines = ["These packages agree in every fact; d shows all."]
        for at, detail in enumerate(self.details):
            text = lines[at] if at < len(lines) else ""
            if at == DETAIL_LINES - 1 and len(lines) > DETAIL_LINES:
                text += " …"
            detail.show(((text, ""),))

    def _why_empty(self) -> str:
        if self.comparing.hidden_count:
            return "None of these packages is active; a shows them all."
        if self.comparing.dropped_count:
            return "All packages were dropped; u brings them back."
        return "There is nothing to compare; + adds a package."

    def _show_status(self) -> None:
        looks = [
            entrant.detail.package.fetched_at
            for entrant in self.comparing.entrants
            if entrant.detail and entrant.detail.package.fetched_at
        ]
        words = "no data"
        if looks:
            first, last = format_date(min(looks)), format_date(max(looks))
            words = f"data of {last}" if first == last else f"data of {first} to {last}"
        if self._catalog.settings.is_sample:
            words = f"bundled sample, {words}"
        words = self._notice or words
        style = "mark" if self._notice else ""
        room = self.size.width - cell_width(words) - 6
        self.status.show(((words, style),), hints(_HINTS, room))

    def tell(self, sentence: str) -> None:
        """Say something in the status line, until the next key."""
        self._notice = sentence
        self._show_status()

    def _changed(self) -> None:
        self._notice = ""
        self.show()

    # Keys

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor by cells."""
        if self.comparing.is_turned:
            down, right = right, down
        self._move(down, right)

    def _move(self, facts: int, packages: int) -> None:
        comparing = self.comparing
        rows, entrants = comparing.rows, comparing.entrants
        key, package_id = comparing.cursor
        if rows:
            at = comparing.row_index() + facts
            key = rows[max(0, min(at, len(rows) - 1))].key
        if entrants:
            at = comparing.entrant_index() + packages
            package_id = entrants[max(0, min(at, len(entrants) - 1))].id
        comparing.cursor = (key, package_id)
        self._notice = ""
        self._show_cursor()

    def _show_cursor(self) -> None:
        """Draw what a move changes: the table, its heading, the words below."""
        comparing = self.comparing
        line, column = comparing.row_index(), comparing.entrant_index()
        if comparing.is_turned:
            line, column = column, line
        self.table.show_cursor(line, column)
        self.heading.show(self.table.heading())
        self._show_title()
        self._show_details()
        self._show_status()

    def action_page(self, direction: int) -> None:
        """Move by what is in view."""
        self.action_move(direction * max(1, self.table.page_height - 1), 0)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last line."""
        self.action_move(direction * self.table.line_count, 0)

    @on(FactTable.CellClicked)
    def move_to_cell(self, event: FactTable.CellClicked) -> None:
        """Put the cursor on the cell that was clicked."""
        line, column = event.line, event.column
        at_line, at_column = self.table.cursor
        self.action_move(line - at_line, column - at_column)

    def action_sort(self) -> None:
        """Sort the packages by the fact under the cursor."""
        self.comparing.sort_by_cursor()
        self._changed()

    def action_toggle_differences(self) -> None:
        """Leave only the facts in which the packages differ."""
        self.comparing.is_differences_only = not self.comparing.is_differences_only
        self.comparing.update()
        self._changed()

    def action_toggle_active(self) -> None:
        """Leave only the active packages."""
        self.comparing.is_active_only = not self.comparing.is_active_only
        self.comparing.update()
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
        self.comparing.drop()
        self._changed()

    def action_undrop(self) -> None:
        """Bring the package that was dropped last back."""
        if self.comparing.undrop():
            self._changed()
        else:
            self.tell("Nothing was dropped.")

    def action_pin(self) -> None:
        """Keep the package under the cursor first and in view."""
        self.comparing.toggle_pin()
        self._changed()

    def action_mark(self) -> None:
        """Mark the package under the cursor, or take its mark away."""
        current = self.comparing.current
        if current is not None and current.slug is not None:
            self._toggle_mark(current.slug)
            self._changed()

    async def action_add(self) -> None:
        """Ask which package to add."""
        from pkgtui.tui.screens.add_package import AddPackageScreen

        await self.app.push_screen(AddPackageScreen(self._catalog), self._add)

    def _add(self, package_id: int | None) -> None:
        detail = self._catalog.package(package_id) if package_id is not None else None
        if detail is not None:
            self.comparing.add(Entrant.held(detail))
            self._changed()

    async def action_export(self) -> None:
        """Ask for a form and a place, and write the table there."""
        from pkgtui.tui.screens.export import ExportScreen

        await self.app.push_screen(
            ExportScreen(self.comparing.comparison, self._catalog),
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
        self.dismiss(PackageWanted(current.id, self.comparing))

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
