"""What the stops of the package pane stand for.

Plain classes, which cost the start less than dataclasses. They are no tuples: a week
and a package of one number must not be equal.
"""


class _Target:
    """Equal to another of its class with the same values."""

    __slots__: tuple[str, ...] = ()

    def _values(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._values() == self._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._values()}"


class WeekTarget(_Target):
    """A bar of the commits chart; 0 is the oldest."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


class GridTarget(_Target):
    """A grid that the package is in."""

    __slots__ = ("id", "is_held")

    def __init__(self, id: int, is_held: bool) -> None:
        self.id = id
        self.is_held = is_held


class PackageTarget(_Target):
    """Another package."""

    __slots__ = ("id",)

    def __init__(self, id: int) -> None:
        self.id = id


class ContributorTarget(_Target):
    """A contributor."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class LinkTarget(_Target):
    """An address."""

    __slots__ = ("url",)

    def __init__(self, url: str) -> None:
        self.url = url
