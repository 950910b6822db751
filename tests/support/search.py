"""What the tests of the search share: catalogs to search, and a look at the index."""

import asyncio
import random
import sqlite3
import string
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from pkgtui.catalog import Catalog
from pkgtui.domain.models import Grid, Package
from pkgtui.store.database import Database
from pkgtui.store.packing import unpack
from tests.support.store import FakeSource, open_catalog


def catalog_of(
    folder: Path, packages: Sequence[Package] = (), grids: Sequence[Grid] = ()
) -> Catalog:
    """A catalog below `folder` that was synced just now; `grids` tell who is in."""
    in_grids = [
        one._replace(grid_ids=tuple(at.id for at in grids if one.id in at.package_ids))
        for one in packages
    ]
    catalog = open_catalog(folder, FakeSource(in_grids, grids, page_size=3))
    asyncio.run(catalog.sync())
    return catalog


def found(catalog: Catalog, query: str, **how: Any) -> list[str]:
    """``slug match`` of each hit, in order."""
    return [f"{hit.slug} {hit.match}" for hit in catalog.search(query, **how).hits]


def slugs(catalog: Catalog, query: str, **how: Any) -> list[str]:
    """The slugs of the hits, in order."""
    return [hit.slug for hit in catalog.search(query, **how).hits]


class Index(NamedTuple):
    """All that the index of a database says, whatever its numbers and segments."""

    keys: list[tuple[Any, ...]]
    endings: list[tuple[Any, ...]]
    postings: dict[tuple[str, int], set[int]]
    counts: list[tuple[Any, ...]]
    documents: set[int]
    documentation: list[tuple[Any, ...]]


def index_of(database: Database) -> Index:
    """What the index of `database` says."""
    postings: dict[tuple[str, int], set[int]] = {}
    for word, field, packed in database.rows(
        "SELECT word, field, documents FROM search_posting"
        " JOIN search_word ON search_word.id = word_id"
    ):
        documents = unpack([packed])
        assert documents
        assert not documents & postings.get((word, field), set())
        postings[word, field] = postings.get((word, field), set()) | documents
    ids = {id_ for (id_,) in database.rows("SELECT id FROM search_word")}
    used = {id_ for (id_,) in database.rows("SELECT word_id FROM search_posting")}
    assert ids == used
    return Index(
        database.rows("SELECT name, rank, document FROM search_key ORDER BY 1, 2, 3"),
        database.rows("SELECT ending, document FROM search_ending ORDER BY 1, 2"),
        postings,
        database.rows(
            "SELECT word, name_count, text_count FROM search_word ORDER BY 1"
        ),
        {id_ for (id_,) in database.rows("SELECT document FROM search_document")},
        database.rows("SELECT id, documentation_key FROM package ORDER BY id"),
    )


def mistyped(text: str, chance: random.Random) -> str:
    """`text` with one slip: a letter swapped, dropped, doubled, replaced, inserted."""
    while True:
        at = chance.randrange(len(text))
        before, letter, after = text[:at], text[at], text[at + 1 :]
        another = chance.choice(string.ascii_lowercase)
        typed = chance.choice(
            [
                before + after[:1] + letter + after[1:],
                before + after,
                before + letter + letter + after,
                before + another + after,
                before + another + letter + after,
            ]
        )
        if typed != text:
            return typed


def tables_of(path: Path) -> dict[str, list[str]]:
    """The columns of each table in a file."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for (name,) in names
        }
