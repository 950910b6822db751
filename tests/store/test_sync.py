"""A sync: page by page, safe to cut, one at a time; the old stays until the end."""

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pkgtui.catalog import Catalog, SyncProgress, SyncReport
from pkgtui.domain.models import Package
from pkgtui.errors import BadResponseError, ServerUnreachableError, StoreError
from pkgtui.sources.base import EndOfList, Page
from pkgtui.store import write
from tests.support.store import (
    NOW,
    FakeSource,
    GatedSource,
    category,
    grid,
    held_ids,
    is_lock_free,
    open_catalog,
    package,
    sync_to_one_package,
)

Pages = list[Page[Any] | EndOfList]


class ScriptedSource(FakeSource):
    """A source whose package list is given page by page; an exception is raised."""

    def __init__(self, *script: Page[Package] | EndOfList | Exception) -> None:
        super().__init__()
        self.script = script
        self.is_finished = False

    async def _list(self, name: str) -> AsyncIterator[Any]:
        if name != "packages":
            async for page in super()._list(name):
                yield page
            return
        self.asked.append(name)
        try:
            for step in self.script:
                if isinstance(step, Exception):
                    raise step
                yield step
        finally:
            self.is_finished = True


def page(*records: Package, pass_number: int = 1, **fields: Any) -> Page[Package]:
    total = fields.pop("total", len(records))
    return Page(records, total, pass_number, **fields)


WHOLE = EndOfList(is_whole=True)
CUT = EndOfList(is_whole=False)


def stars(catalog: Catalog, package_id: int) -> int | None:
    detail = catalog.package(package_id)
    assert detail is not None
    return detail.package.stars


async def sync_once(folder: Path, source: FakeSource) -> None:
    catalog = open_catalog(folder, source)
    await catalog.sync()
    await catalog.aclose()


async def sync_script(
    synced_folder: Path, *script: Page[Package] | EndOfList | Exception
) -> tuple[SyncReport, Catalog]:
    """Sync packages by `script`; the catalog is left for reading, closed files."""
    catalog = open_catalog(synced_folder, ScriptedSource(*script))
    return await catalog.sync(), catalog


async def test_lists_come_in_order_and_progress_is_told(tmp_path: Path) -> None:
    source = FakeSource(
        [package(n) for n in (1, 2, 3)], [grid(1), grid(2)], [category(1)]
    )
    told: list[SyncProgress] = []
    with closing(open_catalog(tmp_path, source)) as catalog:
        assert catalog.needs_sync()
        report = await catalog.sync(told.append)
        assert source.asked == ["categories", "grids", "packages"]
        assert told == [
            SyncProgress("categories", 1, 1, 1),
            SyncProgress("grids", 2, 2, 1),
            SyncProgress("packages", 2, 3, 1),
            SyncProgress("packages", 3, 3, 1),
        ]
        assert report == SyncReport(3, 2, 1, 0, 0, True, False)
        assert catalog.freshness().synced_at == NOW
        assert not catalog.needs_sync()


async def test_what_a_whole_list_lacks_is_removed(tmp_path: Path) -> None:
    old = FakeSource(
        [package(n, 1) for n in (1, 2)],
        [grid(1, 1, 2), grid(2)],
        [category(1), category(2, "old")],
    )
    new = FakeSource([package(2), package(3)], [grid(1, 2)], [category(1)])
    await sync_once(tmp_path, old)
    with closing(open_catalog(tmp_path, new)) as catalog:
        report = await catalog.sync()
        assert report == SyncReport(2, 1, 1, 3, 0, True, False)
        assert held_ids(catalog) == [2, 3]
        assert [one.id for one in catalog.grids()] == [1]
        assert [one.category.id for one in catalog.categories()] == [1]


async def test_a_list_with_gaps_removes_nothing(synced_folder: Path) -> None:
    report, catalog = await sync_script(synced_folder, page(package(3, stars=9)), CUT)
    with closing(catalog):
        assert not report.is_whole
        assert report.removed_count == 0
        assert held_ids(catalog) == [1, 2, 3]
        assert stars(catalog, 3) == 9
        assert catalog.freshness().synced_at == NOW - timedelta(days=1)


@pytest.mark.parametrize("name", ["categories", "grids"])
async def test_a_sync_is_whole_only_if_every_list_was(
    tmp_path: Path, name: str
) -> None:
    class Source(FakeSource):
        def pages_of(self, asked: str) -> Pages:
            pages = super().pages_of(asked)
            return [*pages[:-1], CUT] if asked == name else pages

    with closing(open_catalog(tmp_path, Source())) as catalog:
        assert not (await catalog.sync()).is_whole
        assert catalog.freshness().synced_at is None
        assert catalog.needs_sync()


async def test_a_list_without_an_end_is_not_whole(synced_folder: Path) -> None:
    report, catalog = await sync_script(synced_folder, page(package(3)))
    with closing(catalog):
        assert not report.is_whole
        assert held_ids(catalog) == [1, 2, 3]


async def test_an_empty_list_removes_nothing(synced_folder: Path) -> None:
    report, catalog = await sync_script(synced_folder, page(), WHOLE)
    with closing(catalog):
        assert report.removed_count == 0
        assert held_ids(catalog) == [1, 2, 3]


