"""What the compare screen costs: opening it on few and on many packages, and moving.

The real program in a pseudo-terminal of 120 by 40, over an invented catalogue, without
network. Times are from the key to the last row of the table on the wire, interleaved
and as medians; bytes are those written after one key. From the checkout:

    python benchmarks/compare.py [REPEATS]
"""

import asyncio
import fcntl
import os
import pty
import random
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.domain.models import Category, Grid, Package
from pkgtui.paths import user_paths
from pkgtui.sources.source import ListEnd, Page

API_URL = "http://127.0.0.1:9/api/v4/"
COLUMNS, ROWS = 120, 40
FEW, MANY = 5, 100
LAST_ROW = b"description"
MOST_BYTES_A_MOVE = 2000
MOST_TIMES_AS_LONG = 1.5
QUIET_S = 0.15
"""A key that comes sooner after escape would be read as one with alt."""
NOW = datetime.now(UTC)
R = TypeVar("R", Category, Grid, Package)


class Invented:
    """A source of one grid of few and one of many packages."""

    def __init__(self) -> None:
        chance = random.Random(1)
        self._packages = [_package(id_, chance) for id_ in range(1, MANY + 1)]
        ids = tuple(range(1, MANY + 1))
        self._grids = [
            Grid(1, "few", "Few", "", ids[:FEW]),
            Grid(2, "many", "Many", "", ids),
        ]

    def categories(self) -> AsyncIterator[Page[Category] | ListEnd]:
        """One category."""
        return _pages([Category(1, "apps", "App", "Apps", "")])

    def grids(self) -> AsyncIterator[Page[Grid] | ListEnd]:
        """Both grids."""
        return _pages(self._grids)

    def packages(self) -> AsyncIterator[Page[Package] | ListEnd]:
        """All packages."""
        return _pages(self._packages)

    async def package(self, key: str) -> Package:
        """Nothing is asked for alone."""
        raise NotImplementedError(key)

    async def grid(self, key: str) -> Grid:
        """Nothing is asked for alone."""
        raise NotImplementedError(key)

    async def aclose(self) -> None:
        """There is nothing to close."""


async def _pages(records: Sequence[R]) -> AsyncIterator[Page[R] | ListEnd]:
    yield Page(tuple(records), len(records), 1)
    yield ListEnd(is_whole=True)


def _package(id_: int, chance: random.Random) -> Package:
    return Package(
        id=id_,
        slug=f"django-package-{id_}",
        title=f"django-package-{id_}",
        description="Does what the others of its kind do, and some of it differently.",
        category_id=1,
        grid_ids=(1, 2) if id_ <= FEW else (2,),
        stars=chance.randrange(10_000),
        forks=chance.randrange(1_000),
        contributors=tuple(f"person-{n}" for n in range(chance.randrange(60))),
        commits_52w=tuple(chance.randrange(9) for _ in range(52)),
        last_commit_at=NOW - timedelta(days=chance.randrange(1, 900)),
        fetched_at=NOW - timedelta(days=1),
        added_at=NOW - timedelta(days=3000),
        pypi_name=f"django-package-{id_}",
        pypi_version=f"1.{id_}",
        repo_url=f"https://github.com/owner-{id_}/django-package-{id_}",
        documentation_url="https://example.org/",
    )


async def fill(home: str) -> None:
    """Store the catalogue below `home`, as a sync would."""
    catalog = Catalog.open(
        Settings(api_url=API_URL), user_paths(home), connect=Invented
    )
    await catalog.sync()
    await catalog.aclose()


class Terminal:
    """The program in a pseudo-terminal, at one grid."""

    def __init__(self, home: str, grid: str) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "LANG": "en_US.UTF-8",
            "PKGTUI_HOME": home,
            "PKGTUI_OFFLINE": "1",
            "PKGTUI_API_URL": API_URL,
        }
        self._pid, self._fd = pty.fork()
        if not self._pid:
            os.execve(
                sys.executable, [sys.executable, "-m", "pkgtui", grid], environment
            )
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, size)
        self.read(until=b"52 weeks", timeout_s=20)
        self.read()

    def press(self, keys: str) -> None:
        """Send keys."""
        os.write(self._fd, keys.encode())

    def read(self, until: bytes = b"", timeout_s: float = QUIET_S) -> bytes:
        """What is written until `until` is, or until nothing is for `timeout_s`."""
        seen = b""
        while select.select([self._fd], [], [], timeout_s)[0]:
            try:
                seen += os.read(self._fd, 1 << 16)
            except OSError:  # Linux tells so that the other end is closed
                break
            if until and until in seen:
                break
        return seen

    def opened_in_s(self) -> float:
        """Open the compare screen, and close it again: how long the opening took."""
        begun = time.perf_counter()
        self.press("c")
        self.read(until=LAST_ROW, timeout_s=20)
        took = time.perf_counter() - begun
        self.read()
        self.press("\x1b")
        self.read()
        return took

    def close(self) -> None:
        """End the program."""
        self.press("q")
        self.read(timeout_s=1)
        os.close(self._fd)
        os.waitpid(self._pid, 0)


def bytes_a_move(terminal: Terminal) -> dict[str, int]:
    """The most bytes that a key wrote, by the kind of move."""
    terminal.press("c")
    terminal.read()
    most: dict[str, int] = {}
    moves = (("down", "jjjjjjjj"), ("right", "lll"), ("left", "hhh"), ("up", "kkk"))
    for name, keys in moves:
        for key in keys:
            terminal.press(key)
            most[name] = max(most.get(name, 0), len(terminal.read()))
    terminal.press("llll")
    terminal.read()
    terminal.press("l")
    most["right, scrolling"] = len(terminal.read())
    terminal.press("\x1b")
    terminal.read()
    return most


def main() -> int:
    """Measure, print, and fail where a limit is passed."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(fill(home))
        few, many = Terminal(home, "few"), Terminal(home, "many")
        few.opened_in_s()
        many.opened_in_s()
        pairs = [(few.opened_in_s(), many.opened_in_s()) for _ in range(repeats)]
        moves = bytes_a_move(many)
        few.close()
        many.close()
    of_few, of_many = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = of_many / of_few
    print(f"open {FEW} packages    {of_few * 1000:6.1f} ms")
    print(f"open {MANY} packages  {of_many * 1000:6.1f} ms   {ratio:.2f}×")
    for name, count in moves.items():
        print(f"{name:<18} {count:6} bytes")
    is_slow = ratio > MOST_TIMES_AS_LONG
    widest = max(moves[name] for name in ("down", "right", "left", "up"))
    return int(is_slow or widest > MOST_BYTES_A_MOVE)


if __name__ == "__main__":
    sys.exit(main())
