"""Hits from documents: the records read, and what of them matched picked out."""

from collections.abc import Sequence

from pkgtui.domain.facts import pypi_url
from pkgtui.domain.highlighting import (
    Highlighted,
    best_of,
    excerpt,
    highlight_address,
)
from pkgtui.domain.search import MATCH_KINDS, Hit, MatchLevel
from pkgtui.domain.search_query import Query
from pkgtui.store.database import Database
from pkgtui.store.rows import optional_moment
from pkgtui.store.search_index import target_of
from pkgtui.store.search_records import (
    PeopleAndPlaces,
    SearchRecord,
    read_people_and_places,
    read_records,
)

_BY_PEOPLE = {MatchLevel.LOGIN, MatchLevel.CONTRIBUTOR}
_BY_PLACE = {MatchLevel.ADDRESS, MatchLevel.OWNER}
_BY_DESCRIPTION = {MatchLevel.DESCRIPTION, MatchLevel.DESCRIPTION_TOO}


def read_hits(
    database: Database, query: Query, found: Sequence[tuple[int, MatchLevel]]
) -> list[Hit]:
    """The hits for documents and the levels at which they match, in their order."""
    records = {
        record.document: record
        for record in read_records(database, [document for document, _ in found])
    }
    rest = [at for at, level in found if level in _BY_PEOPLE or level in _BY_PLACE]
    details = {
        detail.document: detail for detail in read_people_and_places(database, rest)
    }
    with database.guarded():
        return [
            _hit(records[document], details.get(document), level, query)
            for document, level in found
            if document in records
        ]


def _hit(
    record: SearchRecord,
    detail: PeopleAndPlaces | None,
    level: MatchLevel,
    query: Query,
) -> Hit:
    kind, id_ = target_of(record.document)
    matched = _matched(record, detail, level, query)
    return Hit(
        kind=kind,
        id=id_,
        slug=record.slug,
        title=record.title,
        match=MATCH_KINDS[level],
        matched=matched.text,
        spans=matched.spans,
        stars=record.stars,
        package_count=record.package_count,
        description=record.description,
        last_commit_at=optional_moment(record.last_commit_at),
        fetched_at=optional_moment(record.fetched_at),
    )


def _matched(
    record: SearchRecord,
    detail: PeopleAndPlaces | None,
    level: MatchLevel,
    query: Query,
) -> Highlighted:
    if detail is not None and level in _BY_PEOPLE:
        return best_of(detail.contributors, query)
    if detail is not None and level in _BY_PLACE:
        addresses = [*detail.addresses, pypi_url(record.pypi_name) or ""]
        found = highlight_address(filter(None, addresses), query)
        # A page of Django Packages itself: nothing of it is in the record.
        return found if found.spans else best_of(record.names, query)
    if level in _BY_DESCRIPTION:
        return excerpt(record.description, query)
    return best_of(record.names, query)
