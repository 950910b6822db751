"""The lists of grids and of categories as tables; `slug` and `title` come first."""

from collections.abc import Mapping, Sequence
from typing import cast

from pkgtui.domain.json_schema import CategoryObject, GridObject
from pkgtui.formats.tables import Cell, Table

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
