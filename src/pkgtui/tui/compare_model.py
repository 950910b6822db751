"""A comparison as the table widget wants it: facts as lines, or turned, as columns."""

from pkgtui.domain.comparison import Row, RowKey, shared_maximum
from pkgtui.formats.sparkline import sparkline
from pkgtui.text import cell_width, truncate
from pkgtui.tui.comparing import Comparing
from pkgtui.tui.widgets.spans import Span

SPARKLINE_WIDTH = 13
_NARROWEST_COLUMN, _WIDEST_COLUMN = 19, 34
_WIDEST_FACT = 30
_SEPARATOR_WIDTH = 3
_FIGURE_WIDTH = 8


class CompareModel:
    """Reads a `Comparing`; remembers nothing but what it was told last."""

    def __init__(self, comparing: Comparing) -> None:
        self._comparing = comparing
        self.refresh()

    def refresh(self) -> None:
        """Take over what has changed."""
        comparing = self._comparing
        self._rows = comparing.rows
        self._entrants = comparing.entrants
        self._is_turned = comparing.is_turned
        ids = {entrant.id for entrant in self._entrants}
        self._pinned_count = sum(1 for pin in comparing.pinned if pin in ids)
        self._fact_widths: dict[int, int] = {}
        self._scales: dict[int, int] = {}
        facts = [row.label + self._sort_mark(row) for row in self._rows]
        packages = [
            f"{'▸' if entrant.id in comparing.pinned else ''}{entrant.title}"
            for entrant in self._entrants
        ]
        self._labels, self._titles = (
            (packages, facts) if self._is_turned else (facts, packages)
        )

    def _sort_mark(self, row: Row) -> str:
        if row.key is not self._comparing.sort_key:
            return ""
        return " ▼" if self._comparing.is_sort_descending else " ▲"

    @property
    def labels(self) -> list[str]:
        """Facts; turned, packages."""
        return self._labels

    @property
    def titles(self) -> list[str]:
        """Packages; turned, facts."""
        return self._titles

    @property
    def pinned_count(self) -> int:
        """Pinned packages stay while they are columns; as lines they stand first."""
        return 0 if self._is_turned else self._pinned_count

    def label_width(self, room: int) -> int:
        """As wide as the labels are, up to a third of the screen."""
        widest = max((cell_width(label) for label in self._labels), default=0)
        return min(widest, max(20, room // 3))

    def column_width(self, column: int, room: int) -> int:
        """Packages share the room evenly; facts are as wide as their values."""
        if self._is_turned:
            return self._fact_width(column)
        count = max(1, len(self._titles))
        fitting = max(1, room // (_NARROWEST_COLUMN + _SEPARATOR_WIDTH))
        return min(_WIDEST_COLUMN, room // min(count, fitting) - _SEPARATOR_WIDTH)

    def _fact_width(self, column: int) -> int:
        width = self._fact_widths.get(column)
        if width is None:
            row = self._rows[column]
            texts = max((cell_width(cell.text) + 2 for cell in row.cells), default=0)
            if row.key is RowKey.COMMITS:
                texts += SPARKLINE_WIDTH + 1
            width = min(_WIDEST_FACT, max(cell_width(self._titles[column]), texts))
            self._fact_widths[column] = width
        return width

    def cell(self, line: int, column: int, width: int) -> Span:
        """The words of a cell, with a mark at the best of its row."""
        row_index, at = (column, line) if self._is_turned else (line, column)
        row = self._rows[row_index]
        cell = row.cells[at]
        text = cell.text
        if row.key is RowKey.COMMITS:
            text = self._with_sparkline(text, at, width)
        mark = " *" if cell.is_best else ""
        style = "mark" if cell.is_best else "dim" if cell.value is None else ""
        return truncate(text, width - len(mark)) + mark, style

    def _with_sparkline(self, text: str, at: int, width: int) -> str:
        detail = self._entrants[at].detail
        commits = detail.package.commits_52w if detail else None
        # As many bars for every package: sums of unequal spans are not comparable.
        bars = min(SPARKLINE_WIDTH, width - _FIGURE_WIDTH)
        if commits is None or bars < 4:
            return text
        maximum = None
        if self._comparing.is_scale_shared:
            maximum = self._scales.setdefault(
                bars, shared_maximum(self._entrants, bars)
            )
        return f"{sparkline(commits, bars, maximum)} {text}"
