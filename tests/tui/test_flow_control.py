"""On a slow line painting waits for the terminal, and then shows what is so by then."""

import asyncio
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a terminal of POSIX")

from pkgtui.tui import flow_control as flow_module
from pkgtui.tui.driver import TerminalDriver
from pkgtui.tui.flow_control import ASK, ASK_EVERY, WINDOW, OutputThrottle
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.tui import browsing, idle
from tests.system.test_terminal import (
    COMMAND,
    SETTLED_S,
    assert_is_restored,
    environment,
)

ANSWER = "\x1b[7;9R"


class Line:
    """A flow over a line that the test plays."""

    def __init__(self) -> None:
        self.asked_count = 0
        self.held: list[bool] = []
        loop = asyncio.get_running_loop()
        self.flow = OutputThrottle(loop, self._ask, self.held.append)

    def _ask(self) -> None:
        self.asked_count += 1

    async def answer(self) -> None:
        self.flow.heard()
        await idle()

    async def take(self, count: int) -> None:
        self.flow.took(count)
        await idle()


async def test_a_terminal_that_does_not_answer_is_asked_once() -> None:
    line = Line()
    for _ in range(20):
        line.flow.wrote(ASK_EVERY)
        await line.take(ASK_EVERY)
    assert line.asked_count == 1
    assert line.held == []


async def test_what_the_kernel_has_not_taken_holds_the_painting() -> None:
    line = Line()
    line.flow.wrote(WINDOW)
    assert line.held == []
    line.flow.wrote(1)
    assert line.held == [True]
    await line.take(1)
    assert line.held == [True, False]


async def test_what_the_terminal_has_not_shown_holds_it_once_it_has_answered() -> None:
    line = Line()
    line.flow.wrote(ASK_EVERY)
    await line.take(ASK_EVERY)
    await line.answer()
    for _ in range(3):
        line.flow.wrote(ASK_EVERY)
        await line.take(ASK_EVERY)
    assert line.asked_count == 4
    assert line.held == [True]
    await line.answer()
    assert line.held == [True, False]
    await line.answer()
    await line.answer()
    await line.answer()  # a key that looks like one
    assert line.held == [True, False]


async def test_a_terminal_that_answers_no_more_is_waited_for_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flow_module, "PATIENCE_S", 0)
    line = Line()
    line.flow.wrote(ASK_EVERY)
    await line.take(ASK_EVERY)
    await line.answer()
    line.flow.wrote(WINDOW + 1)
    await line.take(WINDOW + 1)
    assert line.held[0] is True
    await asyncio.get_running_loop().run_in_executor(None, lambda: None)
    await idle()
    assert line.held == [True, False]


async def test_keys_pressed_meanwhile_are_one_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3")
        painted: list[int] = []
        table = browser.screen.packages.table

        def paint(**_: object) -> None:
            painted.append(table.cursor)

        monkeypatch.setattr(browser.screen._compositor, "render_update", paint)
        browser.app.post_message(TerminalDriver.Held(True))
        await idle()
        for key in ("j", "j", "k", "j"):
            await browser.pilot.press(key)
            await idle()
            browser.screen._on_timer_update()  # what paints, sixty times a second
        assert painted == []
        assert table.cursor == 2
        browser.app.post_message(TerminalDriver.Held(False))
        await browser.until(lambda: bool(painted))
        assert painted[0] == 2


def test_answers_of_a_real_terminal_are_no_keys(tmp_path: Path) -> None:
    with PseudoTerminal(
        [*COMMAND, "--sample"], environment(), cwd=tmp_path
    ) as terminal:
        terminal.wait_for(ASK)
        terminal.wait_for("sample, data from")
        terminal.press(ANSWER)
        terminal.read_until_quiet(SETTLED_S)
        start = len(terminal.written)
        for key in ("3", "G", "g", "G", "g"):
            terminal.press(key)
            terminal.read_until_quiet(SETTLED_S)
            asked = terminal.written.count(ASK.encode(), start)
            terminal.press(ANSWER * asked)
            start = len(terminal.written)
        terminal.press("q")
        assert terminal.wait_for_end() == 0
        assert_is_restored(terminal)
