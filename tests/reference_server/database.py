"""A server's own database: made, filled, changed, and thrown away.

Every server of a process has a SQLite file and a Django alias of its own. Which one
a piece of code means is a context variable, which the router reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connections, models, transaction
from django.db.models import Max
from django.utils.dateparse import parse_datetime

from tests.reference_server.catalog import Catalog
from tests.reference_server.models import MODELS, Category, Grid, GridPackage, Package
from tests.reference_server.settings import SQLITE
from tests.reference_server.shapes import Record, id_of

TIMES = frozenset({"last_updated", "last_fetched", "created", "modified"})
"""The fields that hold a time."""

BATCH = 500
"""Rows written at once."""

_current: ContextVar[str] = ContextVar("database", default="default")
_numbers = count(1)


class Router:
    """Sends every query to the database of the server that is at work."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Return the alias to read from."""
        return _current.get()

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """Return the alias to write to."""
        return _current.get()


@contextmanager
def using(alias: str) -> Iterator[None]:
    """Send the queries of this thread to one server's database meanwhile."""
    token = _current.set(alias)
    try:
        yield
    finally:
        _current.reset(token)


def create(path: Path, catalog: Catalog) -> str:
    """Make a database in a file, fill it, and return its alias."""
    alias = f"catalog{next(_numbers)}"
    connections.settings[alias] = {
        **connections.settings["default"],
        **SQLITE,
        "NAME": str(path),
    }
    with using(alias):
        with connections[alias].schema_editor() as editor:
            for model in MODELS:
                editor.create_model(model)
        with transaction.atomic(using=alias):
            _fill(catalog)
    return alias


def close_connections() -> None:
    """Close this thread's connections to all databases."""
    connections.close_all()


def forget(alias: str) -> None:
    """Take a database off the list; its connections are closed by their threads."""
    del connections.settings[alias]


def insert_package(fields: Record) -> int:
    """Insert a package as the API would print it, and return its id.

    What is not given is made up; links and ids of category and grids both do.
    """
    number = int(fields.get("id") or _next_id(Package))
    base = {"id": number, "title": f"package {number}", "slug": f"package-{number}"}
    values = _package_values({"category": _any_category(), **base, **fields})
    Package(**values).save(force_insert=True)
    _put_in_grids(number, fields.get("grids", ()))
    return number


def update_package(number: int, fields: Record) -> None:
    """Change fields of a package."""
    values = _package_values(fields)
    if values:
        Package.objects.filter(pk=number).update(**values)
    if "grids" in fields:
        GridPackage.objects.filter(package_id=number).delete()
        _put_in_grids(number, fields["grids"])


def delete_package(number: int) -> None:
    """Delete a package, out of its grids too."""
    Package.objects.filter(pk=number).delete()


def insert_grid(fields: Record) -> int:
    """Insert a grid, and return its id; what is not given is made up."""
    number = int(fields.get("id") or _next_id(Grid))
    base = {"id": number, "title": f"grid {number}", "slug": f"grid-{number}"}
    values = _values({**base, **fields}, without={"packages"})
    Grid(**values).save(force_insert=True)
    rows = [
        GridPackage(grid_id=number, package_id=id_of(one))
        for one in fields.get("packages", ())
    ]
    GridPackage.objects.bulk_create(rows, batch_size=BATCH)
    return number


def delete_grid(number: int) -> None:
    """Delete a grid."""
    Grid.objects.filter(pk=number).delete()


def _next_id(model: Any) -> int:
    return int(model.objects.aggregate(last=Max("pk"))["last"] or 0) + 1


def _any_category() -> int:
    return int(Category.objects.order_by("id").values_list("id", flat=True)[0])


def _put_in_grids(package: int, grids: Iterable[str | int]) -> None:
    rows = [GridPackage(grid_id=id_of(one), package_id=package) for one in grids]
    GridPackage.objects.bulk_create(rows, batch_size=BATCH)


def _values(record: Record, *, without: set[str]) -> Record:
    """Return a record's own columns, times parsed."""
    return {
        key: parse_datetime(value) if key in TIMES and value else value
        for key, value in record.items()
        if key not in without
    }


def _package_values(record: Record) -> Record:
    values = _values(record, without={"category", "grids"})
    if "category" in record:
        values["category_id"] = id_of(record["category"])
    return values


def _fill(catalog: Catalog) -> None:
    _create(Category, [_values(one, without=set()) for one in catalog.categories])
    _create(Package, [_package_values(one) for one in catalog.packages])
    _create(Grid, [_values(one, without={"packages"}) for one in catalog.grids])
    # A list of its own order tells who is where; a grid may list less than its
    # packages say, and packages may name grids that nobody holds.
    places: dict[tuple[int, int], None] = {}
    held = {one["id"] for one in catalog.packages}
    for package in catalog.packages:
        for grid in package["grids"]:
            places[id_of(grid), package["id"]] = None
    for grid in catalog.grids:
        for link in grid["packages"]:
            if id_of(link) in held:
                places[grid["id"], id_of(link)] = None
    known = {one["id"] for one in catalog.grids}
    missing = sorted({grid for grid, _ in places} - known)
    slugs = {number: f"-not-held-{number}" for number in missing}
    _create(Grid, [{"id": n, "slug": slugs[n], "held": False} for n in missing])
    rows = [{"grid_id": grid, "package_id": package} for grid, package in places]
    _create(GridPackage, rows)


def _create(model: type[models.Model], rows: list[Record]) -> None:
    # In parts, because Django keeps all the objects of one call.
    for start in range(0, len(rows), BATCH):
        made = [model(**row) for row in rows[start : start + BATCH]]
        model.objects.bulk_create(made)
