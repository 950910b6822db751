"""The records that a search tells of, read together."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pkgtui.domain.search_words import SearchedText
from pkgtui.store.database import Database
from pkgtui.store.documents import from_microseconds, read_searched_text
from pkgtui.store.search_index import grid_text


class SearchRecord(NamedTuple):
    """A package or a grid, as far as a search tells of it."""

    document: int
    text: SearchedText
    stars: int | None = None
    package_count: int | None = None
    last_commit_at: datetime | None = None
    fetched_at: datetime | None = None
    documentation_url: str | None = None


def read_records(database: Database, documents: Iterable[int]) -> list[SearchRecord]:
    """The records of `documents` in any order, without those that have vanished."""
    packages: list[int] = []
    grids: list[int] = []
    for document in documents:
        (packages if document >= 0 else grids).append(document)
    records = []
    for row in database.rows(
        "SELECT id, slug, title, pypi_name, document, stars, last_commit_at,"
        " fetched_at, json_extract(document, '$.documentation_url')"
        " FROM package JOIN package_document ON package_id = id"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(packages),),
    ):
        with database.guarded():
            text = read_searched_text(*row[1:5])
        records.append(
            SearchRecord(
                document=row[0],
                text=text,
                stars=row[5],
                last_commit_at=_moment(row[6]),
                fetched_at=_moment(row[7]),
                documentation_url=row[8],
            )
        )
    for document, slug, title, description, package_count in database.rows(
        "SELECT ~id, slug, title, description, ("
        "  SELECT count(*) FROM grid_package JOIN package ON id = package_id"
        "  WHERE grid_id = grid.id"
        ") FROM grid WHERE id IN (SELECT ~value FROM json_each(?))",
        (json.dumps(grids),),
    ):
        text = grid_text(slug, title, description)
        records.append(SearchRecord(document, text, package_count=package_count))
    return records


def read_texts(
    database: Database, documents: Iterable[int]
) -> list[tuple[int, tuple[str, ...], str]]:
    """Of each document its names and its description: less work than its record."""
    ids = json.dumps(list(documents))
    rows = database.rows(
        "SELECT id, slug, title, pypi_name, json_extract(document, '$.description')"
        " FROM package JOIN package_document ON package_id = id"
        " WHERE id IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT ~id, slug, title, NULL, description FROM grid"
        " WHERE ~id IN (SELECT value FROM json_each(?1))",
        (ids,),
    )
    return [
        (document, (slug, title, pypi_name or ""), description or "")
        for document, slug, title, pypi_name, description in rows
    ]


def _moment(count: int | None) -> datetime | None:
    return None if count is None else from_microseconds(count)
