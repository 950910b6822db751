"""The records that a search tells of, read together."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from pkgtui.store.database import Database, Types
from pkgtui.store.rows import OPTIONAL_NUMBER, OPTIONAL_TEXT


class SearchRecord(NamedTuple):
    """A package or a grid, as far as every hit tells of it."""

    document: int
    slug: str
    title: str
    pypi_name: str | None
    description: str
    stars: int | None
    package_count: int | None
    last_commit_at: int | None
    """Microseconds, as they are stored: thousands may be read for one hit."""
    fetched_at: int | None

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, the best to show first."""
        names = (self.title, self.slug, self.pypi_name or "")
        return tuple(name for name in names if name)


_TYPES: Types = (int, str, str, OPTIONAL_TEXT, str, *[OPTIONAL_NUMBER] * 4)
"""Of the columns of a `SearchRecord`."""


class PeopleAndPlaces(NamedTuple):
    """Who works on a package, and where it is."""

    document: int
    contributors: tuple[str, ...]
    addresses: tuple[str, ...]


def read_records(database: Database, documents: Iterable[int]) -> list[SearchRecord]:
    """The records of `documents` in any order, without those that have vanished."""
    rows = database.rows(
        "SELECT id, slug, title, pypi_name,"
        " coalesce(json_extract(document, '$.description'), ''),"
        " stars, NULL, last_commit_at, fetched_at"
        " FROM package JOIN package_document ON package_id = id"
        " WHERE id IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT ~id, slug, title, NULL, description, NULL, ("
        "  SELECT count(*) FROM grid_package JOIN package ON package.id = package_id"
        "  WHERE grid_id = grid.id"
        "), NULL, NULL FROM grid WHERE id IN (SELECT ~value FROM json_each(?1))",
        (json.dumps(list(documents)),),
        types=_TYPES,
    )
    return [SearchRecord(*row) for row in rows]


def read_people_and_places(
    database: Database, documents: Iterable[int]
) -> list[PeopleAndPlaces]:
    """The same of people and addresses; grids have neither."""
    rows = database.rows(
        "SELECT package_id, json_extract(document, '$.contributors'),"
        " json_extract(document, '$.repo_url'),"
        " json_extract(document, '$.documentation_url') FROM package_document"
        " WHERE package_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(documents)),),
    )
    return [
        PeopleAndPlaces(
            document,
            tuple(json.loads(contributors or "[]")),
            tuple(address for address in addresses if address),
        )
        for document, contributors, *addresses in rows
    ]
