"""Search over packages and grids, from the store alone."""

import re
from datetime import datetime

from pkgtui.domain.folding import fold, storable
from pkgtui.domain.identifiers import Kind
from pkgtui.domain.search import Hit, MatchKind, SearchResult
from pkgtui.domain.selection import WHOLE_CATALOGUE, Selection
from pkgtui.domain.sorting import Sort, SortKey
from pkgtui.store.database import Database
from pkgtui.store.documents import from_microseconds
from pkgtui.store.finding import find
from pkgtui.store.listing import list_packages

_ORDER = list(MatchKind)


def search(
    database: Database,
    query: str,
    filters: Selection,
    kind: Kind | None,
    limit: int,
    now: datetime,
) -> SearchResult:
    """What matches `query`, best first."""
    query = storable(query)[:500].strip()
    words = re.findall(r"\w+", fold(query).replace("_", " "))
    if not query:
        return SearchResult([], 0, 0)
    kept = None
    if filters != WHOLE_CATALOGUE:
        kept = set(list_packages(database, filters, Sort(SortKey.STARS), now).ids)
    hits: list[Hit] = []
    hidden_count = 0
    named = find(database, query)
    for row in database.rows(
        "SELECT 'package', id, slug, title, stars, NULL,"
        " json_extract(document, '$.description'), last_commit_at, fetched_at"
        " FROM package JOIN package_document ON package_id = id"
        " UNION ALL SELECT 'grid', id, slug, title, NULL,"
        " (SELECT count(*) FROM grid_package WHERE grid_id = id), description,"
        " NULL, NULL FROM grid"
    ):
        if kind is not None and row[0] != kind:
            continue
        match, matched = _match(words, query, row)
        if named == (row[0], row[1]):
            match, matched = MatchKind.NAME, row[2]
        if match is None:
            continue
        if kept is not None and (row[0] == "grid" or row[1] not in kept):
            hidden_count += 1
            continue
        hits.append(
            Hit(
                Kind(row[0]),
                row[1],
                row[2],
                row[3],
                match,
                matched,
                _spans(words, matched),
                row[4],
                row[5],
                row[6],
                None if row[7] is None else from_microseconds(row[7]),
                None if row[8] is None else from_microseconds(row[8]),
            )
        )
    hits.sort(key=lambda hit: (_ORDER.index(hit.match), -(hit.stars or 0), hit.slug))
    return SearchResult(hits[:limit], len(hits), hidden_count)


def _match(
    words: list[str], query: str, row: tuple[str, ...]
) -> tuple[MatchKind | None, str]:
    _, _, slug, title, _, _, description, _, _ = row
    if not words:
        return None, ""
    for name in (title, slug):
        if query.casefold() == name.casefold():
            return MatchKind.NAME, name
    for name in (title, slug):
        if _squashed(name).startswith("".join(words)):
            return MatchKind.PREFIX, name
    for name in (title, slug):
        if all(word in _squashed(name) for word in words):
            return MatchKind.WORD, name
    text = fold(description)
    if all(word in text for word in words):
        return MatchKind.DESCRIPTION, description
    return None, ""


def _squashed(text: str) -> str:
    return "".join(re.findall(r"\w+", fold(text).replace("_", " ")))


def _spans(words: list[str], text: str) -> tuple[tuple[int, int], ...]:
    lowered = text.lower()
    found = [(lowered.find(word), len(word)) for word in words]
    return tuple(sorted((at, at + size) for at, size in found if at >= 0))
