"""Records into the tables. Each call is one short transaction.

A run id marks the pass over a list that last saw a record: what a whole pass did not
see has vanished. Every row of `grid_package` is written by its package and by its grid,
each for its own; where they differ the later one holds.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import TypeVar

from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import Category, Grid, Package
from pkgtui.domain.search_words import SearchedText
from pkgtui.store.database import Database
from pkgtui.store.rows import (
    CATEGORY_COLUMNS,
    GRID_COLUMNS,
    MAX_INTEGER,
    PACKAGE_COLUMNS,
    CorruptRowError,
    grid_values,
    package_document,
    package_values,
    read_searched_text,
    to_microseconds,
)
from pkgtui.store.search_index import SearchIndex, document_of, grid_text


def upsert(table: str, columns: Sequence[str]) -> str:
    """Insert or update by id; `run_id`, which is last, never goes back."""
    updates = [f"{name} = excluded.{name}" for name in columns[1:-1]]
    return (
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) DO UPDATE SET"
        f" {', '.join(updates)}, run_id = max(run_id, excluded.run_id)"
    )


_UPSERT_PACKAGE = upsert("package", PACKAGE_COLUMNS)
_MAX_IDS = 500
"""In one query: SQLite before 3.32 takes 999 parameters."""

_Texts = tuple[str, str, str | None, str]
"""Slug, title, PyPI name and document: all that search and contributors come from."""


def put_packages(
    connection: sqlite3.Connection,
    packages: Sequence[Package],
    *,
    index: SearchIndex,
    cached_at: datetime,
    run_id: int,
) -> None:
    """Insert or replace packages, their grids and their contributors."""
    # Of a package that comes twice the later record holds.
    records = {package.id: package for package in packages}
    ids = list(records)
    for start in range(0, len(ids), _MAX_IDS):
        some = [records[id_] for id_ in ids[start : start + _MAX_IDS]]
        _put_some(connection, some, index, cached_at, run_id)


def remove_texts(
    connection: sqlite3.Connection, ids: Sequence[int], index: SearchIndex
) -> None:
    """Take what is searched, contributors and documents of packages away."""
    for start in range(0, len(ids), _MAX_IDS):
        some = ids[start : start + _MAX_IDS]
        contributors = []
        for id_, texts in _stored_texts(connection, some).items():
            text = read_searched_text(*texts)
            index.replace(document_of(RecordKind.PACKAGE, id_), text, None)
            contributors += [(key, id_) for key in _login_keys(text.contributors)]
        _remove_contributors(connection, contributors)
        connection.executemany(
            "DELETE FROM package_document WHERE package_id = ?",
            [(id_,) for id_ in some],
        )


def _put_some(
    connection: sqlite3.Connection,
    packages: Sequence[Package],
    index: SearchIndex,
    cached_at: datetime,
    run_id: int,
) -> None:
    ids = [package.id for package in packages]
    stored = _stored_texts(connection, ids)
    members = _stored_members(connection, ids)
    connection.executemany(
        _UPSERT_PACKAGE,
        [
            package_values(package, cached_at=cached_at, run_id=run_id)
            for package in packages
        ],
    )
    documents: list[tuple[int, str]] = []
    left: list[tuple[str, int]] = []
    joined: list[tuple[str, int]] = []
    for package in packages:
        before = stored.get(package.id)
        document = package_document(package)
        if before == (package.slug, package.title, package.pypi_name, document):
            continue
        documents.append((package.id, document))
        old = read_searched_text(*before) if before else None
        new = _searched_text(package)
        index.replace(document_of(RecordKind.PACKAGE, package.id), old, new)
        old_keys = _login_keys(old.contributors) if old else set()
        new_keys = _login_keys(new.contributors)
        left += [(key, package.id) for key in old_keys - new_keys]
        joined += [(key, package.id) for key in new_keys - old_keys]
    _remove_contributors(connection, left)
    connection.executemany("INSERT OR IGNORE INTO contributor VALUES (?, ?)", joined)
    connection.executemany(
        "INSERT OR REPLACE INTO package_document VALUES (?, ?)", documents
    )
    after = {(grid, package.id) for package in packages for grid in package.grid_ids}
    connection.executemany(
        "DELETE FROM grid_package WHERE grid_id = ? AND package_id = ?",
        sorted(members - after),
    )
    connection.executemany(
        "INSERT INTO grid_package (grid_id, package_id) VALUES (?, ?)",
        sorted(after - members),
    )


def _stored_texts(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> dict[int, _Texts]:
    rows = connection.execute(
        "SELECT id, slug, title, pypi_name, document"
        " FROM package JOIN package_document ON package_id = id"
        f" WHERE id IN ({_marks(ids)})",
        ids,
    )
    return {id_: tuple(texts) for id_, *texts in rows}


def _stored_members(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> set[tuple[int, int]]:
    rows = connection.execute(
        "SELECT grid_id, package_id FROM grid_package"
        f" WHERE package_id IN ({_marks(ids)})",
        ids,
    )
    return set(rows)


def _searched_text(package: Package) -> SearchedText:
    return SearchedText(
        package.slug,
        package.title,
        package.pypi_name,
        package.description,
        package.contributors or (),
        package.repo_url,
    )


def _remove_contributors(
    connection: sqlite3.Connection, rows: Iterable[tuple[str, int]]
) -> None:
    connection.executemany(
        "DELETE FROM contributor WHERE login_key = ? AND package_id = ?", rows
    )


def _login_keys(names: Sequence[str]) -> set[str]:
    return {name.casefold() for name in names}


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))


Result = TypeVar("Result")


_UPSERT_CATEGORY = upsert("category", CATEGORY_COLUMNS)
_UPSERT_GRID = upsert("grid", GRID_COLUMNS)


class Writer:
    """Writes one transaction at a time, in whichever thread it is called."""

    def __init__(self, database: Database) -> None:
        """Write to `database`."""
        self._database = database
        # A cancelled task leaves its thread at work: the next one waits for it here
        # rather than in SQLite, which gives up after a time.
        self._lock = threading.Lock()

    def write(self, change: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `change` in one transaction; after a `StoreError` nothing has changed."""
        with (
            self._lock,
            self._database.guarded(),
            self._database.writing_connection() as connection,
            _transaction(connection),
        ):
            return change(connection)


