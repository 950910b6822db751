"""A table of cells with a cursor on one of them, whose labels never scroll away.

It knows nothing of what the cells are: a model gives labels, titles, widths and texts.
The first lines and columns can be pinned; columns scroll sideways as a whole.
"""

from typing import NamedTuple, Protocol

from textual import events
from textual.message import Message

from pkgtui.formats.layout import wrap_name
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width, pad
from pkgtui.tui.widgets.line_widget import Line, Span
from pkgtui.tui.widgets.viewport import Viewport

SEPARATOR, CURSOR_SEPARATOR = " │ ", " │›"
_STYLE = TextStyle()
"""Text as it is: the widget makes ASCII of it where that is asked for."""


class FactTableModel(Protocol):
    """What a table shows."""

    labels: list[str]
    """The names of the lines."""
    titles: list[str]
    """The names of the columns."""
    pinned_lines: int
    """How many lines at the top stay, as far as there is room."""
    pinned_columns: int
    """How many columns at the left stay."""

    def label_width(self, room: int) -> int:
        """Cells for the labels, of `room` in all."""

    def column_width(self, column: int, room: int) -> int:
        """Cells for a column, where all columns together have `room`."""

    def cell(self, line: int, column: int, width: int) -> Span:
        """The text of a cell in exactly `width` cells, and its style."""


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
        self.left = 0
        """The first column in view after the pinned ones."""
        self.left_off = (0, 0)
        """The first line and column in view as the last move left them; where the room
        is less for a while, others may be."""

    @property
    def line_count(self) -> int:
        """Lines of the table."""
        return len(self.model.labels)

    def show_cursor(self, line: int, column: int) -> None:
        """Put the cursor on a cell, bring it into view, and paint what changed."""
        self.cursor = (line, column)
        self._bring_into_view()
        self.left_off = (self.top, self.left)

    def fit(self) -> None:
        """Draw all anew for the room that there is, with the cursor in view."""
        self.top, self.left = self.left_off
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        line, column = self.cursor
        self._scroll_sideways(column)
        self.scroll_to_line(self.top)
        self.show_line(line)
        self.lines_changed()

    # Lines

    def _pinned_lines(self) -> int:
        """The pinned lines, but for one that is left to the others."""
        return min(self.model.pinned_lines, self.page_height - 1)

    def index_at(self, y: int) -> int:
        """The line that stands `y` lines below the top of the window."""
        return y if y < self._pinned_lines() else self.top + y

    def show_line(self, index: int, margin: int = 0) -> None:
        """Scroll as little as brings `index` into view below the pinned lines."""
        pinned = self._pinned_lines()
        if index < pinned:
            return
        if index - pinned < self.top:
            self.scroll_to_line(index - pinned)
        else:
            super().show_line(index, margin)

    # Columns

    def _room(self) -> tuple[int, int]:
        """Cells for the labels, and for all columns."""
        label_width = self.model.label_width(self.line_width)
        return label_width, max(1, self.line_width - label_width)

    def _pinned_columns(self, room: int) -> int:
        """The pinned columns, as long as there is room for one besides."""
        used = 0
        count = min(self.model.pinned_columns, len(self.model.titles))
        for column in range(count):
            cells = self.model.column_width(column, room) + len(SEPARATOR)
            if used + 2 * cells > room:
                return column
            used += cells
        return count

    def visible_columns(self) -> VisibleColumns:
        """The columns in view: the pinned ones, then those from the scroll on."""
        return self._columns_from(self.left)

    def _columns_from(self, start: int) -> VisibleColumns:
        _, room = self._room()
        count = len(self.model.titles)
        pinned = self._pinned_columns(room)
        columns: list[tuple[int, int]] = []
        left = room
        for column in (*range(pinned), *range(max(start, pinned), count)):
            width = self.model.column_width(column, room)
            needed = width + len(SEPARATOR)
            if columns and needed > left:
                break
            columns.append((column, max(1, min(width, left - len(SEPARATOR)))))
            left -= needed
        last = columns[-1][0] if columns else -1
        return VisibleColumns(columns, max(0, start - pinned), max(0, count - 1 - last))

    def _scroll_sideways(self, column: int) -> None:
        """Scroll as little as brings `column` into view, and leave no room unused."""
        _, room = self._room()
        pinned = self._pinned_columns(room)
        self.left = max(pinned, min(self.left, len(self.model.titles) - 1))
        if pinned <= column < self.left:
            self.left = column
        while self.left < column and not any(
            shown == column for shown, _ in self.visible_columns().columns
        ):
            self.left += 1
        while self.left > pinned and not self._columns_from(self.left - 1).after:
            self.left -= 1

    # Drawing

    def heading(self, most_lines: int) -> list[Line]:
        """The titles above the columns in view, on one line or on `most_lines`."""
        label_width, room = self._room()
        titles = self.model.titles
        is_wrapped = any(
            cell_width(title) > self.model.column_width(column, room)
            for column, title in enumerate(titles)
        )
        lines: list[list[Span]] = [
            [(" " * label_width, "")] for _ in range(most_lines if is_wrapped else 1)
        ]
        for column, width in self.visible_columns().columns:
            is_current = column == self.cursor[1]
            style = "heading-focus" if is_current else "heading"
            parts = wrap_name(titles[column], width, len(lines), _STYLE)
            for at, line in enumerate(lines):
                part = parts[at] if at < len(parts) else ""
                line += [(SEPARATOR, "dim"), (pad(part, width), style)]
        return list(lines)

    def line(self, index: int, width: int) -> tuple[Line, str]:  # noqa: ARG002
        """One line: its label, then its cells."""
        label_width, _ = self._room()
        is_current = index == self.cursor[0]
        label_style = "heading-focus" if is_current else "heading"
        spans: list[Span] = [(pad(self.model.labels[index], label_width), label_style)]
        for column, cells in self.visible_columns().columns:
            text, style = self.model.cell(index, column, cells)
            separator = SEPARATOR
            if is_current and column == self.cursor[1]:
                # By a sign too: without colors the style is hardly seen.
                separator, style = CURSOR_SEPARATOR, "cursor"
            spans += [(separator, "dim"), (text, style)]
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
            x += len(SEPARATOR)
            if x <= offset.x < x + width:
                self.post_message(self.CellClicked(line, column))
            x += width

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        super().on_resize()
        self.fit()
