"""A cached lookup as a process, against the interpreter that does nothing."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from time import perf_counter

from benchmarks.measuring import Finding, in_turns, ratio
from benchmarks.stock import COMMAND, DEFAULT_COUNT, Stock, environment, stocked_home

TARGETS = {"text": 6.0, "json": 4.5}
"""Those of ``show``; the other commands are only told."""
RUNS = 40


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """What the commands answer from the cache, as text and as JSON, into a pipe.

    ``show`` is of the most starred package, with ``PKGTUI_HOME`` and without.
    """
    del is_large  # one lookup costs the same in any catalog
    with stocked_home(DEFAULT_COUNT) as stock:
        slug, grid = stock.first_slug, stock.grid_slug
        commands = {
            f"pkgtui {' '.join([name, *words])}, {form}": [
                name,
                *words,
                "--format",
                form,
            ]
            for name, *words in (
                ("show", slug),
                ("search", "two", "factor"),
                ("grid", grid),
                ("compare", slug, "1", "2"),
                ("categories",),
            )
            for form in TARGETS
        }
        runs = {
            name: partial(_seconds, stock, words) for name, words in commands.items()
        }
        if sys.platform == "linux":
            runs |= {
                f"pkgtui show, {form}, in the usual folder": partial(
                    _seconds, stock, ["show", slug, "--format", form], is_usual=True
                )
                for form in TARGETS
            }
        nothing = partial(_run_seconds, [sys.executable, "-c", "pass"], stock)
        seconds = in_turns({"nothing": nothing, **runs}, RUNS)
    for name in runs:
        form = name.split(", ")[1]
        yield ratio(
            name,
            seconds[name],
            seconds["nothing"],
            "python -c pass",
            TARGETS[form] if name.startswith("pkgtui show") else None,
        )


def _seconds(stock: Stock, words: list[str], *, is_usual: bool = False) -> float:
    return _run_seconds([COMMAND, *words], stock, is_usual=is_usual)


def _run_seconds(command: list[str], stock: Stock, *, is_usual: bool = False) -> float:
    start = perf_counter()
    subprocess.run(
        command,
        env=environment(stock.home, is_usual=is_usual),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
    )
    return perf_counter() - start
