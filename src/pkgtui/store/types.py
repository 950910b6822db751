"""What the store says of itself and of a sync."""

from datetime import datetime
from typing import Literal, NamedTuple

Table = Literal["package", "grid", "category"]
"""What is held of each record by name."""


class Name(NamedTuple):
    """What a record is called."""

    slug: str
    title: str


class CacheStatus(NamedTuple):
    """Where the data comes from, how much there is and how old it is."""

    api_url: str
    host: str
    is_sample: bool
    synced_at: datetime | None
    """End of the last whole sync; None if none was ever completed."""
    data_as_of: datetime | None
    """The site's newest look among the packages held; for the sample, which never
    changes, its look on the day that most records are of."""
    package_count: int
    grid_count: int
    category_count: int


class SyncProgress(NamedTuple):
    """How far a sync has come with one list."""

    resource: str
    """``categories``, ``grids`` or ``packages``."""
    done: int
    total: int
    pass_number: int
    """2 or more where rows moved and the list is read again."""


class SyncReport(NamedTuple):
    """What a sync did."""

    package_count: int
    grid_count: int
    category_count: int
    """The counts are those held afterwards."""
    removed_count: int
    """Records of any kind that have vanished from the site."""
    unreadable_count: int
    """Records that could not be read; their stored form, if any, is kept."""
    is_whole: bool
    """Whether every list was read to its end without a gap."""
    was_done_elsewhere: bool
    """Whether another process or task did it while this one waited."""
