"""What is being browsed: the selection, its sort, and what the catalog says of both.

No widgets here: the browse screen asks, and shows what it is told.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from pkgtui.catalog import Catalog, PackageListing
from pkgtui.domain.facts import SORTS
from pkgtui.domain.filters import NamedRecord, PackageFilter, filter_words, with_filter
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import CategorySummary, GridSummary
from pkgtui.domain.sorting import Sort
from pkgtui.tui.browse.package_document import PackageView
from pkgtui.tui.browse.panes.names_pane import NamedCount

if TYPE_CHECKING:
    from pkgtui.domain.comparison import ComparedPackage

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


PACKAGE_MAX_AGE = timedelta(hours=1)


class GridSort(StrEnum):
    """What the list of grids can be sorted by; numbers start with the most."""

    TITLE = "title"
    PACKAGES = "packages"
    ACTIVE = "active"


class BrowseState:
    """The choice that the lists show; `selection` is changed freely."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.selection = PackageFilter()
        self.sorts = ListSorts()
        self.grid_sort = GridSort.TITLE
        self.is_grid_sort_reversed = False
        self._active_counts: dict[int, int] | None = None
        self.categories: list[CategorySummary] = []
        self.grids: list[GridSummary] = []

    @property
    def sort(self) -> Sort:
        """The sort of the list that is selected; each list keeps its own."""
        return self.sorts.of(self.selection)

    @sort.setter
    def sort(self, sort: Sort) -> None:
        self.sorts.choose(self.selection, sort)

    def reload(self) -> None:
        """Read the lists of groups again."""
        self.categories = self.catalog.categories()
        self.grids = self.catalog.grids()
        if self._active_counts is not None:
            self.count_active()

    def count_active(self) -> None:
        """Count the active packages of each grid: not needed for the first paint."""
        self._active_counts = self.catalog.active_counts()

    def category_rows(self) -> list[NamedCount]:
        """All packages as one group, then the categories."""
        total = self.catalog.freshness().package_count
        return [
            NamedCount(None, "All", total),
            *(
                NamedCount(c.category.id, c.category.title_plural, c.package_count)
                for c in self.categories
            ),
        ]

    def grid_rows(self) -> list[NamedCount]:
        """All grids, as sorted, with their active packages once these are counted."""
        counts = self._active_counts
        rows = [
            NamedCount(
                grid.id,
                grid.title,
                grid.package_count,
                None if counts is None else counts.get(grid.id, 0),
            )
            for grid in self.grids
        ]
        # Grids come by title: sorting is stable, so that titles break ties.
        is_reversed = self.is_grid_sort_reversed
        if self.grid_sort is GridSort.TITLE:
            return rows[::-1] if is_reversed else rows
        if self.grid_sort is GridSort.PACKAGES:
            return sorted(rows, key=lambda row: row.count, reverse=not is_reversed)
        return sorted(rows, key=lambda row: row.active or 0, reverse=not is_reversed)

    @property
    def grid_sort_words(self) -> str:
        """What the header of the grids says of their counts and their order."""
        counts = "all" if self._active_counts is None else "active/all"
        if self.grid_sort is GridSort.TITLE:
            return f"{counts} ▼" if self.is_grid_sort_reversed else counts
        return f"{self.grid_sort} {'▲' if self.is_grid_sort_reversed else '▼'}"

    def next_grid_sort(self) -> None:
        """Sort the grids by the next thing."""
        sorts = list(GridSort)
        self.grid_sort = sorts[(sorts.index(self.grid_sort) + 1) % len(sorts)]
        self.is_grid_sort_reversed = False

    @property
    def group(self) -> str:
        """What kind of group is selected."""
        if self.selection.contributor is not None:
            return "People"
        return "Categories" if self.selection.grid_id is None else "Grids"

    @property
    def subject(self) -> str:
        """The name of what is selected."""
        selection = self.selection
        if selection.contributor is not None:
            return selection.contributor
        if selection.grid_id is not None:
            return self._grid_title(selection.grid_id)
        return self._category_title(selection.category_id)

    def _grid_title(self, grid_id: int | None) -> str:
        titles = (g.title for g in self.grids if g.id == grid_id)
        return next(titles, f"Grid {grid_id}" if grid_id else "no such grid")

    def _category_title(self, category_id: int | None) -> str:
        if category_id is None:
            return "All"
        titles = (
            c.category.title_plural
            for c in self.categories
            if c.category.id == category_id
        )
        return next(titles, "no such category")

    def listing(self) -> PackageListing:
        """The packages of the selection, narrowed by its line of text, sorted."""
        return self.catalog.packages(self.narrowed, self.sort)

    @property
    def narrowed(self) -> PackageFilter:
        """The selection with the conditions that its text spells out."""
        selection = self.selection
        if ":" not in selection.text:
            return selection
        categories = [NamedRecord(*one.category[:3]) for one in self.categories]
        grids = [NamedRecord(one.id, one.slug, one.title) for one in self.grids]
        return with_filter(selection, selection.text, categories, grids)

    @property
    def narrowing(self) -> str:
        """What the selection's text narrows by, in words."""
        narrowed, selection = self.narrowed, self.selection
        words = filter_words(narrowed)
        if narrowed.category_id != selection.category_id:
            words.append(f"in {self._category_title(narrowed.category_id)}")
        if narrowed.grid_id != selection.grid_id:
            words.append(f"in {self._grid_title(narrowed.grid_id)}")
        return ", ".join(words)

    def hidden_count(self, shown: PackageListing) -> int:
        """How many packages of the group are not in `shown`."""
        group = self.selection._replace(text="", is_active_only=False)
        if group == self.selection:
            return 0
        return max(0, len(self.catalog.packages(group, self.sort)) - len(shown))

    def next_sort(self) -> None:
        """Sort by the key after the present one, in its natural way."""
        keys = list(SORTS)
        self.sort = Sort(keys[(keys.index(self.sort.key) + 1) % len(keys)])

    def sort_by(self, key: str) -> None:
        """Sort by `key`; by the key in force, turn it around."""
        is_same = key is self.sort.key
        self.sort = Sort(key, is_same and not self.sort.is_reversed)

    def view(self, package_id: int) -> PackageView | None:
        """All that is shown of a package; None where it is not held."""
        detail = self.catalog.package(package_id)
        if detail is None:
            return None
        return PackageView(
            detail=detail,
            alternatives=self.catalog.alternatives(package_id),
            web_url=self.catalog.web_url(RecordKind.PACKAGE, detail.package.slug),
            now=self.catalog.now(),
            is_sample=self.catalog.settings.is_sample,
        )

    def marked(self, slugs: Iterable[str]) -> "list[ComparedPackage]":
        """The marked packages in the order of marking, held or not."""
        from pkgtui.domain.comparison import ComparedPackage

        slugs = tuple(slugs)
        details = self.catalog.packages_by_slug(slugs)
        held = {detail.package.slug: ComparedPackage.held(detail) for detail in details}
        return [held.get(slug) or ComparedPackage.missing_slug(slug) for slug in slugs]

    def entrants_of_grid(self, grid_id: int) -> "list[ComparedPackage]":
        """All packages of a grid as sorted here, those that are not held at the end."""
        from pkgtui.domain.comparison import ComparedPackage

        details = self.catalog.packages_in_grid(grid_id)
        held = {detail.package.id: ComparedPackage.held(detail) for detail in details}
        grid = PackageFilter(grid_id=grid_id)
        listed = self.catalog.packages(grid, self.sorts.of(grid)).ids
        missing = self.catalog.missing_in_grid(grid_id)
        return [
            *(held[package_id] for package_id in listed if package_id in held),
            *map(ComparedPackage.missing, missing),
        ]

    def is_stale(self, view: PackageView) -> bool:
        """Whether a package that is looked at should be fetched again."""
        settings = self.catalog.settings
        if settings.is_offline or settings.is_sample:
            return False
        return self.catalog.is_package_stale(
            view.detail, min(PACKAGE_MAX_AGE, settings.max_age)
        )
