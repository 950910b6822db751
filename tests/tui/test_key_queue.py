"""Keys that arrive all at once, as on a slow line, do what they do one by one."""

import asyncio
from pathlib import Path

import pytest
from textual import events

from pkgtui.catalog import PackageListing
from pkgtui.tui import key_queue as typing_ahead
from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.tui.compare.screen import CompareScreen
from pkgtui.tui.dialogs.picker import PickerDialog
from pkgtui.tui.search.screen import SearchScreen
from tests.support.tui import Browser, browsing, small_catalog

KEYS = {
    "/": "slash",
    "?": "question_mark",
    " ": "space",
    "\r": "enter",
    "\x1b": "escape",
}


async def type_at_once(browser: Browser, characters: str) -> None:
    """Let the terminal's events all be there before any is dealt with."""
    for character in characters:
        key = events.Key(KEYS.get(character, character), character)
        browser.app.post_message(key)
    await browser.work()


async def test_the_search_takes_what_follows_its_key(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await type_at_once(browser, "/cota")
        screen = browser.app.screen
        assert isinstance(screen, SearchScreen)
        assert screen.field.value == "cota"


async def test_the_line_that_narrows_takes_what_follows_its_key(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await type_at_once(browser, "3fcota")
        assert isinstance(browser.app.screen, BrowseScreen)
        assert browser.screen.packages.filter_text == "cota"


async def test_a_text_that_arrives_at_once_narrows_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await browser.press("3", "f")
        listed: list[str] = []
        listing = browser.screen.browsing.listing

        def count() -> PackageListing:
            listed.append(browser.screen.browsing.selection.text)
            return listing()

        monkeypatch.setattr(browser.screen.browsing, "listing", count)
        await type_at_once(browser, "stars:1 gamma")
        assert browser.titles == ["Gamma"]
        assert set(listed) == {"stars:1 gamma"}


@pytest.mark.parametrize("times", [1, 5])
async def test_a_pane_takes_what_follows_its_key(tmp_path: Path, times: int) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await type_at_once(browser, "21" * times + "3j")
        first, second = [row.slug for row in browser.screen.packages.table.rows[:2]]
        await type_at_once(browser, "ys")
        assert browser.app.clipboard == second
        await type_at_once(browser, "kys")
        assert browser.app.clipboard == first


@pytest.mark.parametrize("what_it_does", ["a", "s", "S"])
async def test_a_category_that_one_moved_to_is_the_one_that_keys_change(
    tmp_path: Path, what_it_does: str
) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await type_at_once(browser, f"1jj{what_it_does}")
        browsing_now = browser.screen.browsing
        assert browser.screen.categories.current_id == 2
        assert browsing_now.selection.category_id == 2
        assert browser.titles == ["Frame"]
        assert "all" not in browsing_now.sorts.kept


async def test_the_package_that_one_moved_to_is_the_one_that_is_fetched(
    tmp_path: Path,
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        await type_at_once(browser, "3jr")
        fetched = [name for name in source.begun if name.startswith("packages/")]
        assert fetched == ["packages/package-2"]


async def test_keys_outlast_an_app_that_is_busy_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_ahead, "PATIENCE_S", 0.001)
    async with browsing(tmp_path, small_catalog()) as browser:
        rounds = 0
        waited_long = asyncio.Event()
        settle = browser.app._settle

        async def count() -> None:
            nonlocal rounds
            rounds += 1
            if rounds > 4:
                waited_long.set()
            await settle()

        monkeypatch.setattr(browser.app, "_settle", count)
        await browser.press("3")
        browser.app.post_message(events.Key("j", "j"))
        browser.app.post_message(events.Key("j", "j"))
        browser.app.call_later(waited_long.wait)
        await browser.work()
        assert waited_long.is_set()
        assert browser.titles[browser.screen.packages.table.cursor] == "Gamma"


async def test_screens_open_and_close_in_a_burst(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await type_at_once(browser, "3 j c")
        assert isinstance(browser.app.screen, CompareScreen)
        await type_at_once(browser, "y\x1b\x1b/x\x1b?\x1b3y")
        assert isinstance(browser.app.screen, PickerDialog)
        await type_at_once(browser, "\x1b")
        assert isinstance(browser.app.screen, BrowseScreen)
