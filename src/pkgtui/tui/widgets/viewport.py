"""A window on many lines: drawing costs what is visible, moving repaints what changed.

Textual's ScrollView lays the screen out again whenever the number of lines changes and
brings scroll bar widgets with it; this draws its own thumb in its last column.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from pkgtui.text import to_ascii_in_place
from pkgtui.tui.widgets.line_widget import Line, SpanWidget, changed_cells

WHEEL_LINES = 3
THUMB = "┃"


class Viewport(SpanWidget, can_focus=True):
    """Shows `line_count` lines from `top` on; subclasses say what a line is."""

    DEFAULT_CSS = "Viewport { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        """The first line in view."""
        self._drawn: dict[int, Strip] = {}
        """What the screen shows, by line of the window."""
        self._next: dict[int, Strip] = {}
        """What was drawn to find out what differs, and is to be painted."""
        self._is_painting_whole = True

    @property
    def line_count(self) -> int:
        """How many lines there are in all."""
        raise NotImplementedError

    def line(self, index: int, width: int) -> tuple[Line, str]:
        """Line `index` as spans in `width` cells, and the name of its row style."""
        raise NotImplementedError

    @property
    def line_width(self) -> int:
        """Cells that a line may fill: all but the thumb's column."""
        return max(1, self.size.width - 1)

    @property
    def page_height(self) -> int:
        """How many lines are in view."""
        return max(1, self.size.height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """All lines, for a widget whose height is `auto`."""
        return max(1, self.line_count)

    def notify_style_update(self) -> None:
        """Forget what was drawn for the styles there were."""
        self._next.clear()
        super().notify_style_update()

    def lines_changed(self) -> None:
        """Paint what differs after the lines were replaced; an auto height follows."""
        if self.styles.is_auto_height and self.line_count != self.size.height:
            self.refresh(layout=True)
        self.repaint_changed()

    def index_at(self, y: int) -> int:
        """The line that stands `y` lines below the top of the window."""
        return self.top + y

    def render_line(self, y: int) -> Strip:
        """Draw what stands `y` lines below the top of the window."""
        size = self.size
        strip = self._next.pop(y, None)
        if strip is None or strip.cell_length != size.width:
            strip = self._draw(y, size)
        self._drawn[y] = strip
        return strip

    def _draw(self, y: int, size: Size) -> Strip:
        width = max(1, size.width - 1)
        index = self.index_at(y)
        spans: Line = ()
        row_style = ""
        if index < self.line_count:
            spans, row_style = self.line(index, width)
        text = self.strip(spans, width, row_style)
        if size.width <= width:
            return text
        glyph, style = (THUMB, "dim") if self._is_thumb(y, size.height) else (" ", "")
        if self.is_ascii:
            glyph = to_ascii_in_place(glyph)
        return Strip([*text, Segment(glyph, self.span_style(style))], size.width)

    def _is_thumb(self, y: int, height: int) -> bool:
        count = self.line_count
        if count <= height:
            return False
        length = max(1, height * height // count)
        start = round(self.top * (height - length) / (count - height))
        return start <= y < start + length

    def scroll_to_line(self, top: int) -> None:
        """Make `top` the first line in view, as far as there are lines."""
        top = max(0, min(top, self.line_count - self.page_height))
        if top != self.top:
            self.top = top
            self.repaint_changed()

    def show_line(self, index: int, margin: int = 0) -> None:
        """Scroll as little as brings `index` into view, with `margin` lines around."""
        margin = min(margin, (self.page_height - 1) // 2)
        if index - margin < self.top:
            self.scroll_to_line(index - margin)
        elif index + margin >= self.top + self.page_height:
            self.scroll_to_line(index + margin - self.page_height + 1)

    def repaint_line(self, index: int) -> None:
        """Repaint what changed of one line, if it is in view."""
        y = index - self.top
        size = self.size
        if 0 <= y < size.height:
            self._repaint_cells(y, size)

    def repaint_changed(self) -> None:
        """Repaint the cells in view that would come out differently now."""
        size = self.size
        if not size:
            # Out of view: it is not to come back as it was.
            self.refresh()
        for y in range(size.height):
            self._repaint_cells(y, size)

    def _repaint_cells(self, y: int, size: Size) -> None:
        self._next.pop(y, None)
        drawn = self._drawn.get(y)
        if drawn is None:
            return
        strip = self._draw(y, size)
        cells = changed_cells(drawn, strip)
        if cells is not None:
            start, end = cells
            self._next[y] = strip
            super().refresh(Region(start, y, end - start, 1))

    # Textual repaints a widget whole when the focus comes or goes.

    def focus(self, scroll_visible: bool = True) -> Self:
        """Take the focus."""
        with self._painting_what_differs():
            return super().focus(scroll_visible)

    def on_focus(self, event: events.Focus) -> None:
        """Paint the cursor as one that moves."""
        event.prevent_default()
        with self._painting_what_differs():
            super()._on_focus(event)
        self.repaint_changed()

    def on_blur(self, event: events.Blur) -> None:
        """Paint the cursor as one that rests."""
        event.prevent_default()
        with self._painting_what_differs():
            super()._on_blur(event)
        self.repaint_changed()

    @contextmanager
    def _painting_what_differs(self) -> Iterator[None]:
        self._is_painting_whole = False
        try:
            yield
        finally:
            self._is_painting_whole = True

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Repaint, as Textual does."""
        is_whole = repaint and not (regions or layout or recompose)
        if is_whole and self._drawn and not self._is_painting_whole:
            return self
        self._next.clear()
        return super().refresh(
            *regions, repaint=repaint, layout=layout, recompose=recompose
        )

    def line_at(self, event: events.MouseEvent) -> int | None:
        """The line under the pointer; None beside or below the lines."""
        offset = event.get_content_offset(self)
        if offset is None or self.index_at(offset.y) >= self.line_count:
            return None
        return self.index_at(offset.y)

    def on_resize(self) -> None:
        """Keep the window within the lines; paint what changed while it was hidden."""
        # The layout has painted the whole widget and left the order to paint it behind,
        # which Textual would carry out a second time.
        self._repaint_regions.clear()
        self.scroll_to_line(self.top)
        self.repaint_changed()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self.scroll_to_line(self.top + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll without moving the cursor."""
        event.stop()
        self.scroll_to_line(self.top - WHEEL_LINES)
