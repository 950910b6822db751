"""The packages as a table: title, figures, a year of commits, age, version."""

from collections.abc import Callable
from datetime import datetime

from pkgtui.config.settings import DEFAULT_COLUMNS
from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.models import PackageRow
from pkgtui.domain.sorting import Sort
from pkgtui.text import pad
from pkgtui.tui.browse.columns import Columns, Placed, columns_for
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.line_widget import Line, Span

MARK_WIDTH = 2


class PackageTable(LineList[PackageRow]):
    """Packages, one a line; dormant ones are dimmed, never dropped."""

    sort = Sort("stars")
    """Decides which figure is shown beside the title."""

    def __init__(
        self,
        now: Callable[[], datetime],
        columns: tuple[str, ...] = DEFAULT_COLUMNS,
        *,
        id: str,
    ) -> None:
        """Show `columns` (of `config.settings.COLUMNS`) beside the title."""
        super().__init__(id=id)
        self._now = now
        self._asked = columns
        self.marked: frozenset[str] = frozenset()
        """Slugs of marked packages."""

    def columns(self, width: int) -> Columns:
        """What stands in a line of `width` cells, behind the mark."""
        return columns_for(self._asked, self.sort.key, width)

    def row_line(self, row: PackageRow, width: int) -> Line:
        """One package."""
        columns = self.columns(width - MARK_WIDTH)
        now = self._now()
        band = activity(row.last_commit_at, row.fetched_at, now)
        plain = "dim" if band is Activity.DORMANT else ""
        return [
            ("● " if row.slug in self.marked else "  ", "mark"),
            (pad(row.title, columns.title), plain or "title"),
            *(_cell(placed, row, now, plain) for placed in columns.others),
        ]

    def heading_line(self, width: int) -> Line:
        """The names of the columns, the one that sorts marked with its way."""
        columns = self.columns(width - 1 - MARK_WIDTH)
        arrow = "▼" if self.sort.is_descending else "▲"

        def name(label: str, room: int, key: str | None) -> tuple[str, str]:
            if self.sort.key is not key:
                return label, "dim"
            gap = " " if len(label) + 2 <= room else ""
            return f"{label}{gap}{arrow}", "heading"

        title, title_style = name("package", columns.title, "title")
        spans = [
            (" " * (1 + MARK_WIDTH), ""),
            (pad(title, columns.title), title_style),
        ]
        for placed in columns.others:
            column = placed.column
            # The chart is not what a sort by commits goes by, but their sum.
            key = column.sort_key if column.width else None
            label, style = name(column.heading, placed.width - column.gap, key)
            spans.append((placed.cell(label), style))
        return spans

    def sort_key_at(self, x: int, width: int) -> str | None:
        """The key of the column heading at cell `x`, for a click on it."""
        columns = self.columns(width - 1 - MARK_WIDTH)
        x -= 1 + MARK_WIDTH + columns.title
        if x < 0:
            return "title"
        for column, cells in columns.others:
            if x < cells:
                return column.sort_key
            x -= cells
        return None


def _cell(placed: Placed, row: PackageRow, now: datetime, plain: str) -> Span:
    column, width = placed
    style = plain
    if column.style:
        style = column.style if any(row.commits_52w or ()) else "dim"
    return placed.cell(column.text(row, now, width - column.gap)), style
