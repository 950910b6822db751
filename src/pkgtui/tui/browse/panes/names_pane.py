"""The panes of categories and of grids: pick one to see its packages."""

from collections.abc import Sequence
from dataclasses import dataclass

from pkgtui.text import cell_width, group_thousands, pad
from pkgtui.tui.browse.panes.pane import Pane
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.line_widget import Line


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A row: what it stands for, its name, how many packages it has."""

    id: int | None
    """None for "All"."""
    name: str
    count: int
    active: int | None = None
    """How many of them are active; None where that is not told."""


class NameList(LineList[NamedCount]):
    """Names at the left, counts at the right."""

    def row_line(self, row: NamedCount, width: int) -> Line:
        """One name with its count."""
        count = group_thousands(row.count)
        active = "" if row.active is None else f"{group_thousands(row.active)}/"
        room = max(0, width - cell_width(active + count) - 1)
        is_dimmed = not row.count or row.active == 0
        return (
            (pad(row.name, room), "dim" if is_dimmed else "title"),
            (f" {active}", "" if row.active else "dim"),
            (count, "dim" if is_dimmed else ""),
        )

    def index_of(self, row_id: int | None) -> int | None:
        """Where the row of `row_id` stands."""
        return next((i for i, row in enumerate(self.rows) if row.id == row_id), None)


class NamesPane(Pane):
    """A list of names with counts, narrowed by what is typed."""

    def __init__(self, title: str, *, id: str) -> None:
        self.names = NameList(id=f"{id}-list")
        super().__init__(title, self.names, id=id)
        self._all: Sequence[NamedCount] = ()
        self._about_counts = ""

    @property
    def current_id(self) -> int | None:
        """What the row under the cursor stands for; None for "All" or no row."""
        return self.names.current.id if self.names.current else None

    def show(
        self,
        rows: Sequence[NamedCount],
        current_id: int | None,
        right: str | None = None,
    ) -> None:
        """Show `rows`, as far as the narrowing leaves them, the cursor on one.

        `right` is what the header says of the counts; None leaves it as it is.
        """
        self._all = rows
        if right is not None:
            self._about_counts = right
        words = self.filter_text.casefold().split()
        shown = [
            row for row in rows if all(word in row.name.casefold() for word in words)
        ]
        cursor = next((i for i, row in enumerate(shown) if row.id == current_id), 0)
        self.names.set_empty_lines(*self._why_empty())
        self.names.set_rows(shown, cursor)
        # Above the counts, which leave the last column to the thumb.
        right = f"{self._about_counts} " if self._about_counts else ""
        self.show_header(right=((right, "dim"),))

    def narrow(self, selected_id: int | None) -> None:
        """Apply the narrowing to the rows that were given last.

        The cursor stays where it is; from an empty list it goes to `selected_id`.
        """
        current = self.names.current
        self.show(self._all, selected_id if current is None else current.id)

    def show_current(self, row_id: int | None) -> None:
        """Put the cursor on the row of `row_id`, narrowed away or not; no message."""
        if self.names.index_of(row_id) is None:
            self.filter_text = ""
        self.show(self._all, row_id)

    def _why_empty(self) -> tuple[str, ...]:
        if self._all:
            return ("no match;", "esc undoes")
        return ("none yet",)
