"""A comparison as data: JSON, CSV and Markdown.

They print the rows of `pkgtui.domain.comparison` in the order they come, as the text of
`pkgtui.formats.comparison_text` does.
"""

from collections.abc import Callable
from datetime import datetime

from pkgtui.domain.commits import whole_year
from pkgtui.domain.comparison import ComparedPackage, Comparison, Row, shared_maximum
from pkgtui.domain.json_schema import PACKAGE_KEYS, PackageObject, package_object
from pkgtui.formats.package_table import MAX_MARKDOWN_COLUMNS, package_table
from pkgtui.formats.row_text import SPARKLINE_WIDTH
from pkgtui.formats.sparkline import sparkline
from pkgtui.formats.tables import (
    Table,
    markdown_cell,
    render_csv,
    render_markdown_cells,
)


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


def comparison_markdown(comparison: Comparison, *, is_scale_shared: bool = True) -> str:
    """Packages as columns up to six, as lines beyond; the best of a row is bold."""
    labels = [markdown_cell(row.label) for row in comparison.rows]
    titles = [markdown_cell(entrant.title) for entrant in comparison.entrants]
    maximum = (
        shared_maximum(comparison.entrants, SPARKLINE_WIDTH)
        if is_scale_shared
        else None
    )
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


def _markdown(row: Row, at: int, entrant: ComparedPackage, maximum: int | None) -> str:
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