async def test_unreadable_records_keep_their_stored_form(synced_folder: Path) -> None:
    unreadable = page(
        package(3, stars=9), total=3, unreadable_ids=(1, 77), unreadable_count=2
    )
    report, catalog = await sync_script(synced_folder, unreadable, WHOLE)
    with closing(catalog):
        assert (report.removed_count, report.unreadable_count) == (1, 2)
        assert report.is_whole
        assert held_ids(catalog) == [1, 3]
        assert stars(catalog, 1) == 1


async def test_nothing_is_removed_while_an_unreadable_record_has_no_id(
    synced_folder: Path,
) -> None:
    unreadable = page(package(3), total=2, unreadable_count=1)
    report, catalog = await sync_script(synced_folder, unreadable, WHOLE)
    with closing(catalog):
        assert (report.removed_count, report.unreadable_count) == (0, 1)
        assert report.is_whole
        assert held_ids(catalog) == [1, 2, 3]
        assert catalog.freshness().synced_at == NOW


async def test_a_record_that_moved_and_was_read_after_all_is_not_unreadable(
    synced_folder: Path,
) -> None:
    report, catalog = await sync_script(
        synced_folder,
        page(package(3), total=2, unreadable_ids=(1,), unreadable_count=1),
        page(package(1, stars=9), total=2),
        WHOLE,
    )
    with closing(catalog):
        assert (report.removed_count, report.unreadable_count) == (1, 0)
        assert stars(catalog, 1) == 9


async def test_only_the_last_pass_tells_what_is_there(synced_folder: Path) -> None:
    told: list[SyncProgress] = []
    source = ScriptedSource(
        page(package(1), package(2), total=4, unreadable_ids=(50,), unreadable_count=1),
        page(package(4), total=4),
        page(package(3), package(4), pass_number=2, total=3),
        page(package(4), package(5), pass_number=2, total=3),
        WHOLE,
    )
    with closing(open_catalog(synced_folder, source)) as catalog:
        report = await catalog.sync(told.append)
        assert held_ids(catalog) == [3, 4, 5]
        assert (report.removed_count, report.unreadable_count) == (2, 0)
        assert [(one.done, one.pass_number) for one in told[-4:]] == [
            (3, 1),
            (4, 1),
            (2, 2),
            (3, 2),
        ]


FAILURES = [ServerUnreachableError("reset"), BadResponseError("HTML")]


@pytest.mark.parametrize("error", FAILURES)
async def test_a_failure_in_the_middle_keeps_old_and_new(
    synced_folder: Path, error: Exception
) -> None:
    source = ScriptedSource(page(package(3, stars=9), package(4)), error)
    with closing(open_catalog(synced_folder, source)) as catalog:
        with pytest.raises(type(error)):
            await catalog.sync()
        assert source.is_finished
        assert held_ids(catalog) == [1, 2, 3, 4]
        assert stars(catalog, 3) == 9
        assert catalog.freshness().synced_at == NOW - timedelta(days=1)
        assert is_lock_free(synced_folder)


async def test_a_cancelled_sync_keeps_old_and_new(synced_folder: Path) -> None:
    source = GatedSource(package(4), package(5))
    with closing(open_catalog(synced_folder, source)) as catalog:
        task = asyncio.create_task(catalog.sync())
        await source.reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert held_ids(catalog) == [1, 2, 3, 4]
        assert is_lock_free(synced_folder)
        assert (await sync_to_one_package(synced_folder)).removed_count == 3


async def test_pages_are_written_off_the_event_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[int] = set()
    put = write.put

    def noted(*arguments: Any, **keywords: Any) -> None:
        threads.add(threading.get_ident())
        put(*arguments, **keywords)

    monkeypatch.setattr(write, "put", noted)
    with closing(open_catalog(tmp_path, FakeSource())) as catalog:
        await catalog.sync()
        await catalog.fetch_package("900")
    assert threads
    assert threading.get_ident() not in threads


async def test_a_sync_without_a_place_for_files(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    source = FakeSource([package(1), package(2)])
    with closing(open_catalog(tmp_path, source)) as catalog:
        report = await catalog.sync()
        assert report == SyncReport(2, 1, 1, 0, 0, True, False)
        assert held_ids(catalog) == [1, 2]
        assert not catalog.needs_sync()
        assert len(catalog.notices) == 1


async def test_a_page_that_cannot_be_written_ends_the_sync(
    synced_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = ScriptedSource(page(package(8)), page(package(9)), WHOLE)
    put = write.put_packages

    def full(connection: Any, records: Sequence[Package], **keywords: Any) -> None:
        if any(record.id == 9 for record in records):
            connection.execute("PRAGMA max_page_count = 1")
            connection.execute("CREATE TABLE filler AS SELECT zeroblob(9999999)")
        put(connection, records, **keywords)

    monkeypatch.setattr(write, "put_packages", full)
    with closing(open_catalog(synced_folder, source)) as catalog:
        with pytest.raises(StoreError, match="the disk is full"):
            await catalog.sync()
        assert held_ids(catalog) == [1, 2, 3, 8]
        assert source.is_finished
        assert is_lock_free(synced_folder)
