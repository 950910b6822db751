"""Search over packages and grids: from a query to its hits, all from the index.

What costs most is looked for last: near misses only where the names themselves match
little, descriptions and people only where they do not match far too much.
"""

from collections.abc import Set
from datetime import datetime

from pkgtui.domain.filters import ALL_PACKAGES, PackageFilter
from pkgtui.domain.identifiers import RecordKind, parse_target
from pkgtui.domain.search import MatchLevel, SearchResult
from pkgtui.domain.search_query import (
    Query,
    name_in_address,
    parse_query,
    typed_address_key,
)
from pkgtui.domain.search_words import Field, KeyRank, is_short
from pkgtui.domain.sorting import Sort
from pkgtui.store import lookup, package_list, search_hits, search_order
from pkgtui.store.database import Database
from pkgtui.store.search_index import document_of
from pkgtui.store.search_lookup import SearchLookup
from pkgtui.store.search_terms import Reach, TermMatches, TermSearch

ENOUGH_NAMES = 20
"""Where so many names match as they are, no near ones are sought."""
TOO_MANY_NAMES = 10_000
"""Where so many names match, descriptions and people are not searched."""
_MAX_OF_ONE_HOST = 3
"""Where more packages have their documentation, the host says not which is meant."""
_LEVEL_OF_NAME = {
    KeyRank.SLUG: MatchLevel.SLUG,
    KeyRank.TITLE: MatchLevel.TITLE,
    KeyRank.BARE: MatchLevel.BARE_NAME,
    KeyRank.REST: MatchLevel.WORD,
}
_NAMED = {
    MatchLevel.SLUG_AS_TYPED,
    MatchLevel.SLUG,
    MatchLevel.TITLE,
    MatchLevel.BARE_NAME,
}


def search(
    database: Database,
    text: str,
    *,
    filters: PackageFilter,
    kind: RecordKind | None,
    sort: Sort | None,
    limit: int,
    now: datetime,
) -> SearchResult:
    """What matches `text`, best first or by `sort`; at most `limit` hits."""
    limit = max(0, limit)
    found = _Search(database, parse_query(text), kind)
    levels = found.levels()
    total = sum(map(len, levels.values()))
    if filters != ALL_PACKAGES:
        candidates = [document for group in levels.values() for document in group]
        kept = package_list.kept_ids(database, candidates, filters, now)
        levels = {level: group & kept for level, group in levels.items()}
    level_of = {
        document: level for level, group in levels.items() for document in group
    }
    if sort is None:
        order = _best(database, levels, limit)
    else:
        order = search_order.sorted_documents(database, level_of, sort)[:limit]
    hits = search_hits.read_hits(
        database, found.query, [(document, level_of[document]) for document in order]
    )
    return SearchResult(hits, len(level_of), total - len(level_of))


def _best(database: Database, levels: TermMatches, limit: int) -> list[int]:
    order: list[int] = []
    for level in sorted(levels):
        missing = limit - len(order)
        if missing <= 0:
            break
        order += search_order.most_popular(database, levels[level], missing)
    return order


