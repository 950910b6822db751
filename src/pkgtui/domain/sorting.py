"""The sorts that lists and tables offer, by the names the command line uses."""

from collections.abc import Container, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from pkgtui.domain.facts import SORTS


class Sort(NamedTuple):
    """A sort and its way; the natural way is most or newest first, A first for titles.

    Unknown values are last either way; ties fall to the title, then the id.
    """

    key: str
    """One of `facts.SORTS`."""
    is_reversed: bool = False

    @property
    def is_descending(self) -> bool:
        """Whether larger values come first."""
        return (self.key != "title") != self.is_reversed

    @classmethod
    def parse(cls, text: str) -> "Sort":
        """Read ``KEY`` or ``-KEY``; raises ValueError for an unknown key."""
        key = text.removeprefix("-")
        if key not in SORTS:
            raise ValueError(f"unknown sort key {key!r}")
        return cls(key, text.startswith("-"))

    def __str__(self) -> str:
        return f"-{self.key}" if self.is_reversed else str(self.key)


T = TypeVar("T")


def neighbor(before: Sequence[T], index: int, listed: Container[T]) -> T | None:
    """What of `listed` stood next after ``before[index]``, or else next before it."""
    beside = chain(before[index + 1 :], reversed(before[:index]))
    return next((one for one in beside if one in listed), None)
