"""The catalog's records as they are held. Every query is short and ends at once."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pkgtui.domain.activity import ACTIVE_WITHIN, STALE_FETCH_AFTER
from pkgtui.domain.models import (
    Alternative,
    Category,
    CategorySummary,
    Grid,
    GridRef,
    GridSummary,
    Package,
    PackageDetail,
)
from pkgtui.domain.normalize import replace_surrogates
from pkgtui.store.database import Database
from pkgtui.store.rows import (
    RECORD_COLUMNS,
    RECORD_TYPES,
    optional_moment,
    read_grid,
    read_record,
    to_microseconds,
)

ACTIVE_CONDITION = """
    package.last_commit_at >= (
        CASE WHEN package.fetched_at < :looked_long_ago THEN package.fetched_at
        ELSE :now END
    ) - :active_within
"""
"""The band ``active`` of `pkgtui.domain.activity`; takes `activity_parameters`."""


def activity_parameters(now: datetime) -> dict[str, int]:
    """The parameters of `ACTIVE_CONDITION`."""
    return {
        "now": to_microseconds(now),
        "looked_long_ago": to_microseconds(now - STALE_FETCH_AFTER),
        "active_within": ACTIVE_WITHIN // ACTIVE_WITHIN.resolution,
    }


def meta(database: Database, name: str) -> Any:
    """A value of table `meta`, or None."""
    found = database.row("SELECT value FROM meta WHERE name = ?", (name,))
    return found[0] if found else None


def synced_at(database: Database) -> datetime | None:
    """The end of the last whole sync; None if none was ever completed."""
    return _moment(database, meta(database, "synced_at"))


def counts(database: Database) -> tuple[int, int, int]:
    """How many packages, grids and categories are held."""
    ((packages, grids, categories),) = database.rows(
        "SELECT (SELECT count(*) FROM package), (SELECT count(*) FROM grid),"
        " (SELECT count(*) FROM category)"
    )
    return packages, grids, categories


def latest_fetched_at(database: Database) -> datetime | None:
    """The newest `fetched_at` held."""
    ((newest,),) = database.rows("SELECT max(fetched_at) FROM package")
    return _moment(database, newest)


def usual_look(database: Database) -> datetime | None:
    """A `fetched_at` of the day (UTC) on which the site looked at most packages."""
    rows = database.rows(
        """
        SELECT max(fetched_at) FROM package WHERE fetched_at IS NOT NULL
        GROUP BY fetched_at / 86400000000 ORDER BY count(*) DESC, 1 DESC LIMIT 1
        """
    )
    return next((_moment(database, moment) for (moment,) in rows), None)


def categories(database: Database) -> list[CategorySummary]:
    """All categories by id, with how many packages of each are held."""
    rows = database.rows(
        "SELECT coalesce(held, 0), category.id, slug, title, title_plural, description"
        " FROM category LEFT JOIN package_count"
        " ON kind = 'category' AND package_count.id = category.id ORDER BY category.id",
        types=(int, int, str, str, str, str),
    )
    return [CategorySummary(Category(*row), held) for held, *row in rows]


def grids(database: Database) -> list[GridSummary]:
    """All grids by title, with how many packages of each are held."""
    rows = database.rows(
        "SELECT grid.id, slug, title, description, coalesce(held, 0)"
        " FROM grid LEFT JOIN package_count"
        " ON kind = 'grid' AND package_count.id = grid.id ORDER BY sort_title, grid.id",
        types=(int, str, str, str, int),
    )
    return [GridSummary(*row) for row in rows]


def active_counts(database: Database, now: datetime) -> dict[int, int]:
    """How many packages of each grid are active; grids without any are left out."""
    rows = database.rows(
        # A cross join keeps to the order: from the index of looks to the grids.
        "SELECT grid_id, count(*) FROM package CROSS JOIN grid_package"
        f" ON package.id = package_id WHERE {ACTIVE_CONDITION} GROUP BY grid_id",
        activity_parameters(now),
    )
    return dict(rows)


def grid(database: Database, grid_id: int) -> Grid | None:
    """One grid as the site told of it."""
    rows = database.rows(
        "SELECT id, slug, title, description, package_ids FROM grid WHERE id = ?",
        (grid_id,),
        types=(int, str, str, str, str),
    )
    with database.guarded():
        return next(map(read_grid, rows), None)


def package(database: Database, package_id: int) -> PackageDetail | None:
    """One package with its category and grids by name."""
    details = _details(database, "package.id = ?", (package_id,))
    return details[0] if details else None


def packages_by_slug(database: Database, slugs: Sequence[str]) -> list[PackageDetail]:
    """The packages that are held of `slugs`, in their order, one for each."""
    places = {replace_surrogates(slug): place for place, slug in enumerate(slugs)}
    details = _details(
        database,
        # Until a sync ends, a slug that has moved to another id is held twice.
        "package.slug IN (SELECT value FROM json_each(?)) ORDER BY cached_at, id",
        (json.dumps([*places]),),
    )
    newest = {detail.package.slug: detail for detail in details}
    return sorted(newest.values(), key=lambda detail: places[detail.package.slug])


def packages_in_grid(database: Database, grid_id: int) -> list[PackageDetail]:
    """The packages held of a grid: in the site's order, others after them by title."""
    details = _details(
        database,
        "package.id IN (SELECT package_id FROM grid_package WHERE grid_id = ?)"
        " ORDER BY sort_title, package.id",
        (grid_id,),
    )
    held = grid(database, grid_id)
    if held is not None:
        places = {id_: place for place, id_ in enumerate(held.package_ids)}
        details.sort(key=lambda detail: places.get(detail.package.id, len(places)))
    return details


