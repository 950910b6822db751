"""Packages as a table: the columns, their labels and their order, in one place.

The labels are the same wherever packages are listed; `slug` and `title` come first.
"""

from collections.abc import Iterable, Mapping, Sequence

from pkgtui.domain.facts import FACTS
from pkgtui.domain.json_schema import PackageObject
from pkgtui.formats.tables import Cell, Table, render_markdown, turned

MAX_MARKDOWN_COLUMNS = 6
"""As many packages stand side by side in Markdown; more of them become lines."""

_TABLE_FACTS = sorted(
    (fact for fact in FACTS if fact.value), key=lambda fact: not fact.leads_tables
)
_KEYS = {fact.label: fact.key for fact in _TABLE_FACTS}


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
