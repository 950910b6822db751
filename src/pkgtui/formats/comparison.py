"""A comparison as data: JSON, CSV and Markdown.

They print the rows of `pkgtui.domain.comparison` in the order they come, as the text of
`pkgtui.formats.comparison` does.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import zip_longest

from pkgtui.domain.commits import whole_year
from pkgtui.domain.comparison import (
    ComparedPackage,
    Comparison,
    ComparisonRow,
    shared_maximum,
)
from pkgtui.domain.facts import UNKNOWN
from pkgtui.domain.json_schema import PACKAGE_KEYS, PackageObject, package_object
from pkgtui.formats.commit_chart import sparkline
from pkgtui.formats.layout import clip_lines, wrap_name
from pkgtui.formats.package_table import MAX_MARKDOWN_COLUMNS, package_table
from pkgtui.formats.style import TextStyle
from pkgtui.formats.tables import (
    Table,
    markdown_cell,
    render_csv,
    render_markdown_cells,
)
from pkgtui.text import cell_width, pad, pluralize, wrap

BEST = " *"
SPARKLINE_WIDTH = 13
"""Bars of four weeks each."""
_MIN_BARS = 4
_NO_ARROW = "  "


def cells_width(row: ComparisonRow, style: TextStyle) -> int:
    """The columns that the cells of a row need to stand uncut."""
    widest = max((cell_width(style.data(cell.text)) for cell in row.cells), default=0)
    if row.fact.key == "commits_total":
        widest += SPARKLINE_WIDTH + 1
    return widest + _mark_width(row)


class RowText:
    """The cells of one row, each in exactly `width` columns."""

    def __init__(
        self,
        row: ComparisonRow,
        entrants: Sequence[ComparedPackage],
        width: int,
        style: TextStyle,
        *,
        is_column: bool = False,
    ) -> None:
        """Write `row`; `is_column` says that its cells stand below each other."""
        self._row = row
        self._entrants = entrants
        self._width = width
        self._style = style
        self._is_right = is_column and _is_numeric(row)
        room = width - _mark_width(row)
        # All of a row in one form: a date beside a month would look like less known.
        self._is_short = any(
            cell.short and cell_width(cell.text) > room for cell in row.cells
        )
        self._bars = self._figure_width = 0
        self._scale: int | None = None
        if row.fact.key == "commits_total":
            self._figure_width = max((cell_width(c.text) for c in row.cells), default=0)
            bars = min(SPARKLINE_WIDTH, room - self._figure_width - 1)
            self._bars = bars if bars >= _MIN_BARS else 0
            if self._bars:
                self._scale = shared_maximum(entrants, self._bars)

    def cell(self, at: int) -> str:
        """What stands in the column of package `at`."""
        row = self._row
        cell = row.cells[at]
        text = self._style.data((self._is_short and cell.short) or cell.text)
        if self._bars:
            text = f"{self._sparkline(at)} {pad(text, self._figure_width, right=True)}"
        mark = BEST if row.is_best(at) else ""
        if not self._is_right:
            cut = self._style.cut(text, self._width - len(mark))
            return pad(f"{cut}{mark}", self._width)
        if row.fact.key == "commits_last_13w" and text[-1:].isdigit():
            text += _NO_ARROW
        mark = mark.ljust(_mark_width(row))
        room = self._width - len(mark)
        return pad(self._style.cut(text, room), room, right=True) + mark

    def _sparkline(self, at: int) -> str:
        detail = self._entrants[at].detail
        commits = detail.package.commits_52w if detail else None
        if commits is None:
            return " " * self._bars
        return sparkline(whole_year(commits), self._bars, self._scale)


def _mark_width(row: ComparisonRow) -> int:
    return 0 if row.best is None else len(BEST)


def _is_numeric(row: ComparisonRow) -> bool:
    known = [cell.value for cell in row.cells if cell.text != UNKNOWN]
    return all(isinstance(value, int) for value in known)


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
                    for at, entrant in enumerate(comparison.entrants)
                    if row.is_best(at)
                ],
                "differs": not row.is_same,
            }
            for row in comparison.rows
        ],
    }


def comparison_csv(
    comparison: Comparison, now: datetime, web_url: Callable[[str], str]
) -> str:
    """One line a package; see `comparison_table`."""
    return render_csv(comparison_table(comparison, now, web_url))


def comparison_table(
    comparison: Comparison, now: datetime, web_url: Callable[[str], str]
) -> Table:
    """The lines of the CSV: the facts of every list of packages, then the other rows.

    A row that the list has under the same label is not repeated.
    """
    table = package_table(_objects(comparison, now, web_url))
    others = [row for row in comparison.rows if row.label not in table.labels]
    return Table(
        (*table.labels, *(row.label for row in others)),
        [
            (*line, *(row.cells[at].value for row in others))
            for at, line in enumerate(table.rows)
        ],
    )


def comparison_markdown(comparison: Comparison) -> str:
    """Packages as columns up to six, as lines beyond; the best of a row is bold."""
    labels = [markdown_cell(row.label) for row in comparison.rows]
    titles = [markdown_cell(entrant.title) for entrant in comparison.entrants]
    maximum = shared_maximum(comparison.entrants, SPARKLINE_WIDTH)
    by_row = [
        [_markdown(row, at, entrant, maximum) for at, entrant in enumerate(entrants)]
        for row, entrants in ((row, comparison.entrants) for row in comparison.rows)
    ]
    if len(titles) <= MAX_MARKDOWN_COLUMNS:
        return render_markdown_cells(
            ["", *titles],
            [[label, *cells] for label, cells in zip(labels, by_row, strict=True)],
        )
    return render_markdown_cells(
        ["package", *labels],
        [[title, *(cells[at] for cells in by_row)] for at, title in enumerate(titles)],
    )


def _markdown(
    row: ComparisonRow, at: int, entrant: ComparedPackage, maximum: int | None
) -> str:
    text = markdown_cell(row.cells[at].text)
    if row.is_best(at):
        text = f"**{text}**"
    commits = entrant.detail.package.commits_52w if entrant.detail else None
    if row.fact.key == "commits_total" and commits and any(commits):
        bars = sparkline(whole_year(commits), SPARKLINE_WIDTH, maximum)
        # Readers of Markdown fold plain spaces, and here a blank is four quiet weeks.
        blank = "\N{NO-BREAK SPACE}"
        return f"`{bars.replace(' ', blank)}` {text}"
    return text


def _objects(
    comparison: Comparison, now: datetime, web_url: Callable[[str], str]
) -> list[PackageObject]:
    return [
        package_object(entrant.detail, now, web_url(entrant.detail.package.slug))
        if entrant.detail is not None
        else _unknown_object(entrant)
        for entrant in comparison.entrants
    ]


def _unknown_object(entrant: ComparedPackage) -> PackageObject:
    """The object of a package that is not held: all but its name is null."""
    nothing: dict[str, object] = dict.fromkeys(PACKAGE_KEYS)
    known = {"id": entrant.id, "slug": entrant.slug, "activity": "unknown"}
    return nothing | known


_GAP = "  "
_MIN_COLUMN_WIDTH, _MAX_COLUMN_WIDTH = 17, 30
_TITLE_WIDTH = 28
_MAX_LINES = 3
"""Lines that a title or a description gets in a column."""


def comparison_text(comparison: Comparison, style: TextStyle) -> list[str]:
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
    column = min(_MAX_COLUMN_WIDTH, room // count - len(_GAP))
    if column >= _MIN_COLUMN_WIDTH:
        widths = (label_width, column)
        lines += _as_columns(comparison, widths, style)
    else:
        lines += _as_lines(comparison, style)
    if any(row.best is not None for row in comparison.rows):
        lines += ["", style.dim(f"{BEST.strip()} best")]
    return lines


def _as_columns(
    comparison: Comparison,
    widths: tuple[int, int],
    style: TextStyle,
) -> list[str]:
    label_width, width = widths
    entrants = comparison.entrants
    titles = [
        wrap_name(style.data(e.title), width, _MAX_LINES, style) for e in entrants
    ]
    lines = [style.bold(line) for line in _joined("", label_width, titles, width)]
    for row in comparison.rows:
        text = RowText(row, entrants, width, style)
        blocks = [
            _cell_lines(row, at, text, width, style) for at in range(len(entrants))
        ]
        lines += _joined(row.label, label_width, blocks, width)
    return lines


def _cell_lines(
    row: ComparisonRow, at: int, text: RowText, width: int, style: TextStyle
) -> list[str]:
    whole = style.data(row.cells[at].text)
    if cell_width(whole) <= width or row.cells[at].short:
        cell = text.cell(at)
        return [style.bold(cell) if row.is_best(at) else cell]
    return clip_lines(wrap(whole, width), " ", width, _MAX_LINES, style)


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


def _as_lines(comparison: Comparison, style: TextStyle) -> list[str]:
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


def _needed_width(row: ComparisonRow, style: TextStyle) -> int:
    return max(cell_width(row.label), cells_width(row, style))


def _bands(
    comparison: Comparison, room: int, style: TextStyle
) -> list[list[ComparisonRow]]:
    """The rows in groups whose columns fit beside the titles."""
    bands: list[list[ComparisonRow]] = []
    left = 0
    for row in comparison.rows:
        width = _needed_width(row, style)
        if not bands or width > left:
            bands.append([])
            left = room
        bands[-1].append(row)
        left -= width + len(_GAP)
    return bands
