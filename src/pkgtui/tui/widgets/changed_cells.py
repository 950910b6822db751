"""Which part of a line differs from what stands there: the rest need not be written."""

from rich.segment import Segment
from textual.strip import Strip


def changed_cells(old: Strip, new: Strip) -> tuple[int, int] | None:
    """The first cell that differs and the one after the last; None if nothing does.

    Whole segments are compared, and the blanks at the ends of those that differ: most
    of a line of text is the space behind it.
    """
    before, after = list(old), list(new)
    start = 0
    while before and after and before[0] == after[0]:
        start += before.pop(0).cell_length
        after.pop(0)
    end = new.cell_length
    if old.cell_length != end:
        return 0, end
    while before and after and before[-1] == after[-1]:
        end -= before.pop().cell_length
        after.pop()
    if not before and not after:
        return None
    if before and after and before[-1].style == after[-1].style:
        end -= min(_blanks(before[-1]), _blanks(after[-1]))
    return start, end


def _blanks(segment: Segment) -> int:
    """How many spaces `segment` ends with."""
    return len(segment.text) - len(segment.text.rstrip(" "))
