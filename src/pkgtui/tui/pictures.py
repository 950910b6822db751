"""Pictures of the screen that come out right wherever they are looked at.

librsvg, which many desktops draw SVG with, drops the no-break spaces that a text begins
with; so a text begins where its first letter stands.
"""

import re

CELL_WIDTH = 12.2
"""As Rich draws a cell in its SVG."""
_BLANK_START = re.compile(
    r'(<text class="[^"]*") x="([\d.]+)"( y="[\d.]+") textLength="([\d.]+)"'
    r"([^>]*>)((?:&#160;)+)(?!&#160;|<)"
)


def with_texts_in_place(svg: str) -> str:
    """`svg`, a picture made by Rich, in which no text begins with a blank."""
    return _BLANK_START.sub(_moved, svg)


def _moved(match: re.Match[str]) -> str:
    head, x, y, length, rest, blanks = match.groups()
    width = blanks.count(";") * CELL_WIDTH
    start, left = float(x) + width, float(length) - width
    return f'{head} x="{start:g}"{y} textLength="{left:g}"{rest}'
