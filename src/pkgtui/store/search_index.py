"""The index of the search, kept in step with the records in their own transactions.

Invariant: it says exactly what `fill` would make of the records held. A document is a
package's id, or a grid's id with all its bits turned (-1 - id): one number for either.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.search_words import (
    NO_ENTRIES,
    Entries,
    Field,
    SearchedText,
    entries_of,
)
from pkgtui.store.packing import pack, unpack
from pkgtui.store.rows import (
    documentation_key,
    read_documentation_url,
    read_searched_text,
)

_FILL_SIZE = 2_000
_Change = tuple[int, Entries, Entries]
"""A document, what was indexed of it and what shall be."""
_Entry = tuple[str, int]
"""A word and its field."""
_Edit = tuple[int, bool]
"""A document, and whether it gets a word or loses it."""
_Place = tuple[int, int, int]
"""Word, field and segment: where one row of postings is."""


def document_of(kind: RecordKind, id_: int) -> int:
    """The document of a package or a grid."""
    return id_ if kind is RecordKind.PACKAGE else ~id_


def target_of(document: int) -> tuple[RecordKind, int]:
    """The package or grid that a document is."""
    return (
        (RecordKind.PACKAGE, document)
        if document >= 0
        else (RecordKind.GRID, ~document)
    )


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
        keys_left, keys_added, endings_left, endings_added = [], [], [], []
        for at, old, new in changes:
            keys_left += [(*key, at) for key in old.keys.items() - new.keys.items()]
            keys_added += [(*key, at) for key in new.keys.items() - old.keys.items()]
            endings_left += [(ending, at) for ending in old.endings - new.endings]
            endings_added += [(ending, at) for ending in new.endings - old.endings]
        run = self._connection.executemany
        run(
            "DELETE FROM search_key WHERE name = ? AND rank = ? AND document = ?",
            sorted(keys_left),
        )
        run("INSERT INTO search_key VALUES (?, ?, ?)", sorted(keys_added))
        run(
            "DELETE FROM search_ending WHERE ending = ? AND document = ?",
            sorted(endings_left),
        )
        run("INSERT INTO search_ending VALUES (?, ?)", sorted(endings_added))
        self._change_words(changes)

    def _change_words(self, changes: Sequence[_Change]) -> None:
        begun: defaultdict[_Entry, list[int]] = defaultdict(list)
        edits: defaultdict[_Entry, list[_Edit]] = defaultdict(list)
        steps: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for document, old, new in changes:
            if not old.words:
                for entry in new.words.items():
                    begun[entry].append(document)
                continue
            for entry in old.words.items() - new.words.items():
                edits[entry].append((document, False))
            for entry in new.words.items() - old.words.items():
                edits[entry].append((document, True))
        for (word, field), documents in begun.items():
            steps[word][field != Field.NAME] += len(documents)
        for (word, field), made in edits.items():
            for _, is_added in made:
                steps[word][field != Field.NAME] += 1 if is_added else -1
        ids = self._word_ids(steps.keys())
        self._begin_segment(begun, ids)
        self._edit_segments(edits, ids)
        run = self._connection.executemany
        run(
            "UPDATE search_word SET name_count = name_count + ?,"
            " text_count = text_count + ? WHERE id = ?",
            sorted([(*counts, ids[word]) for word, counts in steps.items()]),
        )
        run(
            "DELETE FROM search_word"
            " WHERE id = ? AND name_count = 0 AND text_count = 0",
            sorted({(ids[word],) for word, _ in edits}),
        )
        wordless = [(at,) for at, old, new in changes if old.words and not new.words]
        run("DELETE FROM search_document WHERE document = ?", wordless)

    def _begin_segment(
        self, begun: Mapping[_Entry, list[int]], ids: Mapping[str, int]
    ) -> None:
        """Write the words of documents that had none."""
        if not begun:
            return
        (segment,) = self._connection.execute(
            "SELECT coalesce(max(segment), 0) + 1 FROM search_document"
        ).fetchone()
        run = self._connection.executemany
        run(
            "INSERT INTO search_document VALUES (?, ?)",
            sorted((at, segment) for at in set().union(*begun.values())),
        )
        run(
            "INSERT INTO search_posting VALUES (?, ?, ?, ?)",
            sorted(
                (ids[word], field, segment, pack(documents))
                for (word, field), documents in begun.items()
            ),
        )

    def _edit_segments(
        self, edits: Mapping[_Entry, list[_Edit]], ids: Mapping[str, int]
    ) -> None:
        """Add words to documents that have some, and take words away."""
        segments = self._segments({at for made in edits.values() for at, _ in made})
        places: defaultdict[_Place, list[_Edit]] = defaultdict(list)
        for (word, field), made in edits.items():
            for edit in made:
                places[ids[word], field, segments[edit[0]]].append(edit)
        for place, made in sorted(places.items()):
            row = self._connection.execute(
                "SELECT documents FROM search_posting"
                " WHERE word_id = ? AND field = ? AND segment = ?",
                place,
            ).fetchone()
            documents = unpack(row or ())
            for document, is_added in made:
                (documents.add if is_added else documents.discard)(document)
            if documents:
                self._connection.execute(
                    "INSERT OR REPLACE INTO search_posting VALUES (?, ?, ?, ?)",
                    (*place, pack(documents)),
                )
            else:
                self._connection.execute(
                    "DELETE FROM search_posting"
                    " WHERE word_id = ? AND field = ? AND segment = ?",
                    place,
                )

    def _segments(self, documents: Set[int]) -> dict[int, int]:
        rows = self._connection.execute(
            "SELECT document, segment FROM search_document"
            " WHERE document IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(documents)),),
        )
        return dict(rows.fetchall())

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


def fill(connection: sqlite3.Connection) -> None:
    """Index all records of a file that has no index yet."""
    index = SearchIndex(connection)
    grids = connection.execute("SELECT id, slug, title, description FROM grid")
    for id_, slug, title, description in grids.fetchall():
        index.replace(
            document_of(RecordKind.GRID, id_), None, grid_text(slug, title, description)
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
            index.replace(document_of(RecordKind.PACKAGE, id_), None, text)
        connection.executemany(
            "UPDATE package SET documentation_key = ? WHERE id = ?",
            [
                (documentation_key(read_documentation_url(row[4])), row[0])
                for row in rows
            ],
        )
        last_id = rows[-1][0]
