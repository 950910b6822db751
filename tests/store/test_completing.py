"""Slugs by their beginning: from the file as it is, at a cost that does not grow."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pkgtui.store import schema
from pkgtui.store.database import Database
from pkgtui.store.lookup import MAX_NAMES, find_rows, names_beginning
from pkgtui.store.types import Name
from tests.support.store import FakeClock, category, grid, package, put


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "cache.sqlite3", now=FakeClock())
    yield database
    database.close()


def slugs(database: Database, prefix: str = "") -> list[str]:
    return [name.slug for name in names_beginning(database.path, "package", prefix)]


def test_names_are_those_that_begin_so_in_order(database: Database) -> None:
    put(
        database,
        package(1, slug="tidy", title="Tidy up"),
        package(2, slug="tide"),
        package(3, slug="Tidal"),
        package(4, slug="untidy"),
        grid(1, slug="tiles", title="Tiles"),
        category(1, slug="Tickets", title="Ticket"),
    )
    path = database.path

    assert slugs(database, "TID") == ["Tidal", "tide", "tidy"]
    assert names_beginning(path, "package", "tidy") == [Name("tidy", "Tidy up")]
    assert names_beginning(path, "grid", "ti") == [Name("tiles", "Tiles")]
    assert names_beginning(path, "category", "ti") == [Name("Tickets", "Ticket")]
    assert slugs(database, "tidyx") == []
    assert len(slugs(database)) == 4


@pytest.mark.parametrize(
    "prefix", ["%", "_", "'", '"', "é", "\udcff", "\0", "\U0010ffff"]
)
def test_any_text_is_a_beginning(database: Database, prefix: str) -> None:
    put(database, package(1, slug="plain"), package(2, slug="élan"))

    assert slugs(database, prefix) == (["élan"] if prefix == "é" else [])


def test_of_many_the_most_starred_are_taken(database: Database) -> None:
    put(database, *(package(i, slug=f"dj-{i:03}", stars=i) for i in range(1, 301)))

    found = slugs(database, "dj-")

    assert len(found) == MAX_NAMES
    assert found == sorted(found)
    assert found[0] == "dj-001"
    assert found[1:] == [f"dj-{i:03}" for i in range(302 - MAX_NAMES, 301)]


def test_of_many_grids_the_first_are_taken_and_the_last(database: Database) -> None:
    put(database, *(grid(i, slug=f"grid-{i:03}") for i in range(1, 301)))

    found = [name.slug for name in names_beginning(database.path, "grid", "g")]

    assert found == [*(f"grid-{i:03}" for i in range(1, MAX_NAMES)), "grid-300"]


def test_what_is_left_out_has_the_same_beginning(database: Database) -> None:
    """A shell inserts what all that it is offered begin with."""
    starred = [package(i, slug=f"django-{i}", stars=1000) for i in range(1, 200)]
    put(database, *starred, package(900, slug="dj-x", stars=0))

    found = slugs(database, "d")
    assert "dj-x" in found
    assert len(found) == MAX_NAMES


@pytest.mark.parametrize("prefix", ["", "dj-", "dj-1", "dj-777"])
def test_the_cost_does_not_grow_with_the_catalog(prefix: str) -> None:
    count = 40_000
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in schema.MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(
            """
            INSERT INTO package
                (id, slug, slug_key, title, sort_title, search_text, stars,
                 cached_at, run_id)
            WITH RECURSIVE ids (id) AS
                (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < ?)
            SELECT id, 'dj-' || id, 'dj-' || id, id, id, '', id, 0, 0 FROM ids
            """,
            (count,),
        )
        steps = 0

        def count_steps() -> None:
            nonlocal steps
            steps += 100

        connection.set_progress_handler(count_steps, 100)

        assert find_rows(connection, "package", prefix)
        assert steps < count


def test_without_a_file_there_is_nothing_and_none_is_made(tmp_path: Path) -> None:
    assert names_beginning(tmp_path / "no" / "cache.sqlite3", "package", "") == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0"])
def test_a_damaged_file_gives_nothing_and_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cache?#%.sqlite3"
    path.write_bytes(content)

    assert names_beginning(path, "package", "") == []
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_text_is_no_name(database: Database) -> None:
    put(database, package(1, slug="tidy"), package(2, slug="tide"))
    database.connection.execute("UPDATE package SET slug = x'ff00' WHERE id = 2")

    assert slugs(database) == ["tidy"]


def test_a_locked_file_gives_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pkgtui.store.lookup.LOCK_TIMEOUT_S", 0)
    put(database, package(1, slug="tidy"))
    database.connection.execute("BEGIN EXCLUSIVE")

    assert slugs(database) == []

    database.connection.execute("ROLLBACK")
    assert slugs(database) == ["tidy"]
