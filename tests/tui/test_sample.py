"""The bundled sample: offered, never taken for the live catalog, always dated."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from pkgtui.catalog import Catalog, open_marks, open_session
from pkgtui.errors import ServerUnreachableError, StoreError
from pkgtui.tui.app import PkgtuiApp
from tests.support.store import FakeClock, open_catalog, paths_in
from tests.support.tui import (
    Browser,
    ScriptedSource,
    browsing,
    small_catalog,
    sync_before,
)

SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]
DATE = "Feb 2026"
REFUSED = ServerUnreachableError("djangopackages.org: connection refused")


async def wait_for_sample(browser: Browser) -> None:
    await browser.until(lambda: len(browser.titles) > 200)
    await browser.work()


def status_is_dated(browser: Browser) -> bool:
    return f"sample, data from {DATE}" in browser.status()


@pytest.mark.parametrize("size", SIZES)
async def test_b_opens_the_sample_on_a_first_start_without_network(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    source = small_catalog()
    source.fail("categories:0", REFUSED)
    async with browsing(tmp_path, source, size=size, is_synced=False) as browser:
        await browser.work()
        await browser.press("b")
        await wait_for_sample(browser)
        assert status_is_dated(browser)
        assert browser.message() == ""
        assert "djangopackages.org" not in browser.status()
        assert source.is_closed
        for key in ("1", "2", "enter", "enter", "z", "escape", "f", "x", "escape"):
            await browser.press(key)
            assert status_is_dated(browser), key


async def test_b_opens_the_sample_while_the_first_sync_hangs(tmp_path: Path) -> None:
    source = small_catalog()
    source.hold("categories:0")
    async with browsing(tmp_path, source, is_synced=False) as browser:
        await browser.until(lambda: "categories:0" in source.begun)
        await browser.press("b")
        await wait_for_sample(browser)
        assert status_is_dated(browser)
        assert "syncing" not in browser.status()


async def test_a_sync_lets_go_before_its_source_is_closed(tmp_path: Path) -> None:
    class Watched(ScriptedSource):
        was_closed_under_it: bool | None = None

        async def _list(self, name: str) -> AsyncIterator[Any]:
            try:
                async for page in super()._list(name):
                    yield page
            finally:
                self.was_closed_under_it = self.is_closed

    source = Watched()
    source.hold("categories:0")
    async with browsing(tmp_path, source, is_synced=False) as browser:
        await browser.until(lambda: "categories:0" in source.begun)
        await browser.press("b")
        await wait_for_sample(browser)
    assert source.is_closed
    assert source.was_closed_under_it is False


async def test_a_sample_that_was_read_before_is_there_at_once(tmp_path: Path) -> None:
    source = small_catalog()
    source.hold("categories:0")
    for _ in range(2):
        async with browsing(tmp_path, source, is_synced=False) as browser:
            await browser.until(lambda: "categories:0" in source.begun)
            await browser.press("b")
            await wait_for_sample(browser)
            assert status_is_dated(browser)


async def test_b_does_nothing_where_there_is_a_catalog(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("b")
        await browser.work()
        assert len(browser.titles) == 6
        assert "sample" not in browser.text()


async def test_the_sample_never_ages(tmp_path: Path) -> None:
    clock = FakeClock()
    await sync_before(tmp_path, clock=clock, is_sample=True)
    clock.advance(days=400)
    source = small_catalog()
    async with browsing(
        tmp_path, source, clock=clock, is_synced=False, is_sample=True
    ) as browser:
        await browser.press("3", "down", "down")
        await browser.work()
        assert source.begun == []
        assert "bundled sample, data from Aug 2026" in browser.status()


async def test_a_sample_that_cannot_be_opened_is_told_of(tmp_path: Path) -> None:
    source = small_catalog()
    source.fail("categories:0", REFUSED)

    def open_sample() -> Catalog:
        raise StoreError("the sample's cache is locked [/]")

    catalog = open_catalog(tmp_path, source)
    app = PkgtuiApp(catalog, open_marks(paths_in(tmp_path)), open_sample)
    async with app.run_test(size=(80, 24)) as pilot:
        browser = Browser(app, pilot)
        await browser.work()
        await browser.press("b")
        assert browser.message() == "the sample's cache is locked [/]"
        source.fail("categories:0", None)
        await browser.press("R")
        await browser.work()
        assert len(browser.titles) == 6


async def test_the_sample_begins_anew(tmp_path: Path) -> None:
    async with browsing(tmp_path, is_synced=False, is_offline=True) as browser:
        url = browser.app.catalog.settings.api_url
    open_session(paths_in(tmp_path)).write(url, {"grid_id": 999})
    async with browsing(
        tmp_path, is_synced=False, is_offline=True, remembers=True
    ) as browser:
        await browser.press("2", "f")
        await browser.type("none")
        await browser.press("enter", "b")
        await wait_for_sample(browser)
        assert len(browser.screen.grids.names.rows) > 50
        await browser.press("left_square_bracket")
        assert len(browser.titles) > 200
