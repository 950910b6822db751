"""What a search finds, and the order of it.

A hit is ranked by what of the record matched and by nothing else; how popular it is
decides between equals.
"""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

from pkgtui.domain.identifiers import RecordKind


class MatchKind(StrEnum):
    """What of a package or grid matched, the best first; an address is found alone."""

    NAME = "name"
    PREFIX = "prefix"
    WORD = "word"
    NEAR = "near"
    DESCRIPTION = "description"
    CONTRIBUTOR = "contributor"
    URL = "url"


class MatchLevel(IntEnum):
    """How well a record matches, the best first: the order of hits."""

    ADDRESS = 0
    """The query is the address of its page, its repository or its documentation."""
    SLUG_AS_TYPED = 1
    SLUG = 2
    TITLE = 3
    """The title or the PyPI name."""
    BARE_NAME = 4
    """A name but for the ``django`` that it begins with."""
    PREFIX = 5
    WORD = 6
    """Every word of the query begins a word of its names."""
    INSIDE = 7
    """The same, but some are within a word."""
    NEAR_NAME = 8
    """A whole name is one slip away."""
    NEAR = 9
    """Words of its names are one slip away."""
    FAR = 10
    """The same, but two slips."""
    NEAR_BEGINNING = 11
    """A word begins with something near."""
    DESCRIPTION_TOO = 12
    """Some words are in its names, the others in its description."""
    DESCRIPTION = 13
    LOGIN = 14
    """Somebody of this very name works on it."""
    CONTRIBUTOR = 15
    OWNER = 16
    """The address of its repository begins so, or names such an owner."""


MATCH_KINDS = {
    MatchLevel.ADDRESS: MatchKind.URL,
    MatchLevel.SLUG_AS_TYPED: MatchKind.NAME,
    MatchLevel.SLUG: MatchKind.NAME,
    MatchLevel.TITLE: MatchKind.NAME,
    MatchLevel.BARE_NAME: MatchKind.NAME,
    MatchLevel.PREFIX: MatchKind.PREFIX,
    MatchLevel.WORD: MatchKind.WORD,
    MatchLevel.INSIDE: MatchKind.WORD,
    MatchLevel.NEAR_NAME: MatchKind.NEAR,
    MatchLevel.NEAR: MatchKind.NEAR,
    MatchLevel.FAR: MatchKind.NEAR,
    MatchLevel.NEAR_BEGINNING: MatchKind.NEAR,
    MatchLevel.DESCRIPTION_TOO: MatchKind.DESCRIPTION,
    MatchLevel.DESCRIPTION: MatchKind.DESCRIPTION,
    MatchLevel.LOGIN: MatchKind.CONTRIBUTOR,
    MatchLevel.CONTRIBUTOR: MatchKind.CONTRIBUTOR,
    MatchLevel.OWNER: MatchKind.URL,
}


class Hit(NamedTuple):
    """A package or a grid that was found, and why."""

    kind: RecordKind
    id: int
    slug: str
    title: str
    match: MatchKind
    matched: str
    """The text that matched: title, slug, PyPI name, a piece of the description, a
    contributor or an address."""
    spans: tuple[tuple[int, int], ...]
    """Ranges of characters in `matched` to be highlighted, in order."""
    stars: int | None
    """Of packages only."""
    package_count: int | None
    """Of grids only."""
    description: str
    last_commit_at: datetime | None
    fetched_at: datetime | None


class SearchResult(NamedTuple):
    """The best hits, best first, and how many there are besides."""

    hits: list[Hit]
    total: int
    """All that match, whether listed or not."""
    hidden_count: int
    """How many more match but for the filters."""
