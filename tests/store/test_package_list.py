"""Lists of packages: which, in which order, and at what cost."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from pkgtui.domain.facts import SORTS
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.models import Package, PackageRow
from pkgtui.domain.sorting import Sort
from pkgtui.store.database import Database
from pkgtui.store.package_list import (
    PAGE_SIZE,
    PAGES_KEPT,
    PackageListing,
    list_packages,
)
from tests.support.store import NOW, FakeClock, grid, package, put

DAY = timedelta(days=1)
BY_TITLE = Sort("title")


def listed(database: Database, sort: Sort = BY_TITLE, **selection: Any) -> list[int]:
    return list(list_packages(database, PackageFilter(**selection), sort, NOW).ids)


def commits(total: int) -> tuple[int, ...]:
    return (0, total)


# For each key: a field with three values, the most (or newest, or first) of them first.
VALUES: dict[str, tuple[str, tuple[Any, Any, Any]]] = {
    "stars": ("stars", (300, 20, 0)),
    "forks": ("forks", (9, 2, 0)),
    "commits": ("commits_52w", (commits(50), commits(7), commits(0))),
    "contributors": ("contributors", (("a", "b"), ("c",), ())),
    "updated": ("last_commit_at", (NOW, NOW - DAY, NOW - 9 * DAY)),
    "added": ("added_at", (NOW, NOW - DAY, NOW - 9 * DAY)),
}


@pytest.mark.parametrize("key", VALUES)
def test_unknown_is_last_either_way(database: Database, key: str) -> None:
    field, (most, middle, least) = VALUES[key]
    for id_, value in enumerate((middle, None, least, most, None), start=1):
        # Titles run against the ids, so that neither can stand in for the other.
        put(database, package(id_, title=f"title {9 - id_}", **{field: value}))
    assert listed(database, Sort(key)) == [4, 1, 3, 5, 2]
    assert listed(database, Sort(key, is_reversed=True)) == [3, 1, 4, 5, 2]


@pytest.mark.parametrize("key", VALUES)
@pytest.mark.parametrize("is_reversed", [False, True])
def test_ties_fall_to_the_title_then_the_id(
    database: Database, key: str, is_reversed: bool
) -> None:
    for id_, title in enumerate(("b", "C", "a", "a", "B"), start=1):
        put(database, package(id_, title=title))
    assert listed(database, Sort(key, is_reversed)) == [3, 4, 1, 5, 2]


def test_titles_sort_without_case_and_accents(database: Database) -> None:
    for id_, title in enumerate(("Zope", "émile", "Django", "eagle", "fox"), start=1):
        put(database, package(id_, title=title))
    assert listed(database) == [3, 4, 2, 5, 1]
    assert listed(database, Sort("title", is_reversed=True)) == [1, 5, 2, 4, 3]


@pytest.fixture
def catalog(database: Database) -> Database:
    """Eight packages that differ in all that can be selected by."""
    put(
        database,
        package(1, 7, category_id=1, contributors=("Ann",), slug="django-cms"),
        package(2, 7, 8, category_id=2, contributors=("ann", "bob")),
        package(3, 8, category_id=1, pypi_name="Wagtail_Thing"),
        package(4, category_id=None, title="100% Forms_and\\more", contributors=None),
        package(5, 7, category_id=1, last_commit_at=NOW - 100 * DAY),
        package(6, category_id=1, last_commit_at=None),
        package(7, category_id=2, title="Überschrift CAFÉ"),
        package(8, 7, category_id=2, last_commit_at=NOW - 2000 * DAY),
        grid(7, 1, 2, 5, 8, 999),
    )
    return database


def test_the_empty_selection_is_everything(catalog: Database) -> None:
    assert sorted(listed(catalog)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_conditions_alone_and_together(catalog: Database) -> None:
    assert sorted(listed(catalog, category_id=1)) == [1, 3, 5, 6]
    assert sorted(listed(catalog, category_id=99)) == []
    assert sorted(listed(catalog, grid_id=7)) == [1, 2, 5, 8]
    assert sorted(listed(catalog, contributor="ANN")) == [1, 2, 3, 5, 6, 7, 8]
    assert sorted(listed(catalog, contributor="bob", grid_id=7)) == [2, 5, 8]
    assert listed(catalog, category_id=1, grid_id=7, is_active_only=True) == [1]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("  ", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("CMS", [1]),
        ("wagtail", [3]),
        ("package 3", [3]),
        ("3 PACK", [3]),
        ("cms wagtail", []),
        ("%", [4]),
        ("s_a", [4]),
        ("_", [3, 4]),
        ("d\\m", [4]),
        ("über", [7]),
        ("uber", [7]),
        ("cafe\N{COMBINING ACUTE ACCENT}", [7]),
        ("'; DROP", []),
        ("\udcff", []),
    ],
)
def test_every_word_is_part_of_a_name(
    catalog: Database, text: str, ids: list[int]
) -> None:
    assert sorted(listed(catalog, text=text)) == ids


def test_a_word_does_not_span_two_names(database: Database) -> None:
    put(database, package(1, title="one", slug="two", pypi_name="three"))
    assert listed(database, text="onetwo") == []
    assert listed(database, text="one two three") == [1]


def test_active_only_counts_what_it_hides(catalog: Database) -> None:
    def shown(**selection: Any) -> tuple[list[int], int]:
        chosen = PackageFilter(**selection)
        listing = list_packages(catalog, chosen, BY_TITLE, NOW)
        return sorted(listing.ids), listing.hidden_count

    assert shown(is_active_only=True) == ([1, 2, 3, 4, 7], 3)
    assert shown(is_active_only=True, grid_id=7) == ([1, 2], 2)
    assert shown(is_active_only=True, text="cms") == ([1], 0)
    assert shown(grid_id=7) == ([1, 2, 5, 8], 0)


def test_active_only_is_judged_at_the_given_time(catalog: Database) -> None:
    later = NOW + 1000 * DAY
    active = PackageFilter(is_active_only=True)
    listing = list_packages(catalog, active, BY_TITLE, later)
    # All were looked at long before `later`, so they are judged on that day.
    assert sorted(listing.ids) == [1, 2, 3, 4, 7]


def test_a_row_has_what_the_package_has(database: Database) -> None:
    record = package(1, contributors=("a", "b", "c"), stars=None, pypi_version=None)
    put(database, record)
    (row,) = list_packages(database, PackageFilter(), BY_TITLE, NOW)
    assert row == PackageRow(
        id=1,
        slug="package-1",
        title="Package 1",
        stars=None,
        forks=record.forks,
        contributor_count=3,
        commits_52w=record.commits_52w,
        last_commit_at=record.last_commit_at,
        fetched_at=record.fetched_at,
        added_at=record.added_at,
        pypi_version=None,
    )


def many(count: int) -> list[Package]:
    return [package(id_, stars=count - id_) for id_ in range(1, count + 1)]


class Statements:
    """The SQL that a database is asked."""

    def __init__(self, database: Database) -> None:
        self.seen: list[str] = []
        database.connection.set_trace_callback(self.seen.append)


def test_rows_are_read_a_page_at_a_time(database: Database) -> None:
    count = PAGE_SIZE * (PAGES_KEPT + 2)
    put(database, *many(count))
    listing = list_packages(database, PackageFilter(), Sort("stars"), NOW)
    statements = Statements(database)
    assert len(listing) == count
    assert listing[0].id == 1
    assert listing.index_of(PAGE_SIZE) == PAGE_SIZE - 1
    assert [row.id for row in listing[3:6]] == [4, 5, 6]
    assert len(statements.seen) == 1
    assert listing[-1].id == count
    assert len(statements.seen) == 3  # all ids, and the last page
    assert [row.id for row in listing] == list(range(1, count + 1))
    everything = len(statements.seen)
    assert listing[-1].id == count
    assert len(statements.seen) == everything
    assert listing[0].id == 1  # dropped meanwhile: not all pages are kept
    assert len(statements.seen) == everything + 1


@pytest.mark.parametrize(
    "sort", [Sort(key, way) for key in SORTS for way in (False, True)]
)
def test_a_long_list_is_the_same_whichever_end_is_read_first(
    database: Database, sort: Sort
) -> None:
    records = [
        package(
            id_,
            category_id=1 + id_ % 2,
            stars=id_ * 7 % 50 or None,
            forks=id_ * 11 % 40,
            title=f"T{id_ * 13 % 60}",
        )
        for id_ in range(1, PAGE_SIZE * 4)
    ]
    put(database, *records)
    for selection in (PackageFilter(), PackageFilter(category_id=2)):
        # With a condition that all meet a list is read whole.
        whole = list_packages(database, selection._replace(min_stars=0), sort, NOW)
        known = [id_ for id_ in whole.ids if records[id_ - 1].stars is not None]
        lazily = list_packages(database, selection, sort, NOW)
        assert len(lazily) == sum(
            selection.category_id in (None, record.category_id) for record in records
        )
        first = [row.id for row in lazily[: PAGE_SIZE // 2]]
        assert list(lazily.ids)[: PAGE_SIZE // 2] == first
        assert [row.id for row in lazily] == list(lazily.ids)
        assert [id_ for id_ in lazily.ids if id_ in set(known)] == known


def test_a_list_keeps_its_length_when_packages_go_before_all_is_read(
    database: Database,
) -> None:
    count = PAGE_SIZE * 3
    put(database, *many(count))
    listing = list_packages(database, PackageFilter(), Sort("stars"), NOW)
    database.rows("DELETE FROM package WHERE id > ?", (count - 2,))
    assert len(listing) == len(list(listing)) == count
    assert listing[-1].slug == ""
    assert listing[0].slug == "package-1"
    more = list_packages(database, PackageFilter(), Sort("stars"), NOW)
    put(database, package(count + 1, stars=5))
    assert len(more) == len(list(more)) == count - 2


def test_a_category_that_is_not_held_has_no_packages(database: Database) -> None:
    put(database, *many(2))
    assert (
        len(list_packages(database, PackageFilter(category_id=9), BY_TITLE, NOW)) == 0
    )


def test_places_outside_the_list(database: Database) -> None:
    put(database, *many(3))
    listing = list_packages(database, PackageFilter(), BY_TITLE, NOW)
    for place in (3, -4):
        with pytest.raises(IndexError):
            listing[place]
    assert listing[1:99] == [listing[1], listing[2]]
    assert listing.index_of(2) == 1
    assert listing.index_of(99) is None
    empty = list_packages(database, PackageFilter(grid_id=1), BY_TITLE, NOW)
    assert (len(empty), list(empty), empty.index_of(1)) == (0, [], None)


def test_a_package_that_vanished_is_a_row_without_facts(database: Database) -> None:
    put(database, *many(3))
    listing = list_packages(database, PackageFilter(), BY_TITLE, NOW)
    database.rows("DELETE FROM package WHERE id = 2")
    assert [row.title for row in listing] == ["Package 1", "Package 2", "Package 3"]
    assert listing[1].slug == ""
    assert listing[1].stars is None


SELECTIONS = [
    PackageFilter(),
    PackageFilter(category_id=1),
    PackageFilter(grid_id=1),
    PackageFilter(contributor="ann"),
    PackageFilter(text="package"),
    PackageFilter(is_active_only=True),
]


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("key", SORTS)
def test_lists_never_read_documents(
    database: Database, selection: PackageFilter, key: str
) -> None:
    put(database, *(package(id_, 1) for id_ in range(1, 4)))
    touched: set[str] = set()

    def authorize(action: int, table: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_READ and table is not None:
            touched.add(table)
        return sqlite3.SQLITE_OK

    database.connection.set_authorizer(authorize)
    rows = list(list_packages(database, selection, Sort(key), NOW))
    assert len(rows) == 3
    assert "package" in touched
    assert "package_document" not in touched


def plan(database: Database, run: Callable[[], PackageListing]) -> str:
    """How SQLite answers the queries of `run`."""
    statements = Statements(database)
    run()
    asked = list(statements.seen)
    rows = [row for sql in asked for row in database.rows(f"EXPLAIN QUERY PLAN {sql}")]
    return "\n".join(row[3] for row in rows)


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("key", SORTS)
@pytest.mark.parametrize("selection", SELECTIONS[:2])
def test_sorted_ids_come_from_an_index_alone(
    database: Database, key: str, is_reversed: bool, selection: PackageFilter
) -> None:
    put(database, *many(3))
    steps = plan(
        database,
        lambda: list_packages(database, selection, Sort(key, is_reversed), NOW),
    )
    assert "COVERING INDEX package_by_" in steps
    if not is_reversed:
        assert "TEMP B-TREE" not in steps


def test_a_whole_catalog_in_order(database: Database, clock: FakeClock) -> None:
    """As many as the site has: each order is that of Python's own sort."""
    count = 5400
    put(
        database,
        *(
            package(
                id_,
                stars=None if id_ % 17 == 0 else id_ * 7919 % 1000,
                last_commit_at=None if id_ % 13 == 0 else at(id_),
                title=f"T{id_ * 31 % 977}",
            )
            for id_ in range(1, count + 1)
        ),
    )
    by_stars = list_packages(database, PackageFilter(), Sort("stars"), clock())
    rows = list(by_stars)
    assert len(rows) == count
    assert rows == sorted(
        rows, key=lambda row: (row.stars is None, -(row.stars or 0), row.title, row.id)
    )
    oldest_first = Sort("updated", is_reversed=True)
    rows = list(list_packages(database, PackageFilter(), oldest_first, clock()))
    assert rows == sorted(
        rows,
        key=lambda row: (
            row.last_commit_at is None,
            row.last_commit_at or NOW,
            row.title,
            row.id,
        ),
    )


def at(number: int) -> datetime:
    return NOW - timedelta(hours=number * 7907 % 9973)
