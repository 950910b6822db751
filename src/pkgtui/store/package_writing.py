"""Packages into the tables, a page at a time.

What is stored is read in one query for all of them, and what differs is written by one
statement for each table.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import Package
from pkgtui.domain.search_words import SearchedText
from pkgtui.store.rows import (
    PACKAGE_COLUMNS,
    package_document,
    package_values,
    read_searched_text,
)
from pkgtui.store.search_index import SearchIndex, document_of
from pkgtui.store.upserting import upsert

_UPSERT_PACKAGE = upsert("package", PACKAGE_COLUMNS)
_MOST_IDS = 500
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
    for start in range(0, len(ids), _MOST_IDS):
        some = [records[id_] for id_ in ids[start : start + _MOST_IDS]]
        _put_some(connection, some, index, cached_at, run_id)


def remove_texts(
    connection: sqlite3.Connection, ids: Sequence[int], index: SearchIndex
) -> None:
    """Take what is searched, contributors and documents of packages away."""
    for start in range(0, len(ids), _MOST_IDS):
        some = ids[start : start + _MOST_IDS]
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
