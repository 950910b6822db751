"""The documents that hold every term of a query, by how well they hold the worst."""

from collections.abc import Sequence, Set
from enum import IntEnum

from pkgtui.domain.search import Level
from pkgtui.domain.search_query import Term, phrase_test
from pkgtui.domain.search_words import Field, is_short
from pkgtui.store.database import Database
from pkgtui.store.search_lookup import (
    POSTINGS_PER_PROBE,
    FoundWord,
    SearchLookup,
    count_column,
)
from pkgtui.store.search_order import most_popular
from pkgtui.store.search_records import read_people_and_places, read_records

_MOST_READ = 2_000
"""So many texts, those of popular packages first, are read to look for a phrase."""
_LEVELS = (
    Level.WORD,
    Level.INSIDE,
    Level.NEAR,
    Level.FAR,
    Level.NEAR_BEGINNING,
    Level.DESCRIPTION,
    Level.CONTRIBUTOR,
    Level.OWNER,
)
"""Those that a single term can be found at."""
_LAST_OF_NAMES = _LEVELS.index(Level.NEAR_BEGINNING)
_LEVEL_OF_TEXT = {
    Field.DESCRIPTION: Level.DESCRIPTION,
    Field.CONTRIBUTOR: Level.CONTRIBUTOR,
    Field.OWNER: Level.OWNER,
}

Found = dict[Level, set[int]]


class Reach(IntEnum):
    """How far a term is looked for; each reaches further than the one before."""

    NAMES = 0
    """Beginnings of the words of names."""
    TEXTS = 1
    """Descriptions and people too."""
    INSIDE = 2
    """What stands inside a word of a name, too."""
    NEAR = 3
    """Words of names that are a few slips away, too."""
    BEGUN = 4
    """And what may become such a word, for the term that is typed last."""