def missing_in_grid(database: Database, grid_id: int) -> tuple[int, ...]:
    """The ids of a grid's packages that are not held."""
    rows = database.rows(
        "SELECT package_id FROM grid_package WHERE grid_id = ?"
        " AND package_id NOT IN (SELECT id FROM package) ORDER BY package_id",
        (grid_id,),
    )
    return tuple(id_ for (id_,) in rows)


def alternatives(database: Database, package_id: int, limit: int) -> list[Alternative]:
    """Packages that share grids with one: most shared first, then latest commit."""
    rows = database.rows(
        "SELECT id, slug, title, count(*), last_commit_at"
        " FROM grid_package AS own"
        " JOIN grid_package AS other ON other.grid_id = own.grid_id"
        " JOIN package ON package.id = other.package_id"
        " WHERE own.package_id = ?1 AND other.package_id != ?1"
        " GROUP BY package.id"
        " ORDER BY count(*) DESC, last_commit_at DESC, sort_title, id LIMIT ?2",
        (package_id, limit),
        types=(int, str, str, int),
    )
    return [
        Alternative(
            id_,
            slug,
            title,
            shared_grids,
            _moment(database, last_commit_at),
        )
        for id_, slug, title, shared_grids, last_commit_at in rows
    ]


def with_context(
    database: Database, records: Sequence[tuple[Package, datetime]]
) -> list[PackageDetail]:
    """Packages (and when each was cached) with their categories and grids by name."""
    if not records:
        return []
    held_categories = {
        row[0]: Category(*row)
        for row in database.rows(
            "SELECT id, slug, title, title_plural, description FROM category",
            types=(int, str, str, str, str),
        )
    }
    held_grids = _grid_refs(
        database, {id_ for record, _ in records for id_ in record.grid_ids}
    )
    return [
        PackageDetail(
            package=record,
            category=held_categories.get(record.category_id),
            grids=tuple(
                held_grids.get(id_) or GridRef(id_, None, None)
                for id_ in record.grid_ids
            ),
            cached_at=cached_at,
        )
        for record, cached_at in records
    ]


def _moment(database: Database, count: int | None) -> datetime | None:
    with database.guarded():
        return optional_moment(count)


def _details(
    database: Database, condition: str, parameters: tuple[int | str, ...]
) -> list[PackageDetail]:
    rows = database.rows(
        f"SELECT {RECORD_COLUMNS} FROM package"
        f" JOIN package_document ON package_id = package.id WHERE {condition}",
        parameters,
        RECORD_TYPES,
    )
    with database.guarded():
        records = [read_record(row) for row in rows]
    return with_context(database, records)


def _grid_refs(database: Database, ids: set[int]) -> dict[int, GridRef]:
    if not ids:
        return {}
    # One parameter whatever the number of ids: SQLite limits how many there may be.
    rows = database.rows(
        "SELECT id, slug, title FROM grid WHERE id IN (SELECT value FROM json_each(?))",
        (str(sorted(ids)),),
        types=(int, str, str),
    )
    return {row[0]: GridRef(*row) for row in rows}
