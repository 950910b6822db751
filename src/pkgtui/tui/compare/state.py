"""The state of one comparison: who is in it, in which order, and what of it is shown.

No widgets here. It outlives the compare screen, so that one can look at a package and
come back to the very cell.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.comparison import (
    ComparedPackage,
    Comparison,
    ComparisonRow,
    compare,
    is_descending,
    sorted_entrants,
)
from pkgtui.domain.facts import ROWS
from pkgtui.domain.models import PackageDetail
from pkgtui.domain.sorting import neighbor

EntrantKey = int | str | None
T = TypeVar("T")


class CompareState:
    """What the compare screen shows; every change ends in a new `comparison`."""

    def __init__(
        self,
        title: str,
        entrants: Iterable[ComparedPackage],
        now: Callable[[], datetime],
    ) -> None:
        self.title = title
        self._now = now
        self._whole = Comparison(title, (), ())
        """All packages that ever came in, in that order."""
        self._dropped: list[EntrantKey] = []
        self.pinned: list[EntrantKey] = []
        self.sort_key: str | None = None
        """None keeps the order in which the packages came."""
        self.is_reversed = False
        self.is_differences_only = False
        self.is_active_only = False
        self.is_turned = False
        """Packages as lines, facts as columns."""
        self.scroll = (0, 0)
        """The first line and the first column that were in view."""
        self.comparison = self._whole
        self.rows: list[ComparisonRow] = []
        """The facts that are shown."""
        self.hidden_count = 0
        """Packages that are not active, while only active ones are shown."""
        chosen = list({entrant.key: entrant for entrant in entrants}.values())
        self.cursor: tuple[str, EntrantKey] = (
            "activity",
            chosen[0].key if chosen else None,
        )
        """The fact and the package under the cursor."""
        self._compare(chosen)

    @property
    def entrants(self) -> tuple[ComparedPackage, ...]:
        """The packages that are shown, in order."""
        return self.comparison.entrants

    @property
    def shown(self) -> Comparison:
        """What stands on the screen: only the rows and packages that are shown."""
        return self.comparison._replace(rows=tuple(self.rows))

    @property
    def dropped_count(self) -> int:
        """How many packages were dropped."""
        return len(self._dropped)

    @property
    def pinned_count(self) -> int:
        """How many of the packages that are shown are pinned; they come first."""
        return sum(entrant.key in self.pinned for entrant in self.entrants)

    @property
    def entrant_index(self) -> int:
        """Where the package under the cursor stands."""
        keys = [entrant.key for entrant in self.entrants]
        return keys.index(self.cursor[1]) if self.cursor[1] in keys else 0

    @property
    def row_index(self) -> int:
        """Where the fact under the cursor stands."""
        keys = [row.fact.key for row in self.rows]
        return keys.index(self.cursor[0]) if self.cursor[0] in keys else 0

    @property
    def current(self) -> ComparedPackage | None:
        """The package under the cursor."""
        return self.entrants[self.entrant_index] if self.entrants else None

    @property
    def is_sort_descending(self) -> bool:
        """Whether larger values come first."""
        key = self.sort_key
        return key is not None and is_descending(key, is_reversed=self.is_reversed)

    def _compare(self, entrants: Sequence[ComparedPackage]) -> None:
        self._whole = compare(self.title, entrants, self._now())
        self._update()

    def _update(self) -> None:
        """Work out what is shown."""
        whole = self._whole
        before = [entrant.key for entrant in self.entrants]
        entrants: Sequence[ComparedPackage] = whole.entrants
        if self.sort_key is not None:
            entrants = sorted_entrants(
                whole, self.sort_key, is_reversed=self.is_reversed
            )
        chosen = [e for e in entrants if e.key not in self._dropped]
        now = self._now()
        shown = (
            [e for e in chosen if _is_active(e, now)] if self.is_active_only else chosen
        )
        self.hidden_count = len(chosen) - len(shown)
        # A stable sort: the pinned ones keep their order, and so do the others.
        shown.sort(key=lambda entrant: entrant.key not in self.pinned)
        self.comparison = whole.arranged(shown)
        self.rows = [
            row
            for row in self.comparison.rows
            if not (self.is_differences_only and row.is_same)
        ]
        key, package = self.cursor
        self.cursor = (
            _nearest(
                key, [fact.key for fact in ROWS], [row.fact.key for row in self.rows]
            ),
            _nearest(package, before, [entrant.key for entrant in shown]),
        )

    # Changes

    def move(self, facts: int, packages: int) -> None:
        """Move the cursor by so many facts and packages, as far as there are any."""
        key, package = self.cursor
        if self.rows:
            at = max(0, min(self.row_index + facts, len(self.rows) - 1))
            key = self.rows[at].fact.key
        if self.entrants:
            at = max(0, min(self.entrant_index + packages, len(self.entrants) - 1))
            package = self.entrants[at].key
        self.cursor = (key, package)

    def move_to_package(self, key: EntrantKey) -> None:
        """Put the cursor on a package, if it is shown."""
        if any(entrant.key == key for entrant in self.entrants):
            self.cursor = (self.cursor[0], key)

    def sort_by_cursor(self) -> None:
        """Sort by the fact under the cursor; by the one in force, turn it around."""
        key = self.cursor[0]
        self.is_reversed = key == self.sort_key and not self.is_reversed
        self.sort_key = key
        self._update()

    def toggle_differences(self) -> None:
        """Leave only the facts in which the packages differ, or show all again."""
        self.is_differences_only = not self.is_differences_only
        self._update()

    def toggle_active(self) -> None:
        """Leave only the active packages, or show all again."""
        self.is_active_only = not self.is_active_only
        self._update()

    def drop(self) -> None:
        """Leave the package under the cursor out; the cursor goes to its neighbor."""
        current = self.current
        if current is not None:
            self._dropped.append(current.key)
            self._update()

    def undrop(self) -> ComparedPackage | None:
        """Bring the package that was dropped last back, and tell which it is."""
        if not self._dropped:
            return None
        key = self._dropped.pop()
        self._update()
        self.move_to_package(key)
        return next(entrant for entrant in self._whole.entrants if entrant.key == key)

    def add(self, detail: PackageDetail) -> bool:
        """Take a package in, or back in, and put the cursor on it; whether it shows."""
        entrant = ComparedPackage.held(detail)
        if entrant.key in self._dropped:
            self._dropped.remove(entrant.key)
        if all(entrant.key != other.key for other in self._whole.entrants):
            self._compare([*self._whole.entrants, entrant])
        else:
            self._update()
        self.move_to_package(entrant.key)
        return self.cursor[1] == entrant.key

    def renew(self, detail: PackageDetail) -> None:
        """Take over a record that may be newer than the one at hand."""
        renewed = ComparedPackage.held(detail)
        self._compare(
            [
                renewed if renewed.key == entrant.key else entrant
                for entrant in self._whole.entrants
            ]
        )

    def toggle_pin(self) -> None:
        """Pin the package under the cursor to the start, or let it go."""
        current = self.current
        if current is None:
            return
        if current.key in self.pinned:
            self.pinned.remove(current.key)
        else:
            self.pinned.append(current.key)
        self._update()


def _is_active(entrant: ComparedPackage, now: datetime) -> bool:
    if entrant.detail is None:
        return False
    package = entrant.detail.package
    band = activity(package.last_commit_at, package.fetched_at, now)
    return band is Activity.ACTIVE


def _nearest(wanted: T, before: Sequence[T], shown: Sequence[T]) -> T:
    """`wanted` if it is shown; else what stood next to it `before`, or the first."""
    if wanted in shown or not shown:
        return wanted
    if wanted not in before:
        return shown[0]
    beside = neighbor(before, before.index(wanted), shown)
    return shown[0] if beside is None else beside
