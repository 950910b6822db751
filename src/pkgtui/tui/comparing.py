"""The state of one comparison: who is in it, in which order, and what of it is shown.

No widgets here. It outlives the compare screen, so that one can look at a package and
come back to the very cell.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.comparison import (
    Comparison,
    Entrant,
    Row,
    RowKey,
    Way,
    compare,
    sorted_entrants,
)


class Comparing:
    """What the compare screen shows; every change ends in a new `comparison`."""

    def __init__(
        self, title: str, entrants: Iterable[Entrant], now: Callable[[], datetime]
    ) -> None:
        self.title = title
        self._now = now
        self._entrants = list({e.id: e for e in entrants}.values())
        self._dropped: list[int] = []
        self.pinned: list[int] = []
        self.sort_key: RowKey | None = None
        """None keeps the order in which the packages came."""
        self.is_reversed = False
        self.is_differences_only = False
        self.is_active_only = False
        self.is_turned = False
        """Packages as lines, facts as columns."""
        self.is_scale_shared = True
        self.cursor: tuple[RowKey, int] = (RowKey.ACTIVITY, 0)
        """The fact and the package under the cursor."""
        self.comparison = Comparison(title, (), ())
        self.hidden_count = 0
        """Packages that are not active, while only active ones are shown."""
        self.update()

    @property
    def rows(self) -> list[Row]:
        """The facts that are shown."""
        rows = self.comparison.rows
        if not self.is_differences_only:
            return list(rows)
        return [row for row in rows if not row.is_same]

    @property
    def entrants(self) -> tuple[Entrant, ...]:
        """The packages that are shown, in order."""
        return self.comparison.entrants

    @property
    def dropped_count(self) -> int:
        """How many packages were dropped."""
        return len(self._dropped)

    def update(self) -> None:
        """Work out the table again."""
        now = self._now()
        chosen = [e for e in self._entrants if e.id not in self._dropped]
        shown = (
            [e for e in chosen if _is_active(e, now)] if self.is_active_only else chosen
        )
        self.hidden_count = len(chosen) - len(shown)
        comparison = compare(self.title, shown, now)
        if self.sort_key is not None:
            shown = sorted_entrants(
                comparison, self.sort_key, is_reversed=self.is_reversed
            )
        shown = sorted(shown, key=lambda entrant: entrant.id not in self.pinned)
        self.comparison = compare(self.title, shown, now)
        self._keep_cursor()

    def _keep_cursor(self) -> None:
        """Put the cursor on something that is shown, as near as can be."""
        key, package_id = self.cursor
        rows = [row.key for row in self.rows]
        if rows and key not in rows:
            key = rows[0]
        ids = [entrant.id for entrant in self.entrants]
        if ids and package_id not in ids:
            package_id = ids[0]
        self.cursor = (key, package_id)

    def entrant_index(self) -> int:
        """Where the package under the cursor stands."""
        ids = [entrant.id for entrant in self.entrants]
        return ids.index(self.cursor[1]) if self.cursor[1] in ids else 0

    def row_index(self) -> int:
        """Where the fact under the cursor stands."""
        keys = [row.key for row in self.rows]
        return keys.index(self.cursor[0]) if self.cursor[0] in keys else 0

    @property
    def current(self) -> Entrant | None:
        """The package under the cursor."""
        return self.entrants[self.entrant_index()] if self.entrants else None

    @property
    def is_sort_descending(self) -> bool:
        """Whether larger values come first."""
        if self.sort_key is None or not self.comparison.rows:
            return False
        way = self.comparison.row(self.sort_key).way
        return (way in {Way.MOST, Way.LATEST}) != self.is_reversed

    # Changes

    def sort_by_cursor(self) -> None:
        """Sort by the fact under the cursor; by the one in force, turn it around."""
        key = self.cursor[0]
        self.is_reversed = key is self.sort_key and not self.is_reversed
        self.sort_key = key
        self.update()

    def drop(self) -> None:
        """Leave the package under the cursor out; the cursor goes to its neighbour."""
        current = self.current
        if current is None:
            return
        ids = [entrant.id for entrant in self.entrants]
        index = ids.index(current.id)
        neighbours = [*ids[index + 1 :], *reversed(ids[:index])]
        self._dropped.append(current.id)
        if neighbours:
            self.cursor = (self.cursor[0], neighbours[0])
        self.update()

    def undrop(self) -> bool:
        """Bring the package that was dropped last back; whether there was one."""
        if not self._dropped:
            return False
        self.cursor = (self.cursor[0], self._dropped.pop())
        self.update()
        return True

    def add(self, entrant: Entrant) -> None:
        """Take a package in, or back in, and put the cursor on it."""
        if entrant.id in self._dropped:
            self._dropped.remove(entrant.id)
        if all(entrant.id != other.id for other in self._entrants):
            self._entrants.append(entrant)
        self.cursor = (self.cursor[0], entrant.id)
        self.update()

    def toggle_pin(self) -> None:
        """Pin the package under the cursor to the start, or let it go."""
        current = self.current
        if current is None:
            return
        if current.id in self.pinned:
            self.pinned.remove(current.id)
        else:
            self.pinned.append(current.id)
        self.update()


def _is_active(entrant: Entrant, now: datetime) -> bool:
    if entrant.detail is None:
        return False
    package = entrant.detail.package
    band = activity(package.last_commit_at, package.fetched_at, now)
    return band is Activity.ACTIVE