class TermSearch:
    """Finds documents by single words and by phrases."""

    def __init__(self, database: Database) -> None:
        """Search `database` by way of its index."""
        self._database = database
        self._lookup = SearchLookup(database)
        self._sources: dict[tuple[Term, Reach], list[_Source]] = {}
        self._phrases: dict[Term, tuple[set[int], Found]] = {}
        """Of each phrase the documents that were read, and where those have it."""

    def all_of(self, terms: Sequence[Term], reach: Reach) -> Found:
        """The documents that hold all of `terms`, each at its best level and worse."""
        sources = {
            term: self._sources_of(term, reach, is_last=term is terms[-1])
            for term in terms
        }
        weights = {
            term: sum(source.weight for source in sources[term]) for term in terms
        }
        reached: list[set[int]] | None = None
        named: set[int] = set()
        # The rarest first: the others are looked up for what is left only.
        for term in sorted(terms, key=weights.__getitem__):
            within = reached[-1] if reached is not None else None
            found = self._matching(term, sources[term], within)
            levels: list[set[int]] = []
            for level in _LEVELS:
                better = levels[-1] if levels else set()
                levels.append(better | found[level] if level in found else better)
            named |= levels[_LAST_OF_NAMES]
            if reached is None:
                reached = levels
            else:
                reached = [a & b for a, b in zip(reached, levels, strict=True)]
        result = dict(zip(_LEVELS, reached or (), strict=bool(reached)))
        if len(terms) > 1:
            result[Level.DESCRIPTION_TOO] = result[Level.DESCRIPTION] & named
        return result

    def holding(self, term: Term, within: Set[int]) -> set[int]:
        """Those of `within` that hold `term` in their names or descriptions."""
        sources = self._sources_of(term, Reach.TEXTS, is_last=False)
        found = self._matching(term, sources, within)
        return found.get(Level.WORD, set()) | found.get(Level.DESCRIPTION, set())

    def _sources_of(
        self, term: Term, reach: Reach, *, is_last: bool
    ) -> list["_Source"]:
        found: list[_Source] = []
        for step in Reach:
            if step > reach or (step is Reach.BEGUN and not is_last):
                break
            known = self._sources.get((term, step))
            if known is None:
                known = self._sources[term, step] = self._added_by(term, step)
            found += known
        return found

    def _added_by(self, term: Term, step: Reach) -> list["_Source"]:
        """What `term` may stand for at one step that it may not at those before."""
        lookup = self._lookup
        # The longest word of a phrase is taken for the rarest: it tells the weight.
        word = max(term.words, key=len)
        is_whole = term.is_phrase or term.is_exact
        if step is Reach.NAMES:
            words = lookup.word(word) if is_whole else lookup.words_beginning(word)
            return [_Source(lookup, Level.WORD, Field.NAME, words)]
        if step is Reach.TEXTS:
            is_whole = is_whole or is_short(word)
            words = lookup.word(word) if is_whole else lookup.words_beginning(word)
            return [
                _Source(lookup, level, field, words)
                for field, level in _LEVEL_OF_TEXT.items()
            ]
        if is_whole or is_short(word):
            return []
        if step is Reach.INSIDE:
            found = {Level.INSIDE: lookup.words_inside(word)}
        elif step is Reach.NEAR:
            near = lookup.words_near(word)
            found = {Level.NEAR: near.get(1, []), Level.FAR: near.get(2, [])}
        else:
            near = lookup.words_near(word, is_beginning=True)
            found = {Level.NEAR_BEGINNING: [*near.get(1, []), *near.get(2, [])]}
        return [
            _Source(lookup, level, Field.NAME, words) for level, words in found.items()
        ]

    def _matching(
        self, term: Term, sources: Sequence["_Source"], within: Set[int] | None
    ) -> Found:
        if term.is_phrase:
            return self._holding_phrase(term, within)
        found: Found = {}
        for source in sources:
            documents = source.documents(within)
            if documents:
                found[source.level] = found.get(source.level, set()) | documents
        if any(source.level is Level.CONTRIBUTOR for source in sources):
            people = self._people(term, within)
            if people:
                found[Level.CONTRIBUTOR] = found.get(Level.CONTRIBUTOR, set()) | people
        return found

    def _people(self, term: Term, within: Set[int] | None) -> set[int]:
        (word,) = term.words
        if term.is_exact:
            people = self._lookup.contributor(word)
        elif is_short(word):
            return set()
        else:
            people = self._lookup.contributors_beginning(word)
        return people if within is None else people & within

    def _holding_phrase(self, term: Term, within: Set[int] | None) -> Found:
        candidates, people = self._holding_words(term, within)
        examined, found = self._phrases.setdefault(term, (set(), {}))
        unknown = candidates - examined
        if unknown:
            if len(unknown) > _MOST_READ:
                unknown = set(most_popular(self._database, unknown, _MOST_READ))
            self._examine(term, unknown, people, found)
            examined |= unknown
        return {level: documents & candidates for level, documents in found.items()}

    def _holding_words(
        self, term: Term, within: Set[int] | None
    ) -> tuple[set[int], set[int]]:
        """Those with all words of a phrase; and those with people called so, maybe."""
        candidates = within
        people: set[int] = set()
        for at, word in enumerate(term.words):
            is_whole = term.is_exact or at < len(term.words) - 1
            words = (
                self._lookup.word(word)
                if is_whole
                else self._lookup.words_beginning(word)
            )
            held = [
                self._lookup.documents(words, field, candidates)
                for field in (Field.NAME, Field.DESCRIPTION, Field.CONTRIBUTOR)
            ]
            people |= held[-1]
            candidates = set().union(*held)
        return set(candidates or ()), people

    def _examine(
        self, term: Term, documents: Set[int], people: Set[int], found: Found
    ) -> None:
        """Read `documents` and add those that have the phrase to `found`."""
        has_phrase = phrase_test(term)
        for record in read_records(self._database, documents):
            if any(map(has_phrase, record.names)):
                found.setdefault(Level.WORD, set()).add(record.document)
            elif has_phrase(record.description):
                found.setdefault(Level.DESCRIPTION, set()).add(record.document)
        for detail in read_people_and_places(self._database, people & documents):
            if any(map(has_phrase, detail.contributors)):
                found.setdefault(Level.CONTRIBUTOR, set()).add(detail.document)


class _Source:
    """Words that a term may stand for, and the level of those who hold them there."""

    def __init__(
        self,
        lookup: SearchLookup,
        level: Level,
        field: Field,
        words: Sequence[FoundWord],
    ) -> None:
        self.level = level
        column = count_column(field)
        self.weight = sum(word[column] for word in words)
        """In how many documents they stand, at most."""
        self._lookup = lookup
        self._field = field
        self._words = words
        self._all: set[int] | None = None

    def documents(self, within: Set[int] | None) -> set[int]:
        """All documents, or those of `within`."""
        if self._all is None:
            if within is not None and self.weight > len(within) * POSTINGS_PER_PROBE:
                return self._lookup.documents(self._words, self._field, within)
            self._all = self._lookup.documents(self._words, self._field)
        return self._all if within is None else self._all & within
