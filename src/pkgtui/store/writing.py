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

from pkgtui.domain.models import Category, Grid, Package
from pkgtui.store.database import Database
from pkgtui.store.documents import (
    CATEGORY_COLUMNS,
    GRID_COLUMNS,
    PACKAGE_COLUMNS,
    grid_values,
    package_document,
    package_values,
    read_contributors,
    to_microseconds,
)

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
    for record in records:
        if isinstance(record, Package):
            put_package(connection, record, cached_at=cached_at, run_id=run_id)
        elif isinstance(record, Grid):
            put_grid(connection, record, run_id=run_id)
        else:
            put_category(connection, record, run_id=run_id)


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


def put_grid(connection: sqlite3.Connection, grid: Grid, *, run_id: int) -> None:
    """Insert or replace a grid and its rows of `grid_package`."""
    connection.execute(_UPSERT_GRID, grid_values(grid, run_id=run_id))
    _replace_members(
        connection, "grid_id", grid.id, "package_id", set(grid.package_ids)
    )


def put_package(
    connection: sqlite3.Connection,
    package: Package,
    *,
    cached_at: datetime,
    run_id: int,
) -> None:
    """Insert or replace a package, its grids and its contributors."""
    connection.execute(
        _UPSERT_PACKAGE, package_values(package, cached_at=cached_at, run_id=run_id)
    )
    _put_document(connection, package)
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
    for (id_,) in rows:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (id_,))
        if table == "package":
            _remove_contributors(connection, id_, _stored_contributors(connection, id_))
            connection.execute(
                "DELETE FROM package_document WHERE package_id = ?", (id_,)
            )
        if table != "category":
            connection.execute(f"DELETE FROM grid_package WHERE {table}_id = ?", (id_,))
    return len(rows)


def _put_document(connection: sqlite3.Connection, package: Package) -> None:
    document = package_document(package)
    row = connection.execute(
        "SELECT document FROM package_document WHERE package_id = ?", (package.id,)
    ).fetchone()
    if row and row[0] == document:
        return
    before = _login_keys(read_contributors(row[0])) if row else set()
    after = _login_keys(package.contributors)
    _remove_contributors(connection, package.id, before - after)
    connection.executemany(
        "INSERT OR IGNORE INTO contributor VALUES (?, ?)",
        [(key, package.id) for key in after - before],
    )
    connection.execute(
        "INSERT OR REPLACE INTO package_document VALUES (?, ?)", (package.id, document)
    )


def _stored_contributors(connection: sqlite3.Connection, package_id: int) -> set[str]:
    row = connection.execute(
        "SELECT document FROM package_document WHERE package_id = ?", (package_id,)
    ).fetchone()
    return _login_keys(read_contributors(row[0])) if row else set()


def _remove_contributors(
    connection: sqlite3.Connection, package_id: int, keys: set[str]
) -> None:
    connection.executemany(
        "DELETE FROM contributor WHERE login_key = ? AND package_id = ?",
        [(key, package_id) for key in keys],
    )


def _login_keys(names: Sequence[str] | None) -> set[str]:
    return {name.casefold() for name in names or ()}


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
