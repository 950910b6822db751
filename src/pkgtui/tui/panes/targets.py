"""What the stops of the package pane stand for.

Dataclasses, not tuples: a week and a package of one number must not be equal.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeekTarget:
    """A bar of the commits chart; 0 is the oldest."""

    index: int


@dataclass(frozen=True, slots=True)
class GridTarget:
    """A grid that the package is in."""

    id: int
    is_held: bool


@dataclass(frozen=True, slots=True)
class PackageTarget:
    """Another package."""

    id: int


@dataclass(frozen=True, slots=True)
class PersonTarget:
    """A contributor."""

    name: str


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """An address."""

    url: str
