"""A comparison as the table widget wants it: facts as lines, or turned, as columns."""

from pkgtui.domain.comparison import ComparedPackage, Row
from pkgtui.formats.row_text import RowText, cells_width
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width
from pkgtui.tui.compare.state import CompareState
from pkgtui.tui.widgets.frozen_table import SEPARATOR
from pkgtui.tui.widgets.line_widget import Span

_EASY_COLUMN, _NARROWEST_COLUMN, _WIDEST_COLUMN = 20, 16, 34
_MOST_NARROW_COLUMNS = 3
_WIDEST_FACT = 60
_STYLE = TextStyle()
"""Text as it is: widgets make ASCII of it where that is asked for."""


class CompareModel:
    """Reads a `CompareState`; remembers nothing but what it was told last."""

    def __init__(self, comparing: CompareState, marked: frozenset[str]) -> None:
        self._comparing = comparing
        self.marked = marked
        self.heading_lines = 1
        """Lines that titles may take."""
        self.refresh()

    def refresh(self) -> None:
        """Take over what has changed."""
        comparing = self._comparing
        self._rows = comparing.rows
        self._entrants = comparing.entrants
        self._texts: dict[tuple[int, int], RowText] = {}
        self._fact_widths: dict[int, int] = {}
        facts = [f"{row.label}{self._sort_mark(row)}" for row in self._rows]
        packages = [f"{self._sign(e)}{e.title}" for e in self._entrants]
        pinned = comparing.pinned_count
        self.pinned_lines, self.pinned_columns = 0, 0
        if comparing.is_turned:
            self.labels, self.titles = packages, facts
            self.pinned_lines = pinned
        else:
            self.labels, self.titles = facts, packages
            self.pinned_columns = pinned

    def _sort_mark(self, row: Row) -> str:
        if row.fact.key != self._comparing.sort_key:
            return ""
        return " ▼" if self._comparing.is_sort_descending else " ▲"

    def _sign(self, entrant: ComparedPackage) -> str:
        pin = "▸ " if entrant.key in self._comparing.pinned else ""
        return f"{'● ' if entrant.slug in self.marked else ''}{pin}"

    def label_width(self, room: int) -> int:
        """As wide as the labels are, up to a third of the screen."""
        widest = max(map(cell_width, self.labels), default=0)
        return min(widest, max(20, room // 3))

    def column_width(self, column: int, room: int) -> int:
        """Packages share the room evenly; facts are as wide as their values."""
        gap = len(SEPARATOR)
        if self._comparing.is_turned:
            return min(self._fact_width(column), room - gap)
        fitting = max(
            1,
            room // (_EASY_COLUMN + gap),
            min(_MOST_NARROW_COLUMNS, room // (_NARROWEST_COLUMN + gap)),
        )
        share = room // min(fitting, max(1, len(self.titles)))
        return min(_WIDEST_COLUMN, share - gap)

    def _fact_width(self, column: int) -> int:
        width = self._fact_widths.get(column)
        if width is None:
            needed = max(
                cells_width(self._rows[column], _STYLE),
                _width_on_lines(self.titles[column], self.heading_lines),
            )
            width = min(_WIDEST_FACT, needed)
            self._fact_widths[column] = width
        return width

    def cell(self, line: int, column: int, width: int) -> Span:
        """The words of a cell, with a mark at the best of its row."""
        is_turned = self._comparing.is_turned
        at_row, at = (column, line) if is_turned else (line, column)
        row = self._rows[at_row]
        text = self._texts.get((at_row, width))
        if text is None:
            text = self._texts[at_row, width] = RowText(
                row,
                self._entrants,
                width,
                _STYLE,
                is_scale_shared=self._comparing.is_scale_shared,
                is_column=is_turned,
            )
        is_unknown = row.cells[at].value is None
        style = "mark" if row.is_best(at) else "dim" if is_unknown else ""
        return text.cell(at), style


def _width_on_lines(title: str, lines: int) -> int:
    """The columns that `title` needs on one line, or broken at a space on two."""
    words = title.split(" ")
    if lines == 1 or len(words) == 1:
        return cell_width(title)
    halves = ((words[:at], words[at:]) for at in range(1, len(words)))
    return min(max(cell_width(" ".join(half)) for half in pair) for pair in halves)
