"""Packages and grids that were found, in one table; `slug` and `title` come first."""

from collections.abc import Mapping, Sequence
from typing import cast

from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.json_schema import GridObject, PackageObject
from pkgtui.formats.catalog_table import grid_table
from pkgtui.formats.package_table import package_table
from pkgtui.formats.tables import Cell, Table, render_markdown

FoundObject = Mapping[str, object]
"""A package object or a grid object with its ``kind`` and ``match``."""

_HEAD = ("slug", "title", "kind", "match")
_MARKDOWN = (
    *("title", "kind", "match", "stars", "packages", "last commit", "description"),
    "web page",
)


def search_table(objects: Sequence[FoundObject]) -> Table:
    """A line for each: the columns of packages, then those that only grids have."""
    lines = [_line(found) for found in objects]
    labels = dict.fromkeys([*_HEAD, *package_table([]).labels, *grid_table([]).labels])
    return Table(
        tuple(labels), [[line.get(label) for label in labels] for line in lines]
    )


def search_markdown(objects: Sequence[FoundObject]) -> str:
    """A table of what tells them apart."""
    lines = [_line(found) for found in objects]
    rows = [[_short(label, line.get(label)) for label in _MARKDOWN] for line in lines]
    return render_markdown(Table(_MARKDOWN, rows))


def _line(found: FoundObject) -> dict[str, Cell]:
    if found["kind"] == RecordKind.GRID:
        table = grid_table([cast("GridObject", found)])
    else:
        table = package_table([cast("PackageObject", found)])
    head = {"kind": cast("str", found["kind"]), "match": cast("str", found["match"])}
    return head | dict(zip(table.labels, table.rows[0], strict=True))


def _short(label: str, cell: Cell) -> Cell:
    """The day of a time: in a table that is read the hour is noise."""
    return cell[:10] if label == "last commit" and isinstance(cell, str) else cell
