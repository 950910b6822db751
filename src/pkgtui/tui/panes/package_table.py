"""The packages as a table: title, one figure, a year of commits, age, version."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.ages import short_age
from pkgtui.domain.models import PackageRow
from pkgtui.domain.sorting import Sort, SortKey
from pkgtui.formats.sparkline import sparkline
from pkgtui.text import group_thousands, pad
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.spans import Line

FIGURE_WIDTH = 8
MARK_WIDTH = 2
AGE_WIDTH = 5
VERSION_WIDTH = 7
MINIMUM_TITLE_WIDTH = 19

_FIGURES: dict[SortKey, tuple[str, Callable[[PackageRow], int | None]]] = {
    SortKey.STARS: ("stars", lambda row: row.stars),
    SortKey.FORKS: ("forks", lambda row: row.forks),
    SortKey.CONTRIBUTORS: ("people", lambda row: row.contributor_count),
    SortKey.COMMITS: (
        "commits",
        lambda row: None if row.commits_52w is None else sum(row.commits_52w),
    ),
    SortKey.ADDED: ("added", lambda row: row.added_at.year if row.added_at else None),
}


class Columns(NamedTuple):
    """Widths in cells; 0 is a column that has no room."""

    title: int
    chart: int
    age: int
    version: int


def columns_for(width: int) -> Columns:
    """Share `width` out: the title and its figure stay, the rest comes as it fits."""
    left = width - FIGURE_WIDTH - MINIMUM_TITLE_WIDTH
    age = AGE_WIDTH + 1 if left >= AGE_WIDTH + 1 else 0
    left -= age
    # A chart of 26 bars only where titles keep a good part of the line.
    chart = 26 if left >= 60 else 13 if left >= 15 else 0
    left -= chart + 2 if chart else 0
    version = VERSION_WIDTH + 2 if left >= VERSION_WIDTH + 2 else 0
    left -= version
    return Columns(MINIMUM_TITLE_WIDTH + left, chart, age, version)


class PackageTable(LineList[PackageRow]):
    """Packages, one a line; dormant ones are dimmed, never dropped."""

    sort = Sort(SortKey.STARS)
    """Decides which figure is shown beside the title."""

    def __init__(self, now: Callable[[], datetime], *, id: str) -> None:
        super().__init__(id=id)
        self._now = now
        self.marked: frozenset[str] = frozenset()
        """Slugs of marked packages."""

    @property
    def figure(self) -> SortKey:
        """The key whose figure stands beside the title."""
        return self.sort.key if self.sort.key in _FIGURES else SortKey.STARS

    def row_line(self, row: PackageRow, width: int) -> Line:
        """One package."""
        columns = columns_for(width - MARK_WIDTH)
        now = self._now()
        band = activity(row.last_commit_at, row.fetched_at, now)
        is_dimmed = band is Activity.DORMANT
        plain = "dim" if is_dimmed else ""
        value = _FIGURES[self.figure][1](row)
        if value is None:
            figure = "–"
        elif self.figure is SortKey.ADDED:
            figure = str(value)
        else:
            figure = group_thousands(value)
        spans = [
            ("● " if row.slug in self.marked else "  ", "mark"),
            (pad(row.title, columns.title), plain or "title"),
            (pad(figure, FIGURE_WIDTH, right=True), plain),
        ]
        if columns.chart:
            bars = sparkline(row.commits_52w, columns.chart)
            spans += [("  ", ""), (bars, "bar" if row.commits_52w else "dim")]
        if columns.age:
            # A fact of the site's last look is as old as it was then.
            seen_at = row.fetched_at or now
            age = short_age(row.last_commit_at, seen_at) if row.last_commit_at else "–"
            spans += [(pad(age, columns.age, right=True), plain)]
        if columns.version:
            version = row.pypi_version or "–"
            spans += [("  ", ""), (pad(version, columns.version - 2), plain)]
        return spans

    def heading_line(self, width: int) -> Line:
        """The names of the columns, the one that sorts marked with its way."""
        columns = columns_for(width - 1 - MARK_WIDTH)
        arrow = "▼" if self.sort.is_descending else "▲"

        def name(label: str, room: int, *keys: SortKey) -> tuple[str, str]:
            if self.sort.key not in keys:
                return label, "dim"
            gap = " " if len(label) + 2 <= room else ""
            return f"{label}{gap}{arrow}", "heading"

        title, title_style = name("package", columns.title, SortKey.TITLE)
        figure, figure_style = name(_FIGURES[self.figure][0], FIGURE_WIDTH, *_FIGURES)
        spans = [
            (pad(title, columns.title), title_style),
            (pad(figure, FIGURE_WIDTH, right=True), figure_style),
        ]
        if columns.chart:
            spans += [("  ", ""), (pad("52 weeks", columns.chart), "dim")]
        if columns.age:
            label, style = name("last", columns.age, SortKey.UPDATED)
            spans += [(pad(label, columns.age, right=True), style)]
        if columns.version:
            spans += [("  ", ""), (pad("version", columns.version - 2), "dim")]
        return [(" " * (1 + MARK_WIDTH), ""), *spans]

    def sort_key_at(self, x: int, width: int) -> SortKey | None:
        """The key of the column heading at cell `x`, for a click on it."""
        columns = columns_for(width - 1 - MARK_WIDTH)
        x -= 1 + MARK_WIDTH
        edges = (
            (columns.title, SortKey.TITLE),
            (FIGURE_WIDTH, self.figure),
            (columns.chart + 2 if columns.chart else 0, SortKey.COMMITS),
            (columns.age, SortKey.UPDATED),
        )
        for cells, key in edges:
            if x < cells:
                return key
            x -= cells
        return None
