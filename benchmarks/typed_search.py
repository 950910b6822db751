"""What a letter typed into the search costs, until what it finds is painted.

Told is the time that the program's main thread, which is the event loop's, was at
work: what the scheduler and the terminal add is not ours. Linux only, by /proc.
"""

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.support.pseudo_terminal import PseudoTerminal

from benchmarks.first_paint import BROWSER
from benchmarks.measuring import Finding, slowest_in_20
from benchmarks.search import SEED, mistyped
from benchmarks.stock import (
    DEFAULT_COUNT,
    LARGE_COUNT,
    Stock,
    environment,
    stocked_home,
)
from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.sorting import Sort
from pkgtui.paths import user_paths

TARGETS_MS = {DEFAULT_COUNT: 16.0, LARGE_COUNT: 66.0}
WORD_COUNT = 30
OPEN_SEARCH, EMPTY_LINE = "/", "\x15"
QUIET_S = 0.1
SETTLED_S = 0.5


class Cost(NamedTuple):
    """What one letter set off."""

    loop_ms: float
    written_bytes: int


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """Slugs typed letter by letter, one in three of them with a slip."""
    for count in (DEFAULT_COUNT, LARGE_COUNT) if is_large else (DEFAULT_COUNT,):
        with stocked_home(count) as stock:
            costs = _costs(stock)
        times = [cost.loop_ms for cost in costs]
        sizes = [cost.written_bytes for cost in costs]
        name = f"letter in the search, {count:,} packages"
        yield Finding(
            f"{name}, 95 %",
            slowest_in_20(times),
            "ms",
            TARGETS_MS[count],
            f"of the loop's own time; max {max(times):.1f} ms, {len(times)} letters",
        )
        yield Finding(f"{name}, 95 %", slowest_in_20(sizes), "B")


def _costs(stock: Stock) -> list[Cost]:
    with PseudoTerminal(BROWSER, environment(stock.home)) as terminal:
        terminal.wait_for("offline")
        terminal.read_until_quiet(SETTLED_S)
        terminal.press(OPEN_SEARCH)
        terminal.read_until_quiet(SETTLED_S)
        costs: list[Cost] = []
        for word in _words(stock.home):
            costs += [_type(terminal, letter) for letter in word]
            terminal.press(EMPTY_LINE)
            terminal.read_until_quiet(QUIET_S)
    return costs


def _words(home: Path) -> list[str]:
    chance = random.Random(SEED)
    with closing(Catalog.open(Settings(), user_paths(str(home)))) as catalog:
        listing = catalog.packages(PackageFilter(), Sort("title"))
        places = chance.sample(range(len(listing)), WORD_COUNT)
        slugs = [listing[at].slug for at in places]
    return [
        slug if number % 3 else mistyped(slug, chance)
        for number, slug in enumerate(slugs)
    ]


def _type(terminal: PseudoTerminal, letter: str) -> Cost:
    before_ns, size = _loop_ns(terminal), len(terminal.written)
    terminal.press(letter)
    assert terminal.read(SETTLED_S), f"no answer to {letter!r}"
    terminal.read_until_quiet(QUIET_S)
    return Cost((_loop_ns(terminal) - before_ns) / 1e6, len(terminal.written) - size)


def _loop_ns(terminal: PseudoTerminal) -> int:
    """How long the main thread was at work (the kernel's sched-stats.txt)."""
    pid = terminal.process.pid
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text("ascii").split()[0])
