"""A cached lookup as a process, against the interpreter that does nothing."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.measuring import Finding, in_turns, ratio
from benchmarks.stock import COMMAND, USUAL_COUNT, environment, stocked_home

TARGET = 8.0
RUNS = 40


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """`pkgtui show` of the most starred package, as text and as JSON, into a pipe."""
    del is_large  # one lookup costs the same in any catalogue
    with stocked_home(USUAL_COUNT) as stock:
        run = partial(_seconds, home=stock.home)
        show = [COMMAND, "show", stock.first_slug]
        seconds = in_turns(
            {
                "nothing": partial(run, [sys.executable, "-c", "pass"]),
                "text": partial(run, show),
                "json": partial(run, [*show, "--format", "json"]),
            },
            RUNS,
        )
    for name in ("text", "json"):
        yield ratio(
            f"pkgtui show, {name}",
            seconds[name],
            seconds["nothing"],
            "python -c pass",
            TARGET,
        )


def _seconds(command: list[str], home: Path) -> float:
    start = perf_counter()
    subprocess.run(
        command,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
    )
    return perf_counter() - start
