"""Keys from the settings: they work, the old ones do not, and every hint tells them."""

from pathlib import Path

import pytest

from pkgtui.keys import KEYS
from pkgtui.tui.compare.screen import CompareScreen
from pkgtui.tui.dialogs.help import HelpDialog, help_document
from pkgtui.tui.search.screen import SearchScreen
from tests.support.tui import browsing, line_texts

KEYMAP = (
    ("browse.compare", ("C", "f6")),
    ("browse.sort", ("f",)),
    ("browse.filter", ("s",)),
    ("browse.search", ("ctrl+f",)),
    ("browse.next_pane", ("n",)),
    ("list.down", ("m",)),
    ("app.help", ("H",)),
    ("app.quit", ("Q",)),
    ("filter.undo", ("ctrl+g",)),
    ("search.back", ("ctrl+g",)),
    ("compare.undrop", ("U",)),
)


async def test_the_other_keys_work_and_the_old_ones_do_not(tmp_path: Path) -> None:
    async with browsing(tmp_path, keymap=KEYMAP) as browser:
        await browser.press("n")
        assert browser.focus == "grids"
        await browser.press("tab")
        assert browser.focus == "grids"
        await browser.press("3", "j")
        assert browser.shown == "Alpha"
        await browser.press("m")
        assert browser.shown == "Beta"

        before = browser.titles
        await browser.press("f", "f")
        assert browser.titles != before
        await browser.press("s")
        await browser.type("gam")
        assert browser.titles == ["Gamma"]
        await browser.press("ctrl+g")
        assert len(browser.titles) == 6

        await browser.press("slash")
        assert len(browser.app.screen_stack) == 1
        await browser.press("ctrl+f")
        assert isinstance(browser.app.screen, SearchScreen)
        await browser.press("ctrl+g")
        assert len(browser.app.screen_stack) == 1


async def test_the_compare_screen_has_the_other_keys(tmp_path: Path) -> None:
    async with browsing(tmp_path, keymap=KEYMAP) as browser:
        await browser.press("3", "space", "m", "space", "c")
        assert len(browser.app.screen_stack) == 1
        await browser.press("f6")
        assert isinstance(browser.app.screen, CompareScreen)
        await browser.press("x")
        assert "U brings it back" in browser.text()
        await browser.press("u")
        assert "U brings it back" in browser.text()
        await browser.press("U", "escape", "q", "ctrl+q")
        assert browser.app.is_running
        await browser.pilot.press("Q")
        await browser.until(lambda: not browser.app.is_running)


async def test_the_help_and_its_own_way_out_follow(tmp_path: Path) -> None:
    async with browsing(tmp_path, keymap=KEYMAP) as browser:
        await browser.press("question_mark")
        assert len(browser.app.screen_stack) == 1
        for way_out in ("H", "Q", "escape"):
            await browser.press("H")
            assert isinstance(browser.app.screen, HelpDialog)
            await browser.press(way_out)
            assert len(browser.app.screen_stack) == 1
        told = line_texts(help_document(76).lines)
        assert any(line.startswith("C f6 ") and "Compare the" in line for line in told)
        assert any(line.startswith("H ") and "Show all keys" in line for line in told)


async def test_hints_the_palette_and_sentences_tell_the_other_keys(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, keymap=KEYMAP, size=(200, 40)) as browser:
        assert "ctrl+f search" in browser.status()
        assert "C compare" in browser.status()
        assert "H help" in browser.status()
        await browser.press("C")
        assert browser.message().endswith("then C compares them.")
        await browser.press("s")
        assert "ctrl+g undo" in browser.status()
        await browser.press("ctrl+g", "ctrl+p")
        await browser.type("compare the")
        await browser.until(lambda: "of the grid  [C]" in browser.text())


async def test_the_next_browser_has_its_own_keys(tmp_path: Path) -> None:
    async with browsing(tmp_path, keymap=KEYMAP):
        pass
    async with browsing(tmp_path, size=(200, 40)) as browser:
        assert "/ search" in browser.status()
        await browser.press("slash")
        assert isinstance(browser.app.screen, SearchScreen)


@pytest.mark.parametrize("width", [38, 76])
async def test_the_page_of_keys_fits_with_long_lists(
    tmp_path: Path, width: int
) -> None:
    many = ("ctrl+home", "ctrl+end", "shift+left", "ctrl+shift+f12")
    keymap = tuple((key.id, (*many, f"f{at}")) for at, key in enumerate(KEYS))
    async with browsing(tmp_path, keymap=keymap):
        lines = line_texts(help_document(width).lines)
    assert not any(
        line.startswith("ctrl+home") for line in line_texts(help_document(width).lines)
    )
    assert max(map(len, lines)) <= width
    assert all(key.help in " ".join(" ".join(lines).split()) for key in KEYS)


async def test_an_empty_catalog_tells_the_other_keys(tmp_path: Path) -> None:
    keymap = (("browse.sample", ("B",)), ("browse.sync", ("f5",)))
    async with browsing(
        tmp_path, keymap=keymap, is_synced=False, is_offline=True
    ) as browser:
        assert "B  browse the bundled sample" in browser.text()
