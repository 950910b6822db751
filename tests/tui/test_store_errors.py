"""The browser outlives a cache that cannot be read for a while, and says so."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from pkgtui.domain.search import SearchResult
from pkgtui.errors import StoreError
from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.tui.search.screen import MAX_HITS, SearchScreen
from pkgtui.tui.session_state import SessionState
from tests.support.store import cache_in, package
from tests.support.tui import (
    Browser,
    ScriptedSource,
    browsing,
    small_catalog,
    sync_before,
)

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


def damage(path: Path) -> None:
    """Spoil what is stored, but for the beginning that tells what the file is."""
    content = path.read_bytes()
    path.write_bytes(content[:8192].ljust(len(content), b"\xff"))


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
    async with browsing(tmp_path, small_catalog()) as browser:
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
    async with browsing(tmp_path, small_catalog()) as browser:
        own = browser.app.catalog._database.connection
        (waits_ms,) = own.execute("PRAGMA busy_timeout").fetchone()
        assert 0 < waits_ms <= 1000


async def test_it_is_told(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        with locked(browser, tmp_path):
            await browser.press("s")
            await browser.until(lambda: LOCKED in browser.message())


async def test_hits_that_cannot_be_read_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = [package(at, title=f"django {at}") for at in range(1, 100)]
    async with browsing(tmp_path, ScriptedSource(packages), size=(80, 24)) as browser:
        search = browser.app.catalog.search

        def search_little(query: str, *, limit: int, **options: Any) -> SearchResult:
            if limit == MAX_HITS:
                raise StoreError("the disk is gone")
            return search(query, limit=limit, **options)

        monkeypatch.setattr(browser.app.catalog, "search", search_little)
        await browser.press("slash", "d", "j")
        await browser.until(lambda: "the disk is gone" in browser.text())
        screen = browser.app.screen
        assert isinstance(screen, SearchScreen)
        assert len(screen.hits.rows) < 99
        monkeypatch.undo()
        await browser.press("down")
        assert len(screen.hits.rows) == 99
        assert "99 matches" in browser.text()


async def test_what_was_found_before_is_not_gone_to_for_other_words(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await browser.press("slash", *"gamm", "backspace")
        with locked(browser, tmp_path):
            await browser.press(*["backspace"] * 3, *"delta", "enter")
            await browser.until(lambda: LOCKED in browser.text())
            assert isinstance(browser.app.screen, SearchScreen)
        await browser.press("enter")
        assert browser.shown == "Delta"


async def test_a_sync_that_is_told_of_has_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        source.begun.clear()

        def show() -> None:
            raise StoreError("the disk is gone")

        monkeypatch.setattr(browser.screen, "_show_sync", show)
        await browser.press("R")
        await browser.work()
        assert "the disk is gone" in browser.message()
        assert "packages:0" in source.begun
        await browser.press("2")
        assert "syncing" not in browser.status()


async def test_its_connections_are_given_back_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source, remembers=True) as browser:

        def session_state() -> SessionState:
            raise StoreError("the disk is gone")

        monkeypatch.setattr(browser.screen, "session_state", session_state)
        assert not source.is_closed
    assert source.is_closed


async def test_it_is_told_in_the_search(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await browser.press("slash")
        with locked(browser, tmp_path):
            await browser.press("c", "o")
            await browser.until(lambda: LOCKED in browser.text())


@pytest.mark.parametrize("is_damaged_at_start", [True, False])
async def test_a_damaged_cache_is_filled_anew(
    tmp_path: Path, is_damaged_at_start: bool
) -> None:
    source = ScriptedSource([package(id_) for id_ in range(1, 400)], page_size=100)
    await sync_before(tmp_path, source)
    if is_damaged_at_start:
        damage(cache_in(tmp_path))
    async with browsing(tmp_path, source, is_synced=False) as browser:
        if not is_damaged_at_start:
            damage(cache_in(tmp_path))
            await browser.press("3", "G", "s")
        await browser.until(lambda: len(browser.titles) == 399)
        await browser.work()
        assert "was damaged; it was moved aside" in browser.message()
        assert "synced just now" in browser.status()
        assert browser.shown
