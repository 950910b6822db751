"""A list with a cursor that costs the same for ten rows and for a million.

Rows are any sequence; a subclass draws one. A move repaints two lines. The cursor stays
on the same item when the rows are replaced, as long as the item is among them.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from pkgtui.keys import Scope
from pkgtui.text import wrap
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.widgets.line_widget import Line
from pkgtui.tui.widgets.viewport import Viewport

RowT = TypeVar("RowT")


class LineList(Viewport, Generic[RowT]):
    """Rows of one line each, one of them under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.LIST)]

    class Moved(Message):
        """The cursor is on another row, or its row is another one."""

        def __init__(self, sender: "LineList[Any]") -> None:
            self.list = sender
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Let a burst of moves count once."""
            return isinstance(message, LineList.Moved) and message.list is self.list

    class Chosen(Message):
        """Enter was pressed on the row under the cursor, or the row was clicked."""

        def __init__(self, sender: "LineList[Any]") -> None:
            self.list = sender
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[RowT] = ()
        self.cursor = 0
        self.empty_lines: tuple[str, ...] = ()
        """What is shown instead of rows: why there are none, and what to do."""
        self._is_source = True

    def row_line(self, row: RowT, width: int) -> Line:
        """Draw one row in `width` cells; the cursor's gutter is not part of it."""
        raise NotImplementedError

    # What stands where

    @property
    def line_count(self) -> int:
        """Rows, or the sentences of an empty list."""
        return len(self.rows) or len(self._empty_text(self.line_width))

    def _empty_text(self, width: int) -> list[str]:
        """The sentences of an empty list, wrapped behind the gutter."""
        room = max(1, width - 2)
        return [text for line in self.empty_lines for text in wrap(line, room)]

    def line(self, index: int, width: int) -> tuple[Line, str]:
        """One row behind its gutter."""
        if not self.rows:
            return ((f"  {self._empty_text(width)[index]}", "dim"),), ""
        is_current = index == self.cursor and (self.has_focus or self.is_source)
        row_style = ""
        if is_current:
            row_style = "cursor" if self.has_focus else "cursor-idle"
        gutter = "›" if is_current else " "
        return (
            (gutter, ""),
            *self.row_line(self.rows[index], width - 1),
        ), row_style

    @property
    def current(self) -> RowT | None:
        """The row under the cursor; None in an empty list."""
        return self.rows[self.cursor] if self.rows else None

    @property
    def is_source(self) -> bool:
        """Whether other panes show what is under this cursor, so that it always shows.

        The cursor of any other list is drawn only while the list has the focus.
        """
        return self._is_source

    @is_source.setter
    def is_source(self, is_source: bool) -> None:
        self._is_source = is_source
        self.lines_changed()

    def set_rows(
        self,
        rows: Sequence[RowT],
        cursor: int = 0,
        *,
        empty_lines: tuple[str, ...] | None = None,
    ) -> None:
        """Show other rows, with the cursor on row `cursor`; no message is sent.

        `empty_lines` say why there are none, where that is another reason than before.
        """
        self.rows = rows
        if empty_lines is not None:
            self.empty_lines = empty_lines
        self.cursor = max(0, min(cursor, len(rows) - 1))
        self.top = max(0, min(self.top, self.line_count - self.page_height))
        if self.size.height:
            self.show_line(self.cursor, margin=1)
        self.lines_changed()

    def set_empty_lines(self, *lines: str) -> None:
        """Say why the list is empty."""
        if lines != self.empty_lines:
            self.empty_lines = lines
            self.lines_changed()

    # Moving

    def move_to(self, index: int) -> None:
        """Put the cursor on row `index`, as far as there are rows, and tell of it."""
        if not self.rows:
            return
        index = max(0, min(index, len(self.rows) - 1))
        if index == self.cursor:
            return
        former, self.cursor = self.cursor, index
        self.repaint_line(former)
        self.repaint_line(index)
        self.show_line(index)
        self.post_message(self.Moved(self))

    def action_cursor_down(self) -> None:
        """One row down."""
        self.move_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """One row up."""
        self.move_to(self.cursor - 1)

    def action_page_down(self) -> None:
        """As many rows down as are in view."""
        self.move_to(self.cursor + self.page_height - 1)

    def action_page_up(self) -> None:
        """As many rows up as are in view."""
        self.move_to(self.cursor - self.page_height + 1)

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(len(self.rows) - 1)

    def action_choose(self) -> None:
        """Go into the row under the cursor."""
        if self.rows:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Move to the row that was clicked; a click on the current row goes in."""
        event.stop()
        index = self.line_at(event)
        if index is None or not self.rows:
            return
        if index == self.cursor:
            self.action_choose()
        else:
            self.move_to(index)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        super().on_resize()
        self.show_line(self.cursor)
