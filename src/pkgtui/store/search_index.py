"""The index of the search, kept in step with the records in their own transactions.

Invariant: it is exactly what `fill` would make of the records held. A document is a
package's id, or a grid's id with all its bits turned (-1 - id): one number for either.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set

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
_Row = tuple[str, int, int]
"""A name with its rank or a word with its field, and the document."""


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
        changes = [
            (document, before, self._after[document])
            for document, before in self._before.items()
        ]
        self._before, self._after = {}, {}
        if not changes:
            return
        run = self._connection.executemany
        run(
            "DELETE FROM search_key WHERE name = ? AND rank = ? AND document = ?",
            sorted(_differences((at, old[0], new[0]) for at, old, new in changes)),
        )
        run(
            "INSERT INTO search_key VALUES (?, ?, ?)",
            sorted(_differences((at, new[0], old[0]) for at, old, new in changes)),
        )
        run(
            "DELETE FROM search_ending WHERE ending = ? AND document = ?",
            sorted((end, at) for at, old, new in changes for end in old[1] - new[1]),
        )
        run(
            "INSERT INTO search_ending VALUES (?, ?)",
            sorted((end, at) for at, old, new in changes for end in new[1] - old[1]),
        )
        self._change_words(
            _differences((at, old.words, new.words) for at, old, new in changes),
            _differences((at, new.words, old.words) for at, old, new in changes),
        )

    def _change_words(self, removed: Sequence[_Row], added: Sequence[_Row]) -> None:
        run = self._connection.executemany
        steps = _count(added)
        for word, (names, texts) in _count(removed).items():
            had = steps.get(word, (0, 0))
            steps[word] = (had[0] - names, had[1] - texts)
        ids = self._word_ids(steps.keys())
        run(
            "DELETE FROM search_posting"
            " WHERE word_id = ? AND field = ? AND document = ?",
            sorted([(ids[word], field, at) for word, field, at in removed]),
        )
        run(
            "INSERT INTO search_posting VALUES (?, ?, ?)",
            sorted([(ids[word], field, at) for word, field, at in added]),
        )
        run(
            "UPDATE search_word SET name_count = name_count + ?,"
            " text_count = text_count + ? WHERE id = ?",
            sorted([(*counts, ids[word]) for word, counts in steps.items()]),
        )
        run(
            "DELETE FROM search_word"
            " WHERE id = ? AND name_count = 0 AND text_count = 0",
            sorted({(ids[word],) for word, _, _ in removed}),
        )

    def _word_ids(self, words: Set[str]) -> dict[str, int]:
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


def _differences(
    changes: Iterable[tuple[int, Mapping[str, int], Mapping[str, int]]],
) -> list[_Row]:
    """What each document has in its first mapping and not in its second."""
    rows: list[_Row] = []
    for document, kept, gone in changes:
        items = kept.items() - gone.items() if gone else kept.items()
        rows += [(text, number, document) for text, number in items]
    return rows


def _count(rows: Sequence[_Row]) -> dict[str, tuple[int, int]]:
    """In how many documents each word stands: in names, and elsewhere."""
    in_names = Counter([word for word, field, _ in rows if field == Field.NAME])
    anywhere = Counter([word for word, _, _ in rows])
    return {
        word: (in_names[word], count - in_names[word])
        for word, count in anywhere.items()
    }


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
