"""What the search index says: from names, words and addresses to documents."""

import json
from collections.abc import Sequence
from operator import itemgetter

from pkgtui.domain.edit_distance import (
    edit_distance,
    prefix_distance,
    slips_allowed,
    unharmed_pieces,
)
from pkgtui.domain.search_words import COMMON_START, Field, KeyRank
from pkgtui.store.database import Database
from pkgtui.store.packing import unpack
from pkgtui.store.rows import CorruptRowError

_END = "\U0010ffff"
"""Sorts after whatever may follow a beginning."""
_FIRST = itemgetter(0)
_SHORTEST_HALVED = 3
"""Less than this has no two halves around a letter: all names would be near."""


FoundWord = tuple[int, int, int]
"""A word's id, and in how many documents it stands: in names, and elsewhere."""


class SearchLookup:
    """Reads the index of one database."""

    def __init__(self, database: Database) -> None:
        """Read from `database`."""
        self._database = database
        self._beginning: dict[str, list[FoundWord]] = {}

    def exact_slugs(self, text: str) -> set[int]:
        """The documents whose slug is `text`, to the letter."""
        rows = self._database.rows(
            "SELECT id FROM package WHERE slug_key = ?1 AND slug = ?2"
            " UNION ALL SELECT ~id FROM grid WHERE slug_key = ?1 AND slug = ?2",
            (text.casefold(), text),
        )
        return set(map(_FIRST, rows))

    def names(self, whole: str) -> list[tuple[int, KeyRank]]:
        """The documents with a name, or the rest of one, that is `whole`."""
        rows = self._database.rows(
            "SELECT document, rank FROM search_key WHERE name = ?", (whole,)
        )
        with self._database.guarded():
            return [(document, _rank(rank)) for document, rank in rows]

    def names_beginning(self, start: str, *, is_rest: bool = False) -> set[int]:
        """The documents with a name that begins with `start`, or only its rest does."""
        rows = self._database.rows(
            "SELECT document FROM search_key WHERE name >= ? AND name < ?"
            f" AND rank {'=' if is_rest else '<'} {KeyRank.REST:d}",
            (start, start + _END),
        )
        return set(map(_FIRST, rows))

    def near_names(self, whole: str) -> set[int]:
        """The documents with a name one slip from `whole`; ``django`` may be missing.

        One slip leaves what is before some letter as it was, or what is behind it.
        """
        if slips_allowed(whole) == 0:
            return set()
        # What nearly all begin with tells nothing apart: halve what follows it.
        common = len(COMMON_START) if whole.startswith(COMMON_START) else 0
        if len(whole) - common < _SHORTEST_HALVED:
            return set()
        middle = (len(whole) + common) // 2
        start, end = whole[:middle], whole[:middle:-1]
        sizes = {"least": len(whole) - 1, "most": len(whole) + 1}
        found = self._database.rows(
            "SELECT document, name FROM search_key"
            " WHERE name >= :start AND name < :end AND rank <= :rank"
            " AND length(name) BETWEEN :least AND :most",
            {"start": start, "end": start + _END, "rank": KeyRank.BARE, **sizes},
        )
        endings = self._database.rows(
            "SELECT document, ending FROM search_ending"
            " WHERE ending >= :start AND ending < :end AND"
            " (length(ending) BETWEEN :least AND :most"
            " OR length(ending) - :common BETWEEN :least AND :most)",
            {"start": end, "end": end + _END, "common": len(COMMON_START), **sizes},
        )
        names = [*found, *((document, ending[::-1]) for document, ending in endings)]
        return {
            document
            for document, name in names
            if edit_distance(whole, name, 1) is not None
            or edit_distance(whole, name.removeprefix(COMMON_START), 1) is not None
        }

    def words_beginning(self, start: str) -> list[FoundWord]:
        """All words that begin with `start`."""
        found = self._beginning.get(start)
        if found is None:
            found = self._words("word >= ? AND word < ?", (start, start + _END))
            self._beginning[start] = found
        return found

    def word(self, word: str) -> list[FoundWord]:
        """The very word, if any document has it."""
        return self._words("word = ?", (word,))

    def words_inside(self, part: str) -> list[FoundWord]:
        """Words of names that hold `part` behind their first letter."""
        return self._words("name_count > 0 AND instr(substr(word, 2), ?) > 0", (part,))

    def words_near(
        self, typed: str, *, is_beginning: bool = False
    ) -> dict[int, list[FoundWord]]:
        """Words of names a few slips from `typed`, or that begin so, by how many."""
        limit = slips_allowed(typed)
        if limit == 0:
            return {}
        conditions = []
        parameters: dict[str, str | int] = {"least": len(typed) - limit}
        parameters["most"] = -1 if is_beginning else len(typed) + limit
        for number, (at, piece) in enumerate(unharmed_pieces(typed, limit)):
            first = max(0, at - limit)
            conditions.append(
                f"instr(substr(word, {first + 1}), :piece_{number})"
                f" BETWEEN 1 AND {at + limit - first + 1}"
            )
            parameters[f"piece_{number}"] = piece
        rows = self._database.rows(
            "SELECT id, name_count, text_count, word FROM search_word"
            " WHERE name_count > 0 AND length(word) >= :least"
            f"{'' if is_beginning else ' AND length(word) <= :most'}"
            f" AND ({' OR '.join(conditions)})",
            parameters,
        )
        measure = prefix_distance if is_beginning else edit_distance
        found: dict[int, list[FoundWord]] = {}
        for row in rows:
            slips = measure(typed, row[3], limit)
            if slips:
                found.setdefault(slips, []).append(row[:3])
        return found

    def documents(self, words: Sequence[FoundWord], field: Field) -> set[int]:
        """The documents that hold any of `words` in `field`."""
        column = 1 if field is Field.NAME else 2
        ids = [word[0] for word in words if word[column]]
        if not ids:
            return set()
        rows = self._database.rows(
            "SELECT documents FROM search_posting"
            " WHERE word_id IN (SELECT value FROM json_each(?)) AND field = ?",
            (json.dumps(ids), int(field)),
        )
        with self._database.guarded():
            return unpack(map(_FIRST, rows))

    def contributors_beginning(self, start: str) -> set[int]:
        """The packages with a contributor whose name begins with `start`."""
        rows = self._database.rows(
            "SELECT package_id FROM contributor WHERE login_key >= ? AND login_key < ?",
            (start, start + _END),
        )
        return set(map(_FIRST, rows))

    def contributor(self, name: str) -> set[int]:
        """The packages with a contributor of that name, without case."""
        rows = self._database.rows(
            "SELECT package_id FROM contributor WHERE login_key = ?", (name.casefold(),)
        )
        return set(map(_FIRST, rows))

    def addresses_beginning(self, start: str) -> set[int]:
        """The packages whose repository or documentation address begins so."""
        rows = self._database.rows(
            "SELECT id FROM package WHERE repo_key >= ?1 AND repo_key < ?2"
            " UNION SELECT id FROM package"
            " WHERE documentation_key >= ?1 AND documentation_key < ?2",
            (start, start + _END),
        )
        return set(map(_FIRST, rows))

    def documentation_at(self, host: str, limit: int) -> set[int]:
        """At most `limit` packages that have their documentation at `host`."""
        rows = self._database.rows(
            "SELECT id FROM package"
            " WHERE documentation_key = ?1 OR documentation_key >= ?2"
            " AND documentation_key < ?3 LIMIT ?4",
            (host, f"{host}/", f"{host}/{_END}", limit),
        )
        return set(map(_FIRST, rows))

    def address(self, key: str) -> set[int]:
        """The packages with a repository or documentation at this very address."""
        rows = self._database.rows(
            "SELECT id FROM package WHERE repo_key = ?1"
            " UNION SELECT id FROM package WHERE documentation_key = ?1",
            (key,),
        )
        return set(map(_FIRST, rows))

    def _words(self, condition: str, parameters: tuple[str, ...]) -> list[FoundWord]:
        return self._database.rows(
            f"SELECT id, name_count, text_count FROM search_word WHERE {condition}",
            parameters,
        )


def _rank(value: int) -> KeyRank:
    try:
        return KeyRank(value)
    except ValueError as error:
        raise CorruptRowError(str(error)) from error
