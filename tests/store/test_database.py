"""The file of a catalog: made, opened, and moved aside when it is of no use."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pkgtui.errors import StoreError
from pkgtui.store import database as database_module
from pkgtui.store import queries, schema
from pkgtui.store.database import Database
from tests.support.store import FakeClock, package, put

NAME = "example.org.sqlite3"
ASIDE = "example.org.damaged-20260808-120000.sqlite3"


def open_at(folder: Path) -> Database:
    return Database(folder / NAME, now=FakeClock())


def make(folder: Path, count: int = 3) -> Path:
    """A sound cache of `count` packages in `folder`."""
    with closing(open_at(folder)) as database:
        put(database, *(package(id_, 1) for id_ in range(1, count + 1)))
    return folder / NAME


def package_count(database: Database) -> int:
    return queries.counts(database)[0]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_for_the_user_alone(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    with closing(open_at(folder)) as database:
        assert database.notices == []
        assert not database.is_in_memory
        assert database.rows("PRAGMA journal_mode") == [("delete",)]
        assert database.rows("PRAGMA user_version") == [(len(schema.MIGRATIONS),)]
    assert names_in(folder) == [NAME]
    if os.name != "nt":
        assert mode_of(folder) == 0o700
        assert mode_of(folder / NAME) == 0o600


def test_what_is_written_is_there_next_time(tmp_path: Path) -> None:
    make(tmp_path, 3)
    with closing(open_at(tmp_path)) as database:
        assert package_count(database) == 3
        assert database.notices == []


def test_opening_a_current_file_writes_and_checks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    asked: list[str] = []
    connect = database_module._connect

    def traced(place: Path | str) -> sqlite3.Connection:
        connection = connect(place)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(database_module, "_connect", traced)
    open_at(tmp_path).close()
    assert asked == ["PRAGMA user_version", "PRAGMA application_id"]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize("content", [b"", b"x"])
def test_a_file_without_a_page_is_a_new_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with closing(open_at(tmp_path)) as database:
        put(database, package(1))
        assert package_count(database) == 1
        assert database.notices == []


def write_garbage(path: Path) -> None:
    path.write_bytes(b"<html>not a database</html>" * 400)


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def overwrite_header(path: Path) -> None:
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def make_foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER)")


def pragma(name: str, value: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA {name} = {value}")

    change.__name__ = f"{name}_{value}"
    return change


@pytest.mark.parametrize(
    "ruin",
    [
        write_garbage,
        truncate,
        overwrite_header,
        make_foreign,
        pragma("application_id", 12345),
        pragma("application_id", 0),
        pragma("user_version", 0),
        pragma("user_version", -1),
    ],
)
def test_a_file_of_no_use_is_moved_aside(
    tmp_path: Path, ruin: Callable[[Path], None]
) -> None:
    path = make(tmp_path)
    ruin(path)
    ruined = path.read_bytes()
    with closing(open_at(tmp_path)) as database:
        assert database.notices == [
            f"the cache was damaged; it was moved aside as {tmp_path / ASIDE} "
            "and will be rebuilt"
        ]
        assert package_count(database) == 0
        put(database, package(1))
        assert package_count(database) == 1
    assert (tmp_path / ASIDE).read_bytes() == ruined
    assert names_in(tmp_path) == [ASIDE, NAME]


def test_a_file_of_a_newer_version_is_moved_aside(tmp_path: Path) -> None:
    pragma("user_version", len(schema.MIGRATIONS) + 1)(make(tmp_path))
    with closing(open_at(tmp_path)) as database:
        (notice,) = database.notices
        assert "was written by a newer version" in notice
        assert package_count(database) == 0
    assert names_in(tmp_path) == ["example.org.newer-20260808-120000.sqlite3", NAME]


def test_names_of_one_second_do_not_clash(tmp_path: Path) -> None:
    for _ in range(3):
        write_garbage(tmp_path / NAME)
        open_at(tmp_path).close()
    stem = ASIDE.removesuffix(".sqlite3")
    assert names_in(tmp_path) == [f"{stem}-2.sqlite3", f"{stem}-3.sqlite3", ASIDE, NAME]


def test_the_journal_of_a_damaged_file_goes_with_it(tmp_path: Path) -> None:
    spoil_a_document(make(tmp_path))
    with closing(open_at(tmp_path)) as database:
        with pytest.raises(StoreError, match="is damaged"):
            queries.package(database, 1)
        (tmp_path / f"{NAME}-journal").write_bytes(b"of another process at work")
        assert package_count(database) == 0
    assert names_in(tmp_path) == [ASIDE, f"{ASIDE}-journal", NAME]


def overwrite_pages(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))


def spoil_a_document(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE package_document SET document = '{\"desc'")


def drop_a_field(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE package_document SET document = '{}'")


def spoil_the_encoding(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE package SET title = CAST(x'c3ff61' AS TEXT)")


def spoil_the_schema(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET name = CAST(x'6dff' AS TEXT), sql = 'nonsense'"
            " WHERE name = 'meta'"
        )


def spoil(column: str, value: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"UPDATE package SET {column} = {value}")

    change.__name__ = f"{column}_{value}"
    return change


def test_an_old_file_with_a_spoilt_schema_is_moved_aside(tmp_path: Path) -> None:
    path = make(tmp_path)
    pragma("user_version", 1)(path)
    spoil_the_schema(path)
    with closing(open_at(tmp_path)) as database:
        assert package_count(database) == 0
    assert names_in(tmp_path) == [ASIDE, NAME]


@pytest.mark.parametrize(
    "ruin",
    [
        *(overwrite_pages, spoil_a_document, drop_a_field, spoil_the_encoding),
        *(spoil_the_schema, spoil("added_at", str(2**62))),
        spoil("commits_52w", "x'00'"),
    ],
)
@pytest.mark.parametrize("goes_on", [True, False])
def test_damage_met_later_is_told_and_then_moved_aside(
    tmp_path: Path, ruin: Callable[[Path], None], goes_on: bool
) -> None:
    ruin(make(tmp_path, 400))
    with closing(open_at(tmp_path)) as database:
        with pytest.raises(StoreError, match="is damaged; run this again"):
            queries.packages_in_grid(database, 1)
        if goes_on:
            assert package_count(database) == 0
            put(database, package(1))
            assert package_count(database) == 1
            assert len(database.notices) == 1
    assert names_in(tmp_path) == ([ASIDE, NAME] if goes_on else [ASIDE])
    with closing(open_at(tmp_path)) as database:
        assert package_count(database) == int(goes_on)
        assert database.notices == []


def test_damage_met_while_writing_is_noticed_too(tmp_path: Path) -> None:
    spoil_a_document(make(tmp_path))
    with closing(open_at(tmp_path)) as database:
        with pytest.raises(StoreError, match="is damaged"):
            put(database, package(1, contributors=("new",)))
        assert package_count(database) == 0
        put(database, package(1, contributors=("new",)))
        assert package_count(database) == 1
    assert names_in(tmp_path) == [ASIDE, NAME]


def test_a_file_that_another_process_has_rebuilt_is_left_alone(tmp_path: Path) -> None:
    path = make(tmp_path)
    spoil_a_document(path)
    with closing(open_at(tmp_path)) as database:
        with pytest.raises(StoreError, match="is damaged"):
            queries.package(database, 1)
        path.rename(tmp_path / "elsewhere")
        make(tmp_path, 7)
        assert package_count(database) == 7
        assert database.notices == []
    assert names_in(tmp_path) == ["elsewhere", NAME]


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_S", 0)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


@pytest.mark.usefixtures("no_patience")
def test_a_locked_file_is_told_of_and_kept(tmp_path: Path) -> None:
    path = make(tmp_path)
    with closing(open_at(tmp_path)) as database:
        with locked(path):
            with pytest.raises(
                StoreError, match=r"keeps the cache .* locked; try again"
            ):
                package_count(database)
            with pytest.raises(StoreError, match="locked"):
                put(database, package(9))
            with pytest.raises(StoreError, match="locked"):
                open_at(tmp_path)
        assert package_count(database) == 3
    assert names_in(tmp_path) == [NAME]


def test_a_file_locked_for_long_is_waited_for_once(tmp_path: Path) -> None:
    path = make(tmp_path)

    def busy_timeout_ms() -> object:
        return database.connection.execute("PRAGMA busy_timeout").fetchone()[0]

    with closing(open_at(tmp_path)) as database:
        database.patience_s = 0.001
        with locked(path):
            assert busy_timeout_ms() == 1
            with pytest.raises(StoreError, match="locked"):
                package_count(database)
            assert busy_timeout_ms() == 0
            with pytest.raises(StoreError, match="locked"):
                package_count(database)
            assert busy_timeout_ms() == 0
        assert package_count(database) == 3
        assert busy_timeout_ms() == 1


def test_a_full_disk_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path)
    connect = database_module._connect
    pages = path.stat().st_size // 4096

    def limited(place: Path | str) -> sqlite3.Connection:
        connection = connect(place)
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(database_module, "_connect", limited)
    with closing(open_at(tmp_path)) as database:
        with pytest.raises(StoreError, match="the disk is full; free some space"):
            put(database, *(package(id_) for id_ in range(4, 2000)))
        assert package_count(database) == 3
        assert database.notices == []


def assert_works_in_memory(database: Database) -> None:
    (notice,) = database.notices
    assert notice == (
        f"cannot write {database.path}: nothing will be kept; "
        "set PKGTUI_HOME to a directory that can be written"
    )
    assert database.is_in_memory
    assert package_count(database) == 0
    put(database, package(1))
    assert package_count(database) == 1


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    with closing(open_at(tmp_path / "data")) as database:
        assert_works_in_memory(database)


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with closing(open_at(tmp_path)) as database:
        assert_works_in_memory(database)


def test_a_read_only_folder_is_read_and_not_written(own_folder: Path) -> None:
    path = make(own_folder)
    path.chmod(0o400)
    own_folder.chmod(0o500)
    with closing(open_at(own_folder)) as database:
        assert package_count(database) == 3
        assert database.notices == []
        with pytest.raises(StoreError, match=r"cannot write the cache .*PKGTUI_HOME"):
            put(database, package(9))
        assert package_count(database) == 3


def test_a_read_only_folder_without_a_cache(own_folder: Path) -> None:
    own_folder.chmod(0o500)
    with closing(open_at(own_folder)) as database:
        assert_works_in_memory(database)
    assert names_in(own_folder) == []


def test_a_file_that_cannot_be_read(own_folder: Path) -> None:
    make(own_folder).chmod(0)
    with closing(open_at(own_folder)) as database:
        assert_works_in_memory(database)


def test_a_damaged_file_in_a_read_only_folder(own_folder: Path) -> None:
    write_garbage(own_folder / NAME)
    own_folder.chmod(0o500)
    with closing(open_at(own_folder)) as database:
        assert_works_in_memory(database)
    assert names_in(own_folder) == [NAME]


def test_an_old_file_that_cannot_be_migrated(
    own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(own_folder).chmod(0o400)
    own_folder.chmod(0o500)
    steps = (*schema.MIGRATIONS, ("CREATE TABLE more (id)",))
    monkeypatch.setattr(schema, "MIGRATIONS", steps)
    with closing(open_at(own_folder)) as database:
        assert_works_in_memory(database)
