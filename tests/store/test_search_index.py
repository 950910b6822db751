"""The index says at every moment what one made anew would say."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkgtui.catalog import Catalog
from pkgtui.domain.models import Grid, Package
from pkgtui.store import queries, schema, search_index, write
from pkgtui.store.database import Database
from pkgtui.store.packing import pack, unpack
from tests.support.search import Index, found, index_of, slugs, tables_of
from tests.support.store import (
    NOW,
    FakeClock,
    FakeSource,
    grid,
    open_catalog,
    package,
    paths_in,
    put,
)


def opened(path: Path) -> Database:
    return Database(path, now=FakeClock())


def made_anew(database: Database, folder: Path) -> Index:
    """The index of a new database with the same records."""
    ids = [id_ for (id_,) in database.rows("SELECT id FROM package ORDER BY id")]
    packages = [queries.package(database, id_) for id_ in ids]
    grid_ids = [id_ for (id_,) in database.rows("SELECT id FROM grid")]
    grids = [queries.grid(database, id_) for id_ in grid_ids]
    with closing(opened(folder / f"anew-{len(list(folder.iterdir()))}.sqlite3")) as new:
        put(new, *(detail.package for detail in packages if detail))
        put(new, *(one for one in grids if one))
        return index_of(new)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(opened(tmp_path / "x.sqlite3")) as database:
        yield database


def change(database: Database, make: object) -> None:
    write.Writer(database).write(make)  # type: ignore[arg-type]


def test_what_is_put_is_indexed(database: Database, tmp_path: Path) -> None:
    put(database, package(1, slug="one-two", description="Three"), grid(1))
    index = index_of(database)
    assert ("two", 3, 1) in index.keys
    assert ("eno", 1) not in index.endings
    assert ("owteno", 1) in index.endings
    assert index.postings["three", 1] == {1}
    assert index.postings["grid", 0] == {~1}
    assert ("three", 0, 1) in index.counts
    assert index.documents == {1, ~1}
    assert index == made_anew(database, tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"slug": "other"},
        {"title": "Other title"},
        {"pypi_name": "other"},
        {"description": "Quite another"},
        {"contributors": ("José García",)},
        {"contributors": None},
        {"repo_url": "https://github.com/new-owner/x"},
        {"documentation_url": "https://docs.example.org/x"},
        {"slug": "-", "title": "-", "description": "", "contributors": ()},
    ],
)
def test_what_changes_is_indexed_anew(
    database: Database, tmp_path: Path, changed: dict[str, object]
) -> None:
    first = {"slug": "one", "title": "One", "contributors": ("A B",)}
    put(database, package(1, **first), package(2))
    before = index_of(database)
    put(database, package(1, **(first | changed)))
    after = index_of(database)
    assert after != before
    assert after == made_anew(database, tmp_path)
    put(database, package(1, **first))
    assert index_of(database) == before


def test_a_record_that_comes_twice_in_a_page(
    database: Database, tmp_path: Path
) -> None:
    put(database, package(1, slug="old"))
    put(database, package(1, slug="mid"), grid(1, title="a"), package(1, slug="new"))
    put(database, grid(1, title="b"), grid(1, title="c"))
    assert index_of(database) == made_anew(database, tmp_path)
    assert ("new", 0, 1) in index_of(database).keys


def test_what_vanishes_is_no_longer_indexed(database: Database, tmp_path: Path) -> None:
    put(database, package(1, slug="gone"), grid(1, slug="lost"), run_id=1)
    put(database, package(2, slug="here"), grid(2, slug="held"), run_id=2)
    change(database, lambda c: write.remove_unseen(c, "package", 2))
    change(database, lambda c: write.remove_unseen(c, "grid", 2))
    index = index_of(database)
    assert index.documents == {2, ~2}
    assert index == made_anew(database, tmp_path)
    assert "gone" not in {word for word, *_ in index.counts}


def test_a_transaction_that_fails_leaves_the_index(database: Database) -> None:
    put(database, package(1))
    before = index_of(database)

    def fail(connection: sqlite3.Connection) -> None:
        write.put(connection, [package(2)], cached_at=NOW, run_id=1)
        raise sqlite3.IntegrityError

    with pytest.raises(Exception, match="cannot use the cache"):
        change(database, fail)
    assert index_of(database) == before


def test_a_record_that_did_not_change_costs_no_writing(database: Database) -> None:
    put(database, package(1, stars=1), grid(1))
    statements: list[str] = []

    def again(connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(statements.append)
        records: list[Package | Grid] = [package(1, stars=2), grid(1)]
        write.put(connection, records, cached_at=NOW, run_id=2)

    change(database, again)
    assert any("package" in statement for statement in statements)
    tables = ("search_key", "search_ending", "search_word", "search_posting")
    assert not any(table in text for table in tables for text in statements)


WORDS = st.sampled_from(["django", "two", "factor", "é", "中文", "x", "-", ""])
TEXTS = st.lists(WORDS, max_size=4).map("-".join)
PACKAGES = st.builds(
    lambda id_, slug, title, description, people, url: package(
        id_,
        slug=slug or "s",
        title=title or "t",
        description=description,
        contributors=tuple(people),
        repo_url=url and f"https://github.com/{url}/x",
    ),
    st.sampled_from([1, 2, 3, 2**40]),
    TEXTS,
    TEXTS,
    TEXTS,
    st.lists(TEXTS, max_size=3, unique=True),
    TEXTS,
)
GRIDS = st.builds(
    lambda id_, title, description: grid(id_, title=title, description=description),
    st.sampled_from([1, 2, 2**40]),
    TEXTS,
    TEXTS,
)
PAGES = st.lists(
    st.tuples(st.lists(PACKAGES | GRIDS, max_size=4), st.booleans()), max_size=6
)


@given(PAGES)
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory,
    pages: list[tuple[list[Package | Grid], bool]],
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with closing(opened(folder / "x.sqlite3")) as database:
        for run_id, (records, is_whole) in enumerate(pages, 1):
            put(database, *records, run_id=run_id)
            for table in ("package", "grid") if is_whole else ():
                change(
                    database,
                    lambda c, table=table, run_id=run_id: write.remove_unseen(
                        c, table, run_id
                    ),
                )
            assert index_of(database) == made_anew(database, folder)


def test_what_is_fetched_alone_is_found(tmp_path: Path) -> None:
    source = FakeSource([package(5, slug="fresh")], [grid(6, slug="new-grid")])
    with closing(open_catalog(tmp_path, source)) as catalog:
        assert slugs(catalog, "fresh") == []
        asyncio.run(catalog.fetch_package("fresh"))
        asyncio.run(catalog.fetch_grid("new-grid"))
        assert found(catalog, "fresh") == ["fresh name"]
        assert found(catalog, "new grid") == ["new-grid name"]


def test_what_was_synced_is_found_by_another_process(tmp_path: Path) -> None:
    source = FakeSource([package(n, slug=f"found-{n}") for n in range(1, 8)])
    with closing(open_catalog(tmp_path, source)) as catalog:
        asyncio.run(catalog.sync())
    with closing(open_catalog(tmp_path)) as catalog:
        assert len(slugs(catalog, "found")) == 7


# What came before the index


def as_version_1(present: Path, old: Path) -> None:
    """The records in `present` as the program without a search stored them."""
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        for statement in schema.MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute("ATTACH ? AS present", (str(present),))
        for table, columns in tables_of(old).items():
            names = ", ".join(columns)
            connection.execute(
                f"INSERT INTO main.{table} ({names})"
                f" SELECT {names} FROM present.{table}"
            )
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")


def held(folder: Path, source: FakeSource) -> Path:
    """The file of a catalog synced from `source`."""
    with closing(open_catalog(folder, source)) as catalog:
        asyncio.run(catalog.sync())
        return paths_in(folder).cache(catalog.settings.api_url)


def migrated(tmp_path: Path, source: FakeSource) -> Catalog:
    path = held(tmp_path, source)
    present = path.rename(tmp_path / "present.sqlite3")
    as_version_1(present, path)
    return open_catalog(tmp_path)


def many() -> FakeSource:
    packages = [
        package(
            n,
            slug=f"django-number-{n}",
            description=f"About {n} words",
            contributors=(f"Person {n}",),
            documentation_url=f"https://n{n}.readthedocs.io/" if n % 2 else None,
        )
        for n in range(1, 60)
    ]
    return FakeSource(packages, [grid(1, 1, description="Of numbers")], page_size=20)


def test_an_older_cache_gets_its_index_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_FILL_SIZE", 7)
    with closing(migrated(tmp_path, many())) as catalog:
        assert catalog.notices == ()
        assert found(catalog, "number 12", limit=1) == ["django-number-12 name"]
        assert found(catalog, "https://n7.readthedocs.io/") == ["django-number-7 url"]
        with closing(opened(tmp_path / "present.sqlite3")) as present:
            assert index_of(catalog._database) == index_of(present)


def test_an_older_cache_that_is_damaged_is_moved_aside(tmp_path: Path) -> None:
    path = held(tmp_path, many())
    present = path.rename(tmp_path / "present.sqlite3")
    as_version_1(present, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE package_document SET document = '{' LIMIT 1")
    with closing(open_catalog(tmp_path)) as catalog:
        assert len(catalog.notices) == 1
        assert "was damaged" in catalog.notices[0]
        assert catalog.search("number").total == 0


def test_a_new_cache_is_not_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(search_index, "fill")
    opened(tmp_path / "new.sqlite3").close()


@pytest.mark.parametrize("table", ["search_posting", "package_document"])
def test_damage_under_a_search_is_told(tmp_path: Path, table: str) -> None:
    source = FakeSource([package(1, slug="here", description="words of it")])
    with closing(open_catalog(tmp_path, source)) as catalog:
        asyncio.run(catalog.sync())
        column = "documents" if table == "search_posting" else "document"
        change(
            catalog._database,
            lambda c: c.execute(f"UPDATE {table} SET {column} = x'7b7b7b'"),
        )
        with pytest.raises(Exception, match="is damaged"):
            catalog.search("words")
        assert catalog.search("words").total == 0
        assert "moved aside" in catalog.notices[0]


@given(st.sets(st.integers(-(2**63), 2**63 - 1)))
def test_packed_numbers_come_back(numbers: set[int]) -> None:
    assert unpack([pack(numbers)]) == numbers
    assert unpack([pack(numbers), pack({1, 2**40})]) == numbers | {1, 2**40}
