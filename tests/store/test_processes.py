"""Several processes on one cache, and processes that die in the middle of a write."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog
from pkgtui.config import DEFAULT_API_URL
from pkgtui.domain.models import Package
from pkgtui.store.database import Database
from pkgtui.store.sync import Synchronizer
from tests.support.store import FakeClock, open_catalog, paths_in
from tests.support.store_victim import new_packages, old_packages, source_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")

ROOT = Path(__file__).parents[2]


@contextmanager
def victim(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.store_victim", str(folder), *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """The folder of a catalog that holds the old packages."""
    await sync(tmp_path, old_packages())
    return tmp_path


async def sync(folder: Path, packages: list[Package]) -> None:
    with closing(open_catalog(folder, source_of(packages))) as catalog:
        assert (await catalog.sync()).is_whole


def cache_in(folder: Path) -> Path:
    return paths_in(folder).cache(DEFAULT_API_URL)


def journal_of(folder: Path) -> Path:
    cache = cache_in(folder)
    return cache.with_name(f"{cache.name}-journal")


def held_packages(catalog: Catalog) -> dict[int, Package]:
    found = {}
    for row in catalog._database.rows("SELECT id FROM package"):
        detail = catalog.package(row[0])
        assert detail is not None
        found[detail.package.id] = detail.package
    return found


def assert_consistent(folder: Path, held: dict[int, Package]) -> None:
    """The file is sound, and every table says the same as the whole records do."""
    with closing(sqlite3.connect(cache_in(folder))) as connection:
        ask = connection.execute
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        people = {
            (name, one.id) for one in held.values() for name in one.contributors or ()
        }
        assert set(ask("SELECT * FROM contributor")) == people
        documents = {id_ for (id_,) in ask("SELECT package_id FROM package_document")}
        assert documents == set(held)
        stars = dict(ask("SELECT id, stars FROM package").fetchall())
        assert stars == {id_: one.stars for id_, one in held.items()}


NEVER = 10**9


async def test_the_victim_does_its_work_unless_it_is_killed(folder: Path) -> None:
    with victim(folder, "suicide", str(NEVER)) as process:
        process.communicate()
    assert process.returncode == 0
    with closing(open_catalog(folder)) as catalog:
        assert held_packages(catalog) == {one.id: one for one in new_packages()}


@pytest.fixture(scope="module")
def look_count(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many looks a whole sync takes; SQLite's versions differ."""
    folder = tmp_path_factory.mktemp("whole")
    asyncio.run(sync(folder, old_packages()))
    with victim(folder, "suicide", str(NEVER)) as process:
        output, _ = process.communicate()
    count = int(output)
    assert count > 50
    return count


@pytest.mark.parametrize("percent", [0, 5, 13, 27, 38, 49, 62, 74, 83, 90, 95, 99])
async def test_a_kill_at_any_moment_leaves_a_catalog(
    folder: Path, look_count: int, percent: int
) -> None:
    look = max(1, look_count * percent // 100)
    with victim(folder, "suicide", str(look)) as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL

    old = {one.id: one for one in old_packages()}
    new = {one.id: one for one in new_packages()}
    with closing(open_catalog(folder)) as catalog:
        assert catalog.notices == ()
        held = held_packages(catalog)
        assert len(held) == catalog.freshness().package_count
    assert_consistent(folder, held)
    assert set(held) >= set(old)
    for id_, one in held.items():
        assert one in (old.get(id_), new.get(id_))

    await sync(folder, new_packages())
    with closing(open_catalog(folder)) as catalog:
        assert held_packages(catalog) == new
    assert_consistent(folder, new)


async def test_kills_do_fall_into_the_middle_of_a_transaction(
    folder: Path, look_count: int
) -> None:
    for percent in range(20, 80, 4):
        with victim(folder, "suicide", str(look_count * percent // 100)) as process:
            process.communicate()
        if journal_of(folder).exists() and journal_of(folder).stat().st_size > 0:
            return
    pytest.fail("every kill was between two transactions")


@pytest.mark.parametrize("dies", [False, True])
async def test_a_sync_beside_that_of_another_process(folder: Path, dies: bool) -> None:
    own = source_of(new_packages())
    with (
        victim(folder, "gated") as process,
        closing(Database(cache_in(folder), now=FakeClock())) as database,
    ):
        assert process.stdout is not None
        assert process.stdout.readline() == "reached\n"

        async def let_it_end(_: float) -> None:
            if dies:
                process.kill()
                process.wait()
            else:
                await asyncio.to_thread(process.communicate, "\n")
                assert process.returncode == 0

        synchronizer = Synchronizer(
            database, now=FakeClock(), source_version="1", sleep=let_it_end
        )
        report = await synchronizer.sync(lambda: own, None)
    assert report.was_done_elsewhere is not dies
    assert bool(own.asked) is dies
    assert report.package_count == len(new_packages())


def test_reading_beside_a_sync_of_another_process(folder: Path) -> None:
    with (
        victim(folder, "gated") as process,
        closing(open_catalog(folder)) as catalog,
    ):
        assert process.stdout is not None
        assert process.stdout.readline() == "reached\n"
        old = {one.id: one for one in old_packages()}
        assert held_packages(catalog) == old
        process.communicate("\n")
        assert process.returncode == 0
        assert held_packages(catalog) == {one.id: one for one in new_packages()}
