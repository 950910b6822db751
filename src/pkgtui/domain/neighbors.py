"""Where a cursor goes when what it stood on is no longer listed."""

from collections.abc import Container, Sequence
from itertools import chain
from typing import TypeVar

T = TypeVar("T")


def neighbor(before: Sequence[T], index: int, listed: Container[T]) -> T | None:
    """What of `listed` stood next after ``before[index]``, or else next before it."""
    beside = chain(before[index + 1 :], reversed(before[:index]))
    return next((one for one in beside if one in listed), None)
