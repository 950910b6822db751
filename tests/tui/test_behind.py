"""What stands on a terminal that is behind all the time, once it has caught up."""

import asyncio
import re
from pathlib import Path

import pytest
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.screen import Screen

pytest.importorskip("termios", reason="a terminal of POSIX")

from pkgtui.text import cell_width
from pkgtui.tui.driver import TerminalDriver
from tests.support.tui import browsing, idle, small_catalog
from tests.tui.test_repaint import WALK

PIECES = re.compile(
    r"\x1b\[(?P<y>\d+);(?P<x>\d+)H|\x1b\[[\d;]*m|\n|(?P<text>[^\x1b\n]+)"
)


TURNS_BEHIND = 50
"""Of the loop: what a layout tells of is done by then."""


class SlowTerminal:
    """Shows what is painted, and is behind after every picture."""

    def __init__(self, width: int, height: int) -> None:
        self._rows = [[" "] * width for _ in range(height)]

    def display(
        self, app: App[object], _screen: object, update: CompositorUpdate | None
    ) -> None:
        """Take the place of what writes a picture, but for one to be held back."""
        if update is None or app._batch_count:
            return
        x = y = 0
        for piece in PIECES.finditer(update.render_segments(app.console)):
            if piece["y"]:
                x, y = int(piece["x"]) - 1, int(piece["y"]) - 1
            for character in piece["text"] or "":
                width = cell_width(character)
                self._rows[y][x : x + width] = [character, *[""] * (width - 1)]
                x += width
        app.post_message(TerminalDriver.Held(True))
        self._catch_up(app, TURNS_BEHIND)

    def _catch_up(self, app: App[object], turns: int) -> None:
        if turns:
            asyncio.get_running_loop().call_soon(self._catch_up, app, turns - 1)
        else:
            app.post_message(TerminalDriver.Held(False))

    @property
    def lines(self) -> list[str]:
        """What stands on it."""
        return ["".join(row) for row in self._rows]


def truth(screen: Screen[object]) -> list[str]:
    """What is to stand on the terminal."""
    return [strip.text for strip in screen._compositor.render_strips()]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 40)])
async def test_all_is_painted_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    terminal = SlowTerminal(*size)
    monkeypatch.setattr(
        App, "_display", lambda app, *picture: terminal.display(app, *picture)
    )
    async with browsing(tmp_path, small_catalog(), size=size) as browser:
        for key in ("3", "enter", "escape", "down", "enter", *WALK):
            await browser.press(key)
            assert terminal.lines == truth(browser.app.screen), key


async def test_another_size_meanwhile_is_painted_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = SlowTerminal(160, 40)
    monkeypatch.setattr(
        App, "_display", lambda app, *picture: terminal.display(app, *picture)
    )
    async with browsing(tmp_path, small_catalog()) as browser:
        before = terminal.lines
        browser.app.post_message(TerminalDriver.Held(True))
        await browser.pilot.resize_terminal(160, 40)
        await browser.until(lambda: browser.screen.has_class("-wide"))
        await idle()
        assert terminal.lines == before
        browser.app.post_message(TerminalDriver.Held(False))
        await browser.until(lambda: terminal.lines == truth(browser.app.screen))


async def test_what_comes_into_view_never_shows_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures: list[list[str]] = []
    terminal = SlowTerminal(80, 24)

    def display(
        app: App[object], screen: object, update: CompositorUpdate | None
    ) -> None:
        terminal.display(app, screen, update)
        pictures.append(terminal.lines)

    monkeypatch.setattr(App, "_display", display)
    async with browsing(tmp_path, small_catalog(), size=(80, 24)) as browser:
        await browser.press("3", "enter", "escape", "down")
        pictures.clear()
        await browser.press("enter")
        names = [lines[1].split()[0] for lines in pictures if "›" in lines[0]]
        assert names[-1] == "Beta"
        assert "Alpha" not in names
