"""How text for a terminal may look: its width, whether in color, whether in ASCII.

Color is bold and dim only and never carries meaning; it is put on finished pieces,
after everything was measured, since its codes take no columns.
"""

from typing import NamedTuple

from pkgtui.text import as_drawn, truncate, wrap

PROSE_COLUMNS = 100
"""Lines of running text are kept shorter than this, however wide the terminal is."""
MIN_WIDTH = 20


class TextStyle(NamedTuple):
    """What the renderers of text have to keep to."""

    width: int = 80
    """Columns that no line exceeds."""
    is_color: bool = False
    is_ascii: bool = False

    @property
    def prose_width(self) -> int:
        """Columns for running text."""
        return min(self.width, PROSE_COLUMNS)

    def bold(self, text: str) -> str:
        """`text` standing out."""
        return f"\x1b[1m{text}\x1b[0m" if self.is_color and text else text

    def dim(self, text: str) -> str:
        """`text` standing back."""
        return f"\x1b[2m{text}\x1b[0m" if self.is_color and text else text

    def data(self, text: str) -> str:
        """`text` from the catalog as it will be written, ready to be measured."""
        return as_drawn(text, is_ascii=self.is_ascii)

    def cut(self, text: str, width: int) -> str:
        """`text` in at most `width` columns, the cut marked with ``…`` or ``...``."""
        if not self.is_ascii or len(text) <= width:
            return truncate(text, width)
        return text[: max(0, width - 3)].rstrip() + "..."[: max(0, width)]


def footer(source: str, style: TextStyle) -> list[str]:
    """What a list says beneath it of its source, after an empty line."""
    return ["", *(style.dim(line) for line in wrap(source, style.prose_width))]
