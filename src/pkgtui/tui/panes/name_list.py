"""Categories and grids as lists of names with a count."""

from dataclasses import dataclass

from pkgtui.text import cell_width, group_thousands, pad
from pkgtui.tui.widgets.line_list import LineList
from pkgtui.tui.widgets.spans import Line


@dataclass(frozen=True, slots=True)
class NamedCount:
    """A row: what it stands for, its name, how many packages it has."""

    id: int | None
    """None for "All"."""
    name: str
    count: int


class NameList(LineList[NamedCount]):
    """Names at the left, counts at the right."""

    def row_line(self, row: NamedCount, width: int) -> Line:
        """One name with its count."""
        count = group_thousands(row.count)
        room = max(0, width - cell_width(count) - 1)
        return (pad(row.name, room), "title" if row.count else "dim"), (
            f" {count}",
            "",
        )

    def index_of(self, row_id: int | None) -> int | None:
        """Where the row of `row_id` stands."""
        return next((i for i, row in enumerate(self.rows) if row.id == row_id), None)
