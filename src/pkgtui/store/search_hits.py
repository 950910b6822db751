"""Hits from documents: the records read, and what of them matched picked out."""

from collections.abc import Sequence

from pkgtui.domain.highlighting import Highlighted, best_of, excerpt
from pkgtui.domain.search import MATCH_KINDS, Hit, Level
from pkgtui.domain.search_query import Query
from pkgtui.store.database import Database
from pkgtui.store.search_index import target_of
from pkgtui.store.search_records import SearchRecord, read_records


def read_hits(
    database: Database, query: Query, found: Sequence[tuple[int, Level]]
) -> list[Hit]:
    """The hits for documents and the levels at which they match, in their order."""
    records = {
        record.document: record
        for record in read_records(database, [document for document, _ in found])
    }
    return [
        _hit(records[document], level, query)
        for document, level in found
        if document in records
    ]


def _hit(record: SearchRecord, level: Level, query: Query) -> Hit:
    kind, id_ = target_of(record.document)
    matched = _matched(record, level, query)
    return Hit(
        kind=kind,
        id=id_,
        slug=record.text.slug,
        title=record.text.title,
        match=MATCH_KINDS[level],
        matched=matched.text,
        spans=matched.spans,
        stars=record.stars,
        package_count=record.package_count,
        description=record.text.description,
        last_commit_at=record.last_commit_at,
        fetched_at=record.fetched_at,
    )


def _matched(record: SearchRecord, level: Level, query: Query) -> Highlighted:
    text = record.text
    names = [name for name in (text.title, text.slug, text.pypi_name) if name]
    if level in {Level.ADDRESS, Level.OWNER}:
        addresses = [url for url in (text.repo_url, record.documentation_url) if url]
        return best_of(addresses or names, query)
    if level in {Level.LOGIN, Level.CONTRIBUTOR}:
        return best_of(text.contributors or names, query)
    if level in {Level.DESCRIPTION, Level.DESCRIPTION_TOO}:
        return excerpt(text.description, query)
    if level is Level.SLUG_AS_TYPED:
        names = [text.slug] if text.title != query.text else names
        return Highlighted(names[0], ((0, len(names[0])),), 1)
    return best_of(names, query)
