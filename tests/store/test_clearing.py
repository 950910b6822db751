"""Clearing the cache takes its own files and nothing else."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from pkgtui.catalog import clear_cache
from pkgtui.config import Settings
from pkgtui.errors import StoreError
from pkgtui.store import database
from pkgtui.store.lock import SyncLock
from tests.support.store import (
    FakeSource,
    held_ids,
    open_catalog,
    package,
    paths_in,
    sync_to_one_package,
)

SETTINGS = Settings()


def test_the_cache_and_what_was_moved_aside_of_it_go(tmp_path: Path) -> None:
    open_catalog(tmp_path).close()
    paths = paths_in(tmp_path)
    cache = paths.cache(SETTINGS.api_url)
    aside = cache.with_suffix(".damaged-20260101-000000.sqlite3")
    aside.write_bytes(b"x" * 10)
    newer = cache.with_suffix(".newer-20260101-000000.sqlite3")
    newer.write_bytes(b"x" * 5)
    kept = [paths.marks, paths.cache(SETTINGS.api_url, is_sample=True)]
    kept.append(paths.cache("http://127.0.0.1:1/api/v4/"))
    for path in kept:
        path.write_bytes(b"mine")
    size = cache.stat().st_size

    cleared = clear_cache(SETTINGS, paths)

    assert set(cleared.paths) == {cache, aside, newer}
    assert cleared.freed_bytes == size + 15
    assert not any(path.exists() for path in cleared.paths)
    assert [path.read_bytes() for path in kept] == [b"mine"] * 3


def test_nothing_to_clear_is_no_error_and_makes_no_file(tmp_path: Path) -> None:
    assert clear_cache(SETTINGS, paths_in(tmp_path)) == ((), 0)
    assert list(tmp_path.iterdir()) == []


def test_the_sample_has_a_cache_of_its_own(tmp_path: Path) -> None:
    open_catalog(tmp_path).close()
    open_catalog(tmp_path, is_sample=True).close()
    paths = paths_in(tmp_path)

    clear_cache(SETTINGS._replace(is_sample=True), paths)

    assert paths.cache(SETTINGS.api_url).exists()
    assert not paths.cache(SETTINGS.api_url, is_sample=True).exists()


def test_a_sync_under_way_is_not_pulled_from_under(tmp_path: Path) -> None:
    open_catalog(tmp_path).close()
    paths = paths_in(tmp_path)
    cache = paths.cache(SETTINGS.api_url)
    lock = SyncLock(cache)
    assert lock.try_acquire()
    try:
        with pytest.raises(StoreError, match="syncing"):
            clear_cache(SETTINGS, paths)
    finally:
        lock.release()
    assert cache.exists()


def test_a_cache_that_another_program_uses_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 0)
    open_catalog(tmp_path).close()
    paths = paths_in(tmp_path)
    cache = paths.cache(SETTINGS.api_url)
    with closing(sqlite3.connect(cache, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another program keeps the cache"):
            clear_cache(SETTINGS, paths)
        assert cache.exists()
        other.execute("COMMIT")
        clear_cache(SETTINGS, paths)
    assert not cache.exists()


async def test_a_catalog_in_use_goes_on_in_a_new_file(tmp_path: Path) -> None:
    source = FakeSource([package(1), package(2)])
    paths = paths_in(tmp_path)
    cache = paths.cache(SETTINGS.api_url)
    with closing(open_catalog(tmp_path, source)) as catalog:
        await catalog.sync()
        clear_cache(SETTINGS, paths)
        assert held_ids(catalog) == [1, 2]  # the file that it holds is still whole

        detail = await catalog.fetch_package("package-1")

        assert detail.package.id == 1
        assert catalog.notices == ()
        assert held_ids(catalog) == [1]
        assert stat.S_IMODE(cache.stat().st_mode) == 0o600
        clear_cache(SETTINGS, paths)
        report = await catalog.sync()
        assert (report.is_whole, report.package_count) == (True, 2)
        assert held_ids(catalog) == [1, 2]
        assert catalog.notices == ()


async def test_a_new_file_of_another_process_is_noticed(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    with closing(open_catalog(tmp_path, FakeSource([package(1)]))) as catalog:
        await catalog.sync()
        clear_cache(SETTINGS, paths)
        await sync_to_one_package(tmp_path)
        assert held_ids(catalog) == [3]


def test_a_cache_that_is_no_database_goes(tmp_path: Path) -> None:
    open_catalog(tmp_path).close()
    paths = paths_in(tmp_path)
    cache = paths.cache(SETTINGS.api_url)
    cache.write_bytes(b"no database at all" * 100)
    clear_cache(SETTINGS, paths)
    assert not cache.exists()


def test_a_folder_in_the_place_of_a_cache_is_told(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    cache = paths.cache(SETTINGS.api_url)
    cache.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot delete"):
        clear_cache(SETTINGS, paths)
    assert cache.is_dir()
