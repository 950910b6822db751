"""The pane of packages: a table under a heading that shows and changes the sort."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from textual import events
from textual.message import Message

from pkgtui.catalog import PackageListing
from pkgtui.config.settings import DEFAULT_COLUMNS
from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.models import PackageRow
from pkgtui.domain.sorting import Sort
from pkgtui.text import group_thousands, pad, pluralize
from pkgtui.tui.bindings import hint
from pkgtui.tui.browse.columns import Columns, PlacedColumn, columns_for
from pkgtui.tui.browse.panes.pane import ROOMY_FROM, Pane
from pkgtui.tui.widgets.labels import OneLine
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


def _cell(placed: PlacedColumn, row: PackageRow, now: datetime, plain: str) -> Span:
    column, width = placed
    style = plain
    if column.style:
        style = column.style if any(row.commits_52w or ()) else "dim"
    return placed.cell(column.text(row, now, width - column.gap)), style


_SORT_LABELS = {"updated": "last commit", "added": "newest"}


class ColumnHeading(OneLine):
    """The names of the columns; a click on one sorts by it."""

    class Clicked(Message):
        """The heading was clicked at cell `x`."""

        def __init__(self, x: int) -> None:
            self.x = x
            super().__init__()

    def on_click(self, event: events.Click) -> None:
        """Tell where."""
        event.stop()
        offset = event.get_content_offset(self)
        if offset is not None:
            self.post_message(self.Clicked(offset.x))


class PackagesPane(Pane):
    """Packages of a category, a grid or a person."""

    FILTER_HINT = (
        "words  stars:100  active:90  docs:yes  pypi:no  host:…  category:…  grid:…"
    )

    class SortRequested(Message):
        """A column heading was clicked."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    def __init__(
        self, now: Callable[[], datetime], columns: tuple[str, ...], *, id: str
    ) -> None:
        self.table = PackageTable(now, columns, id="packages-table")
        self.heading = ColumnHeading()
        super().__init__("Packages", self.table, id=id)
        self._group = ""
        self._hidden_count = 0
        self._narrowing = ""
        self._is_active_only = False

    def between(self) -> Iterator[OneLine]:
        """The column headings."""
        yield self.heading

    @property
    def current_id(self) -> int | None:
        """The package under the cursor."""
        return self.table.current.id if self.table.current else None

    def show(
        self,
        subject: str,
        rows: Sequence[PackageRow],
        cursor: int,
        sort: Sort,
        hidden_count: int,
        *,
        narrowing: str,
        is_active_only: bool,
    ) -> None:
        """Show `rows` sorted by `sort`.

        `hidden_count` others are hidden by `narrowing`, which says what was
        typed, or because only active ones are shown.
        """
        self._group = subject
        self._hidden_count = hidden_count
        self._narrowing = narrowing
        self._is_active_only = is_active_only
        self.table.sort = sort
        self.table.set_rows(rows, cursor)
        self.show_headings()

    def place_beside(self, rows: PackageListing) -> int:
        """Where in `rows` the neighbor of the package under the cursor stands."""
        former = self.table.rows
        if not isinstance(former, PackageListing):
            return 0
        return rows.place_beside(former, self.table.cursor)

    @property
    def narrowing(self) -> str:
        """What was typed, as it was understood."""
        return self._narrowing or "incomplete condition"

    def show_headings(self) -> None:
        """Write the header and the column headings."""
        arrow = "▼" if self.table.sort.is_descending else "▲"
        count = group_thousands(len(self.table.rows))
        is_roomy = self.size.width >= ROOMY_FROM
        right: list[Span] = []
        if self._hidden_count:
            words = f"{group_thousands(self._hidden_count)} hidden"
            if self._is_active_only and is_roomy:
                words = f"active only, {words}"
            right.append((words, "mark"))
        # Where there is little room, the headings alone tell the sort.
        if is_roomy or not right:
            key = self.table.sort.key
            label = _SORT_LABELS.get(key, str(key))
            gap = "  " if right else ""
            right.append((f"{gap}{label} {arrow}", "dim"))
        self.show_header(f"{self._group} ({count})", right)
        self.heading.show(self.table.heading_line(self.table.line_width))

    def on_resize(self) -> None:
        """Fit the column headings to the columns."""
        self.call_after_refresh(self.show_headings)

    def on_column_heading_clicked(self, event: ColumnHeading.Clicked) -> None:
        """Ask for the sort of the column that was clicked."""
        event.stop()
        key = self.table.sort_key_at(event.x, self.table.line_width)
        if key is not None:
            self.post_message(self.SortRequested(key))


def why_no_packages(
    selection: PackageFilter,
    *,
    held_count: int,
    narrowing: str,
    hidden_count: int,
    missing_count: int,
    is_syncing: bool,
    is_offline: bool,
    host: str,
    error: str,
) -> tuple[str, ...]:
    """The sentences for an empty list.

    `held_count` is the whole catalog's, `narrowing` says what was typed to narrow the
    list, `hidden_count` is what is hidden, `missing_count` what the grid names and the
    cache lacks.
    """
    sync = hint("browse.sync")
    if not held_count:
        if is_syncing:
            return (f"Reading the catalog from {host}.", "Rows appear as they come.")
        cause = "The network is off (--offline)." if is_offline else error
        again = () if is_offline else (f"{sync}  try {host} again",)
        return (
            "Nothing is stored yet.",
            *filter(None, (cause,)),
            "",
            f"{hint('browse.sample')}  browse the bundled sample catalog",
            *again,
        )
    if selection.text:
        return (
            f"Of {pluralize(hidden_count, 'package')} here none fits: {narrowing}.",
            f"{hint('browse.back')} undoes it",
        )
    if hidden_count:
        return (
            f"Of {pluralize(hidden_count, 'package')} here none is active.",
            f"{hint('browse.active')}  shows them all",
        )
    if missing_count:
        return (
            f"This grid names {pluralize(missing_count, 'package')} not cached here.",
            f"{sync}  brings the catalog up to date",
        )
    if selection.grid_id is not None:
        return ("This grid has no packages.",)
    if selection.contributor is not None:
        return ("Nothing else in the catalog.",)
    return ("No packages here.",)
