"""The columns of the packages' table: what each tells, and which have room.

The title stands in every line. The figure that sorts is always among the others, in
the place of the first figure if it was not asked for.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from pkgtui.domain.activity import is_stale_fetch
from pkgtui.domain.ages import short_age
from pkgtui.domain.commits import TREND_ARROWS, commit_facts
from pkgtui.domain.facts import (
    LIST_COLUMNS,
    UNKNOWN,
    ColumnForm,
    Fact,
    ListColumn,
)
from pkgtui.domain.models import PackageRow
from pkgtui.formats.commit_chart import sparkline
from pkgtui.text import group_thousands, pad

FIGURE_WIDTH = 8
MINIMUM_TITLE_WIDTH = 19
NO_COMMITS = "no commits"
_CHART_WIDTH, _WIDE_CHART_WIDTH = 13, 26
_WIDE_CHART_FROM = 60
"""So many cells have to be left for it, that titles keep a good part of the line."""


class PackageColumn(NamedTuple):
    """One column beside the title."""

    heading: str
    width: int
    """Cells with the gap before it; 0 where that depends on the room."""
    text: Callable[[PackageRow, datetime, int], str]
    """What stands in it, not yet aligned: of a row, now, in so many cells."""
    sort_key: str | None = None
    """What a click on its heading sorts by."""
    gap: int = 0
    is_right: bool = True
    style: str = ""
    is_figure: bool = False


class PlacedColumn(NamedTuple):
    """A column in a line."""

    column: PackageColumn
    width: int
    """Cells with the gap before it."""

    def cell(self, text: str) -> str:
        """`text` in exactly the column's cells."""
        gap = self.column.gap
        return " " * gap + pad(text, self.width - gap, right=self.column.is_right)


class Columns(NamedTuple):
    """What stands in a line, from left to right."""

    title: int
    """Cells of the title."""
    others: tuple[PlacedColumn, ...]


def _value(row: PackageRow, fact: Fact) -> Any:
    if fact.key == "commits_total":
        return None if row.commits_52w is None else sum(row.commits_52w)
    return getattr(row, fact.key)


def _number(fact: Fact, row: PackageRow, _now: datetime, _width: int) -> str:
    number = _value(row, fact)
    return UNKNOWN if number is None else group_thousands(number)


def _year(fact: Fact, row: PackageRow, _now: datetime, _width: int) -> str:
    moment = _value(row, fact)
    return UNKNOWN if moment is None else str(moment.year)


def _text(fact: Fact, row: PackageRow, _now: datetime, _width: int) -> str:
    return _value(row, fact) or UNKNOWN


def _age(_fact: Fact, row: PackageRow, now: datetime, _width: int) -> str:
    if row.last_commit_at is None:
        return UNKNOWN
    if is_stale_fetch(row.fetched_at, now):
        # "5d" of ten years ago would be read as of today.
        return str(row.last_commit_at.year)
    # A fact of the site's last look is as old as it was then.
    return short_age(row.last_commit_at, row.fetched_at or now)


def _trend(_fact: Fact, row: PackageRow, _now: datetime, _width: int) -> str:
    if row.commits_52w is None:
        return UNKNOWN
    return TREND_ARROWS[commit_facts(row.commits_52w).trend]


def _chart(_fact: Fact, row: PackageRow, _now: datetime, width: int) -> str:
    if row.commits_52w and not any(row.commits_52w):
        # Nothing drawn would look like nothing known.
        return NO_COMMITS.rjust(width)
    return sparkline(row.commits_52w, width)


_WRITERS: dict[ColumnForm, Callable[[Fact, PackageRow, datetime, int], str]] = {
    "number": _number,
    "year": _year,
    "age": _age,
    "chart": _chart,
    "trend": _trend,
    "text": _text,
}


def _column(fact: Fact, shown: ListColumn) -> PackageColumn:
    is_left = shown.form in {"chart", "text"}
    return PackageColumn(
        shown.heading,
        shown.width,
        partial(_WRITERS[shown.form], fact),
        fact.sort or fact.list_sort,
        gap=2 if is_left else 0,
        is_right=not is_left,
        style="bar" if shown.form == "chart" else "",
        is_figure=shown.form in {"number", "year"},
    )


_COLUMNS = {
    name: _column(fact, fact.column)
    for name, fact in LIST_COLUMNS.items()
    if fact.column
}
_LATE = ("commits", "version")
"""What comes last where room is short, in this order."""
_EARLY = ("last_commit",)


@lru_cache(maxsize=32)
def columns_for(asked: tuple[str, ...], sort_key: str, width: int) -> Columns:
    """Share `width` cells out among the columns `asked` for, as far as they fit.

    The title and the first figure stay in any width.
    """
    names = _with_figure(asked, sort_key)
    figures = [name for name in names if _COLUMNS[name].is_figure]
    early = [name for name in _EARLY if name in names]
    late = [name for name in _LATE if name in names]
    others = [n for n in names if n not in (*figures[:1], *early, *late)]
    left = width - MINIMUM_TITLE_WIDTH
    widths: dict[str, int] = {}
    for name in (*figures[:1], *early, *others, *late):
        cells = _COLUMNS[name].width or _chart_cells(left)
        if cells <= left or name in figures[:1]:
            widths[name] = cells
            left -= cells
    placed = (
        PlacedColumn(_COLUMNS[name], widths[name]) for name in names if name in widths
    )
    return Columns(MINIMUM_TITLE_WIDTH + left, tuple(placed))


def _chart_cells(left: int) -> int:
    chart = _WIDE_CHART_WIDTH if left >= _WIDE_CHART_FROM else _CHART_WIDTH
    return chart + _COLUMNS["commits"].gap


def _with_figure(asked: tuple[str, ...], sort_key: str) -> tuple[str, ...]:
    """`asked`, with the figure that sorts in the place of the first one."""
    sorting = [n for n, c in _COLUMNS.items() if c.is_figure and c.sort_key is sort_key]
    figures = [name for name in asked if _COLUMNS[name].is_figure]
    if not sorting or not figures or sorting[0] in figures:
        return asked
    return tuple(sorting[0] if name == figures[0] else name for name in asked)
