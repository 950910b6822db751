"""What is told of the records that are held."""

import sqlite3
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.models import GridRef, GridSummary
from pkgtui.sources.base import Page
from pkgtui.sources.sample import SampleSource
from pkgtui.store import queries
from pkgtui.store.database import Database
from pkgtui.store.rows import to_microseconds
from tests.support.store import (
    NOW,
    category,
    grid,
    ids_of_contributor,
    package,
    put,
)

DAY = timedelta(days=1)


def test_an_empty_store_holds_nothing(database: Database) -> None:
    assert queries.counts(database) == (0, 0, 0)
    assert queries.latest_fetched_at(database) is None
    assert queries.categories(database) == []
    assert queries.grids(database) == []
    assert queries.active_counts(database, NOW) == {}
    assert queries.package(database, 1) is None
    assert queries.grid(database, 1) is None
    assert queries.packages_in_grid(database, 1) == []
    assert queries.alternatives(database, 1, 8) == []


def test_categories_by_id_with_their_package_counts(database: Database) -> None:
    put(database, category(2, "projects"), category(1), category(3, "empty"))
    put(database, *(package(n, category_id=1) for n in (1, 2)))
    put(database, package(3, category_id=2), package(4, category_id=None))
    put(database, package(5, category_id=77))  # a category that is not held
    found = [
        (one.category.id, one.package_count) for one in queries.categories(database)
    ]
    assert found == [(1, 2), (2, 1), (3, 0)]


def test_grids_by_title_without_case_count_what_is_held(database: Database) -> None:
    put(
        database,
        grid(1, 10, 11, 999, title="beta"),
        grid(2, title="Alpha", description="first"),
        grid(3, title="Émile"),
        grid(4, title="Fox"),
    )
    put(database, package(10, 1), package(11, 1), package(12))
    assert queries.grids(database) == [
        GridSummary(2, "grid-2", "Alpha", "first", 0),
        GridSummary(1, "grid-1", "beta", "", 2),
        GridSummary(3, "grid-3", "Émile", "", 0),
        GridSummary(4, "grid-4", "Fox", "", 0),
    ]


def test_the_usual_look_is_of_the_day_that_most_records_are_of(
    database: Database,
) -> None:
    assert queries.usual_look(database) is None
    looks = [NOW, NOW - 5 * DAY, NOW - 5 * DAY - timedelta(hours=1), NOW - 9 * DAY]
    put(database, *(package(id_, fetched_at=at) for id_, at in enumerate(looks, 1)))
    assert queries.usual_look(database) == NOW - 5 * DAY


def test_newest_look_is_the_latest_fetch(database: Database) -> None:
    put(database, package(1, fetched_at=None), package(2, fetched_at=NOW - 5 * DAY))
    put(database, package(3, fetched_at=NOW - 9 * DAY))
    assert queries.latest_fetched_at(database) == NOW - 5 * DAY


def test_a_package_knows_its_category_and_grids_by_name(database: Database) -> None:
    put(database, category(1), grid(5), package(1, 9, 5))
    detail = queries.package(database, 1)
    assert detail is not None
    assert detail.category == category(1)
    assert detail.grids == (GridRef(9, None, None), GridRef(5, "grid-5", "Grid 5"))
    assert detail.grids[0].label() == "Grid 9 (not cached)"
    assert detail.cached_at == NOW


@pytest.mark.parametrize("category_id", [None, 44])
def test_a_package_without_a_held_category(
    database: Database, category_id: int | None
) -> None:
    put(database, category(1), package(1, category_id=category_id))
    detail = queries.package(database, 1)
    assert detail is not None
    assert detail.category is None


def test_a_package_of_many_grids(database: Database) -> None:
    put(database, package(1, *range(5000)), grid(4321))
    detail = queries.package(database, 1)
    assert detail is not None
    assert len(detail.grids) == 5000
    assert detail.grids[4321].title == "Grid 4321"


def test_packages_of_a_grid_in_the_order_of_the_site(database: Database) -> None:
    put(database, grid(1, 30, 10, 999, 20))
    put(database, package(10, 1), package(20, 1), package(30, 1))
    put(database, package(41, 1, title="b"), package(42, 1, title="a"), package(50))
    found = [one.package.id for one in queries.packages_in_grid(database, 1)]
    assert found == [30, 10, 20, 42, 41]
    assert queries.missing_in_grid(database, 1) == (999,)


