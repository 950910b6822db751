"""What a record replaces, and what it leaves alone."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from pkgtui.errors import StoreError
from pkgtui.store import database as database_module
from pkgtui.store import queries, write
from pkgtui.store.database import Database
from pkgtui.store.write import Writer
from tests.support.store import (
    NOW,
    FakeClock,
    category,
    grid,
    ids_of_contributor,
    package,
    put,
)


def ids_in_grid(database: Database, grid_id: int) -> list[int]:
    return [one.package.id for one in queries.packages_in_grid(database, grid_id)]


def test_a_newer_form_replaces_an_older_one(database: Database) -> None:
    before = package(2, 5, 6, contributors=("ann", "bob"), stars=3)
    after = package(2, 6, 7, contributors=("bob", "Cy"), stars=None, title="New name")
    put(database, before)
    put(database, after, cached_at=NOW + timedelta(days=1))

    detail = queries.package(database, 2)
    assert detail is not None
    assert detail.package == after
    assert detail.cached_at == NOW + timedelta(days=1)
    assert ids_of_contributor(database, "ann") == []
    assert ids_of_contributor(database, "CY") == [2]
    assert ids_in_grid(database, 5) == []
    assert ids_in_grid(database, 7) == [2]


def test_a_record_writes_only_its_own_grid_rows(database: Database) -> None:
    put(database, package(11, 71, 72), package(12, 71), grid(73, 12))
    put(database, grid(71, 12))
    assert ids_in_grid(database, 71) == [12]
    assert ids_in_grid(database, 72) == [11]
    assert ids_in_grid(database, 73) == [12]
    put(database, package(12, 71))
    assert ids_in_grid(database, 73) == []


def test_run_ids_never_go_back(database: Database) -> None:
    records = (package(1), grid(1), category(1))
    put(database, *records, run_id=5)
    put(database, *records, run_id=3)
    for table in ("package", "grid", "category"):
        assert database.rows(f"SELECT run_id FROM {table}") == [(5,)]


def test_removing_leaves_nothing_behind(database: Database) -> None:
    gone = package(1, 7, contributors=("ann",))
    kept = package(2, 7, contributors=("ann",))
    put(database, gone, grid(8, 1), run_id=1)
    put(database, kept, run_id=2)
    run = Writer(database).write
    assert run(lambda c: write.remove_unseen(c, "package", 2)) == 1
    assert run(lambda c: write.remove_unseen(c, "grid", 2)) == 1

    assert ids_of_contributor(database, "ann") == [2]
    assert database.rows("SELECT * FROM grid_package") == [(7, 2)]
    assert database.rows("SELECT package_id FROM package_document") == [(2,)]
    assert queries.grid(database, 8) is None


def test_a_change_that_fails_changes_nothing(database: Database) -> None:
    put(database, package(1, stars=1))

    def change(connection: sqlite3.Connection) -> None:
        write.put(connection, [package(1, stars=2)], cached_at=NOW, run_id=1)
        connection.execute("INSERT INTO no_such_table VALUES (1)")

    with pytest.raises(StoreError, match="no_such_table"):
        Writer(database).write(change)
    detail = queries.package(database, 1)
    assert detail is not None
    assert detail.package.stars == 1
    put(database, package(1, stars=3))  # no transaction was left open


def test_readers_are_let_in_until_a_page_is_committed(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_S", 0)
    put(database, *(package(id_) for id_ in range(1, 3000)))
    page = [package(id_, 7, 8, stars=id_) for id_ in range(1, 3000, 6)]

    def change(connection: sqlite3.Connection) -> int:
        write.put(connection, page, cached_at=NOW, run_id=1)
        with closing(Database(database.path, now=FakeClock())) as reader:
            return len(reader.rows("SELECT id FROM package WHERE stars = 10"))

    assert Writer(database).write(change) == 2999


def test_the_sum_of_huge_weeks_is_held(database: Database) -> None:
    put(database, package(1, commits_52w=(2**63 - 1, 2**63 - 1)))
    assert database.rows("SELECT commits_total FROM package") == [(2**63 - 1,)]
