"""Parts that fill the place they are given: nothing in them scrolls."""

from textual.containers import Container, Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive


class Placed:
    """Mixed into a widget whose size follows from its place alone.

    For the sake of scroll bars Textual lays out and paints once more when the size of
    the content turns out: at the start that would be the whole screen again.
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)


class Box(Placed, Container):
    """Parts laid out as the stylesheet says."""


class Row(Placed, Horizontal):
    """Parts side by side."""


class Column(Placed, Vertical):
    """Parts below each other."""
