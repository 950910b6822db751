"""Which rows of a list to ask for next, and when to stop asking.

The offsets are computed here; the server's links are never followed. However the
server counts, the number of requests is bounded by its first count.
"""

from collections import deque
from typing import NamedTuple

PAGE_SIZE = 500
MIN_PAGE_SIZE = 25
# Room for a list that grows while it is read, and for pages that come short.
_ROWS_BEYOND = 2 * PAGE_SIZE
_REQUESTS_BEYOND = 100
_FEWEST_ROWS_PER_REQUEST = 5


class Rows(NamedTuple):
    """A part of a list."""

    offset: int
    size: int


def smaller_page(size: int, halvings: int) -> int:
    """The size to ask for in place of `size` after so many failures."""
    return max(min(size, MIN_PAGE_SIZE), size >> halvings)


class PageScheduler:
    """The parts of one list that were not asked for yet."""

    def __init__(self) -> None:
        self._size = PAGE_SIZE
        self._next_offset = 0
        # Only the first page can be asked for before the list has told its length.
        self._end = self._furthest_end = PAGE_SIZE
        self._requests_left = 1
        # Parts of pages that came shorter than they were planned.
        self._gaps: deque[Rows] = deque()

    def take(self) -> Rows | None:
        """The next rows to ask for; None if there are none."""
        if self._requests_left == 0:
            return None
        if self._gaps:
            gap = self._gaps.popleft()
            rows = Rows(gap.offset, min(gap.size, self._size))
            if gap.size > rows.size:
                self._gaps.appendleft(
                    Rows(gap.offset + rows.size, gap.size - rows.size)
                )
        elif self._next_offset < self._end:
            rows = Rows(self._next_offset, self._size)
            self._next_offset += rows.size
        else:
            return None
        self._requests_left -= 1
        return rows

    def begin(self, total: int) -> None:
        """Plan for a list of `total` rows, as its first page tells."""
        self._end = total
        self._furthest_end = total + total // 10 + _ROWS_BEYOND
        self._requests_left = (
            _REQUESTS_BEYOND + self._furthest_end // _FEWEST_ROWS_PER_REQUEST
        )

    def extend(self, total: int) -> None:
        """Plan for a list that turns out to be longer, within bounds."""
        self._end = max(self._end, min(total, self._furthest_end))

    def note(self, rows: Rows, limit: int, row_count: int) -> None:
        """Take account of an answer: `row_count` rows where `limit` were asked for.

        `limit` is below the size planned where the server struggled with that.
        """
        end = rows.offset + row_count
        self._next_offset = max(self._next_offset, end)
        if row_count < rows.size and end < self._end:
            self._gaps.append(Rows(end, rows.size - row_count))
            # Struggling, or giving out fewer rows than it is asked for: so will it be
            # with the following pages.
            self._size = min(self._size, max(min(limit, row_count), MIN_PAGE_SIZE))

    def stop(self) -> None:
        """Ask for nothing more."""
        self._requests_left = 0
