"""From the start of the program to the first package's title on the terminal."""

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from tests.support.pseudo_terminal import PseudoTerminal

from benchmarks import empty_app
from benchmarks.measuring import Finding, in_turns, ratio
from benchmarks.stock import (
    COMMAND,
    DEFAULT_COUNT,
    LARGE_COUNT,
    environment,
    stocked_home,
)

TARGETS = {DEFAULT_COUNT: 1.3, LARGE_COUNT: 1.4}
RUNS = 15
EMPTY_APP = [sys.executable, str(Path(empty_app.__file__))]
BROWSER = [COMMAND, "--offline"]


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """The browser against an empty Textual app, both in a terminal of 120 by 40."""
    for count in (DEFAULT_COUNT, LARGE_COUNT) if is_large else (DEFAULT_COUNT,):
        with stocked_home(count) as stock:
            paint = partial(_seconds_to, home=stock.home)
            seconds = in_turns(
                {
                    "browser": partial(paint, BROWSER, stock.first_title),
                    "empty": partial(paint, EMPTY_APP, empty_app.MARKER),
                },
                RUNS,
            )
        yield ratio(
            f"first paint, {count:,} packages",
            seconds["browser"],
            seconds["empty"],
            "empty Textual app",
            TARGETS[count],
        )


def _seconds_to(command: list[str], text: str, home: Path) -> float:
    start = perf_counter()
    with PseudoTerminal(command, environment(home)) as terminal:
        terminal.wait_for(text)
        return perf_counter() - start
