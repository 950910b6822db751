"""What a key costs: until the first byte, and in bytes, which is what SSH pays for.

The list under the key is painted at once; the panes that follow it are painted when
the keys rest. A burst of bytes that ends in a short silence is one paint.
"""

from collections.abc import Iterator
from time import perf_counter
from typing import NamedTuple

from tests.pseudo_terminal import PseudoTerminal

from benchmarks.first_paint import BROWSER
from benchmarks.measuring import Finding, median
from benchmarks.stock import (
    LARGE_COUNT,
    USUAL_COUNT,
    Stock,
    environment,
    stocked_home,
)

FIRST_BYTE_TARGET_MS = 50.0
LIST_TARGET_BYTES = 600.0
ALL_TARGET_BYTES = 4_000.0
FIRST_TARGET_BYTES = 40_000.0
BURST_ENDS_S = 0.025
QUIET_S = 0.15
IDLE_S = 3.0
SETTLED_S = 0.5

SIZES = ((120, 40), (80, 24))
TO_TABLE, TO_FIRST, DOWN, PAGE_DOWN, TAB = "3", "g", "\x1b[B", "\x1b[6~", "\t"
ROUNDS, DOWNS_IN_VIEW = 5, 8
PRESSES = ROUNDS * DOWNS_IN_VIEW


class Answer(NamedTuple):
    """What one key set off."""

    first_byte_ms: float
    list_bytes: int
    all_bytes: int


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """Keys in the table of packages, and silence at rest."""
    with stocked_home(LARGE_COUNT if is_large else USUAL_COUNT) as stock:
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
        answers: list[Answer] = []
        for _ in range(ROUNDS):
            answers += [_press(terminal, DOWN) for _ in range(DOWNS_IN_VIEW)]
            _press(terminal, TO_FIRST)
        yield from _judged(f"down, {place}", answers)
        pages = [_press(terminal, PAGE_DOWN) for _ in range(PRESSES)]
        yield from _told(f"page down, {place}", pages)
        # The cursor is on the last line in view now: each step scrolls.
        downs = [_press(terminal, DOWN) for _ in range(PRESSES)]
        yield from _told(f"down and scroll, {place}", downs)
        tabs = [_press(terminal, TAB) for _ in range(PRESSES)]
        yield from _told(f"tab, {place}", tabs)
        start = len(terminal.written)
        terminal.read(IDLE_S)
        idle_bytes = len(terminal.written) - start
    yield Finding(
        f"at rest, {place}", idle_bytes, "B", 0, f"within {IDLE_S:.0f} seconds"
    )


def _judged(name: str, answers: list[Answer]) -> Iterator[Finding]:
    """A step of the cursor in view: what is done most, so that it has to be cheap."""
    ms, own, all_bytes = zip(*answers, strict=True)
    yield median(f"{name}, first byte", ms, "ms", FIRST_BYTE_TARGET_MS)
    yield median(f"{name}, the list", own, "B", LIST_TARGET_BYTES)
    yield median(f"{name}, with what follows", all_bytes, "B", ALL_TARGET_BYTES)


def _told(name: str, answers: list[Answer]) -> Iterator[Finding]:
    """What has to answer at once, and may paint more."""
    ms, _, all_bytes = zip(*answers, strict=True)
    yield median(f"{name}, first byte", ms, "ms", FIRST_BYTE_TARGET_MS)
    yield median(f"{name}, with what follows", all_bytes, "B")


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
