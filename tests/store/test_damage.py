"""Values in a cache that none of ours wrote: damage, whatever reads them."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog
from pkgtui.domain.filters import ALL_PACKAGES, PackageFilter
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.sorting import Sort
from pkgtui.errors import StoreError
from tests.support.store import FakeSource, cache_in, grid, open_catalog, package

BYTES = "x'00ff'"
LOST_IN_TIME = str(2**62)
BY_TITLE = Sort("title")


def a_source() -> FakeSource:
    return FakeSource([package(1, 7, pypi_name="one"), package(2, 7)], [grid(7, 1, 2)])


def spoil(folder: Path, column: str, value: str) -> None:
    """Sync a catalog below `folder`, and set a column of its cache to `value`."""
    with closing(open_catalog(folder, a_source())) as catalog:
        asyncio.run(catalog.sync())
    table, name = column.split(".")
    with closing(sqlite3.connect(cache_in(folder))) as connection, connection:
        connection.execute(f"UPDATE {table} SET {name} = {value}")


def show(catalog: Catalog) -> object:
    return catalog.package(1)


def list_rows(catalog: Catalog) -> object:
    return list(catalog.packages(PackageFilter(grid_id=7), BY_TITLE))


def search(catalog: Catalog) -> object:
    return catalog.search("package", filters=ALL_PACKAGES, sort=BY_TITLE)


def search_by_name(catalog: Catalog) -> object:
    return catalog.search("one")


def find_nearest(catalog: Catalog) -> object:
    return catalog.nearest(RecordKind.PACKAGE, "pakage")


def sync(catalog: Catalog) -> object:
    return asyncio.run(catalog.sync())


@pytest.mark.parametrize(
    ("column", "value", "read"),
    [
        ("package.title", BYTES, show),
        ("package.title", BYTES, list_rows),
        ("package.title", BYTES, search),
        ("package.stars", "'x'", show),
        ("package.stars", "1.5", list_rows),
        ("package.stars", "''", search),
        ("package.pypi_version", BYTES, show),
        ("package.pypi_version", BYTES, list_rows),
        ("package.added_at", "'soon'", list_rows),
        ("package.added_at", LOST_IN_TIME, show),
        ("package.added_at", LOST_IN_TIME, list_rows),
        ("package.last_commit_at", LOST_IN_TIME, search),
        ("package.last_commit_at", LOST_IN_TIME, lambda c: c.alternatives(1)),
        ("package.last_commit_at", "'soon'", lambda c: c.alternatives(1)),
        ("package.fetched_at", "'soon'", lambda c: c.freshness()),
        ("package.fetched_at", LOST_IN_TIME, lambda c: c.freshness()),
        ("package.commits_52w", BYTES, list_rows),
        ("package.commits_52w", "'1,x'", list_rows),
        ("package.slug", BYTES, find_nearest),
        ("package.sort_title", BYTES, find_nearest),
        ("category.title", BYTES, lambda c: c.categories()),
        ("category.title", BYTES, show),
        ("grid.title", BYTES, lambda c: c.grids()),
        ("grid.title", BYTES, lambda c: c.grid(7)),
        ("grid.title", BYTES, show),
        ("package_count.held", "'x'", lambda c: c.grids()),
        ("package_count.held", "'x'", lambda c: c.categories()),
        ("search_key.rank", "99", search_by_name),
        ("meta.value", "'soon'", lambda c: c.freshness()),
        ("meta.value", LOST_IN_TIME, lambda c: c.needs_sync()),
        ("meta.value", "NULL", sync),
        ("meta.value", "'x'", sync),
        ("meta.value", str(2**63 - 1), sync),
    ],
)
def test_what_none_of_ours_wrote_is_damage(
    tmp_path: Path, column: str, value: str, read: Callable[[Catalog], object]
) -> None:
    spoil(tmp_path, column, value)
    with closing(open_catalog(tmp_path, a_source())) as catalog:
        with pytest.raises(StoreError, match="is damaged; run this again"):
            read(catalog)
        assert catalog.freshness().package_count == 0
        assert asyncio.run(catalog.sync()).package_count == 2
        assert catalog.notices[0].startswith(
            "the cache was damaged; it was moved aside"
        )


def test_the_day_of_the_sample_that_is_none_is_damage(tmp_path: Path) -> None:
    with closing(open_catalog(tmp_path, a_source(), is_sample=True)) as catalog:
        asyncio.run(catalog.sync())
        path = catalog._database.path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE package SET fetched_at = 'soon'")
    with closing(open_catalog(tmp_path, a_source(), is_sample=True)) as catalog:
        with pytest.raises(StoreError, match="is damaged; run this again"):
            catalog.freshness()
        assert catalog.freshness().data_as_of is None
