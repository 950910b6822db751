"""Where one is in the browser, as plain values: kept when it ends, found at the start.

Values come from a file that anybody may have changed: each is taken only if it is of
its type, and what is missing is the default.
"""

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, NamedTuple

from pkgtui.domain.filters import MAX_LINE_CHARS, PackageFilter
from pkgtui.domain.sorting import Sort
from pkgtui.text import sanitize_line
from pkgtui.tui.browse.navigation import Level
from pkgtui.tui.browse.state import GridSort


class SessionState(NamedTuple):
    """What the browser opens with."""

    selection: PackageFilter = PackageFilter()
    sorts: Mapping[str, Sort] = MappingProxyType({})
    """As `ListSorts` keeps them."""
    grid_sort: GridSort = GridSort.TITLE
    is_grid_sort_reversed: bool = False
    package_id: int | None = None
    """The package under the cursor of the list."""
    level: Level = Level.NAVIGATION


def session_values(place: SessionState) -> dict[str, object]:
    """`place` as values of JSON's types."""
    return {
        **{
            name: value
            for name, value in place.selection._asdict().items()
            if value != PackageFilter._field_defaults[name]
        },
        "sorts": {name: str(sort) for name, sort in place.sorts.items()},
        "grid_sort": str(place.grid_sort),
        "is_grid_sort_reversed": place.is_grid_sort_reversed,
        "package_id": place.package_id,
        "level": int(place.level),
    }


_SELECTION_TYPES: dict[str, type] = {
    "category_id": int,
    "grid_id": int,
    "contributor": str,
    "text": str,
    "is_active_only": bool,
}
"""What is chosen in the browser; conditions stand in the text."""
_MAX_ID = 2**63 - 1
"""SQLite takes none that is larger."""


def read_session_state(values: Mapping[str, object]) -> SessionState:
    """Read the state that `values` describe."""
    chosen = {
        name: _value(values.get(name), kind) for name, kind in _SELECTION_TYPES.items()
    }
    known = {name: value for name, value in chosen.items() if value is not None}
    selection = PackageFilter()._replace(**known)
    level = values.get("level")
    grid_sort = values.get("grid_sort")
    return SessionState(
        selection=selection,
        sorts=_sorts(values.get("sorts")),
        grid_sort=(
            GridSort(str(grid_sort)) if grid_sort in list(GridSort) else GridSort.TITLE
        ),
        is_grid_sort_reversed=values.get("is_grid_sort_reversed") is True,
        package_id=_value(values.get("package_id"), int),
        level=Level(level) if level in (0, 1, 2) else Level.NAVIGATION,
    )


def _value(value: object, kind: type) -> Any:
    """`value` if it is of `kind` and harmless; else None."""
    # True and False are ints to Python, but no ids.
    if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
        return None
    if isinstance(value, int) and abs(value) > _MAX_ID:
        return None
    return sanitize_line(value)[:MAX_LINE_CHARS] if isinstance(value, str) else value


def _sorts(values: object) -> Mapping[str, Sort]:
    sorts: dict[str, Sort] = {}
    for name, value in values.items() if isinstance(values, dict) else ():
        with suppress(ValueError):
            sorts[str(name)] = Sort.parse(str(value))
    return sorts
