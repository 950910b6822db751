"""The browser outlives a cache that cannot be read for a while, and says so."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pkgtui.tui.screens.browse import BrowseScreen
from tests.store_support import cache_in
from tests.tui_support import Browser, browsing, small_catalogue

LOCKED = "keeps the cache"
FOLLOWED_S = 0.1


@contextmanager
def locked(browser: Browser, folder: Path) -> Iterator[None]:
    """Have another program keep the cache; nobody waits for it."""
    browser.app.catalog.wait_at_most(0)
    with closing(sqlite3.connect(cache_in(folder), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


async def press(browser: Browser, *keys: str) -> None:
    """Press keys, and let what follows the cursor do so by its timer."""
    for key in keys:
        await browser.pilot.press(key)
        await browser.pilot.pause(FOLLOWED_S)
        # One that the store fails is told of by the app, and is no failure of the test.
        waiting = [worker.wait() for worker in browser.app.workers]
        await asyncio.gather(*waiting, return_exceptions=True)


@pytest.mark.parametrize(
    "keys",
    [
        ("3", "j", "j"),
        ("2", "j", "enter"),
        ("1", "j", "enter"),
        ("c",),
        ("slash", "c", "o", "enter"),
        ("y", "s"),
        ("o", "r"),
        ("r",),
        ("R",),
        ("s", "S", "a"),
        ("3", "G"),
        ("3", "f", "x"),
        ("3", "space", "j", "space", "c"),
    ],
)
async def test_a_cache_that_another_program_keeps(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with browsing(tmp_path, small_catalogue()) as browser:
        with locked(browser, tmp_path):
            await press(browser, *keys)
        assert browser.app.failure is None
        while len(browser.app.screen_stack) > 1:
            await browser.press("escape")
        await browser.press("escape", "escape", "1", "G", "g", "3", "g", "j")
        await browser.work()
        assert isinstance(browser.app.screen, BrowseScreen)
        assert browser.shown == browser.titles[1]


async def test_keys_wait_for_it_less_than_a_command_does(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalogue()) as browser:
        own = browser.app.catalog._database.connection
        (waits_ms,) = own.execute("PRAGMA busy_timeout").fetchone()
        assert 0 < waits_ms <= 1000


async def test_it_is_told(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalogue()) as browser:
        with locked(browser, tmp_path):
            await browser.press("s")
            await browser.until(lambda: LOCKED in browser.message())


async def test_it_is_told_in_the_search(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalogue()) as browser:
        await browser.press("slash")
        with locked(browser, tmp_path):
            await browser.press("c", "o")
            await browser.until(lambda: LOCKED in browser.text())
