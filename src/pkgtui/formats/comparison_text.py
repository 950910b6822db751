"""A comparison as text for a terminal: nothing wider than it, no cut without a sign.

Packages are columns while they fit and lines beyond that; what does not fit into one
table goes into the next.
"""

from itertools import zip_longest

from pkgtui.domain.comparison import Comparison, Row
from pkgtui.formats.layout import clip_lines, wrap_name
from pkgtui.formats.row_text import BEST, RowText, cells_width
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width, pad, pluralize, wrap

_GAP = "  "
_NARROWEST_COLUMN, _WIDEST_COLUMN = 17, 30
_TITLE_WIDTH = 28
_MOST_LINES = 3
"""Lines that a title or a description gets in a column."""


def comparison_text(
    comparison: Comparison, style: TextStyle, *, is_scale_shared: bool = True
) -> list[str]:
    """Lines for a terminal; none is wider than `style.width`."""
    count = len(comparison.entrants)
    packages = pluralize(count, "package")
    title = style.data(f"{comparison.title} · {packages}")
    lines = [style.bold(style.cut(title, style.width)), ""]
    if not count:
        return [*lines, *wrap("There is nothing to compare.", style.width)]
    if not comparison.rows:
        return [*lines, *wrap("These packages differ in nothing.", style.width)]
    label_width = max(cell_width(row.label) for row in comparison.rows)
    room = style.width - label_width
    column = min(_WIDEST_COLUMN, room // count - len(_GAP))
    if column >= _NARROWEST_COLUMN:
        widths = (label_width, column)
        lines += _as_columns(comparison, widths, style, is_scale_shared)
    else:
        lines += _as_lines(comparison, style, is_scale_shared)
    if any(row.best is not None for row in comparison.rows):
        lines += ["", style.dim(f"{BEST.strip()} best")]
    return lines


def _as_columns(
    comparison: Comparison,
    widths: tuple[int, int],
    style: TextStyle,
    is_scale_shared: bool,
) -> list[str]:
    label_width, width = widths
    entrants = comparison.entrants
    titles = [
        wrap_name(style.data(e.title), width, _MOST_LINES, style) for e in entrants
    ]
    lines = [style.bold(line) for line in _joined("", label_width, titles, width)]
    for row in comparison.rows:
        text = RowText(row, entrants, width, style, is_scale_shared=is_scale_shared)
        blocks = [
            _cell_lines(row, at, text, width, style) for at in range(len(entrants))
        ]
        lines += _joined(row.label, label_width, blocks, width)
    return lines


def _cell_lines(
    row: Row, at: int, text: RowText, width: int, style: TextStyle
) -> list[str]:
    whole = style.data(row.cells[at].text)
    if cell_width(whole) <= width or row.cells[at].short:
        cell = text.cell(at)
        return [style.bold(cell) if row.is_best(at) else cell]
    return clip_lines(wrap(whole, width), " ", width, _MOST_LINES, style)


def _joined(
    label: str, label_width: int, blocks: list[list[str]], width: int
) -> list[str]:
    """Blocks of lines side by side behind their label."""
    lines = []
    for at, cells in enumerate(zip_longest(*blocks, fillvalue="")):
        head = pad("" if at else label, label_width)
        # A cell that is shorter is plain: one with codes fills its column.
        filled = [cell + " " * max(0, width - cell_width(cell)) for cell in cells]
        lines.append(_GAP.join([head, *filled]).rstrip())
    return lines


def _as_lines(
    comparison: Comparison, style: TextStyle, is_scale_shared: bool
) -> list[str]:
    """Tables with packages as lines, each with as many facts as fit."""
    entrants = comparison.entrants
    names = [style.data(entrant.title) for entrant in entrants]
    title_width = min(
        max(7, *map(cell_width, names)), _TITLE_WIDTH, max(8, style.width // 3)
    )
    room = style.width - title_width - len(_GAP)
    lines: list[str] = []
    for rows in _bands(comparison, room, style):
        widths = [min(_needed_width(row, style), room) for row in rows]
        texts = [
            RowText(
                row,
                entrants,
                width,
                style,
                is_scale_shared=is_scale_shared,
                is_column=True,
            )
            for row, width in zip(rows, widths, strict=True)
        ]
        heads = [
            pad(style.cut(row.label, width), width)
            for row, width in zip(rows, widths, strict=True)
        ]
        head = _GAP.join([pad("package", title_width), *heads]).rstrip()
        lines += ["", style.bold(head)] if lines else [style.bold(head)]
        for at, name in enumerate(names):
            cells = [
                style.bold(text.cell(at)) if row.is_best(at) else text.cell(at)
                for row, text in zip(rows, texts, strict=True)
            ]
            title = pad(style.cut(name, title_width), title_width)
            lines.append(_GAP.join([title, *cells]).rstrip())
    return lines


def _needed_width(row: Row, style: TextStyle) -> int:
    return max(cell_width(row.label), cells_width(row, style))


def _bands(comparison: Comparison, room: int, style: TextStyle) -> list[list[Row]]:
    """The rows in groups whose columns fit beside the titles."""
    bands: list[list[Row]] = []
    left = 0
    for row in comparison.rows:
        width = _needed_width(row, style)
        if not bands or width > left:
            bands.append([])
            left = room
        bands[-1].append(row)
        left -= width + len(_GAP)
    return bands
