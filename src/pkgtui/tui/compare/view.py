"""What the compare screen shows: title, table, the cell in words, the status. No keys.

Everything that is decided lives in a `CompareState`; this only draws it.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from pkgtui.catalog import Catalog
from pkgtui.text import cell_width
from pkgtui.tui.compare.state import CompareState
from pkgtui.tui.compare.table_model import (
    CompareModel,
    data_words,
    detail_lines,
    title_words,
)
from pkgtui.tui.errors import ReportsStoreErrors
from pkgtui.tui.status import hints, marked_words
from pkgtui.tui.widgets.frozen_table import FactTable
from pkgtui.tui.widgets.labels import OneLine
from pkgtui.tui.widgets.line_widget import SPAN_CLASSES, Span

DETAIL_LINES = 2
HEADING_LINES = 2
_TALL_FROM = 20
"""Rows of the terminal from which long titles get a second line."""
_SHORT_BELOW = 60
_MIN_HINTS_WIDTH, _HINTS_WIDTH = 16, 28
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
    "compare.copy",
    "compare.open_address",
)


@dataclass(frozen=True, slots=True)
class PackageWanted:
    """The result of the screen where a package is to be looked at."""

    package_id: int
    comparing: CompareState


class CompareView(ReportsStoreErrors, Screen[PackageWanted | None]):
    """Draws one comparison."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*SPAN_CLASSES}

    def __init__(
        self, comparing: CompareState, catalog: Catalog, marked: frozenset[str]
    ) -> None:
        super().__init__()
        self.comparing = comparing
        self._catalog = catalog
        self._model = CompareModel(comparing, marked)
        self.title_lines = [OneLine(classes="compare-title") for _ in range(2)]
        self.headings = [
            OneLine(classes="compare-heading") for _ in range(HEADING_LINES)
        ]
        self.table = FactTable(self._model, id="compare-table")
        self.table.cursor, self.table.left_off = self._cell(), comparing.scroll
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
        self.call_after_refresh(self._fit)

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
        self.table.show_cursor(*self._cell())
        self.comparing.scroll = self.table.left_off
        self._show_around()

    def _fit(self) -> None:
        """Draw all for another size."""
        is_tall = self.size.height >= _TALL_FROM
        self._model.heading_lines = HEADING_LINES if is_tall else 1
        self._model.refresh()
        self.table.fit()
        self._show_around()

    def _cell(self) -> tuple[int, int]:
        """Line and column of the cursor."""
        comparing = self.comparing
        fact, package = comparing.row_index, comparing.entrant_index
        return (package, fact) if comparing.is_turned else (fact, package)

    def _show_around(self) -> None:
        """Draw all but the table, which has to stand already."""
        self._show_title()
        self._show_heading()
        lines = detail_lines(self.comparing, self.line_width, DETAIL_LINES)
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
        lines = self.table.heading(self._model.heading_lines)
        for at, heading in enumerate(self.headings):
            heading.display = at < len(lines)
            if heading.display:
                heading.show(lines[at])

    def _show_status(self) -> None:
        is_short = self.size.width < _SHORT_BELOW
        marked = marked_words(len(self._model.marked), is_short=is_short)
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
            # What was just done goes before the keys.
            hints(_HINTS, room if self._notice else max(room, _MIN_HINTS_WIDTH)),
        )

    def tell(self, sentence: str) -> None:
        """Say something in the status line, until the next key."""
        self._notice = sentence
        self._show_status()

    def clear_message(self, sentence: str) -> None:
        """Say `sentence` no more, if it still stands there."""
        if self._notice == sentence:
            self.tell("")

    def _changed(self, notice: str = "") -> None:
        self._notice = notice
        self.show()
