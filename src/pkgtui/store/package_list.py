"""Lists of packages: which ones, in which order, and their rows as they are needed."""

import json
from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple, overload

from pkgtui.domain.facts import SORTS
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.models import PackageRow
from pkgtui.domain.normalize import fold, replace_surrogates
from pkgtui.domain.sorting import Sort, neighbor
from pkgtui.store.database import Database
from pkgtui.store.queries import ACTIVE_CONDITION, activity_parameters
from pkgtui.store.rows import MAX_INTEGER, ROW_COLUMNS, ROW_TYPES, read_row

PAGE_SIZE = 64
PAGES_KEPT = 32
NO_PACKAGE = 0
"""The id of none: they count from 1."""
MICROSECONDS_PER_DAY = 86_400_000_000

_COLUMNS = {key: fact.store_column for key, fact in SORTS.items()}


class Rest(NamedTuple):
    """What of a long list is not read yet."""

    total: int
    """How many there are in all, the first ones included."""
    read_ids: "Callable[[], array[int]]"
    """Reads all ids, the first ones included."""


class PackageListing(Sequence[PackageRow]):
    """The packages of a selection, in order; rows are read a page at a time.

    The ids are those of the moment it was made; rows are as they are when read, and a
    package that has vanished since is a row without facts.
    """

    def __init__(
        self,
        database: Database,
        ids: "array[int]",
        hidden_count: int = 0,
        *,
        rest: "Rest | None" = None,
    ) -> None:
        """List `ids`; `hidden_count` more would match but for `is_active_only`.

        With `rest`, `ids` are the first ones, and the others are read when needed.
        """
        self.hidden_count = hidden_count
        self._ids = ids
        self._count = len(ids) if rest is None else rest.total
        self._rest = rest
        self._database = database
        self._pages: OrderedDict[int, list[PackageRow]] = OrderedDict()

    @property
    def ids(self) -> Sequence[int]:
        """All ids, in order."""
        if self._rest is not None:
            ids = self._rest.read_ids()[: self._count]
            # Another process may have taken some away since they were counted.
            ids.extend([NO_PACKAGE] * (self._count - len(ids)))
            self._ids, self._rest = ids, None
        return self._ids

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[PackageRow]:
        for number in range(0, -(-len(self) // PAGE_SIZE)):
            yield from self._page(number)

    @overload
    def __getitem__(self, index: int) -> PackageRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[PackageRow]: ...
    def __getitem__(self, index: int | slice) -> PackageRow | list[PackageRow]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        number, offset = divmod(place, PAGE_SIZE)
        return self._page(number)[offset]

    def index_of(self, package_id: int) -> int | None:
        """Where a package stands, or None if it is not listed."""
        if self._rest is None or package_id not in self._ids:
            ids = self.ids
        else:
            ids = self._ids
        try:
            return ids.index(package_id)
        except ValueError:
            return None

    def place_beside(self, former: "PackageListing", index: int) -> int:
        """Where the next one after ``former[index]`` stands, or else the one before.

        Those that are not listed here are passed over; 0 where none of them is.
        """
        places = {id_: place for place, id_ in enumerate(self.ids)}
        beside = neighbor(former.ids, index, places)
        return 0 if beside is None else places[beside]

    def _page(self, number: int) -> list[PackageRow]:
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            return page
        start, end = number * PAGE_SIZE, (number + 1) * PAGE_SIZE
        is_read = min(end, self._count) <= len(self._ids)
        ids = (self._ids if is_read else self.ids)[start:end]
        marks = ",".join("?" * len(ids))
        rows = self._database.rows(
            f"SELECT {ROW_COLUMNS} FROM package WHERE id IN ({marks})",
            tuple(ids),
            ROW_TYPES,
        )
        with self._database.guarded():
            held = {row[0]: read_row(row) for row in rows}
        page = [held.get(id_) or _vanished(id_) for id_ in ids]
        self._pages[number] = page
        if len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page


def list_packages(
    database: Database, selection: PackageFilter, sort: Sort, now: datetime
) -> PackageListing:
    """The packages of `selection` in the order of `sort`."""
    if selection == PackageFilter(category_id=selection.category_id):
        return _list_lazily(database, selection, sort)
    conditions, parameters = _conditions(selection)
    parameters |= activity_parameters(now)
    shown = [*conditions, ACTIVE_CONDITION] if selection.is_active_only else conditions
    rows = database.rows(
        f"SELECT id FROM package{_where(shown)} ORDER BY {_order(sort)}", parameters
    )
    ids = array("q", (id_ for (id_,) in rows))
    hidden_count = 0
    if selection.is_active_only:
        ((matching,),) = database.rows(
            f"SELECT count(*) FROM package{_where(conditions)}", parameters
        )
        # Another process may have written between the two queries.
        hidden_count = max(0, matching - len(ids))
    return PackageListing(database, ids, hidden_count)


def _list_lazily(
    database: Database, selection: PackageFilter, sort: Sort
) -> PackageListing:
    """All packages, or those of a category: known by their count, and very many."""
    conditions, parameters = _conditions(selection)
    sql = f"SELECT id FROM package{_where(conditions)} ORDER BY {_order(sort)}"

    def read_ids(limit: str = "") -> "array[int]":
        return array("q", (id_ for (id_,) in database.rows(sql + limit, parameters)))

    if selection.category_id is None:
        rows = database.rows("SELECT count(*) FROM package")
    else:
        rows = database.rows(
            "SELECT held FROM package_count"
            " WHERE kind = 'category' AND id = :category_id",
            parameters,
        )
    count = rows[0][0] if rows else 0
    if count <= PAGE_SIZE:
        return PackageListing(database, read_ids())
    first = read_ids(f" LIMIT {PAGE_SIZE}")
    return PackageListing(database, first, rest=Rest(count, read_ids))


def kept_ids(
    database: Database, ids: Collection[int], selection: PackageFilter, now: datetime
) -> set[int]:
    """Those of `ids` that are packages of `selection`."""
    conditions, parameters = _conditions(selection)
    parameters |= activity_parameters(now) | {"ids": json.dumps(list(ids))}
    conditions.append("id IN (SELECT value FROM json_each(:ids))")
    if selection.is_active_only:
        conditions.append(ACTIVE_CONDITION)
    rows = database.rows(f"SELECT id FROM package{_where(conditions)}", parameters)
    return {id_ for (id_,) in rows}


def sorted_ids(database: Database, ids: Collection[int], sort: Sort) -> list[int]:
    """The packages that `ids` are, in the order of `sort`."""
    rows = database.rows(
        "SELECT id FROM package WHERE id IN (SELECT value FROM json_each(?))"
        f" ORDER BY {_order(sort)}",
        (json.dumps(list(ids)),),
    )
    return [id_ for (id_,) in rows]


def _conditions(selection: PackageFilter) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    parameters: dict[str, Any] = {}
    if selection.category_id is not None:
        # The plus keeps to the index of the sort, which holds the category too: there
        # are so few of them that their own index would only add a sort.
        conditions.append("+category_id = :category_id")
        parameters["category_id"] = selection.category_id
    if selection.grid_id is not None:
        conditions.append(
            "id IN (SELECT package_id FROM grid_package WHERE grid_id = :grid_id)"
        )
        parameters["grid_id"] = selection.grid_id
    if selection.contributor is not None:
        conditions.append(
            "id IN (SELECT package_id FROM contributor WHERE login_key = :login_key)"
        )
        parameters["login_key"] = replace_surrogates(selection.contributor).casefold()
    if selection.min_stars is not None:
        conditions.append("stars >= :min_stars")
        parameters["min_stars"] = min(selection.min_stars, MAX_INTEGER)
    if selection.active_within_days is not None:
        conditions.append(ACTIVE_CONDITION.replace(":active_within", ":within"))
        parameters["within"] = min(
            selection.active_within_days * MICROSECONDS_PER_DAY, MAX_INTEGER
        )
    if selection.has_docs is not None:
        negation = "NOT " if selection.has_docs else ""
        conditions.append(f"documentation_key IS {negation}NULL")
    if selection.on_pypi is not None:
        negation = "NOT " if selection.on_pypi else ""
        conditions.append(f"pypi_key IS {negation}NULL")
    if selection.repo_host is not None:
        host = replace_surrogates(selection.repo_host).lower()
        conditions.append("repo_key >= :host_start AND repo_key < :host_end")
        # The next character after the slash ends all that begin with it.
        parameters |= {"host_start": f"{host}/", "host_end": f"{host}0"}
    for number, word in enumerate(fold(selection.text).split()):
        conditions.append(f"instr(search_text, :word_{number}) > 0")
        parameters[f"word_{number}"] = word
    return conditions, parameters


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _order(sort: Sort) -> str:
    column = _COLUMNS[sort.key]
    way = "DESC" if sort.is_descending else "ASC"
    if sort.key == "title":
        return f"sort_title {way}, id"
    return f"{column} {way} NULLS LAST, sort_title, id"


def _vanished(package_id: int) -> PackageRow:
    return PackageRow(
        id=package_id,
        slug="",
        title=f"Package {package_id}",
        stars=None,
        forks=None,
        contributor_count=None,
        commits_52w=None,
        last_commit_at=None,
        fetched_at=None,
        added_at=None,
        pypi_version=None,
    )
