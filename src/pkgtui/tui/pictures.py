"""Pictures of the screen that come out right wherever they are looked at.

librsvg, which many desktops draw SVG with, gives every letter its own width whatever
`textLength` says, and drops the no-break spaces that a text begins with; so a text
begins anew behind every gap, where its first letter stands.
"""

import re
from collections.abc import Iterator
from html import unescape

from pkgtui.text import cell_width

CELL_WIDTH = 12.2
"""As Rich draws a cell in its SVG."""
_TEXT = re.compile(
    r'(<text class="[^"]*") x="([\d.]+)"( y="[\d.]+") textLength="[\d.]+"'
    r"([^>]*>)([^<]*)</text>"
)
_GAP = re.compile(r"(^(?:&#160;)+|(?:&#160;){2,})")


def with_texts_in_place(svg: str) -> str:
    """`svg`, a picture made by Rich, in which no text has a gap or begins with one."""
    return _TEXT.sub(lambda match: "".join(_pieces(match)), svg)


def _pieces(match: re.Match[str]) -> Iterator[str]:
    head, x, y, rest, content = match.groups()
    start = float(x)
    for piece in _GAP.split(content):
        length = cell_width(unescape(piece)) * CELL_WIDTH
        if piece and not _GAP.fullmatch(piece):
            at = f'x="{start:g}"{y} textLength="{length:g}"'
            yield f"{head} {at}{rest}{piece}</text>"
        start += length
