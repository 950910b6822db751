"""What a search asks for and what it finds."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pkgtui.domain.identifiers import Kind


class MatchKind(StrEnum):
    """What of a package or grid matched, the best first."""

    NAME = "name"
    PREFIX = "prefix"
    WORD = "word"
    NEAR = "near"
    DESCRIPTION = "description"
    CONTRIBUTOR = "contributor"
    URL = "url"


class Hit(NamedTuple):
    """A package or a grid that was found, and why."""

    kind: Kind
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
