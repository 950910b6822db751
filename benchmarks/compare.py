"""The compare screen: opened on few and on many packages, and what a move in it writes.

Opening is timed from the key to the table's last row; the columns out of view must not
cost, so that many packages open about as fast as few.
"""

import asyncio
import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.store import FakeSource, grid, package

from benchmarks.measuring import Finding, in_turns, ratio
from benchmarks.stock import COMMAND, environment
from pkgtui.catalog import Catalog, utc_now
from pkgtui.config import Settings
from pkgtui.domain.models import Package
from pkgtui.paths import user_paths

FEW, MANY = 5, 100
GRID_OF_FEW, GRID_OF_MANY = 1, 2
OPENING_TARGET = 1.5
MOVE_TARGET_BYTES = 2_000.0
RUNS = 20
LAST_ROW = "description"
QUIET_S = 0.15
"""A key that comes sooner after escape would be read as one with alt."""
SETTLED_S = 0.5
MOVES = {"down": "jjjjjjjj", "right": "lll", "left": "hhh", "up": "kkk"}


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """Opening a grid of many against one of few, in a terminal of 120 by 40."""
    del is_large  # the size of the catalog does not matter here
    with TemporaryDirectory(prefix="pkgtui-benchmark-") as folder, ExitStack() as stack:
        home = Path(folder)
        _fill(home)
        few, many = (
            stack.enter_context(_at_grid(home, number))
            for number in (GRID_OF_FEW, GRID_OF_MANY)
        )
        seconds = in_turns(
            {
                "few": partial(_seconds_to_open, few),
                "many": partial(_seconds_to_open, many),
            },
            RUNS,
        )
        name = f"compare, opening {MANY} packages"
        yield ratio(
            name, seconds["many"], seconds["few"], f"{FEW} packages", OPENING_TARGET
        )
        many.press("c")
        many.read_until_quiet(SETTLED_S)
        for way, keys in MOVES.items():
            most = max(_bytes_of(many, key) for key in keys)
            yield Finding(
                f"compare, {way}", most, "B", MOVE_TARGET_BYTES, "the most of one key"
            )
        many.press("llll")
        many.read_until_quiet(SETTLED_S)
        yield Finding("compare, right and scroll", _bytes_of(many, "l"), "B")


def _at_grid(home: Path, number: int) -> PseudoTerminal:
    terminal = PseudoTerminal(
        [COMMAND, "--offline", f"grid:{number}"], environment(home)
    )
    terminal.wait_for("offline")
    terminal.read_until_quiet(SETTLED_S)
    return terminal


def _seconds_to_open(terminal: PseudoTerminal) -> float:
    """Open the compare screen, and close it again."""
    size = len(terminal.written)
    start = perf_counter()
    terminal.press("c")
    terminal.wait_for(LAST_ROW, start=size)
    seconds = perf_counter() - start
    terminal.read_until_quiet(QUIET_S)
    terminal.press("\x1b")
    terminal.read_until_quiet(QUIET_S)
    return seconds


def _bytes_of(terminal: PseudoTerminal, key: str) -> int:
    terminal.press(key)
    return len(terminal.read_until_quiet(QUIET_S))


def _fill(home: Path) -> None:
    chance = random.Random(1)
    source = FakeSource(
        [_package(number, chance) for number in range(1, MANY + 1)],
        [
            grid(GRID_OF_FEW, *range(1, FEW + 1), slug="few", title="Few"),
            grid(GRID_OF_MANY, *range(1, MANY + 1), slug="many", title="Many"),
        ],
        page_size=MANY,
    )
    catalog = Catalog.open(Settings(), user_paths(str(home)), connect=lambda: source)
    try:
        asyncio.run(catalog.sync())
    finally:
        catalog.close()


def _package(number: int, chance: random.Random) -> Package:
    return package(
        number,
        *((GRID_OF_FEW, GRID_OF_MANY) if number <= FEW else (GRID_OF_MANY,)),
        title=f"django-package-{number}",
        description="Does what the others of its kind do, and some of it differently.",
        stars=chance.randrange(10_000),
        forks=chance.randrange(1_000),
        contributors=tuple(f"person-{n}" for n in range(chance.randrange(60))),
        commits_52w=tuple(chance.randrange(9) for _ in range(52)),
        last_commit_at=utc_now() - timedelta(days=chance.randrange(1, 900)),
        fetched_at=utc_now() - timedelta(days=1),
        pypi_name=f"django-package-{number}",
        pypi_version=f"1.{number}",
        repo_url=f"https://github.com/owner-{number}/django-package-{number}",
        documentation_url="https://example.org/",
    )
