"""Pieces of text put into columns and lines of a terminal's width."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width, fits, pad, wrap

INDENT = 2
_LABEL_COLUMNS = 14
_VALUE_AT = INDENT + _LABEL_COLUMNS
_STACKED_INDENT = 4
_MIN_VALUE_WIDTH = 26
_GAP = 2
_NAME_PARTS = re.compile(r"[^-_./ ]*[-_./ ]?")


def wrap_items(items: Iterable[str], separator: str, width: int) -> list[str]:
    """Lines of at most `width` columns, broken between items where that is possible."""
    lines: list[str] = []
    line = ""
    tail = separator.rstrip()
    for item in items:
        candidate = f"{line}{separator}{item}" if line else item
        # Any item but the last may have to carry the separator to its line's end.
        if fits(f"{candidate}{tail}", width):
            line = candidate
            continue
        if line:
            lines.append(f"{line}{tail}")
        *whole, line = wrap(item, width - len(tail))
        lines += whole
    return [*lines, line] if line else lines


def wrap_name(name: str, width: int, most: int, style: TextStyle) -> list[str]:
    """`name` on at most `most` lines, broken at its hyphens where there are any."""
    parts = _NAME_PARTS.findall(name)
    pieces = (piece for part in parts for piece in _broken(part, width))
    lines: list[str] = []
    for piece in pieces:
        joined = f"{lines[-1]}{piece}" if lines else piece
        if lines and fits(joined.rstrip(), width):
            lines[-1] = joined
        else:
            lines.append(piece)
    return clip_lines(lines, "", width, most, style)


def _broken(part: str, width: int) -> list[str]:
    return [part] if fits(part, width) else wrap(part, width)


def clip_lines(
    lines: Sequence[str], joint: str, width: int, most: int, style: TextStyle
) -> list[str]:
    """At most `most` lines; what comes after is put to the last one, which is cut."""
    if len(lines) > most:
        lines = [*lines[: most - 1], joint.join(lines[most - 1 :])]
    return [style.cut(line.strip(), width) for line in lines]


def labelled(
    label: str, items: Sequence[str], separator: str, style: TextStyle
) -> list[str]:
    """A label and its value beside it, or beneath it where there is no room.

    An empty label continues the field above.

    One item alone is not broken if it fits into a line of its own: an address that is
    cut in two cannot be followed.
    """
    width = style.prose_width
    room = width - _VALUE_AT
    is_stacked = room < _MIN_VALUE_WIDTH
    indent = _STACKED_INDENT
    if len(items) == 1 and " " not in items[0] and not fits(items[0], room):
        is_stacked = True
        indent = max(0, min(indent, width - cell_width(items[0])))
    head = " " * INDENT + style.dim(label)
    if is_stacked:
        lines = wrap_items(items, separator, width - indent)
        return [*([head] if label else []), *(" " * indent + line for line in lines)]
    first, *rest = wrap_items(items, separator, room) or [""]
    fill = " " * (_LABEL_COLUMNS - len(label))
    return [head + fill + first, *(" " * _VALUE_AT + line for line in rest)]


class TextColumn(NamedTuple):
    """One column of a text table."""

    label: str
    is_number: bool = False
    """Aligned to the right, and cut only where no text is left to give way."""
    narrowest: int = 8
    """Columns that the text keeps where the table is cut to the terminal's width."""


def text_table(
    columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], style: TextStyle
) -> list[str]:
    """Aligned lines under a header; text columns share what the numbers leave.

    Text at the right is dropped where not even its narrowest form fits; numbers stay.
    """
    wanted = [
        max([len(column.label), *(cell_width(row[at]) for row in rows)])
        for at, column in enumerate(columns)
    ]
    widths = _fit(columns, wanted, style.width)
    head = [
        pad(style.cut(column.label, width), width, right=column.is_number)
        for column, width in zip(columns, widths, strict=False)
    ]
    lines = [style.dim(_join(head))]
    for row in rows:
        cells = [
            pad(style.cut(cell, width), width, right=column.is_number)
            for cell, column, width in zip(row, columns, widths, strict=False)
        ]
        lines.append(_join(cells))
    return lines


def _join(cells: Sequence[str]) -> str:
    return (" " * _GAP).join(cells).rstrip()


def _spare(widths: Sequence[int], width: int) -> int:
    return width - sum(widths) - _GAP * (len(widths) - 1)


def _fit(columns: Sequence[TextColumn], wanted: Sequence[int], width: int) -> list[int]:
    """Widths that make up at most `width`; fewer than there are columns if need be."""
    widths = [
        want if column.is_number else min(want, column.narrowest)
        for column, want in zip(columns, wanted, strict=True)
    ]
    count = len(columns)
    while count > 1 and _spare(widths, width) < 0 and not columns[count - 1].is_number:
        count -= 1
        del widths[-1]
    for gives_way in (False, True):  # text first, then numbers of twenty digits
        for at in range(count):
            if _spare(widths, width) < 0 and columns[at].is_number == gives_way:
                widths[at] = max(1, widths[at] + _spare(widths, width))
    spare = _spare(widths, width)
    while spare > 0:
        hungry = [at for at in range(count) if widths[at] < wanted[at]]
        if not hungry:
            break
        for at in hungry:
            given = min(wanted[at] - widths[at], max(1, spare // len(hungry)), spare)
            widths[at] += given
            spare -= given
    return widths
