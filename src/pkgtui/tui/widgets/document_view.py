"""Text that scrolls, with things in it to stop at: links, names, the weeks of a chart.

The document is made elsewhere, by a pure function; here it is drawn, and a new one is
compared with the old so that only the lines that differ are painted.
"""

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from pkgtui.keys import Scope
from pkgtui.text import cell_width
from pkgtui.tui.bindings import bindings_in
from pkgtui.tui.widgets.line_widget import Line, Span
from pkgtui.tui.widgets.viewport import Viewport


class Stop(NamedTuple):
    """A thing to stop at, made of whole spans: where it stands, and what it is."""

    line: int
    start: int
    """First cell."""
    end: int
    """The cell after its last."""
    target: object
    """What the maker of the document put there."""
    height: int = 1
    """How many lines it takes for the pointer, upwards from `line`."""


class Document(NamedTuple):
    """Lines and the stops in them, in reading order."""

    lines: tuple[Line, ...]
    stops: tuple[Stop, ...] = ()


class DocumentView(Viewport):
    """Shows a document made for its width, with a cursor on one of its stops."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in(Scope.PACKAGE)]

    class LinkActivated(Message):
        """Enter was pressed on a stop, or it was clicked."""

        def __init__(self, target: object) -> None:
            self.target = target
            super().__init__()

    class StopsBegunOrLeft(Message):
        """The cursor came to a stop from none, or left for none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.document = Document(())
        self._stop_index: int | None = None
        self.target: object = None
        """What the stop under the cursor stands for; kept while nothing is drawn."""
        self._make: Callable[[int, object], Document] | None = None
        self._made_width = 0
        """Cells that the document was made for; 0 where it is to be made anew."""

    @property
    def line_count(self) -> int:
        """Lines of the document."""
        return len(self.document.lines)

    def line(self, index: int, width: int) -> tuple[Line, str]:  # noqa: ARG002
        """A line, with the stop under the cursor in the cursor's style."""
        spans = self.document.lines[index]
        stop = self.stop
        if stop is None or stop.line != index or not self.has_focus:
            return spans, ""
        return highlight(spans, stop.start, stop.end), ""

    @property
    def stop_index(self) -> int | None:
        """The stop under the cursor; None while the reader only scrolls."""
        return self._stop_index

    @stop_index.setter
    def stop_index(self, index: int | None) -> None:
        was_on_stop, self._stop_index = self._stop_index is not None, index
        if was_on_stop != (index is not None):
            self.post_message(self.StopsBegunOrLeft())

    @property
    def stop(self) -> Stop | None:
        """The stop under the cursor."""
        if self.stop_index is None or self.stop_index >= len(self.document.stops):
            return None
        return self.document.stops[self.stop_index]

    def show(self, make: Callable[[int, object], Document]) -> None:
        """Show what `make(width, target under the cursor)` gives, from its top."""
        self._make = make
        self.return_to(None, 0)

    def replace(self, make: Callable[[int, object], Document]) -> None:
        """Show what `make` gives, with cursor and scroll where they are."""
        self._make = make
        self.remake()

    def remake(self) -> None:
        """Make the document again, and paint the lines that came out differently.

        Out of view it waits for the first line that is drawn.
        """
        self._made_width = 0
        if self.size.width:
            self._bring_up_to_date()
            self.scroll_to_line(self.top)
        self.repaint_changed()

    def render_line(self, y: int) -> Strip:
        """Draw a line of the document for the width that there is."""
        self._bring_up_to_date()
        return super().render_line(y)

    def _bring_up_to_date(self) -> None:
        if self._make is None or self._made_width == self.line_width:
            return
        self._made_width = self.line_width
        self.document = self._make(self._made_width, self.target)
        targets = [stop.target for stop in self.document.stops]
        # Two links may lead to one address: the cursor stays on the one it is on.
        if self.stop is None or self.stop.target != self.target:
            is_there = self.target in targets
            self.stop_index = targets.index(self.target) if is_there else None

    # Moving

    def return_to(self, target: object, top: int) -> None:
        """Put the cursor on what stands for `target`, line `top` being the first."""
        self.target, self.stop_index, self.top = target, None, top
        self.remake()

    def move_to_stop(self, index: int | None) -> None:
        """Put the cursor on stop `index` and bring it into view."""
        self.stop_index = index
        self.target = self.stop.target if self.stop else None
        self.remake()
        stop = self.stop
        if stop is not None:
            self.show_line(stop.line - stop.height + 1)
            self.show_line(stop.line, margin=1)

    def _nearest_in_line(self, direction: int) -> int | None:
        """The stop nearest to the cursor in the next line that has any."""
        stops = self.document.stops
        stop = self.stop
        if stop is None:
            edge = self.top - 1 if direction > 0 else self.top + self.page_height
            column = 0
        else:
            edge, column = stop.line, stop.start
        lines = {s.line for s in stops if (s.line - edge) * direction > 0}
        if not lines:
            return None
        line = min(lines) if direction > 0 else max(lines)
        candidates = [i for i, s in enumerate(stops) if s.line == line]
        return min(candidates, key=lambda i: abs(stops[i].start - column))

    def _step(self, direction: int) -> None:
        index = self._nearest_in_line(direction)
        if index is not None:
            line = self.document.stops[index].line
            if self.top - 1 <= line <= self.top + self.page_height:
                self.move_to_stop(index)
                return
        self.scroll_to_line(self.top + direction)

    def action_stop_down(self) -> None:
        """To the nearest stop in the next line with any, or scroll towards it."""
        self._step(1)

    def action_stop_up(self) -> None:
        """To the nearest stop in the line before with any, or scroll towards it."""
        self._step(-1)

    def action_stop_right(self) -> None:
        """To the next stop, in the order of reading."""
        if self.stop_index is None:
            self._step(1)
        elif self.stop_index + 1 < len(self.document.stops):
            self.move_to_stop(self.stop_index + 1)

    def action_stop_left(self) -> None:
        """To the stop before, in the order of reading."""
        if self.stop_index:
            self.move_to_stop(self.stop_index - 1)

    def action_page_down(self) -> None:
        """Scroll by what is in view."""
        self._scroll_away(self.top + self.page_height - 1)

    def action_page_up(self) -> None:
        """Scroll back by what is in view."""
        self._scroll_away(self.top - self.page_height + 1)

    def action_first(self) -> None:
        """To the top."""
        self._scroll_away(0)

    def action_last(self) -> None:
        """To the end."""
        self._scroll_away(self.line_count)

    def _scroll_away(self, top: int) -> None:
        """Scroll, and leave the stop: the next step starts from what is in view."""
        if self.stop_index is not None:
            self.move_to_stop(None)
        self.scroll_to_line(top)

    def action_choose(self) -> None:
        """Follow the stop under the cursor."""
        if self.stop is not None:
            self.post_message(self.LinkActivated(self.stop.target))

    def _stop_at(self, event: events.MouseEvent) -> int | None:
        line = self.line_at(event)
        offset = event.get_content_offset(self)
        if line is None or offset is None:
            return None
        for index, stop in enumerate(self.document.stops):
            is_line = stop.line - stop.height < line <= stop.line
            if is_line and stop.start <= offset.x < stop.end:
                return index
        return None

    def on_click(self, event: events.Click) -> None:
        """Follow what was clicked."""
        event.stop()
        index = self._stop_at(event)
        if index is not None:
            self.move_to_stop(index)
            self.action_choose()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell of the week under the pointer, as of the one under the cursor."""
        index = self._stop_at(event)
        if (
            index is not None
            and index != self.stop_index
            and self.document.stops[index].height > 1
        ):
            self.move_to_stop(index)

    def on_resize(self) -> None:
        """Make the document for the new width; the stop stays in view."""
        self._bring_up_to_date()
        super().on_resize()
        if self.stop is not None:
            self.show_line(self.stop.line)


def highlight(spans: Line, start: int, end: int) -> Line:
    """`spans` with those between the cells `start` and `end` in the cursor's style."""
    result: list[Span] = []
    x = 0
    for text, name in spans:
        is_inside = start <= x < end
        result.append((text, "cursor" if is_inside else name))
        x += cell_width(text)
    return result
