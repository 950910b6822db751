"""A table of cells with a cursor on one of them, whose labels never scroll away.

It knows nothing of what the cells are: a model gives labels, titles, widths and texts.
The first columns can be pinned; the others scroll sideways by whole columns.
"""

from typing import NamedTuple, Protocol

from textual import events
from textual.message import Message

from pkgtui.text import cell_width, pad
from pkgtui.tui.widgets.spans import Line, Span
from pkgtui.tui.widgets.viewport import Viewport

SEPARATOR = " │ "


class FactTableModel(Protocol):
    """What a table shows."""

    @property
    def labels(self) -> list[str]:
        """The names of the lines."""

    @property
    def titles(self) -> list[str]:
        """The names of the columns."""

    @property
    def pinned_count(self) -> int:
        """How many columns at the left never scroll away."""

    def label_width(self, room: int) -> int:
        """Cells for the labels, of `room` in all."""

    def column_width(self, column: int, room: int) -> int:
        """Cells for a column, where all columns together have `room`."""

    def cell(self, line: int, column: int, width: int) -> Span:
        """The text of a cell, made for `width` cells, and its style."""


class VisibleColumns(NamedTuple):
    """The columns in view, with their widths."""

    columns: list[tuple[int, int]]
    before: int
    """How many are out of view at the left."""
    after: int
    """And at the right."""


class FactTable(Viewport):
    """Draws a model; the owner moves the cursor."""

    class CellClicked(Message):
        """A cell was clicked."""

        def __init__(self, line: int, column: int) -> None:
            self.line = line
            self.column = column
            super().__init__()

    def __init__(self, model: FactTableModel, *, id: str) -> None:
        super().__init__(id=id)
        self.model = model
        self.cursor = (0, 0)
        """Line and column."""
        self._left = 0
        """The first column in view after the pinned ones."""

    @property
    def line_count(self) -> int:
        """Lines of the table."""
        return len(self.model.labels)

    def show_cursor(self, line: int, column: int) -> None:
        """Put the cursor on a cell, bring it into view, and paint what changed."""
        self.cursor = (line, column)
        self._scroll_sideways(column)
        self.show_line(line)
        self.lines_changed()

    def _room(self) -> tuple[int, int]:
        """Cells for the labels, and for all columns."""
        label_width = self.model.label_width(self.line_width)
        return label_width, max(1, self.line_width - label_width)

    def visible_columns(self) -> VisibleColumns:
        """The columns in view: the pinned ones, then those from the scroll on."""
        _, room = self._room()
        count = len(self.model.titles)
        pinned = min(self.model.pinned_count, count)
        columns: list[tuple[int, int]] = []
        left = room
        order = [*range(pinned), *range(max(self._left, pinned), count)]
        for column in order:
            wanted = self.model.column_width(column, room)
            width = min(wanted, left - len(SEPARATOR))
            if width < wanted and columns:
                break
            columns.append((column, max(1, width)))
            left -= width + len(SEPARATOR)
        last = columns[-1][0] if columns else -1
        return VisibleColumns(
            columns, max(0, self._left - pinned), max(0, count - 1 - last)
        )

    def _scroll_sideways(self, column: int) -> None:
        pinned = self.model.pinned_count
        if column < pinned:
            return
        self._left = max(pinned, min(self._left, len(self.model.titles) - 1))
        if column < self._left:
            self._left = column
        while self._left < column and not any(
            shown == column for shown, _ in self.visible_columns().columns
        ):
            self._left += 1

    def heading(self) -> Line:
        """The titles above the columns in view."""
        label_width, _ = self._room()
        spans: list[Span] = [(" " * label_width, "")]
        for column, width in self.visible_columns().columns:
            is_current = column == self.cursor[1]
            style = "heading-focus" if is_current else "heading"
            spans += [
                (SEPARATOR, "dim"),
                (pad(self.model.titles[column], width), style),
            ]
        return spans

    def line(self, index: int, width: int) -> tuple[Line, str]:  # noqa: ARG002
        """One line: its label, then its cells."""
        label_width, _ = self._room()
        is_current = index == self.cursor[0]
        label_style = "heading-focus" if is_current else "heading"
        spans: list[Span] = [(pad(self.model.labels[index], label_width), label_style)]
        for column, cells in self.visible_columns().columns:
            text, style = self.model.cell(index, column, cells)
            if is_current and column == self.cursor[1]:
                style = "cursor"
            spans += [(SEPARATOR, "dim"), (pad(text, cells), style)]
        return spans, ""

    def on_click(self, event: events.Click) -> None:
        """Tell which cell was clicked."""
        event.stop()
        line = self.line_at(event)
        offset = event.get_content_offset(self)
        if line is None or offset is None:
            return
        x, _ = self._room()
        for column, width in self.visible_columns().columns:
            x += cell_width(SEPARATOR)
            if x <= offset.x < x + width:
                self.post_message(self.CellClicked(line, column))
            x += width

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        super().on_resize()
        self.show_cursor(*self.cursor)
