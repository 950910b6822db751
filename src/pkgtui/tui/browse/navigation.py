"""Where one was before a jump, so that escape leads back to the very spot."""

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.domain.filters import PackageFilter
from pkgtui.tui.browse.panes.package_pane import ReadingPlace

if TYPE_CHECKING:
    from pkgtui.tui.compare.state import CompareState


class Level(IntEnum):
    """How deep one is: lists of groups, the packages of one, one package."""

    NAVIGATION = 0
    PACKAGES = 1
    PACKAGE = 2


class Location(NamedTuple):
    """A spot to come back to."""

    selection: PackageFilter
    listed_id: int | None
    """The package under the cursor of the list."""
    list_top: int
    """The first row of the list in view."""
    package_id: int | None
    """The package that was shown; a jump shows one that is not in the list."""
    level: Level
    reading: ReadingPlace
    """Where in the package's text."""
    comparing: "CompareState | None" = None
    """A comparison that lay over it."""
    entry_level: Level = Level.NAVIGATION
    """The level at which this place itself was entered by a jump."""
    left_behind: tuple["Location", ...] = ()
    """The places that jumps left on the way here."""


class NavigationHistory:
    """The places that were gone to, for going back and forward as in a web browser."""

    def __init__(self) -> None:
        self.places: list[Location] = []
        self.index = -1
        """Where in `places` one is."""

    def visit(self, place: Location) -> None:
        """Come to `place` by a way of one's own: what lay ahead is forgotten."""
        del self.places[self.index + 1 :]
        if not self.places or self.places[-1] != place:
            self.places.append(place)
        self.index = len(self.places) - 1

    def step(self, here: Location, step: int) -> Location | None:
        """The place `step` further (-1 is back), None at an end; `here` is kept."""
        if not 0 <= self.index + step < len(self.places):
            return None
        self.places[self.index] = here
        self.index += step
        return self.places[self.index]


class BackStack:
    """The places that jumps left behind, newest last."""

    def __init__(self) -> None:
        self.places: list[Location] = []
        self.entry_level = Level.NAVIGATION
        """Where the last jump arrived: on a level above it escape leaves the place."""

    def leave(self, place: Location, arrive_at: Level) -> None:
        """Remember `place`, for a jump that arrives at the level `arrive_at`."""
        self.places.append(place)
        self.entry_level = arrive_at

    def return_from(self, level: Level) -> Location | None:
        """The place to return to from `level`; None where the way is simply outward."""
        if not self.places or level > self.entry_level:
            return None
        return self.places[-1]

    def come_to(self, place: Location) -> None:
        """Be at `place`, with the way that led there."""
        self.places = list(place.left_behind)
        self.entry_level = place.entry_level
