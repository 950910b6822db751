"""Records into the tables. Each call is one short transaction.

A run id marks the pass over a list that last saw a record: what a whole pass did not
see has vanished. Every row of `grid_package` is written by its package and by its grid,
each for its own; where they differ the later one holds.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from pkgtui.domain.identifiers import Kind
from pkgtui.domain.models import Category, Grid, Package
from pkgtui.domain.search_words import SearchedText
from pkgtui.store.database import Database
from pkgtui.store.documents import (
    CATEGORY_COLUMNS,
    GRID_COLUMNS,
    PACKAGE_COLUMNS,
    grid_values,
    package_document,
    package_values,
    read_searched_text,
    to_microseconds,
)
from pkgtui.store.search_index import SearchIndex, document_of, grid_text

Result = TypeVar("Result")


def _upsert(table: str, columns: Sequence[str]) -> str:
    """Insert or update by id; `run_id`, which is last, never goes back."""
    updates = [f"{name} = excluded.{name}" for name in columns[1:-1]]
    return (
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) DO UPDATE SET"
        f" {', '.join(updates)}, run_id = max(run_id, excluded.run_id)"
    )


_UPSERT_CATEGORY = _upsert("category", CATEGORY_COLUMNS)
_UPSERT_GRID = _upsert("grid", GRID_COLUMNS)
_UPSERT_PACKAGE = _upsert("package", PACKAGE_COLUMNS)


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
    return int(row[0]) if row else 0


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
    for record in records:
        if isinstance(record, Package):
            put_package(
                connection, record, index=index, cached_at=cached_at, run_id=run_id
            )
        elif isinstance(record, Grid):
            put_grid(connection, record, index=index, run_id=run_id)
        else:
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
        index.replace(document_of(Kind.GRID, grid.id), before, after)
    connection.execute(_UPSERT_GRID, grid_values(grid, run_id=run_id))
    _replace_members(
        connection, "grid_id", grid.id, "package_id", set(grid.package_ids)
    )


def put_package(
    connection: sqlite3.Connection,
    package: Package,
    *,
    index: SearchIndex,
    cached_at: datetime,
    run_id: int,
) -> None:
    """Insert or replace a package, its grids and its contributors."""
    before = _stored_package_texts(connection, package.id)
    after = (
        package.slug,
        package.title,
        package.pypi_name,
        package_document(package),
    )
    connection.execute(
        _UPSERT_PACKAGE, package_values(package, cached_at=cached_at, run_id=run_id)
    )
    if before != after:
        _put_texts(connection, package, before, after[3], index)
    _replace_members(
        connection, "package_id", package.id, "grid_id", set(package.grid_ids)
    )


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
    for (id_,) in rows:
        if table == "package":
            _remove_texts(connection, id_, index)
        elif table == "grid":
            text = _stored_grid_text(connection, id_)
            index.replace(document_of(Kind.GRID, id_), text, None)
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))
        if table != "category":
            connection.execute(f"DELETE FROM grid_package WHERE {table}_id = ?", (id_,))
    index.write()
    return len(rows)


_PackageTexts = tuple[str, str, str | None, str]
"""Slug, title, PyPI name and document: all that search and contributors come from."""


def _stored_package_texts(
    connection: sqlite3.Connection, package_id: int
) -> _PackageTexts | None:
    row: _PackageTexts | None = connection.execute(
        "SELECT slug, title, pypi_name, document"
        " FROM package JOIN package_document ON package_id = id WHERE id = ?",
        (package_id,),
    ).fetchone()
    return row


def _put_texts(
    connection: sqlite3.Connection,
    package: Package,
    before: _PackageTexts | None,
    document: str,
    index: SearchIndex,
) -> None:
    old = read_searched_text(*before) if before else None
    new = SearchedText(
        package.slug,
        package.title,
        package.pypi_name,
        package.description,
        package.contributors or (),
        package.repo_url,
    )
    index.replace(document_of(Kind.PACKAGE, package.id), old, new)
    old_keys = _login_keys(old.contributors) if old else set()
    new_keys = _login_keys(new.contributors)
    _remove_contributors(connection, package.id, old_keys - new_keys)
    connection.executemany(
        "INSERT OR IGNORE INTO contributor VALUES (?, ?)",
        [(key, package.id) for key in new_keys - old_keys],
    )
    connection.execute(
        "INSERT OR REPLACE INTO package_document VALUES (?, ?)", (package.id, document)
    )


def _remove_texts(
    connection: sqlite3.Connection, package_id: int, index: SearchIndex
) -> None:
    texts = _stored_package_texts(connection, package_id)
    if texts is None:
        return
    text = read_searched_text(*texts)
    index.replace(document_of(Kind.PACKAGE, package_id), text, None)
    _remove_contributors(connection, package_id, _login_keys(text.contributors))
    connection.execute(
        "DELETE FROM package_document WHERE package_id = ?", (package_id,)
    )


def _stored_grid_text(
    connection: sqlite3.Connection, grid_id: int
) -> SearchedText | None:
    row = connection.execute(
        "SELECT slug, title, description FROM grid WHERE id = ?", (grid_id,)
    ).fetchone()
    return grid_text(*row) if row else None


def _remove_contributors(
    connection: sqlite3.Connection, package_id: int, keys: set[str]
) -> None:
    connection.executemany(
        "DELETE FROM contributor WHERE login_key = ? AND package_id = ?",
        [(key, package_id) for key in keys],
    )


def _login_keys(names: Sequence[str]) -> set[str]:
    return {name.casefold() for name in names}


def _replace_members(
    connection: sqlite3.Connection,
    own_column: str,
    own_id: int,
    other_column: str,
    after: set[int],
) -> None:
    rows = connection.execute(
        f"SELECT {other_column} FROM grid_package WHERE {own_column} = ?", (own_id,)
    )
    before = {id_ for (id_,) in rows}
    connection.executemany(
        f"DELETE FROM grid_package WHERE {own_column} = ? AND {other_column} = ?",
        [(own_id, id_) for id_ in before - after],
    )
    connection.executemany(
        f"INSERT INTO grid_package ({own_column}, {other_column}) VALUES (?, ?)",
        [(own_id, id_) for id_ in after - before],
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
