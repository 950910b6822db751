"""Resident memory: the browser against the empty app, and what each package adds.

Measured after a search and a walk to the end of the list, since what is stored is read
only where it is looked for. Linux only, by /proc.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.support.pseudo_terminal import PseudoTerminal

from benchmarks import empty_app
from benchmarks.first_paint import BROWSER, EMPTY_APP
from benchmarks.measuring import Finding
from benchmarks.stock import DEFAULT_COUNT, LARGE_COUNT, environment, stocked_home

TARGET = 1.6
PACKAGE_TARGET_BYTES = 1_000.0
SETTLED_S = 0.5
SEARCH, WORDS, BACK, TO_TABLE, TO_LAST = "/", "django comments", "\x1b", "3", "G"


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """At rest against an empty app; with the large catalog also what it adds."""
    resting, busy = {}, {}
    for count in (DEFAULT_COUNT, LARGE_COUNT) if is_large else (DEFAULT_COUNT,):
        with stocked_home(count) as stock:
            resting[count], busy[count] = _browser_bytes(stock.home)
            empty = _empty_bytes(stock.home)
        yield Finding(
            f"memory at rest, {count:,} packages",
            resting[count] / empty,
            "x",
            TARGET,
            f"{resting[count] / 1e6:.0f} MB; empty Textual app: {empty / 1e6:.0f} MB;"
            f" after a search: {busy[count] / 1e6:.0f} MB",
        )
    if is_large:
        added = (busy[LARGE_COUNT] - busy[DEFAULT_COUNT]) / (
            LARGE_COUNT - DEFAULT_COUNT
        )
        yield Finding(
            "memory a package, after a search", added, "B", PACKAGE_TARGET_BYTES
        )


def _browser_bytes(home: Path) -> tuple[int, int]:
    with PseudoTerminal(BROWSER, environment(home)) as terminal:
        terminal.wait_for("offline")
        terminal.read_until_quiet(SETTLED_S)
        resting = _resident_bytes(terminal)
        for keys in (SEARCH, *WORDS, BACK, TO_TABLE, TO_LAST):
            terminal.press(keys)
            terminal.read_until_quiet(SETTLED_S)
        return resting, _resident_bytes(terminal)


def _empty_bytes(home: Path) -> int:
    with PseudoTerminal(EMPTY_APP, environment(home)) as terminal:
        terminal.wait_for(empty_app.MARKER)
        terminal.read_until_quiet(SETTLED_S)
        return _resident_bytes(terminal)


def _resident_bytes(terminal: PseudoTerminal) -> int:
    status = Path(f"/proc/{terminal.process.pid}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024
