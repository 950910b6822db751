"""Tables as CSV and as Markdown, safe to open and to paste.

Whatever stands in a cell stays in it: a spreadsheet finds no formula in the CSV, and a
Markdown cell neither ends its table nor starts a markup of its own.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from pkgtui.domain.json_schema import CategoryObject, GridObject
from pkgtui.text import to_ascii

Cell = str | int | None
"""None is unknown: empty in CSV, a dash in Markdown."""

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# What spreadsheets take for the start of a formula, full-width forms included:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$&])")
# Without the backslash, which escapes what follows it even at the end of a URL.
_PLAIN_URL = re.compile(r"https?://[!-;=?-[\]^_a-{}~]+")
_BARS_OR_NOT_ASCII = re.compile(r"`[▁▂▃▄▅▆▇█\u00a0]+`|[^\x00-\x7f]+")


class Table(NamedTuple):
    """Lines of cells under their labels."""

    labels: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def render_csv(table: Table) -> str:
    """`table` as RFC 4180 has it: a header line, commas, lines that end in CRLF."""
    import csv
    import io

    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(table.labels)
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return buffer.getvalue()


def render_markdown(table: Table) -> str:
    """`table` as a Markdown table; columns of numbers are aligned to the right."""
    columns = range(len(table.labels))
    rules = [
        "---:" if _is_numeric([row[at] for row in table.rows]) else "---"
        for at in columns
    ]
    lines = [
        _markdown_line([markdown_cell(label) for label in table.labels]),
        _markdown_line(rules),
        *(_markdown_line([markdown_cell(cell) for cell in row]) for row in table.rows),
    ]
    return "\n".join(lines) + "\n"


def render_markdown_cells(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table of cells that are Markdown already (see `markdown_cell`)."""
    lines = [labels, ["---"] * len(labels), *rows]
    return "".join(f"{_markdown_line(line)}\n" for line in lines)


def turned(table: Table) -> Table:
    """`table` with its lines as columns, the first column becoming the labels."""
    labels = (table.labels[0], *(str(row[0]) for row in table.rows))
    rows = [
        (label, *(row[at] for row in table.rows))
        for at, label in enumerate(table.labels)
    ]
    return Table(labels, rows[1:])


def ascii_table(table: Table) -> Table:
    """`table` in ASCII, cell by cell: what a letter becomes may be a comma or ``=``."""
    rows = [
        [to_ascii(cell) if isinstance(cell, str) else cell for cell in row]
        for row in table.rows
    ]
    return Table(tuple(map(to_ascii, table.labels)), rows)


def ascii_markdown(markdown: str) -> str:
    """`markdown` in ASCII, what letters become escaped where it would be markup."""
    return _BARS_OR_NOT_ASCII.sub(_ascii_piece, markdown)


def _ascii_piece(piece: re.Match[str]) -> str:
    text = to_ascii(piece[0])
    return text if piece[0].startswith("`") else _escaped(text)


def _escaped(text: str) -> str:
    return _MARKDOWN_SPECIAL.sub(r"\\\1", text)


def markdown_cell(cell: Cell) -> str:
    """`cell` on one line, shown by a Markdown reader as it is; addresses are linked."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, int):
        return str(cell)
    if _PLAIN_URL.fullmatch(cell):
        return f"<{cell}>"
    return _escaped(" ".join(cell.split()))


def _markdown_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_numeric(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(isinstance(cell, int) for cell in known)


def _csv_cell(cell: Cell) -> Cell:
    if (
        isinstance(cell, str)
        and cell.startswith(_FORMULA_STARTS)
        and not _NUMBER.fullmatch(cell)
    ):
        return f"'{cell}"
    return cell


_GRID_KEYS = {
    "slug": "slug",
    "title": "title",
    "packages": "package_count",
    "active": "active_count",
    "description": "description",
    "web page": "web_url",
    "id": "id",
}
_CATEGORY_KEYS = {
    "slug": "slug",
    "title": "title",
    "plural": "title_plural",
    "packages": "package_count",
    "description": "description",
    "web page": "web_url",
    "id": "id",
}


def grid_table(grids: Sequence[GridObject]) -> Table:
    """One line a grid."""
    return _table(_GRID_KEYS, grids)


def category_table(categories: Sequence[CategoryObject]) -> Table:
    """One line a category."""
    return _table(_CATEGORY_KEYS, categories)


def _table(keys: Mapping[str, str], objects: Sequence[Mapping[str, object]]) -> Table:
    rows = [[cast("Cell", item[key]) for key in keys.values()] for item in objects]
    return Table(tuple(keys), rows)
