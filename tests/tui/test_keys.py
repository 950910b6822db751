"""Every key of the table works where it says; help tells all; how one leaves."""

import random
from pathlib import Path

import pytest
from textual.dom import DOMNode

from pkgtui.key_names import key_name
from pkgtui.keys import KEYS, Key, Scope, keys_in
from pkgtui.text import cell_width
from pkgtui.tui import app as app_module
from pkgtui.tui.app import PkgtuiApp
from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.tui.compare.screen import CompareScreen
from pkgtui.tui.dialogs.help import KEYS_WIDTH, HelpDialog, help_document
from pkgtui.tui.dialogs.link import LinkDialog
from pkgtui.tui.search.screen import SearchScreen
from pkgtui.tui.widgets.document_view import DocumentView
from pkgtui.tui.widgets.inputs import FilterInput
from pkgtui.tui.widgets.line_list import LineList
from tests.support.tui import browsing, line_texts, widget_lines

HOMES: dict[Scope, type[DOMNode]] = {
    Scope.APP: PkgtuiApp,
    Scope.BROWSE: BrowseScreen,
    Scope.LIST: LineList,
    Scope.PACKAGE: DocumentView,
    Scope.COMPARE: CompareScreen,
    Scope.SEARCH: SearchScreen,
    Scope.FILTER: FilterInput,
}
LEAVING = {"app.quit", "app.interrupt", "app.suspend"}
PREFIXES = {f"ctrl+{letter}" for letter in "abosqtp"}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.id)
def test_every_key_has_an_action_and_keys_that_any_terminal_sends(key: Key) -> None:
    name = key.action.partition("(")[0]
    assert hasattr(HOMES[key.scope], f"action_{name}")
    for pressed in key.keys:
        assert "ctrl+shift" not in pressed
        assert pressed != "ctrl+enter"
        assert not pressed.removeprefix("ctrl+").isdigit() or len(pressed) == 1
    if key.id != "app.palette":
        assert set(key.keys) - PREFIXES, "a multiplexer may take it"


def test_ids_are_unique_and_no_key_has_two_meanings_in_one_place() -> None:
    ids = [key.id for key in KEYS]
    assert len(ids) == len(set(ids))
    for scope in Scope:
        pressed = [name for key in keys_in(scope) for name in key.keys]
        assert len(pressed) == len(set(pressed)), scope
    everywhere = {name for key in keys_in(Scope.APP) for name in key.keys}
    for scope in (Scope.BROWSE, Scope.LIST, Scope.PACKAGE, Scope.COMPARE):
        assert not everywhere & {name for key in keys_in(scope) for name in key.keys}
    browse = {name for key in keys_in(Scope.BROWSE) for name in key.keys}
    assert not browse & {name for key in keys_in(Scope.LIST) for name in key.keys}


@pytest.mark.parametrize("width", [38, 72])
def test_help_tells_every_key(width: int) -> None:
    lines = line_texts(help_document(width).lines)
    assert all(cell_width(line) <= width for line in lines)
    told = " ".join(" ".join(lines).split())
    for key in KEYS:
        names = " ".join(key_name(name) for name in key.keys)
        assert cell_width(names) < KEYS_WIDTH
        assert any(line.startswith(f"{names} ") for line in lines)
        assert key.help.split()[0] in told
    for scope in Scope:
        assert f"Keys: {scope}" in lines


@pytest.mark.parametrize("key", ["escape", "q", "question_mark"])
async def test_help_opens_anywhere_and_any_way_leads_back(
    tmp_path: Path, key: str
) -> None:
    async with browsing(tmp_path, size=(80, 24)) as browser:
        for number, pane in zip(
            "1234", ("categories", "grids", "packages", "package"), strict=True
        ):
            await browser.press(number, "question_mark")
            screen = browser.app.screen
            assert isinstance(screen, HelpDialog)
            assert "Keys: everywhere" in "\n".join(
                widget_lines(screen.query_one(DocumentView))
            )
            await browser.press("G", key)
            assert browser.app.screen is browser.screen
            assert browser.focus == pane


@pytest.mark.parametrize("number", "1234")
async def test_q_quits_from_any_pane(tmp_path: Path, number: str) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press(number)
        await browser.pilot.press("q")
        await browser.until(lambda: not browser.app.is_running)
    assert browser.app.return_code in {0, None}


async def test_ctrl_c_twice_quits(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("ctrl+c")
        assert browser.message() == "Press ctrl+c again to quit."
        await browser.pilot.press("ctrl+c")
        await browser.until(lambda: not browser.app.is_running)


async def test_ctrl_c_twice_quits_while_one_types(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f", "t", "ctrl+c")
        await browser.pilot.press("ctrl+c")
        await browser.until(lambda: not browser.app.is_running)


async def test_one_ctrl_c_is_forgotten_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "INTERRUPT_WINDOW_S", 0.01)
    async with browsing(tmp_path) as browser:
        await browser.press("ctrl+c")
        await browser.until(lambda: browser.message() == "")
        monkeypatch.setattr(app_module, "INTERRUPT_WINDOW_S", 3600)
        await browser.press("ctrl+c")
        assert browser.app.is_running
        assert browser.message() == "Press ctrl+c again to quit."


@pytest.mark.parametrize("keys", [("2", "j", "enter", "c"), ("slash",), ("slash", "a")])
async def test_ctrl_c_tells_wherever_one_is_how_to_quit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...]
) -> None:
    notice = "Press ctrl+c again to quit."
    async with browsing(tmp_path) as browser:
        await browser.press(*keys)
        before = browser.text()
        monkeypatch.setattr(app_module, "INTERRUPT_WINDOW_S", 0.001)
        await browser.press("ctrl+c")
        await browser.until(lambda: not browser.app._is_interrupted)
        await browser.settle()
        assert browser.text() == before
        monkeypatch.setattr(app_module, "INTERRUPT_WINDOW_S", 3600)
        await browser.press("ctrl+c")
        assert notice in browser.text()


@pytest.mark.parametrize("size", [(40, 12), (120, 40)])
@pytest.mark.parametrize("seed", range(2))
async def test_no_sequence_of_keys_ends_the_program_or_loses_the_focus(
    tmp_path: Path, size: tuple[int, int], seed: int
) -> None:
    pressed = [
        name
        for key in KEYS
        if key.id not in LEAVING and key.scope is not Scope.SEARCH
        for name in key.keys
    ]
    chosen = random.Random(seed)
    async with browsing(tmp_path, size=size) as browser:
        browser.app.open_url = lambda *_, **__: None  # type: ignore[method-assign]
        for _ in range(60):
            await browser.press(chosen.choice(pressed))
            assert browser.app.is_running
            # The link dialog has nothing to focus: its keys are the screen's.
            screen = browser.app.screen
            assert screen.focused is not None or isinstance(screen, LinkDialog)
        for _ in range(12):
            await browser.press("escape")
        assert browser.app.screen is browser.screen
        assert browser.focus in {"categories", "grids", "packages", "package"}
