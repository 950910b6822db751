"""Clearing the cache takes its own files and nothing else."""

from pathlib import Path

import pytest

from pkgtui.catalog import clear_cache
from pkgtui.config import Settings
from pkgtui.errors import StoreError
from pkgtui.store.locking import SyncLock
from tests.store_support import open_catalog, paths_in

SETTINGS = Settings()


def test_the_cache_and_what_was_put_aside_of_it_go(tmp_path: Path) -> None:
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
