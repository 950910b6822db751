"""The browser against the reference server: a first start, a walk to a package."""

import threading
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog, open_marks
from pkgtui.config import Settings
from pkgtui.tui.app import PkgtuiApp
from pkgtui.tui.browse import fetching as browse_fetching
from tests.reference_server import ReferenceServer
from tests.support.server_fixtures import Serve
from tests.support.store import paths_in
from tests.support.tui import Browser


async def test_a_first_start_shows_rows_as_they_come_and_leads_to_a_package(
    tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse_fetching, "RELOAD_EVERY_S", 0)
    server = serve(packages=600, hostile=True)
    are_rows_seen = threading.Event()

    def wait_before_the_second_page(number: int, _server: ReferenceServer) -> None:
        if number == 2:
            are_rows_seen.wait(timeout=20)

    server.after_request(wait_before_the_second_page)
    paths = paths_in(tmp_path)
    catalog = Catalog.open(Settings(api_url=server.api_url), paths)
    app = PkgtuiApp(catalog, open_marks(paths), lambda: catalog)
    async with app.run_test(size=(120, 40)) as pilot:
        browser = Browser(app, pilot)
        await browser.until(lambda: len(browser.titles) == 500)
        await browser.settle()
        assert "500 of 600" in browser.status()
        assert browser.titles[0][:10] in browser.text()

        are_rows_seen.set()
        await browser.work()
        assert len(browser.titles) == 600
        assert "127.0.0.1" in browser.status()
        assert "synced just now" in browser.status()

        categories = browser.screen.categories.names
        assert [row.name for row in categories.rows][:2] == ["All", "Apps"]
        await browser.press("1", "down", "enter")
        assert 0 < len(browser.titles) < 600
        await browser.press("down", "enter", "r")
        await browser.work()
        assert browser.focus == "package"
        assert "cached just now" in browser.package_text()
        view = browser.screen.package.view
        assert view is not None
        path = f"/api/v4/packages/{view.detail.package.slug}/"
        assert any(request.path == path for request in server.requests)
        assert browser.message() == ""


async def test_a_server_that_is_gone_is_told_and_the_cache_stays(
    tmp_path: Path,
) -> None:
    paths = paths_in(tmp_path)
    with ReferenceServer(packages=20) as server:
        settings = Settings(api_url=server.api_url)
        catalog = Catalog.open(settings, paths)
        await catalog.sync()
        await catalog.aclose()
    catalog = Catalog.open(settings, paths)
    app = PkgtuiApp(catalog, open_marks(paths), lambda: catalog)
    async with app.run_test(size=(80, 24)) as pilot:
        browser = Browser(app, pilot)
        await browser.settle()
        await browser.press("R")
        await browser.work()
        assert "127.0.0.1" in browser.message()
        assert len(browser.titles) == 20
