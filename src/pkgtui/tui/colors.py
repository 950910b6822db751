"""Leaves the terminal's own colors unsaid: they hold where nothing else is said.

Under NO_COLOR that is all of them, so that no color code is written; with a theme of
the terminal's colors it is most, and each was ten bytes on the line.
"""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class StripDefaultColors(LineFilter):
    """Takes the colors from styles that only say "as usual"."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments, with fewer codes."""
        return [
            Segment(text, _unsaid(style) if style is not None else None, control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def _unsaid(style: Style) -> Style:
    kept = [
        None if color is None or color.is_default else color
        for color in (style.color, style.bgcolor)
    ]
    if kept == [style.color, style.bgcolor]:
        return style
    return style.without_color + Style(color=kept[0], bgcolor=kept[1])
