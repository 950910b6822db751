"""A comparison written down: text for a terminal, Markdown, CSV and JSON.

All four print the rows of `pkgtui.domain.comparison`. In text, packages are columns
while they fit and lines beyond that; what does not fit into one table goes into the
next, and whatever is cut is marked.
"""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from pkgtui.domain.comparison import (
    Cell,
    Comparison,
    Entrant,
    Row,
    RowKey,
    shared_maximum,
)
from pkgtui.domain.records import PackageObject, package_object
from pkgtui.formats.package_table import package_table
from pkgtui.formats.sparkline import sparkline
from pkgtui.formats.style import TextStyle
from pkgtui.formats.tables import (
    Table,
    markdown_cell,
    render_csv,
    render_markdown_cells,
)
from pkgtui.text import cell_width, pad

MOST_MARKDOWN_COLUMNS = 6
"""As many packages stand side by side in Markdown; more of them become lines."""
SPARKLINE_WIDTH = 13
_GAP = "  "
_NARROWEST_COLUMN, _WIDEST_COLUMN = 17, 30
_TITLE_WIDTH = 28


def comparison_object(
    comparison: Comparison, now: datetime, web_url: Callable[[str], str]
) -> dict[str, object]:
    """The document of ``grid`` and ``compare``: packages, and the rows over them."""
    return {
        "title": comparison.title,
        "packages": _objects(comparison, now, web_url),
        "rows": [
            {
                "label": row.label,
                "values": [cell.value for cell in row.cells],
                "best": [
                    entrant.slug
                    for entrant, cell in zip(
                        comparison.entrants, row.cells, strict=True
                    )
                    if cell.is_best
                ],
                "differs": not row.is_same,
            }
            for row in comparison.rows
        ],
    }


def comparison_csv(
    comparison: Comparison, now: datetime, web_url: Callable[[str], str]
) -> str:
    """One line a package, with every fact that the JSON of a package has."""
    return render_csv(comparison_table(comparison, now, web_url))


def comparison_table(
    comparison: Comparison, now: datetime, web_url: Callable[[str], str]
) -> Table:
    """The lines of the CSV."""
    return package_table(_objects(comparison, now, web_url))


def comparison_markdown(comparison: Comparison) -> str:
    """Packages as columns up to six, as lines beyond; the best of a row is bold."""
    labels = [row.label for row in comparison.rows]
    titles = [entrant.title for entrant in comparison.entrants]
    by_row = [[_markdown(cell) for cell in row.cells] for row in comparison.rows]
    if len(titles) <= MOST_MARKDOWN_COLUMNS:
        return render_markdown_cells(
            ["", *map(markdown_cell, titles)],
            [
                [markdown_cell(label), *cells]
                for label, cells in zip(labels, by_row, strict=True)
            ],
        )
    return render_markdown_cells(
        ["package", *map(markdown_cell, labels)],
        [
            [markdown_cell(title), *(cells[at] for cells in by_row)]
            for at, title in enumerate(titles)
        ],
    )


