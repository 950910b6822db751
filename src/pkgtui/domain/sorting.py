"""The sorts that lists and tables offer, by the names the command line uses."""

from enum import StrEnum
from typing import NamedTuple


class SortKey(StrEnum):
    """What a list of packages can be sorted by."""

    TITLE = "title"
    STARS = "stars"
    FORKS = "forks"
    COMMITS = "commits"
    CONTRIBUTORS = "contributors"
    UPDATED = "updated"
    ADDED = "added"


class Sort(NamedTuple):
    """A sort and its way; the natural way is most or newest first, A first for titles.

    Unknown values are last either way; ties fall to the title, then the id.
    """

    key: SortKey
    is_reversed: bool = False

    @property
    def is_descending(self) -> bool:
        """Whether larger values come first."""
        return (self.key is not SortKey.TITLE) != self.is_reversed

    @classmethod
    def parse(cls, text: str) -> "Sort":
        """Read ``KEY`` or ``-KEY``; raises ValueError for an unknown key."""
        return cls(SortKey(text.removeprefix("-")), text.startswith("-"))

    def __str__(self) -> str:
        return f"-{self.key}" if self.is_reversed else str(self.key)
