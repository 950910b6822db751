"""The order of documents among equals: by popularity, or by a sort that is asked for.

A grid is as popular as its most starred package, and follows it.
"""

import json
from collections.abc import Collection, Set

from pkgtui.domain.sorting import Sort
from pkgtui.store import package_list
from pkgtui.store.database import Database

_MAX_TO_SORT = 500
"""More packages than this are met in order in the index of stars instead."""

_Place = tuple[int, bool, str, int]
"""Stars, fewest last, whether it is a grid, title, document: the order among equals."""


def most_popular(database: Database, documents: Set[int], count: int) -> list[int]:
    """The `count` most popular of `documents`, in order."""
    packages = {document for document in documents if document >= 0}
    places = _packages(database, packages, count)
    grids = [document for document in documents if document < 0]
    if grids:
        places = sorted(places + _grids(database, grids))
    return [place[3] for place in places[:count]]


def sorted_documents(
    database: Database, documents: Collection[int], sort: Sort
) -> list[int]:
    """All `documents` by `sort`; grids have nothing to be sorted by but a title."""
    packages = [document for document in documents if document >= 0]
    grids = [document for document in documents if document < 0]
    rows = database.rows(
        "SELECT sort_title, ~id FROM grid WHERE id IN (SELECT ~value FROM json_each(?))"
        " ORDER BY sort_title, id",
        (json.dumps(grids),),
    )
    if sort.key != "title":
        ids = package_list.sorted_ids(database, packages, sort)
        return [*ids, *(document for _, document in rows)]
    rows += database.rows(
        "SELECT sort_title, id FROM package"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY sort_title, id",
        (json.dumps(packages),),
    )
    rows.sort(key=lambda row: row[0], reverse=sort.is_reversed)
    return [document for _, document in rows]


def _packages(database: Database, packages: Set[int], count: int) -> list[_Place]:
    columns = "SELECT -coalesce(stars, -1), 0, sort_title, id FROM package"
    order = "ORDER BY stars DESC NULLS LAST, sort_title, id"
    if len(packages) <= _MAX_TO_SORT:
        rows = database.rows(
            f"{columns} WHERE id IN (SELECT value FROM json_each(?)) {order}",
            (json.dumps(list(packages)),),
        )
        return [tuple(row) for row in rows]
    places: list[_Place] = []
    with database.guarded():
        for row in database.connection.execute(f"{columns} {order}"):
            if row[3] in packages:
                places.append(row)
                if len(places) >= count:
                    break
    return places


def _grids(database: Database, grids: Collection[int]) -> list[_Place]:
    rows = database.rows(
        "SELECT -coalesce(("
        "  SELECT max(stars) FROM grid_package JOIN package ON package.id = package_id"
        "  WHERE grid_id = grid.id"
        "), -1), 1, sort_title, ~id FROM grid"
        " WHERE id IN (SELECT ~value FROM json_each(?))",
        (json.dumps(list(grids)),),
    )
    return [tuple(row) for row in rows]