def next_run(connection: sqlite3.Connection) -> int:
    """Begin a new pass over a list."""
    run_id = current_run(connection) + 1
    set_meta(connection, "run_id", run_id)
    return run_id


def current_run(connection: sqlite3.Connection) -> int:
    """The pass under way, or the last one."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'run_id'").fetchone()
    run_id = row[0] if row else 0
    # SQLite has no number after its largest.
    if not isinstance(run_id, int) or run_id >= MAX_INTEGER:
        raise CorruptRowError("no number of a run")
    return run_id


def set_meta(connection: sqlite3.Connection, name: str, value: str | int) -> None:
    """Set a value of table `meta`."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def set_synced(
    connection: sqlite3.Connection, synced_at: datetime, source_version: str
) -> None:
    """Remember the end of a whole sync."""
    set_meta(connection, "synced_at", to_microseconds(synced_at))
    set_meta(connection, "synced_run", current_run(connection))
    set_meta(connection, "source_version", source_version)


def put(
    connection: sqlite3.Connection,
    records: Sequence[Category | Grid | Package],
    *,
    cached_at: datetime,
    run_id: int,
) -> None:
    """Insert or replace records of any kind, with what belongs to them."""
    index = SearchIndex(connection)
    for kind, group in groupby(records, type):
        if kind is Package:
            packages = [record for record in group if isinstance(record, Package)]
            put_packages(
                connection, packages, index=index, cached_at=cached_at, run_id=run_id
            )
            continue
        for record in group:
            if isinstance(record, Grid):
                put_grid(connection, record, index=index, run_id=run_id)
            elif isinstance(record, Category):
                put_category(connection, record, run_id=run_id)
    index.write()


def putting(
    record: Category | Grid | Package, cached_at: datetime
) -> Callable[[sqlite3.Connection], None]:
    """The change that puts one record that was fetched by itself."""

    def change(connection: sqlite3.Connection) -> None:
        # Counts as seen by a pass that is under way: it must not delete this.
        run_id = current_run(connection)
        put(connection, [record], cached_at=cached_at, run_id=run_id)

    return change


def put_category(
    connection: sqlite3.Connection, category: Category, *, run_id: int
) -> None:
    """Insert or replace a category."""
    connection.execute(_UPSERT_CATEGORY, (*category, run_id))


def put_grid(
    connection: sqlite3.Connection, grid: Grid, *, index: SearchIndex, run_id: int
) -> None:
    """Insert or replace a grid and its rows of `grid_package`."""
    before = _stored_grid_text(connection, grid.id)
    after = grid_text(grid.slug, grid.title, grid.description)
    if before != after:
        index.replace(document_of(RecordKind.GRID, grid.id), before, after)
    connection.execute(_UPSERT_GRID, grid_values(grid, run_id=run_id))
    _replace_members(connection, grid.id, set(grid.package_ids))


def keep(
    connection: sqlite3.Connection, table: str, ids: Sequence[int], run_id: int
) -> None:
    """Mark records as seen whose new form could not be read."""
    connection.executemany(
        f"UPDATE {table} SET run_id = ? WHERE id = ?", [(run_id, id_) for id_ in ids]
    )


def remove_unseen(connection: sqlite3.Connection, table: str, run_id: int) -> int:
    """Delete what pass `run_id` did not see; returns how many records that are."""
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE run_id < ?", (run_id,)
    ).fetchall()
    index = SearchIndex(connection)
    if table == "package":
        remove_texts(connection, [id_ for (id_,) in rows], index)
    for (id_,) in rows:
        if table == "grid":
            text = _stored_grid_text(connection, id_)
            index.replace(document_of(RecordKind.GRID, id_), text, None)
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))
        if table != "category":
            connection.execute(f"DELETE FROM grid_package WHERE {table}_id = ?", (id_,))
    index.write()
    return len(rows)


def _stored_grid_text(
    connection: sqlite3.Connection, grid_id: int
) -> SearchedText | None:
    row = connection.execute(
        "SELECT slug, title, description FROM grid WHERE id = ?", (grid_id,)
    ).fetchone()
    return grid_text(*row) if row else None


def _replace_members(
    connection: sqlite3.Connection, grid_id: int, after: set[int]
) -> None:
    rows = connection.execute(
        "SELECT package_id FROM grid_package WHERE grid_id = ?", (grid_id,)
    )
    before = {id_ for (id_,) in rows}
    connection.executemany(
        "DELETE FROM grid_package WHERE grid_id = ? AND package_id = ?",
        [(grid_id, id_) for id_ in before - after],
    )
    connection.executemany(
        "INSERT INTO grid_package (grid_id, package_id) VALUES (?, ?)",
        [(grid_id, id_) for id_ in after - before],
    )


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
