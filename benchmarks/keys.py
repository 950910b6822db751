"""What a key costs: until the first byte, and in bytes, which is what SSH pays for.

The list under the key is painted at once; the panes that follow it are painted when
the keys rest. A burst of bytes that ends in a short silence is one paint.
"""

import statistics
from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

from tests.support.pseudo_terminal import PseudoTerminal

from benchmarks.first_paint import BROWSER
from benchmarks.measuring import Finding, median, slowest_in_20
from benchmarks.stock import (
    DEFAULT_COUNT,
    LARGE_COUNT,
    Stock,
    environment,
    stocked_home,
)

PAINT_TARGET_MS = 20.0
LIST_TARGET_BYTES = 400.0
ALL_TARGET_BYTES = 3_000.0
PAGE_TARGET_BYTES = 8_000.0
FIRST_TARGET_BYTES = 40_000.0
BURST_ENDS_S = 0.025
QUIET_S = 0.15
IDLE_S = 3.0
SETTLED_S = 0.5

SIZES = ((120, 40), (80, 24))
TO_TABLE, TO_FIRST, DOWN, PAGE_DOWN, TAB = "3", "g", "\x1b[B", "\x1b[6~", "\t"
ENTER, BACK, MARK, COMPARE = "\r", "\x1b", " ", "c"
ROUNDS, DOWNS_IN_VIEW = 5, 8
PRESSES = ROUNDS * DOWNS_IN_VIEW
OPENINGS = 20
COMPARED = 5


class Answer(NamedTuple):
    """What one key set off."""

    first_byte_ms: float
    list_bytes: int
    all_bytes: int


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """Keys in the table of packages, and silence at rest."""
    with stocked_home(LARGE_COUNT if is_large else DEFAULT_COUNT) as stock:
        for columns, rows in SIZES:
            yield from _keys(stock, columns, rows)


def _keys(stock: Stock, columns: int, rows: int) -> Iterator[Finding]:
    place = f"at {columns}x{rows}"
    with PseudoTerminal(
        BROWSER, environment(stock.home), columns=columns, rows=rows
    ) as terminal:
        terminal.wait_for("offline")
        terminal.read_until_quiet(SETTLED_S)
        first_bytes = len(terminal.written)
        yield Finding(f"first screen, {place}", first_bytes, "B", FIRST_TARGET_BYTES)
        _press(terminal, TO_TABLE)
        moves: list[Answer] = []
        for _ in range(ROUNDS):
            moves += [_press(terminal, DOWN) for _ in range(DOWNS_IN_VIEW)]
            _press(terminal, TO_FIRST)
        name = f"down, {place}"
        yield _paint(name, moves)
        own = [move.list_bytes for move in moves]
        yield median(f"{name}, the list", own, "B", LIST_TARGET_BYTES)
        yield _bytes(f"{name}, with what follows", moves, ALL_TARGET_BYTES)
        yield from _told("open package", place, _openings(terminal, ENTER))
        pages = [_press(terminal, PAGE_DOWN) for _ in range(PRESSES)]
        yield _paint(f"page down, {place}", pages)
        yield _bytes(f"page down, {place}", pages, PAGE_TARGET_BYTES)
        # The cursor is on the last line in view now: each step scrolls.
        downs = [_press(terminal, DOWN) for _ in range(PRESSES)]
        yield from _told("down and scroll", place, downs)
        tabs = [_press(terminal, TAB) for _ in range(PRESSES)]
        yield from _told("tab", place, tabs)
        start = len(terminal.written)
        terminal.read(IDLE_S)
        idle_bytes = len(terminal.written) - start
        yield Finding(
            f"at rest, {place}", idle_bytes, "B", 0, f"within {IDLE_S:.0f} seconds"
        )
        for keys in (TO_TABLE, *f"{MARK}{DOWN}" * COMPARED):
            terminal.press(keys)
        terminal.read_until_quiet(SETTLED_S)
        opened = _openings(terminal, COMPARE)
        yield from _told(f"open compare of {COMPARED}", place, opened)


def _openings(terminal: PseudoTerminal, key: str) -> list[Answer]:
    """What opening with `key` costs; each is closed again."""
    answers: list[Answer] = []
    for _ in range(OPENINGS):
        answers.append(_press(terminal, key))
        _press(terminal, BACK)
    return answers


def _told(name: str, place: str, answers: list[Answer]) -> Iterator[Finding]:
    """Time to paint and bytes of what is done once in a while."""
    yield _paint(f"{name}, {place}", answers, None)
    yield _bytes(f"{name}, {place}", answers, None)


def _paint(
    name: str, answers: list[Answer], target: float | None = PAINT_TARGET_MS
) -> Finding:
    times = [answer.first_byte_ms for answer in answers]
    detail = f"median {statistics.median(times):.1f} ms, {len(times)} times"
    name = f"{name}, painted, 95 %"
    return Finding(name, slowest_in_20(times), "ms", target, detail)


def _bytes(name: str, answers: list[Answer], target: float | None) -> Finding:
    return median(name, [answer.all_bytes for answer in answers], "B", target)


def _press(terminal: PseudoTerminal, key: str) -> Answer:
    start = perf_counter()
    terminal.press(key)
    size = len(terminal.written)
    assert terminal.read(QUIET_S * 4), f"no answer to {key!r}"
    first_byte_ms = (perf_counter() - start) * 1000
    terminal.read_until_quiet(BURST_ENDS_S)
    list_bytes = len(terminal.written) - size
    terminal.read_until_quiet(QUIET_S)
    return Answer(first_byte_ms, list_bytes, len(terminal.written) - size)
