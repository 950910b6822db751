"""Packages as a table: the columns, their labels and their order, in one place.

The labels are the same wherever packages are listed; `slug` and `title` come first.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from pkgtui.domain.facts import TABLE
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.json_schema import GridObject, PackageObject
from pkgtui.formats.tables import Cell, Table, grid_table, render_markdown, turned

MAX_MARKDOWN_COLUMNS = 6
"""As many packages stand side by side in Markdown; more of them become lines."""

_KEYS = {fact.label: fact.key for fact in TABLE}


def package_table(packages: Sequence[PackageObject]) -> Table:
    """One line a package, every fact that the JSON has."""
    rows = [_cells(package, _KEYS.values()) for package in packages]
    return Table(tuple(_KEYS), rows)


def packages_as_markdown(packages: Sequence[PackageObject]) -> str:
    """Packages as columns up to six, as lines beyond; the title heads each."""
    keys = {"title": "title", **_KEYS}
    rows = [_cells(package, keys.values(), is_short=True) for package in packages]
    table = Table(tuple(keys), rows)
    if len(packages) <= MAX_MARKDOWN_COLUMNS:
        table = turned(table)
    return render_markdown(table)


def _cells(
    package: Mapping[str, object], keys: Iterable[str], *, is_short: bool = False
) -> list[Cell]:
    cells = [_cell(package[key]) for key in keys]
    if not is_short:
        return cells
    # The day of a time: in a table that is read the hour is noise.
    return [
        cell[:10] if key.endswith(("_at", "_as_of")) and isinstance(cell, str) else cell
        for key, cell in zip(keys, cells, strict=True)
    ]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return _reference(value, "Category")
    if isinstance(value, Sequence):
        separator = " " if all(isinstance(item, int) for item in value) else "; "
        return separator.join(
            _reference(item, "Grid") if isinstance(item, Mapping) else str(item)
            for item in value
        )
    raise TypeError(value)


def _reference(value: Mapping[str, object], kind: str) -> str:
    title = value["title"]
    return str(title) if title is not None else f"{kind} {value['id']}"


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