class _Search:
    """One search: what was found so far, each document at its best level."""

    def __init__(
        self, database: Database, query: Query, kind: RecordKind | None
    ) -> None:
        self.query = query
        """What is looked for; another one where an address leads nowhere."""
        self._database = database
        self._kind = kind
        self._lookup = SearchLookup(database)
        self._terms = TermSearch(database)
        self._levels: TermMatches = {}
        self._taken: set[int] = set()

    def levels(self) -> TermMatches:
        """All that matches, by level."""
        text = self.query.text
        if not text:
            return {}
        key = typed_address_key(text)
        if key is not None:
            self._search_by_address(text, key)
            if "://" in text or text.startswith("git@"):
                if self._taken:
                    return self._levels
                # What has moved elsewhere may still have its name.
                self.query = parse_query(name_in_address(text, key))
        elif parse_target(text).kind is not None:
            self._take(MatchLevel.ADDRESS, self._named_by(text))
        self._take(MatchLevel.SLUG_AS_TYPED, self._lookup.exact_slugs(self.query.text))
        if self.query.terms:
            self._search_by_name()
            self._search_by_terms()
            self._leave_out_excluded()
        return self._levels

    def _take(self, level: MatchLevel, documents: Set[int]) -> None:
        """Put those of `documents` that were not found before at `level`."""
        if self._kind is not None:
            is_grid = self._kind is RecordKind.GRID
            documents = {at for at in documents if (at < 0) == is_grid}
        new = documents - self._taken
        if new:
            self._levels[level] = self._levels.get(level, set()) | new
            self._taken |= new

    def _search_by_address(self, text: str, key: str) -> None:
        named = self._named_by(text)
        self._take(MatchLevel.ADDRESS, named)
        # A page inside names what is around it; several packages may share a place.
        at = key
        while at:
            documents = self._lookup.address(at)
            if documents and named <= documents:
                self._take(MatchLevel.ADDRESS, documents)
                break
            at = at.rpartition("/")[0]
        if not self._taken:
            self._take(MatchLevel.OWNER, self._lookup.addresses_beginning(key))
        if not self._taken:
            host = key.partition("/")[0]
            near = self._lookup.documentation_at(host, _MAX_OF_ONE_HOST + 1)
            if len(near) <= _MAX_OF_ONE_HOST:
                self._take(MatchLevel.ADDRESS, near)

    def _named_by(self, text: str) -> set[int]:
        target = lookup.find(self._database, text)
        return {document_of(*target)} if target else set()

    def _search_by_name(self) -> None:
        whole = self.query.whole
        names: TermMatches = {}
        for document, rank in self._lookup.names(whole):
            names.setdefault(_LEVEL_OF_NAME[rank], set()).add(document)
        names[MatchLevel.PREFIX] = self._lookup.names_beginning(whole)
        if is_short(whole):
            words = self._lookup.word(whole)
            names[MatchLevel.WORD] = self._lookup.documents(words, Field.NAME)
        else:
            rests = self._lookup.names_beginning(whole, is_rest=True)
            names[MatchLevel.WORD] = names.get(MatchLevel.WORD, set()) | rests
        if self._has_quotes:
            found = self._terms.all_of(self.query.terms, Reach.TEXTS)
            names = {level: at & found[MatchLevel.OWNER] for level, at in names.items()}
        for level in sorted(names):
            self._take(level, names[level])

    def _search_by_terms(self) -> None:
        terms, whole = self.query.terms, self.query.whole
        if is_short(whole) or len(self._taken) > TOO_MANY_NAMES:
            return
        found = self._terms.all_of(terms, Reach.NAMES)
        self._take(MatchLevel.WORD, found[MatchLevel.WORD])
        if len(self._taken) > TOO_MANY_NAMES:
            return
        reach = Reach.TEXTS
        if len(self._taken) < ENOUGH_NAMES:
            is_named = bool(self._levels.keys() & _NAMED)
            reach = Reach.INSIDE if is_named else Reach.NEAR
        found = self._terms.all_of(terms, reach)
        if reach >= Reach.INSIDE and not self._has_quotes:
            found[MatchLevel.NEAR_NAME] = self._lookup.near_names(whole)
        if reach is Reach.NEAR and not self._taken and not any(found.values()):
            found = self._terms.all_of(terms, Reach.BEGUN)
        found[MatchLevel.LOGIN] = self._lookup.contributor(self.query.text)
        for level in sorted(found):
            self._take(level, found[level])

    @property
    def _has_quotes(self) -> bool:
        """Whether some words must stand as they are, or side by side."""
        return any(term.is_exact or term.is_phrase for term in self.query.terms)

    def _leave_out_excluded(self) -> None:
        as_typed = self._levels.get(MatchLevel.SLUG_AS_TYPED, set())
        for term in self.query.excluded:
            found = self._terms.holding(term, self._taken - as_typed)
            self._levels = {
                level: documents - found for level, documents in self._levels.items()
            }
            self._taken -= found
