"""One row of a comparison in columns of a given width: what the screen and text share.

Every package gets as many bars on the same scale, whatever its column's neighbors; the
best of a row is marked by a sign, and what does not fit is cut with one.
"""

from collections.abc import Sequence

from pkgtui.domain.commits import whole_year
from pkgtui.domain.comparison import ComparedPackage, Row, shared_maximum
from pkgtui.domain.facts import UNKNOWN
from pkgtui.formats.sparkline import sparkline
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width, pad

BEST = " *"
SPARKLINE_WIDTH = 13
"""Bars of four weeks each."""
_FEWEST_BARS = 4
_NO_ARROW = "  "


def cells_width(row: Row, style: TextStyle) -> int:
    """The columns that the cells of a row need to stand uncut."""
    widest = max((cell_width(style.data(cell.text)) for cell in row.cells), default=0)
    if row.fact.key == "commits_total":
        widest += SPARKLINE_WIDTH + 1
    return widest + _mark_width(row)


class RowText:
    """The cells of one row, each in exactly `width` columns."""

    def __init__(
        self,
        row: Row,
        entrants: Sequence[ComparedPackage],
        width: int,
        style: TextStyle,
        *,
        is_scale_shared: bool = True,
        is_column: bool = False,
    ) -> None:
        """Write `row`; `is_column` says that its cells stand below each other."""
        self._row = row
        self._entrants = entrants
        self._width = width
        self._style = style
        self._is_right = is_column and _is_numeric(row)
        room = width - _mark_width(row)
        # All of a row in one form: a date beside a month would look like less known.
        self._is_short = any(
            cell.short and cell_width(cell.text) > room for cell in row.cells
        )
        self._bars = self._figure_width = 0
        self._scale: int | None = None
        if row.fact.key == "commits_total":
            self._figure_width = max((cell_width(c.text) for c in row.cells), default=0)
            bars = min(SPARKLINE_WIDTH, room - self._figure_width - 1)
            self._bars = bars if bars >= _FEWEST_BARS else 0
            if self._bars and is_scale_shared:
                self._scale = shared_maximum(entrants, self._bars)

    def cell(self, at: int) -> str:
        """What stands in the column of package `at`."""
        row = self._row
        cell = row.cells[at]
        text = self._style.data((self._is_short and cell.short) or cell.text)
        if self._bars:
            text = f"{self._sparkline(at)} {pad(text, self._figure_width, right=True)}"
        mark = BEST if row.is_best(at) else ""
        if not self._is_right:
            cut = self._style.cut(text, self._width - len(mark))
            return pad(f"{cut}{mark}", self._width)
        if row.fact.key == "commits_last_13w" and text[-1:].isdigit():
            text += _NO_ARROW
        mark = mark.ljust(_mark_width(row))
        room = self._width - len(mark)
        return pad(self._style.cut(text, room), room, right=True) + mark

    def _sparkline(self, at: int) -> str:
        detail = self._entrants[at].detail
        commits = detail.package.commits_52w if detail else None
        if commits is None:
            return " " * self._bars
        return sparkline(whole_year(commits), self._bars, self._scale)


def _mark_width(row: Row) -> int:
    return 0 if row.best is None else len(BEST)


def _is_numeric(row: Row) -> bool:
    known = [cell.value for cell in row.cells if cell.text != UNKNOWN]
    return all(isinstance(value, int) for value in known)
