"""When the catalog asks its source, and what it makes of the answer."""

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pkgtui import __version__
from pkgtui import catalog as catalog_module
from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.models import GridRef, Package
from pkgtui.domain.sorting import Sort
from pkgtui.errors import (
    RecordNotFoundError,
    ServerUnreachableError,
    StoreError,
)
from pkgtui.paths import Paths
from pkgtui.sources.djangopackages.client import ApiClient
from pkgtui.sources.sample import SampleSource
from tests.support.store import (
    NOW,
    FakeClock,
    FakeSource,
    grid,
    open_catalog,
    package,
)

HOUR = timedelta(hours=1)
SEVEN = GridRef(7, "seven", "Grid 7")
EVERYTHING = PackageFilter()
BY_TITLE = Sort("title")


async def test_one_package_is_fetched_stored_and_told(
    tmp_path: Path, source: FakeSource, clock: FakeClock
) -> None:
    with closing(open_catalog(tmp_path, source, now=clock)) as catalog:
        detail = await catalog.fetch_package("one")
        assert source.asked == ["packages/one"]
        assert detail.package == source.records["packages"][0]
        assert detail.cached_at == NOW
        assert detail.category is None
        assert detail.grids == (GridRef(7, None, None),)
        assert catalog.package(1) == detail
        assert catalog.needs_sync()

        clock.advance(hours=1)
        source.records["packages"] = [package(1, slug="one", stars=99)]
        again = await catalog.fetch_package("one")
        assert (again.package.stars, again.cached_at) == (99, NOW + HOUR)
        assert catalog.package(1) == again


async def test_one_grid_is_fetched_stored_and_told(
    tmp_path: Path, source: FakeSource
) -> None:
    with closing(open_catalog(tmp_path, source)) as catalog:
        fetched = await catalog.fetch_grid("seven")
        assert fetched == source.records["grids"][0]
        assert catalog.grid(7) == fetched
        assert catalog.missing_in_grid(7) == (1, 2)


async def test_what_the_source_has_no_more_is_kept(
    catalog: Catalog, source: FakeSource
) -> None:
    source.records["packages"] = []
    with pytest.raises(RecordNotFoundError):
        await catalog.fetch_package("one")
    assert catalog.find_package("one") == 1


async def test_the_source_is_made_once_and_on_first_use(tmp_path: Path) -> None:
    made: list[FakeSource] = []

    def connect() -> FakeSource:
        made.append(FakeSource([package(1)]))
        return made[-1]

    catalog = Catalog.open(
        Settings(),
        Paths(tmp_path, tmp_path, tmp_path),
        now=FakeClock(),
        connect=connect,
    )
    catalog.freshness()
    assert made == []
    await catalog.fetch_package("1")
    await catalog.sync()
    assert len(made) == 1
    await catalog.disconnect()
    assert made[0].is_closed
    assert catalog.find_package("1") == 1
    await catalog.fetch_package("1")
    assert len(made) == 2
    await catalog.aclose()
    assert made[1].is_closed


@pytest.mark.parametrize("is_sample", [False, True])
async def test_the_usual_sources(tmp_path: Path, is_sample: bool) -> None:
    with closing(open_catalog(tmp_path, is_sample=is_sample)) as catalog:
        expected = SampleSource if is_sample else ApiClient
        assert type(catalog._the_source()) is expected
        await catalog.disconnect()


async def test_offline_the_source_is_never_made(tmp_path: Path) -> None:
    def connect() -> FakeSource:
        pytest.fail("the network was used")

    catalog = Catalog.open(
        Settings(is_offline=True), Paths(tmp_path, tmp_path, tmp_path), connect=connect
    )
    with closing(catalog):
        for ask in (
            catalog.sync(),
            catalog.fetch_package("x"),
            catalog.fetch_grid("x"),
        ):
            with pytest.raises(ServerUnreachableError, match="--offline: the network"):
                await ask
        assert catalog.freshness().package_count == 0


async def test_the_sample_is_loaded_offline_and_never_ages(
    tmp_path: Path, clock: FakeClock
) -> None:
    catalog = open_catalog(tmp_path, now=clock, is_sample=True, is_offline=True)
    with closing(catalog):
        assert catalog.needs_sync()
        report = await catalog.sync()
        assert report.package_count > 200
        assert report.is_whole
        clock.advance(days=999)
        assert not catalog.needs_sync()
        freshness = catalog.freshness()
        assert freshness.is_sample
        assert freshness.synced_at == NOW
        package_id = catalog.packages(EVERYTHING, BY_TITLE).ids[0]
        detail = catalog.package(package_id)
        assert detail is not None
        assert not catalog.is_package_stale(detail, timedelta(0))
    with closing(open_catalog(tmp_path)) as live:
        assert live.freshness().package_count == 0


async def test_another_version_of_the_program_brings_its_own_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(open_catalog(tmp_path, FakeSource(), is_sample=True)) as catalog:
        await catalog.sync()
        assert not catalog.needs_sync()
    monkeypatch.setattr(catalog_module, "__version__", f"{__version__}.post1")
    with closing(open_catalog(tmp_path, FakeSource(), is_sample=True)) as catalog:
        assert catalog.needs_sync()
        await catalog.sync()
        assert not catalog.needs_sync()


async def test_another_version_of_the_program_keeps_the_live_cache(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_module, "__version__", f"{__version__}.post1")
    assert not catalog.needs_sync()


def in_folder(folder: Path, source: FakeSource) -> Catalog:
    return Catalog.open(
        Settings(),
        Paths(folder, folder, folder),
        now=FakeClock(),
        connect=lambda: source,
    )


def make_read_only(folder: Path) -> None:
    for path in folder.iterdir():
        path.chmod(0o400)
    folder.chmod(0o500)


async def test_a_read_only_cache_is_read_and_the_network_still_answers(
    own_folder: Path, source: FakeSource
) -> None:
    with closing(in_folder(own_folder, source)) as catalog:
        await catalog.sync()
    make_read_only(own_folder)

    newer = FakeSource([package(1, 7, slug="one", stars=77)], [grid(7, 1)])
    with closing(in_folder(own_folder, newer)) as catalog:
        assert list(catalog.notices) == []
        assert catalog.find_package("one") == 1
        for _ in range(2):
            detail = await catalog.fetch_package("one")
            assert detail.package.stars == 77
            assert detail.grids == (SEVEN,)
        assert await catalog.fetch_grid("7") == grid(7, 1)
        (notice,) = catalog.notices
        assert notice.startswith("cannot write the cache")
        with pytest.raises(StoreError, match=r"cannot write .*PKGTUI_HOME"):
            await catalog.sync()
        held = catalog.package(1)
        assert held is not None
        assert held.package == source.records["packages"][0]


async def test_a_fetch_that_is_cancelled_leaves_a_usable_catalog(
    tmp_path: Path,
) -> None:
    class SlowSource(FakeSource):
        async def package(self, key: str) -> Package:
            await asyncio.Event().wait()
            return await super().package(key)

    with closing(open_catalog(tmp_path, SlowSource([package(1)]))) as catalog:
        task = asyncio.create_task(catalog.fetch_package("1"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await catalog.sync()).package_count == 1
