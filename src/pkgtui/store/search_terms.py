"""The documents that hold every term of a query, by how well they hold the worst."""

from collections.abc import Sequence, Set
from enum import IntEnum
from typing import NamedTuple

from pkgtui.domain.search import Level
from pkgtui.domain.search_query import Term, has_phrase
from pkgtui.domain.search_words import Field, is_short
from pkgtui.store.database import Database
from pkgtui.store.search_lookup import FoundWord, SearchLookup, count_column
from pkgtui.store.search_order import most_popular
from pkgtui.store.search_records import read_records, read_texts

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
_FIELDS_AND_LEVELS = (
    (Field.NAME, Level.WORD),
    (Field.DESCRIPTION, Level.DESCRIPTION),
    (Field.CONTRIBUTOR, Level.CONTRIBUTOR),
    (Field.OWNER, Level.OWNER),
)

Found = dict[Level, set[int]]


class Looseness(IntEnum):
    """What a term may match besides the beginnings of words: each more than before."""

    AS_TYPED = 0
    INSIDE = 1
    """What holds it inside a word of its names."""
    NEAR = 2
    """What has a word in its names that is a few slips away."""


class _Source(NamedTuple):
    """Words that a term may stand for, and the level of those who hold them there."""

    level: Level
    field: Field
    words: list[FoundWord]


class TermSearch:
    """Finds documents by single words and by phrases."""

    def __init__(self, database: Database, lookup: SearchLookup) -> None:
        """Search `database` by way of its index."""
        self._database = database
        self._lookup = lookup
        self._plain_sources: dict[Term, list[_Source]] = {}

    def all_of(self, terms: Sequence[Term], looseness: Looseness) -> Found:
        """The documents that hold all of `terms`, each at its best level and worse."""
        sources = {term: self._sources(term, looseness) for term in terms}
        if looseness >= Looseness.NEAR:
            sources[terms[-1]] += self._near_beginnings(terms[-1])
        reached: list[set[int]] | None = None
        named: set[int] = set()
        # The rarest first: the others are looked up for what is left only.
        for term in sorted(terms, key=lambda term: _weight(sources[term])):
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
        found = self._matching(term, self._sources(term, Looseness.AS_TYPED), within)
        return found.get(Level.WORD, set()) | found.get(Level.DESCRIPTION, set())

    def _sources(self, term: Term, looseness: Looseness) -> list[_Source]:
        sources = self._plain_sources.get(term)
        if sources is None:
            sources = self._plain_sources[term] = self._as_typed(term)
        sources = list(sources)
        word = term.words[0]
        if term.is_phrase or term.is_exact or is_short(word):
            return sources
        if looseness >= Looseness.INSIDE:
            inside = self._lookup.words_inside(word)
            sources.append(_Source(Level.INSIDE, Field.NAME, inside))
        if looseness >= Looseness.NEAR:
            near = self._lookup.words_near(word)
            sources.append(_Source(Level.NEAR, Field.NAME, near.get(1, [])))
            sources.append(_Source(Level.FAR, Field.NAME, near.get(2, [])))
        return sources

    def _as_typed(self, term: Term) -> list[_Source]:
        # The longest word of a phrase is taken for the rarest.
        word = max(term.words, key=len)
        whole = longer = self._lookup.word(word)
        if not term.is_phrase and not term.is_exact:
            longer = self._lookup.words_beginning(word)
        in_texts = whole if is_short(word) else longer
        return [
            _Source(level, field, longer if field is Field.NAME else in_texts)
            for field, level in _FIELDS_AND_LEVELS
        ]

    def _near_beginnings(self, term: Term) -> list[_Source]:
        """What a word that is still being typed may come to, mistyped."""
        if term.is_phrase or term.is_exact:
            return []
        near = self._lookup.words_near(term.words[0], is_beginning=True)
        words = [word for found in near.values() for word in found]
        return [_Source(Level.NEAR_BEGINNING, Field.NAME, words)]

    def _matching(
        self, term: Term, sources: Sequence[_Source], within: Set[int] | None
    ) -> Found:
        if term.is_phrase:
            return self._holding_phrase(term, within)
        found: Found = {}
        for level, field, words in sources:
            documents = self._lookup.documents(words, field, within)
            if documents:
                found[level] = found.get(level, set()) | documents
        (word,) = term.words
        if term.is_exact:
            people = self._lookup.contributor(word)
        elif is_short(word):
            people = set()
        else:
            people = self._lookup.contributors_beginning(word)
        if within is not None:
            people &= within
        if people:
            found[Level.CONTRIBUTOR] = found.get(Level.CONTRIBUTOR, set()) | people
        return found

    def _holding_phrase(self, term: Term, within: Set[int] | None) -> Found:
        candidates = within
        people: set[int] = set()
        for at, word in enumerate(term.words):
            is_whole = term.is_exact or at < len(term.words) - 1
            words = (
                self._lookup.word(word)
                if is_whole
                else self._lookup.words_beginning(word)
            )
            held = {
                field: self._lookup.documents(words, field, candidates)
                for field in (Field.NAME, Field.DESCRIPTION, Field.CONTRIBUTOR)
            }
            people |= held[Field.CONTRIBUTOR]
            candidates = set().union(*held.values())
        if candidates and len(candidates) > _MOST_READ:
            candidates = set(most_popular(self._database, candidates, _MOST_READ))
        found: Found = {}
        for document, names, description in read_texts(
            self._database, candidates or ()
        ):
            if any(has_phrase(name, term) for name in names):
                found.setdefault(Level.WORD, set()).add(document)
            elif has_phrase(description, term):
                found.setdefault(Level.DESCRIPTION, set()).add(document)
        for record in read_records(self._database, people & (candidates or set())):
            if any(has_phrase(name, term) for name in record.text.contributors):
                found.setdefault(Level.CONTRIBUTOR, set()).add(record.document)
        return found


def _weight(sources: Sequence[_Source]) -> int:
    """About how many documents there are to be looked up."""
    texts_are_counted = False
    weight = 0
    for _, field, words in sources:
        if field is not Field.NAME:
            if texts_are_counted:
                continue
            texts_are_counted = True
        column = count_column(field)
        weight += sum(word[column] for word in words)
    return weight
