"""The documents that hold every term of a query, by how well they hold the worst."""

from collections.abc import Sequence, Set
from enum import IntEnum
from math import inf

from pkgtui.domain.search import MatchLevel
from pkgtui.domain.search_query import Term, phrase_test
from pkgtui.domain.search_words import Field, is_short
from pkgtui.store.database import Database
from pkgtui.store.search_lookup import FoundWord, SearchLookup
from pkgtui.store.search_order import most_popular
from pkgtui.store.search_records import read_people_and_places, read_records

_MAX_READ = 1_000
"""So many texts, those of popular packages first, are read to look for a phrase."""
_LEVELS = (
    MatchLevel.WORD,
    MatchLevel.INSIDE,
    MatchLevel.NEAR,
    MatchLevel.FAR,
    MatchLevel.NEAR_BEGINNING,
    MatchLevel.DESCRIPTION,
    MatchLevel.CONTRIBUTOR,
    MatchLevel.OWNER,
)
"""Those that a single term can be found at."""
_LAST_OF_NAMES = _LEVELS.index(MatchLevel.NEAR_BEGINNING)

TermMatches = dict[MatchLevel, set[int]]


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
        self._found: dict[tuple[Term, Reach], TermMatches] = {}
        self._phrase_words: dict[Term, tuple[set[int], set[int]]] = {}
        self._phrases: dict[Term, tuple[set[int], TermMatches]] = {}
        """Of each phrase the documents that were read, and where those have it."""

    def all_of(self, terms: Sequence[Term], reach: Reach) -> TermMatches:
        """The documents that hold all of `terms`, each at its best level and worse."""
        plain = {
            term: self._holding_word(term, reach, is_last=term is terms[-1])
            for term in terms
            if not term.is_phrase
        }
        reached: list[set[int]] | None = None
        named: set[int] = set()
        # The rarest first, so that of the others little is left to go through; phrases
        # are sought last, since texts are read for them.
        for term in sorted(terms, key=lambda term: _weight(plain.get(term))):
            within = reached[-1] if reached is not None else None
            found = plain.get(term)
            if found is None:
                found = self._holding_phrase(term, within)
            levels: list[set[int]] = []
            for level in _LEVELS:
                better = levels[-1] if levels else set()
                here = found.get(level)
                if here and within is not None:
                    here = here & within
                levels.append(better | here if here else better)
            named |= levels[_LAST_OF_NAMES]
            if reached is None:
                reached = levels
            else:
                reached = [a & b for a, b in zip(reached, levels, strict=True)]
        result = dict(zip(_LEVELS, reached or (), strict=bool(reached)))
        if len(terms) > 1:
            result[MatchLevel.DESCRIPTION_TOO] = result[MatchLevel.DESCRIPTION] & named
        return result

    def holding(self, term: Term, within: Set[int]) -> set[int]:
        """Those of `within` that hold `term` in their names or descriptions."""
        if term.is_phrase:
            found = self._holding_phrase(term, within)
        else:
            found = self._holding_word(term, Reach.TEXTS, is_last=False)
        held = found.get(MatchLevel.WORD, set()) | found.get(
            MatchLevel.DESCRIPTION, set()
        )
        return held & within

    def _holding_word(self, term: Term, reach: Reach, *, is_last: bool) -> TermMatches:
        together: TermMatches = {}
        for step in Reach:
            if step > reach or (step is Reach.BEGUN and not is_last):
                break
            found = self._found.get((term, step))
            if found is None:
                found = self._found[term, step] = self._added_by(term, step)
            together |= found
        return together

    def _added_by(self, term: Term, step: Reach) -> TermMatches:
        """What holds `term` by one step and not by those before."""
        lookup = self._lookup
        (word,) = term.words
        if step is Reach.NAMES:
            words = self._words(term, is_whole=term.is_exact)
            return {MatchLevel.WORD: lookup.documents(words, Field.NAME)}
        if step is Reach.TEXTS:
            return self._holding_in_texts(term)
        if term.is_exact or is_short(word):
            return {}
        if step is Reach.INSIDE:
            found = {MatchLevel.INSIDE: lookup.words_inside(word)}
        elif step is Reach.NEAR:
            near = lookup.words_near(word)
            found = {MatchLevel.NEAR: near.get(1, []), MatchLevel.FAR: near.get(2, [])}
        else:
            near = lookup.words_near(word, is_beginning=True)
            found = {MatchLevel.NEAR_BEGINNING: [*near.get(1, []), *near.get(2, [])]}
        return {
            level: lookup.documents(words, Field.NAME) for level, words in found.items()
        }

    def _holding_in_texts(self, term: Term) -> TermMatches:
        lookup = self._lookup
        (word,) = term.words
        is_whole = term.is_exact or is_short(word)
        words = self._words(term, is_whole=is_whole)
        people = lookup.documents(words, Field.CONTRIBUTOR)
        if term.is_exact:
            people |= lookup.contributor(word)
        elif not is_whole:
            people |= lookup.contributors_beginning(word)
        return {
            MatchLevel.DESCRIPTION: lookup.documents(words, Field.DESCRIPTION),
            MatchLevel.CONTRIBUTOR: people,
            MatchLevel.OWNER: lookup.documents(words, Field.OWNER),
        }

    def _words(self, term: Term, *, is_whole: bool, at: int = -1) -> list[FoundWord]:
        word = term.words[at]
        return (
            self._lookup.word(word) if is_whole else self._lookup.words_beginning(word)
        )

    def _holding_phrase(self, term: Term, within: Set[int] | None) -> TermMatches:
        if term not in self._phrase_words:
            self._phrase_words[term] = self._holding_words(term)
        candidates, people = self._phrase_words[term]
        if within is not None:
            candidates = candidates & within
        examined, found = self._phrases.setdefault(term, (set(), {}))
        unknown = candidates - examined
        room = _MAX_READ - len(examined)
        if unknown and room > 0:
            if len(unknown) > room:
                unknown = set(most_popular(self._database, unknown, room))
            self._examine(term, unknown, people, found)
            examined |= unknown
        return {level: documents & candidates for level, documents in found.items()}

    def _holding_words(self, term: Term) -> tuple[set[int], set[int]]:
        """Those with all words of a phrase; and those with people called so, maybe."""
        fields = (Field.NAME, Field.DESCRIPTION, Field.CONTRIBUTOR)
        candidates: set[int] | None = None
        people: set[int] = set()
        for at in range(len(term.words)):
            is_whole = term.is_exact or at < len(term.words) - 1
            words = self._words(term, is_whole=is_whole, at=at)
            held = [self._lookup.documents(words, field) for field in fields]
            people |= held[-1]
            holding = set().union(*held)
            candidates = holding if candidates is None else candidates & holding
        return candidates or set(), people

    def _examine(
        self, term: Term, documents: Set[int], people: Set[int], found: TermMatches
    ) -> None:
        """Read `documents` and add those that have the phrase to `found`."""
        has_phrase = phrase_test(term)
        for record in read_records(self._database, documents):
            if any(map(has_phrase, record.names)):
                found.setdefault(MatchLevel.WORD, set()).add(record.document)
            elif has_phrase(record.description):
                found.setdefault(MatchLevel.DESCRIPTION, set()).add(record.document)
        for detail in read_people_and_places(self._database, people & documents):
            if any(map(has_phrase, detail.contributors)):
                found.setdefault(MatchLevel.CONTRIBUTOR, set()).add(detail.document)


def _weight(found: TermMatches | None) -> float:
    """How many documents there are to go through; phrases are the heaviest."""
    return inf if found is None else sum(map(len, found.values()))
