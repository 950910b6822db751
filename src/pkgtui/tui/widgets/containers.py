"""Parts that fill the place they are given: nothing in them scrolls."""

from textual.containers import Container, Horizontal, Vertical
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget


class Positioned:
    """Mixed into a widget whose size follows from its place alone.

    For the sake of scroll bars Textual lays out and paints once more when the size of
    the content turns out: at the start that would be the whole screen again.
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)


def _background(widget: Widget, crop: Region) -> list[Strip]:
    """The lines of a part of which nothing else is seen: all of them are one."""
    strip = Strip.blank(crop.width, widget.visual_style.rich_style)
    _, background = widget.background_colors
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, background)
    return [strip] * crop.height


class PositionedContainer(Positioned, Container):
    """Parts laid out as the stylesheet says, with no frame around them."""

    render_lines = _background


class PositionedHorizontal(Positioned, Horizontal):
    """Parts side by side, with no frame around them."""

    render_lines = _background


class PositionedVertical(Positioned, Vertical):
    """Parts below each other, with no frame around them."""

    render_lines = _background