def test_packages_by_slug_in_the_order_asked_for(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    put(database, package(9, slug="moved"), package(1, slug="a"), package(2, slug="b"))
    put(database, package(3, slug="moved"), cached_at=later)

    found = queries.packages_by_slug(database, ["b", "moved", "none", "a"])

    assert [detail.package.id for detail in found] == [2, 3, 1]


def test_alternatives_share_most_grids_then_latest_commit(database: Database) -> None:
    put(
        database,
        package(1, 1, 2, 3),
        package(2, 1, last_commit_at=NOW - 9 * DAY),
        package(3, 1, 2, last_commit_at=NOW - 900 * DAY),
        package(4, 3, last_commit_at=None),
        package(5, 3, last_commit_at=NOW - 2 * DAY),
        package(6, 4),
    )
    found = queries.alternatives(database, 1, 8)
    assert [(one.id, one.shared_grids) for one in found] == [
        (3, 2),
        (5, 1),
        (2, 1),
        (4, 1),
    ]
    assert found[0].last_commit_at == NOW - 900 * DAY
    assert found[-1].last_commit_at is None
    assert [one.id for one in queries.alternatives(database, 1, 2)] == [3, 5]


moments = st.none() | st.timedeltas(-4000 * DAY, 4000 * DAY).map(lambda age: NOW - age)


@given(last_commit_at=moments, fetched_at=moments)
def test_the_active_band_is_that_of_the_domain(
    last_commit_at: datetime | None, fetched_at: datetime | None
) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE package (last_commit_at, fetched_at)")
    values = [
        None if moment is None else to_microseconds(moment)
        for moment in (last_commit_at, fetched_at)
    ]
    connection.execute("INSERT INTO package VALUES (?, ?)", values)
    found = connection.execute(
        f"SELECT count(*) FROM package WHERE {queries.ACTIVE_CONDITION}",
        queries.activity_parameters(NOW),
    ).fetchone()
    connection.close()
    is_active = activity(last_commit_at, fetched_at, NOW) is Activity.ACTIVE
    assert found == (int(is_active),)


EDGES = [
    (NOW - 90 * DAY, NOW, 1),
    (NOW - 90 * DAY - timedelta(microseconds=1), NOW, 0),
    # The look is 60 days old: judged today. A microsecond more: on the day of the look.
    (NOW - 140 * DAY, NOW - 60 * DAY, 0),
    (NOW - 140 * DAY, NOW - 60 * DAY - timedelta(microseconds=1), 1),
    (NOW - 80 * DAY, None, 1),
    (None, NOW, 0),
]


@pytest.mark.parametrize(("last_commit_at", "fetched_at", "count"), EDGES)
def test_active_counts_at_the_edges_of_the_band(
    database: Database,
    last_commit_at: datetime | None,
    fetched_at: datetime | None,
    count: int,
) -> None:
    put(
        database,
        package(1, 7, last_commit_at=last_commit_at, fetched_at=fetched_at),
        grid(7, 1, 999),
    )
    assert queries.active_counts(database, NOW).get(7, 0) == count


@pytest.mark.parametrize("days", [0, 30, 100, 400])
async def test_active_counts_of_the_sample(database: Database, days: int) -> None:
    expected: dict[int, int] = {}
    async for page in SampleSource().packages():
        if not isinstance(page, Page):
            continue
        put(database, *page.records)
        looked = max(one.fetched_at for one in page.records if one.fetched_at)
        now = looked + days * DAY
        for one in page.records:
            if activity(one.last_commit_at, one.fetched_at, now) is Activity.ACTIVE:
                for grid_id in one.grid_ids:
                    expected[grid_id] = expected.get(grid_id, 0) + 1
    assert expected
    assert queries.active_counts(database, now) == expected


def test_of_a_package_that_comes_twice_the_later_record_holds(
    database: Database,
) -> None:
    put(
        database,
        package(1, 5, title="First", contributors=("ann", "bob")),
        package(1, 6, title="Second", contributors=("bob", "cyd")),
    )
    found = queries.package(database, 1)
    assert found is not None
    assert found.package.title == "Second"
    assert [grid.id for grid in found.grids] == [6]
    names = {name: ids_of_contributor(database, name) for name in ("ann", "bob", "cyd")}
    assert names == {"ann": [], "bob": [1], "cyd": [1]}
