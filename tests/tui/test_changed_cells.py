"""What of a line has to be written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pkgtui.tui.widgets.line_widget import changed_cells

PLAIN, BOLD = Style(), Style(bold=True)


def strip(*parts: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (strip(("ab   ", PLAIN)), strip(("ab   ", PLAIN)), None),
        (strip(("ab   ", PLAIN)), strip(("xyz  ", PLAIN)), (0, 3)),
        (strip(("xyz  ", PLAIN)), strip(("ab   ", PLAIN)), (0, 3)),
        (strip(("ab   ", PLAIN)), strip(("ab   ", BOLD)), (0, 5)),
        (
            strip(("x", BOLD), ("a  ", PLAIN)),
            strip(("x", BOLD), ("b  ", PLAIN)),
            (1, 2),
        ),
        (
            strip(("a  ", PLAIN), ("│", BOLD)),
            strip(("b  ", PLAIN), ("│", BOLD)),
            (0, 1),
        ),
        (strip(("界 ", PLAIN)), strip(("ab ", PLAIN)), (0, 2)),
        (strip(("ab", PLAIN)), strip(("abc", PLAIN)), (0, 3)),
        (strip(("   ", PLAIN)), strip(("ab ", BOLD)), (0, 3)),
    ],
)
def test_only_what_differs(
    old: Strip, new: Strip, expected: tuple[int, int] | None
) -> None:
    assert changed_cells(old, new) == expected


def cells(line: Strip) -> list[tuple[str, Style | None]]:
    """One entry a cell: all characters here are narrow."""
    return [(char, segment.style) for segment in line for char in segment.text]


PARTS = st.lists(
    st.tuples(st.text(alphabet="ab ", min_size=1), st.sampled_from([PLAIN, BOLD]))
)


@given(PARTS, PARTS)
def test_writing_what_differs_makes_the_new_line(
    old: list[tuple[str, Style]], new: list[tuple[str, Style]]
) -> None:
    width = max(sum(len(text) for text, _ in parts) for parts in (old, new))
    lines = [
        strip(*parts, (" " * (width - sum(len(text) for text, _ in parts)), PLAIN))
        for parts in (old, new)
    ]
    changed = changed_cells(*lines)
    before, after = map(cells, lines)
    start, end = changed or (0, 0)
    assert before[:start] + after[start:end] + before[end:] == after
