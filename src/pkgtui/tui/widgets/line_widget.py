"""Lines as spans of text with a named style, turned into strips that Textual paints.

The base of every widget that draws itself line by line. Text is put on the screen as it
is: no markup is parsed here, and a line is cut or filled to the exact width.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from pkgtui.text import cell_width, strip_emoji_modifiers, to_ascii_in_place, truncate
from pkgtui.tui.colors import legible
from pkgtui.tui.errors import ReportsStoreErrors
from pkgtui.tui.widgets.containers import Positioned

Span = tuple[str, str]
"""Text and the name of its style: one of `STYLE_NAMES`, or "" for the plain one."""
Line = Sequence[Span]

STYLE_NAMES = (
    "title",  # names of things
    "heading",  # names of parts, columns, panes
    "heading-focus",  # the same in the pane that has the focus
    "dim",  # what matters less: dormant rows, units, frames
    "link",  # what enter or a click follows
    "bar",  # commits
    "warn",  # what went wrong
    "mark",
)
ROW_STYLES = ("cursor", "cursor-idle")


SPAN_CLASSES = frozenset(f"span--{name}" for name in (*STYLE_NAMES, *ROW_STYLES))
"""The component classes of every screen that has such widgets.

They are the screen's, not each widget's: Textual applies the stylesheets to every
component class of every widget, which cost more than all the drawing at the start.
"""


class SpanWidget(ReportsStoreErrors, Positioned, Widget):
    """A widget whose lines are spans; subclasses draw with `strip`."""

    is_ascii = False
    """Whether every character drawn has to be ASCII; set for the whole class."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._styles_by_name: dict[tuple[str, str], Style] = {}

    def notify_style_update(self) -> None:
        """Forget combined styles: the theme, the focus or a class has changed."""
        self._styles_by_name = {}
        super().notify_style_update()

    def strip(self, line: Line, width: int, row_style: str = "") -> Strip:
        """A strip of exactly `width` cells."""
        pieces: list[tuple[str, Style]] = []
        left = width
        for text, name in line:
            text = strip_emoji_modifiers(text)
            cells = cell_width(text)
            if cells > left:
                text = truncate(text, left)
                cells = cell_width(text)
            if self.is_ascii:
                text = to_ascii_in_place(text)
            if text:
                pieces.append((text, self.span_style(name, row_style)))
            left -= cells
            if left <= 0:
                break
        if left > 0:
            pieces.append((" " * left, self.span_style("", row_style)))
        return Strip(_merge(pieces), width)

    def span_style(self, name: str, row_style: str = "") -> Style:
        """The Rich style of a span, over the style of its row."""
        key = (name, row_style)
        style = self._styles_by_name.get(key)
        if style is None:
            style = self._combine(name, row_style)
            if not self.app.native_ansi_color:
                style = legible(style, self.rich_style, self._color_system)
            self._styles_by_name[key] = style
        return style

    def _combine(self, name: str, row_style: str) -> Style:
        if "cursor" in (name, row_style):
            # One style for the whole row: readable on any theme, and few bytes.
            return self._component_style("cursor")
        style = self.rich_style
        if name:
            span = self._component_style(name)
            style += Style(
                color=span.color,
                bold=span.bold,
                dim=span.dim,
                italic=span.italic,
                underline=span.underline,
                reverse=span.reverse,
            )
        if row_style:
            row = self._component_style(row_style)
            style += Style(bgcolor=row.bgcolor, bold=row.bold)
        return style

    @property
    def _color_system(self) -> ColorSystem:
        name = self.app.console.color_system
        if name is None or self.app.is_headless:
            return ColorSystem.TRUECOLOR
        return COLOR_SYSTEMS[name]

    def _component_style(self, name: str) -> Style:
        return self.screen.get_component_rich_style(f"span--{name}", default=Style())


def _merge(pieces: Iterable[tuple[str, Style]]) -> list[Segment]:
    """Join neighbors of one look: every change of style costs bytes on the line.

    Blanks have no color of their own, so that they take the style beside them.
    """
    merged: list[tuple[str, Style]] = []
    for text, style in pieces:
        if merged:
            last_text, last_style = merged[-1]
            if last_style == style:
                merged[-1] = (last_text + text, style)
                continue
            if _look_alike_blank(last_style, style):
                if text.isspace():
                    merged[-1] = (last_text + text, last_style)
                    continue
                if last_text.isspace():
                    merged[-1] = (last_text + text, style)
                    continue
        merged.append((text, style))
    return [Segment(text, style) for text, style in merged]


@lru_cache(256)
def _look_alike_blank(one: Style, other: Style) -> bool:
    """Whether a blank looks the same in both styles."""
    return one.bgcolor == other.bgcolor and not any(
        (style.underline or style.reverse or style.strike) for style in (one, other)
    )


def spread(left: Line, right: Line, width: int) -> list[Span]:
    """`left` and `right` at the two ends of a line of `width` cells.

    Where both do not fit, `left` is cut, and `right` goes once it has no room at all.
    """
    right_cells = sum(cell_width(text) for text, _ in right)
    room = width - right_cells - (2 if right_cells else 0)
    if room < min(8, width):
        right, right_cells, room = (), 0, width
    spans: list[Span] = []
    used = 0
    for text, name in left:
        text = truncate(text, room - used)
        used += cell_width(text)
        if text:
            spans.append((text, name))
    spans.append((" " * (width - used - right_cells), ""))
    return [*spans, *right]


def highlighted(
    text: str, ranges: tuple[tuple[int, int], ...], style: str, width: int
) -> list[Span]:
    """`text` in exactly `width` cells, the characters in `ranges` underlined."""
    plain = strip_emoji_modifiers(text)
    if plain != text:
        ranges = tuple(
            (
                len(strip_emoji_modifiers(text[:start])),
                len(strip_emoji_modifiers(text[:end])),
            )
            for start, end in ranges
        )
    shown = truncate(plain, width)
    kept = len(shown) - 1 if shown != plain else len(shown)
    spans: list[Span] = []
    at = 0
    for start, end in ranges:
        start, end = max(at, min(start, kept)), min(end, kept)
        if end <= start:
            continue
        spans += [(shown[at:start], style), (shown[start:end], "link")]
        at = end
    spans += [(shown[at:], style), (" " * (width - cell_width(shown)), "")]
    return [span for span in spans if span[0]]


def changed_cells(old: Strip, new: Strip) -> tuple[int, int] | None:
    """The first cell that differs and the one after the last; None if nothing does.

    Whole segments are compared, and the blanks at the ends of those that differ: most
    of a line of text is the space behind it.
    """
    before, after = list(old), list(new)
    start = 0
    while before and after and before[0] == after[0]:
        start += before.pop(0).cell_length
        after.pop(0)
    end = new.cell_length
    if old.cell_length != end:
        return 0, end
    while before and after and before[-1] == after[-1]:
        end -= before.pop().cell_length
        after.pop()
    if not before and not after:
        return None
    if before and after and before[-1].style == after[-1].style:
        end -= min(_blanks(before[-1]), _blanks(after[-1]))
    return start, end


def _blanks(segment: Segment) -> int:
    """How many spaces `segment` ends with."""
    return len(segment.text) - len(segment.text.rstrip(" "))
