"""The pane of packages: a table under a heading that tells and changes the sort."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from textual import events
from textual.message import Message

from pkgtui.catalog import PackageListing
from pkgtui.domain.models import PackageRow
from pkgtui.domain.sorting import Sort
from pkgtui.text import group_thousands
from pkgtui.tui.browse.panes.package_table import PackageTable
from pkgtui.tui.browse.panes.pane import ROOMY_FROM, Pane
from pkgtui.tui.widgets.labels import OneLine
from pkgtui.tui.widgets.line_widget import Span

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

        `hidden_count` others are hidden by `narrowing`, which tells in words what was
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
        return self._narrowing or "narrows nothing yet"

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
