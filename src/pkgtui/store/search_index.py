"""The index of the search, kept in step with the records in their own transactions.

Invariant: it is exactly what `fill` would make of the records held. A document is a
package's id, or a grid's id with all its bits turned (-1 - id): one number for either.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from pkgtui.domain.identifiers import Kind
from pkgtui.domain.search_words import (
    NO_ENTRIES,
    Entries,
    Field,
    SearchedText,
    entries_of,
)
from pkgtui.store.documents import (
    documentation_key,
    read_documentation_url,
    read_searched_text,
)

_FILL_SIZE = 2_000
_Word = tuple[str, Field, int]
"""A word, where it stands and in which document."""


def document_of(kind: Kind, id_: int) -> int:
    """The document of a package or a grid."""
    return id_ if kind is Kind.PACKAGE else ~id_


def target_of(document: int) -> tuple[Kind, int]:
    """The package or grid that a document is."""
    return (Kind.PACKAGE, document) if document >= 0 else (Kind.GRID, ~document)


def grid_text(slug: str, title: str, description: str) -> SearchedText:
    """What is searched of a grid."""
    return SearchedText(slug, title, None, description, (), None)


class SearchIndex:
    """The changes of one transaction: noted one by one, written together.

    Rows are written in the order of their tables, which is several times as fast as in
    the order of the records.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write to `connection`."""
        self._connection = connection
        self._before: dict[int, Entries] = {}
        self._after: dict[int, Entries] = {}

    def replace(
        self, document: int, before: SearchedText | None, after: SearchedText | None
    ) -> None:
        """Note that `after` stands where `before` was indexed; None is nothing."""
        if document not in self._before:
            self._before[document] = entries_of(before) if before else NO_ENTRIES
        self._after[document] = entries_of(after) if after else NO_ENTRIES

    def write(self) -> None:
        """Write what was noted."""
        old, new = self._before, self._after
        self._before, self._after = {}, {}
        if not old:
            return
        run = self._connection.executemany
        run(
            "DELETE FROM search_key WHERE name = ? AND rank = ? AND document = ?",
            sorted((*key, at) for at in old for key in old[at].keys - new[at].keys),
        )
        run(
            "INSERT INTO search_key VALUES (?, ?, ?)",
            sorted((*key, at) for at in old for key in new[at].keys - old[at].keys),
        )
        run(
            "DELETE FROM search_ending WHERE ending = ? AND document = ?",
            sorted(
                (end, at) for at in old for end in old[at].endings - new[at].endings
            ),
        )
        run(
            "INSERT INTO search_ending VALUES (?, ?)",
            sorted(
                (end, at) for at in old for end in new[at].endings - old[at].endings
            ),
        )
        self._change_words(
            [(*word, at) for at in old for word in old[at].words - new[at].words],
            [(*word, at) for at in old for word in new[at].words - old[at].words],
        )

    def _change_words(self, removed: Sequence[_Word], added: Sequence[_Word]) -> None:
        run = self._connection.executemany
        ids = self._word_ids({word for word, _, _ in (*removed, *added)})
        run(
            "DELETE FROM search_posting"
            " WHERE word_id = ? AND field = ? AND document = ?",
            sorted((ids[word], field, at) for word, field, at in removed),
        )
        run(
            "INSERT INTO search_posting VALUES (?, ?, ?)",
            sorted((ids[word], field, at) for word, field, at in added),
        )
        names: Counter[int] = Counter()
        texts: Counter[int] = Counter()
        for words, step in ((removed, -1), (added, 1)):
            for word, field, _ in words:
                (names if field is Field.NAME else texts)[ids[word]] += step
        run(
            "UPDATE search_word SET name_count = name_count + ?,"
            " text_count = text_count + ? WHERE id = ?",
            [
                (names[id_], texts[id_], id_)
                for id_ in sorted(names.keys() | texts.keys())
            ],
        )
        run(
            "DELETE FROM search_word"
            " WHERE id = ? AND name_count = 0 AND text_count = 0",
            sorted({(ids[word],) for word, _, _ in removed}),
        )

    def _word_ids(self, words: set[str]) -> dict[str, int]:
        """The ids of `words`; those that are new are inserted, with no counts yet."""
        known = self._known_ids(words)
        self._connection.executemany(
            "INSERT INTO search_word (word, name_count, text_count) VALUES (?, 0, 0)",
            sorted((word,) for word in words - known.keys()),
        )
        return known | self._known_ids(words - known.keys())

    def _known_ids(self, words: Iterable[str]) -> dict[str, int]:
        rows = self._connection.execute(
            "SELECT word, id FROM search_word"
            " WHERE word IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(words)),),
        )
        return dict(rows.fetchall())


def fill(connection: sqlite3.Connection) -> None:
    """Index all records of a file that has no index yet."""
    index = SearchIndex(connection)
    grids = connection.execute("SELECT id, slug, title, description FROM grid")
    for id_, slug, title, description in grids.fetchall():
        index.replace(
            document_of(Kind.GRID, id_), None, grid_text(slug, title, description)
        )
    last_id = -1
    while True:
        index.write()
        rows = connection.execute(
            "SELECT id, slug, title, pypi_name, document"
            " FROM package JOIN package_document ON package_id = id"
            " WHERE id > ? ORDER BY id LIMIT ?",
            (last_id, _FILL_SIZE),
        ).fetchall()
        if not rows:
            return
        for id_, *texts in rows:
            text = read_searched_text(*texts)
            index.replace(document_of(Kind.PACKAGE, id_), None, text)
        connection.executemany(
            "UPDATE package SET documentation_key = ? WHERE id = ?",
            [
                (documentation_key(read_documentation_url(row[4])), row[0])
                for row in rows
            ],
        )
        last_id = rows[-1][0]