def comparison_text(comparison: Comparison, style: TextStyle) -> list[str]:
    """Lines for a terminal; none is wider than `style.width`."""
    count = len(comparison.entrants)
    packages = f"{count} package{'' if count == 1 else 's'}"
    title = style.data(f"{comparison.title} · {packages}")
    lines = [style.bold(style.cut(title, style.width)), ""]
    if not count:
        return [*lines, "There is nothing to compare."]
    label_width = max(cell_width(row.label) for row in comparison.rows)
    room = style.width - label_width
    column = min(_WIDEST_COLUMN, room // count - len(_GAP))
    if column >= _NARROWEST_COLUMN:
        lines += _as_columns(comparison, label_width, column, style)
    else:
        lines += _as_lines(comparison, style)
    return [*lines, "", style.dim(style.cut("* best of its row", style.width))]


def _as_columns(
    comparison: Comparison, label_width: int, column: int, style: TextStyle
) -> list[str]:
    titles = [style.data(entrant.title) for entrant in comparison.entrants]
    head = [pad("", label_width), *(pad(style.cut(t, column), column) for t in titles)]
    lines = [style.bold(_GAP.join(head).rstrip())]
    scale = shared_maximum(comparison.entrants, _bars(column))
    for row in comparison.rows:
        cells = [
            _text(row, at, entrant, column, scale, style)
            for at, entrant in enumerate(comparison.entrants)
        ]
        lines.append(_GAP.join([pad(row.label, label_width), *cells]).rstrip())
    return lines


def _as_lines(comparison: Comparison, style: TextStyle) -> list[str]:
    """Tables with packages as lines, each with as many facts as fit."""
    scale = shared_maximum(comparison.entrants, SPARKLINE_WIDTH)
    title_width = min(
        max(7, *(cell_width(style.data(e.title)) for e in comparison.entrants)),
        _TITLE_WIDTH,
        max(8, style.width // 3),
    )
    lines: list[str] = []
    for rows in _bands(comparison, style.width - title_width, style):
        widths = [
            min(w, style.width - title_width - len(_GAP))
            for w in (_width_of(row, style) for row in rows)
        ]
        heads = [
            pad(style.cut(row.label, w), w) for row, w in zip(rows, widths, strict=True)
        ]
        head = _GAP.join([pad("package", title_width), *heads]).rstrip()
        lines += ["", style.bold(head)] if lines else [style.bold(head)]
        for at, entrant in enumerate(comparison.entrants):
            title = pad(style.cut(style.data(entrant.title), title_width), title_width)
            cells = [
                _text(row, at, entrant, w, scale, style)
                for row, w in zip(rows, widths, strict=True)
            ]
            lines.append(_GAP.join([title, *cells]).rstrip())
    return lines


def _bands(comparison: Comparison, room: int, style: TextStyle) -> list[list[Row]]:
    """The rows in groups whose columns fit beside the titles."""
    bands: list[list[Row]] = []
    left = 0
    for row in comparison.rows:
        width = _width_of(row, style) + len(_GAP)
        if not bands or width > left:
            bands.append([])
            left = room
        bands[-1].append(row)
        left -= width
    return bands


def _width_of(row: Row, style: TextStyle) -> int:
    texts = [cell_width(style.data(cell.text)) + 2 for cell in row.cells]
    width = max(cell_width(row.label), *texts)
    if row.key is RowKey.COMMITS:
        width += SPARKLINE_WIDTH + 1
    return width


def _bars(width: int) -> int:
    """How many bars a sparkline has in a column of `width` cells."""
    return min(SPARKLINE_WIDTH, width - 6)


def _text(
    row: Row, at: int, entrant: Entrant, width: int, scale: int, style: TextStyle
) -> str:
    cell = row.cells[at]
    text = style.data(cell.text)
    if row.key is RowKey.COMMITS and entrant.detail is not None:
        commits = entrant.detail.package.commits_52w
        if commits is not None:
            bars = sparkline(commits, _bars(width), scale)
            text = f"{bars} {text}"
    mark = " *" if cell.is_best else ""
    text = pad(style.cut(text, width - len(mark)) + mark, width)
    return style.bold(text) if cell.is_best else text


def _markdown(cell: Cell) -> str:
    text = markdown_cell(cell.text)
    return f"**{text}**" if cell.is_best else text


def _objects(
    comparison: Comparison, now: datetime, web_url: Callable[[str], str]
) -> list[PackageObject]:
    return [
        package_object(entrant.detail, now, web_url(entrant.detail.package.slug))
        if entrant.detail is not None
        else _unknown_object(entrant.id)
        for entrant in comparison.entrants
    ]


def _unknown_object(package_id: int) -> PackageObject:
    """The object of a package that is not held: all but its id is null."""
    nothing = dict.fromkeys(PackageObject.__annotations__)
    return cast("PackageObject", nothing | {"id": package_id, "activity": "unknown"})
