"""What the tests of the compare screen share: it at work, read as text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from pkgtui.tui.compare.screen import CompareScreen
from tests.support.store import NOW, grid, package
from tests.support.tui import Browser, ScriptedSource, browsing, idle, widget_lines

CROWD = 10
"""The id of the grid that `crowd` fills."""


def crowd(count: int, **fields: Any) -> ScriptedSource:
    """A grid of `count` packages that differ: the first has most of everything."""
    packages = [
        package(
            id_,
            CROWD,
            **{
                "title": f"Package {id_}",
                "stars": 10_000 - id_,
                "forks": id_,
                "commits_52w": (0,) * 51 + (1 + count - id_,),
                "last_commit_at": NOW - timedelta(days=id_),
                "pypi_version": f"1.{id_}",
                **fields,
            },
        )
        for id_ in range(1, count + 1)
    ]
    members = range(1, count + 1)
    return ScriptedSource(
        [*packages, package(900, title="Stranger")],
        [grid(CROWD, *members, title="Crowd")],
    )


def mixed() -> ScriptedSource:
    """Four packages: the second dormant, and of the last one nothing is known."""
    long_ago = NOW - timedelta(days=4000)
    nothing = {
        "stars": None,
        "commits_52w": None,
        "last_commit_at": None,
        "contributors": None,
    }
    return ScriptedSource(
        [
            package(1, CROWD, title="Package A", stars=500, forks=3),
            package(2, CROWD, title="Package B", stars=50, last_commit_at=long_ago),
            package(3, CROWD, title="Package C", stars=5, pypi_version="2.0"),
            package(4, CROWD, title="Package D", **nothing),
        ],
        [grid(CROWD, 1, 2, 3, 4, title="Mixed")],
    )


class Comparer:
    """The compare screen at work, driven and read as a person does."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    @property
    def screen(self) -> CompareScreen:
        """The compare screen, whatever lies over it."""
        found = [s for s in self.browser.app.screen_stack if type(s) is CompareScreen]
        assert len(found) == 1
        return found[0]

    async def press(self, *keys: str) -> None:
        """Press keys, and let what they change be drawn."""
        await self.browser.press(*keys)

    async def go_to(self, label: str) -> None:
        """Put the cursor on a line of facts."""
        await self.press("g")
        for _ in range(18):
            if self.cursor()[0].startswith(label):
                return
            await self.press("j")
        raise AssertionError(label)

    def letters(self) -> list[str]:
        """The packages of the table in order, by their last letters."""
        return [entrant.title[-1] for entrant in self.screen.comparing.entrants]

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self.browser.pilot.resize_terminal(width, height)
        await self.browser.until(
            lambda: self.screen._compositor.size == (width, height)
        )
        await self.settle()

    async def settle(self) -> None:
        """Let all be drawn."""
        for _ in range(3):
            await self.browser.pilot.pause()
            await idle()

    def lines(self) -> list[str]:
        """The table's lines in view."""
        return [line.rstrip() for line in widget_lines(self.screen.table)]

    def labels(self) -> list[str]:
        """The names of the lines in view."""
        return [_split(line)[0] for line in self.lines() if "│" in line]

    def titles(self) -> list[str]:
        """The names of the columns in view, wrapped ones put together."""
        lines = [
            _split(widget_lines(heading)[0])[1:]
            for heading in self.screen.headings
            if heading.display
        ]
        return [_name(*parts) for parts in zip(*lines, strict=True)]

    def cells(self, label: str) -> list[str]:
        """The cells in view of a line."""
        line = next(line for line in self.lines() if line.strip().startswith(label))
        return _split(line)[1:]

    def column(self, at: int) -> list[str]:
        """The cells in view of the column `at` in view."""
        return [_split(line)[1 + at] for line in self.lines() if "│" in line]

    def cursor(self) -> tuple[str, str]:
        """The label and the text of the only cell that has the cursor's sign."""
        marked = [line for line in self.lines() if "│›" in line]
        assert len(marked) == 1, marked
        before, after = marked[0].split("│›")
        return _split(before)[0], _split(after)[0]

    def title(self) -> list[str]:
        """The lines above the table."""
        return [
            widget_lines(line)[0].strip()
            for line in self.screen.title_lines
            if line.display
        ]

    def details(self) -> str:
        """The cell under the cursor, in words."""
        lines = [widget_lines(line)[0].strip() for line in self.screen.details]
        return " ".join(lines).strip()

    def status(self) -> str:
        """The status line."""
        return widget_lines(self.screen.status)[0].strip()

    def text(self) -> str:
        """The whole screen."""
        return self.browser.text()


def _name(first: str, second: str = "") -> str:
    """A name put together that was broken at a hyphen or at a space."""
    gap = " " if second and not first.endswith("-") else ""
    return f"{first}{gap}{second}"


def _split(line: str) -> list[str]:
    return [part.lstrip("›").strip(" ┃") for part in line.split("│")]


@asynccontextmanager
async def comparing(
    folder: Path,
    source: ScriptedSource | None = None,
    *,
    size: tuple[int, int] = (80, 24),
    **options: Any,
) -> AsyncIterator[Comparer]:
    """The compare screen over the grid of `source`."""
    options = {"target": f"grid-{CROWD}", **options}
    async with browsing(folder, source or crowd(10), size=size, **options) as browser:
        comparer = Comparer(browser)
        await comparer.press("c")
        yield comparer
