"""Several syncs of one catalog: one works, the others wait and take its result."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pkgtui.catalog import SyncReport
from pkgtui.errors import StoreError
from pkgtui.store.database import Database
from pkgtui.store.lock import GIVE_UP_AFTER_S, POLL_S, SyncLock
from pkgtui.store.sync import Synchronizer
from tests.support.store import (
    FakeClock,
    FakeSource,
    GatedSource,
    cache_in,
    held_ids,
    open_catalog,
    package,
    sync_to_one_package,
)


async def test_a_second_sync_of_the_same_catalog_takes_the_result(
    synced_folder: Path,
) -> None:
    source = GatedSource(package(4), package(5))
    with closing(open_catalog(synced_folder, source)) as catalog:
        first = asyncio.create_task(catalog.sync())
        await source.reached.wait()
        second = asyncio.create_task(catalog.sync())
        await asyncio.sleep(0)
        source.gate.set()
        assert (await first).was_done_elsewhere is False
        report = await second
        assert report == SyncReport(2, 1, 1, 0, 0, True, True)
        assert source.asked.count("packages") == 1


Sleep = Callable[[float], Any]


def synchronizer(database: Database, sleep: Sleep) -> Synchronizer:
    return Synchronizer(database, now=FakeClock(), source_version="1", sleep=sleep)


def database_in(synced_folder: Path) -> Database:
    return Database(cache_in(synced_folder), now=FakeClock())


async def test_another_sync_that_ends_well_is_enough(synced_folder: Path) -> None:
    source = GatedSource(package(4), package(5))
    waited: list[float] = []
    with (
        closing(open_catalog(synced_folder, source)) as first,
        closing(database_in(synced_folder)) as database,
    ):
        task = asyncio.create_task(first.sync())
        await source.reached.wait()

        async def sleep(seconds: float) -> None:
            waited.append(seconds)
            source.gate.set()
            await task

        def connect() -> FakeSource:
            pytest.fail("the server was asked")

        report = await synchronizer(database, sleep).sync(connect, None)
        assert report == SyncReport(2, 1, 1, 0, 0, True, True)
        assert waited == [POLL_S]


async def test_another_sync_that_fails_is_taken_over(synced_folder: Path) -> None:
    source = GatedSource(package(4), package(5))
    with (
        closing(open_catalog(synced_folder, source)) as first,
        closing(database_in(synced_folder)) as database,
    ):
        task = asyncio.create_task(first.sync())
        await source.reached.wait()

        async def sleep(_: float) -> None:
            task.cancel()
            await asyncio.wait([task])

        own = FakeSource([package(7)])
        report = await synchronizer(database, sleep).sync(lambda: own, None)
        assert not report.was_done_elsewhere
        assert report.removed_count == 4
        assert own.asked == ["categories", "grids", "packages"]


async def test_waiting_for_another_sync_ends_at_last(synced_folder: Path) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    with closing(database_in(synced_folder)) as database:
        lock = SyncLock(database.path)
        assert lock.try_acquire()
        with pytest.raises(StoreError, match="syncing for too long; end it"):
            await synchronizer(database, sleep).sync(FakeSource, None)
        assert sum(waited) == GIVE_UP_AFTER_S
        lock.release()
        await synchronizer(database, sleep).sync(FakeSource, None)


@pytest.mark.parametrize("content", [b"x", b"no database at all\n" * 100])
async def test_a_lock_that_is_damaged_is_a_lock_again(
    synced_folder: Path, content: bytes
) -> None:
    cache = cache_in(synced_folder)
    lock = SyncLock(cache)
    lock.path.write_bytes(content)
    assert lock.try_acquire()
    assert not SyncLock(cache).try_acquire()
    lock.release()
    lock.path.write_bytes(content)
    report = await sync_to_one_package(synced_folder)
    assert (report.package_count, report.is_whole) == (1, True)


async def test_a_package_fetched_meanwhile_is_not_removed(synced_folder: Path) -> None:
    source = GatedSource(package(4), package(5))
    with closing(open_catalog(synced_folder, source)) as catalog:
        task = asyncio.create_task(catalog.sync())
        await source.reached.wait()
        source.records["packages"] = (package(99),)
        await catalog.fetch_package("99")
        source.gate.set()
        await task
        assert held_ids(catalog) == [4, 5, 99]
        await sync_to_one_package(synced_folder)
        assert held_ids(catalog) == [3]
