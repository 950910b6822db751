"""How each list of packages is sorted: what was chosen for one is kept for that one."""

from collections.abc import Mapping

from pkgtui.domain.selection import PackageFilter
from pkgtui.domain.sorting import Sort

DEFAULT_SORT = Sort("stars")
MAX_KEPT = 500
"""Lists whose sort is kept; beyond that the one chosen longest ago is forgotten."""


class ListSorts:
    """Sorts by list: that of a category, a grid or a person, however narrowed."""

    def __init__(self, sorts: Mapping[str, Sort] | None = None) -> None:
        """Begin with `sorts`, as `kept` gave them."""
        self._sorts = dict(sorts or {})

    def of(self, selection: PackageFilter) -> Sort:
        """The sort of the list that `selection` is."""
        return self._sorts.get(_list_name(selection), DEFAULT_SORT)

    def choose(self, selection: PackageFilter, sort: Sort) -> None:
        """Sort that list by `sort` from now on."""
        name = _list_name(selection)
        self._sorts.pop(name, None)
        if sort != DEFAULT_SORT:
            self._sorts[name] = sort
        while len(self._sorts) > MAX_KEPT:
            del self._sorts[next(iter(self._sorts))]

    @property
    def kept(self) -> Mapping[str, Sort]:
        """The sorts that are not the usual one, by the names of their lists."""
        return self._sorts


def _list_name(selection: PackageFilter) -> str:
    parts = (
        ("category", selection.category_id),
        ("grid", selection.grid_id),
        ("person", selection.contributor),
    )
    named = [f"{kind} {which}" for kind, which in parts if which is not None]
    return ", ".join(named) or "all"
