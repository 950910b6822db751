"""Categories and grids as lists of names with a count."""

from dataclasses import dataclass

from pkgtui.text import cell_width, group_thousands, pad
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
