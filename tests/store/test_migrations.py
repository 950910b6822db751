"""A cache of any earlier version is brought up to date, and keeps what it held."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pkgtui.errors import StoreError
from pkgtui.store import database as database_module
from pkgtui.store import queries, schema
from pkgtui.store.database import Database
from tests.support.store import FakeClock, package, put

RELEASED = schema.MIGRATIONS
ADDED: tuple[tuple[str, ...], ...] = (
    ("ALTER TABLE package ADD COLUMN archived INTEGER", "UPDATE package SET stars = 7"),
    ("CREATE TABLE note (package_id INTEGER)", "INSERT INTO note VALUES (1)"),
)


def opened(path: Path) -> Database:
    return Database(path, now=FakeClock())


def make(path: Path, version: int) -> None:
    """A cache as version `version` of the program left it, with one package."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in RELEASED[:version]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")


def schema_of(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchall()


@pytest.mark.parametrize("version", range(1, len(RELEASED) + 1))
def test_every_version_becomes_the_present_one(tmp_path: Path, version: int) -> None:
    old, new = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    make(old, version)
    opened(new).close()
    with closing(opened(old)) as database:
        assert database.notices == []
        put(database, package(1))
        assert queries.counts(database)[0] == 1
    assert schema_of(old) == schema_of(new)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> int:
    """A program with two more steps; its version."""
    monkeypatch.setattr(schema, "MIGRATIONS", RELEASED + ADDED)
    return len(RELEASED + ADDED)


def test_only_the_missing_steps_run_and_data_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.sqlite3"
    for count in range(len(ADDED) + 1):
        monkeypatch.setattr(schema, "MIGRATIONS", RELEASED + ADDED[:count])
        with closing(opened(path)) as database:
            assert database.notices == []
            assert database.rows("PRAGMA user_version") == [(len(RELEASED) + count,)]
            if count == 0:
                put(database, package(1, stars=1))
            detail = queries.package(database, 1)
            assert detail is not None
            assert detail.package.stars == (1 if count == 0 else 7)
    with closing(opened(path)) as database:
        assert database.rows("SELECT * FROM note") == [(1,)]


def test_a_step_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.sqlite3"
    with closing(opened(path)) as database:
        put(database, package(1, stars=1))
    broken = (*ADDED, ("CREATE TABLE fine (id)", "SELECT no_such_function()"))
    monkeypatch.setattr(schema, "MIGRATIONS", RELEASED + broken)
    with pytest.raises(StoreError, match="no_such_function"):
        opened(path)
    monkeypatch.setattr(schema, "MIGRATIONS", RELEASED)
    with closing(opened(path)) as database:
        assert database.notices == []
        detail = queries.package(database, 1)
        assert detail is not None
        assert detail.package.stars == 1


def test_two_that_open_an_old_file_at_once_migrate_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    path = tmp_path / "x.sqlite3"
    make(path, len(RELEASED))
    state = database_module._state
    others: list[Database] = []

    def state_while_another_is_quicker(
        connection: sqlite3.Connection,
    ) -> tuple[str | None, int]:
        found = state(connection)
        if not others:
            monkeypatch.setattr(database_module, "_state", state)
            others.append(opened(path))
        return found

    monkeypatch.setattr(database_module, "_state", state_while_another_is_quicker)
    with closing(opened(path)) as database, closing(others[0]) as other:
        for one in (database, other):
            assert one.notices == []
            assert one.rows("PRAGMA user_version") == [(later,)]
            assert one.rows("SELECT * FROM note") == [(1,)]
