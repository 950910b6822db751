"""The whole catalog brought up to date behind what is shown, and the status line."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerFailed

from pkgtui.errors import ServerUnreachableError, StoreError
from pkgtui.sources.base import EndOfList, Page
from pkgtui.tui.browse import fetching as browse_fetching
from tests.support.store import FakeClock, FakeSource, package
from tests.support.tui import (
    Browser,
    ScriptedSource,
    browsing,
    small_catalog,
    sync_before,
)

HOST = "djangopackages.org"
REFUSED = ServerUnreachableError("djangopackages.org: connection refused [/]")
SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists are read again with every page, and packages fetched without delay."""
    monkeypatch.setattr(browse_fetching, "RELOAD_EVERY_S", 0)
    monkeypatch.setattr(browse_fetching, "FETCH_DELAY_S", 0)


def packages_text(browser: Browser) -> str:
    """What the pane of packages tells, on one line."""
    return " ".join(" ".join(browser.rows()).split())


def has_rows(browser: Browser, count: int) -> bool:
    return len(browser.titles) == count


@pytest.mark.parametrize("size", SIZES)
async def test_rows_appear_while_the_first_sync_runs(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    source = small_catalog()
    gates = [source.hold(f"packages:{number}") for number in range(3)]
    async with browsing(tmp_path, source, size=size, is_synced=False) as browser:
        await browser.until(lambda: "packages:0" in source.begun)
        await browser.settle()
        if size >= (80, 24):
            assert f"Reading the catalog from {HOST}" in packages_text(browser)
        assert [row.name for row in browser.screen.grids.names.rows][:1] == [
            "Authentication"
        ]

        for number, done in ((0, 2), (1, 4)):
            gates[number].set()
            await browser.until(partial(has_rows, browser, done))
            await browser.settle()
            filled = "█" * (done * 2) + "·" * (12 - done * 2)
            assert f"packages {filled} {done} of 6" in browser.status()
            await browser.press("3")
            assert browser.titles[0] in packages_text(browser)

        gates[2].set()
        await browser.work()
        assert len(browser.titles) == 6
        assert "█" not in browser.status()
        assert "synced just now" in browser.status()


async def test_the_cursor_stays_on_its_package_while_rows_come(tmp_path: Path) -> None:
    source = small_catalog()
    source.records["packages"] = list(reversed(source.records["packages"]))
    gate = source.hold("packages:1")
    async with browsing(tmp_path, source, size=(150, 40), is_synced=False) as browser:
        await browser.until(lambda: len(browser.titles) == 2)
        await browser.go_to_row("Frame")
        assert browser.titles == ["Old", "Frame"]
        gate.set()
        await browser.work()
        assert browser.titles[-1] == "Frame"
        assert (browser.focus, browser.shown) == ("packages", "Frame")


async def test_an_old_cache_is_shown_at_once_and_synced_behind(tmp_path: Path) -> None:
    clock = FakeClock()
    await sync_before(tmp_path, clock=clock)
    clock.advance(hours=25)
    source = small_catalog()
    source.records["packages"] = [
        *source.records["packages"],
        package(7, title="New", stars=99),
    ]
    gate = source.hold("categories:0")
    async with browsing(tmp_path, source, clock=clock, is_synced=False) as browser:
        await browser.until(lambda: "categories:0" in source.begun)
        await browser.settle()
        assert len(browser.titles) == 6
        assert f"syncing with {HOST}" in browser.status()
        gate.set()
        await browser.work()
        assert browser.titles[0] == "New"
        assert f"{HOST} · synced just now" in browser.status()


@pytest.mark.parametrize(
    ("gone", "shown"), [((3,), "Delta"), ((1, 3, 4), "Old"), ((3, 4, 5, 6), "Beta")]
)
async def test_where_the_package_looked_at_is_gone_its_neighbor_is_shown(
    tmp_path: Path, gone: tuple[int, ...], shown: str
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        await browser.press("3", "j", "j")
        assert browser.shown == "Gamma"
        packages = source.records["packages"]
        source.records["packages"] = [one for one in packages if one.id not in gone]
        await browser.press("R")
        await browser.work()
        assert len(browser.titles) == 6 - len(gone)
        assert browser.shown == shown


async def test_a_fresh_cache_is_left_alone(tmp_path: Path) -> None:
    clock = FakeClock()
    await sync_before(tmp_path, clock=clock)
    clock.advance(hours=23)
    source = small_catalog()
    async with browsing(
        tmp_path, source, clock=clock, is_synced=False, is_offline=False
    ) as browser:
        await browser.settle()
        assert not [name for name in source.begun if ":" in name]
        assert f"{HOST} · synced 23 hours ago" in browser.status()


async def test_a_sync_can_be_asked_for_and_runs_once(tmp_path: Path) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        source.begun.clear()
        gate = source.hold("categories:0")
        await browser.press("R", "R", "R")
        await browser.until(lambda: "categories:0" in source.begun)
        gate.set()
        await browser.work()
        assert source.begun.count("categories:0") == 1


async def test_a_failed_sync_says_why_and_keeps_the_rows(tmp_path: Path) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        source.fail("grids:0", REFUSED)
        await browser.press("R")
        await browser.work()
        assert browser.message() == str(REFUSED)
        assert len(browser.titles) == 6
        assert f"{HOST} · synced just now" in browser.status()

        source.fail("grids:0", None)
        await browser.press("R")
        await browser.work()
        assert browser.message() == ""


@pytest.mark.parametrize("size", SIZES)
async def test_a_first_start_without_network_tells_what_there_is_to_do(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    source = small_catalog()
    source.fail("categories:0", REFUSED)
    async with browsing(tmp_path, source, size=size, is_synced=False) as browser:
        await browser.work()
        told = packages_text(browser)
        assert "Nothing is stored yet." in told
        assert "connection refused [/]" in told
        assert browser.message() == ""
        assert "b browse the bundled sample catalog" in told
        assert f"R try {HOST} again" in told
        assert browser.focus == "packages"

        source.fail("categories:0", None)
        await browser.press("R")
        await browser.work()
        assert len(browser.titles) == 6
        assert browser.message() == ""


async def test_offline_without_a_cache_the_sample_is_offered_and_no_retry(
    tmp_path: Path,
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source, is_synced=False, is_offline=True) as browser:
        told = packages_text(browser)
        assert "The network is off (--offline)." in told
        assert "b browse the bundled sample catalog" in told
        assert "again" not in told
        assert browser.status().startswith(f"offline · {HOST} · nothing cached yet")
        await browser.press("R")
        await browser.work()
        assert "The network is off (--offline)." in packages_text(browser)
        assert source.begun == []


async def test_offline_with_a_cache_nothing_is_asked(tmp_path: Path) -> None:
    clock = FakeClock()
    await sync_before(tmp_path, clock=clock)
    clock.advance(days=40)
    source = small_catalog()
    async with browsing(
        tmp_path, source, clock=clock, is_synced=False, is_offline=True
    ) as browser:
        await browser.press("3", "down")
        await browser.work()
        assert source.begun == []
        assert browser.message() == ""
        assert f"offline · {HOST} · synced 5 weeks ago" in browser.status()


async def test_rows_that_cannot_be_read_are_told_of(tmp_path: Path) -> None:
    class Unreadable(ScriptedSource):
        def pages_of(self, name: str) -> list[Page[Any] | EndOfList]:
            pages = super().pages_of(name)
            if name == "packages":
                first = pages[0]
                assert isinstance(first, Page)
                pages[0] = first._replace(unreadable_ids=(77,), unreadable_count=2)
            return pages

    small = small_catalog()
    source = Unreadable(*small.records.values())
    source.records = small.records
    async with browsing(tmp_path, source, is_synced=False) as browser:
        await browser.work()
        assert "2 records could not be read" in browser.message()
        assert len(browser.titles) == 6


async def test_lists_that_cannot_be_read_for_a_while_end_no_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = small_catalog()
    first, second = source.hold("packages:0"), source.hold("packages:1")
    async with browsing(tmp_path, source, is_synced=False) as browser:
        await browser.until(lambda: "packages:0" in source.begun)

        def reload() -> None:
            raise StoreError("the disk is gone")

        monkeypatch.setattr(browser.screen.browsing, "reload", reload)
        first.set()
        await browser.until(lambda: "the disk is gone" in browser.message())
        await browser.until(lambda: "packages:1" in source.begun)
        assert "syncing" in browser.status()
        second.set()
        await browser.until(lambda: not list(browser.app.workers))
        await browser.settle()
        assert "synced just now" in browser.status()
        monkeypatch.undo()
        await browser.press("R")
        await browser.work()
        assert len(browser.titles) == 6
    assert browser.app.failure is None


async def test_a_bug_in_a_sync_is_not_hidden(tmp_path: Path) -> None:
    class Broken(FakeSource):
        def pages_of(self, name: str) -> list[Page[Any] | EndOfList]:
            raise RuntimeError(f"a bug in reading {name}")

    async def sync() -> None:
        async with browsing(tmp_path, Broken(), is_synced=False) as browser:
            await browser.until(lambda: not browser.app.is_running)

    with pytest.raises(WorkerFailed, match="a bug in reading"):
        await sync()


async def test_quitting_during_a_sync_leaves_nothing_behind(tmp_path: Path) -> None:
    source = small_catalog()
    source.hold("packages:1")
    async with browsing(tmp_path, source, is_synced=False) as browser:
        await browser.until(lambda: len(browser.titles) == 2)
        await browser.pilot.press("q")
    assert source.is_closed
    others = asyncio.all_tasks() - {asyncio.current_task()}
    assert not [task for task in others if not task.done()]
    async with browsing(
        tmp_path, small_catalog(), is_synced=False, is_offline=True
    ) as browser:
        assert len(browser.titles) == 2
        assert "2 packages, first sync not finished" in browser.status()
