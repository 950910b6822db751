"""Fixtures of the store's tests."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog
from pkgtui.store.database import Database
from tests.support.store import (
    NOW,
    FakeClock,
    FakeSource,
    category,
    grid,
    open_catalog,
    package,
)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def database(tmp_path: Path, clock: FakeClock) -> Iterator[Database]:
    """An empty store in a file."""
    opened = Database(tmp_path / "data" / "example.org.sqlite3", now=clock)
    yield opened
    opened.close()


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """A folder of an ordinary user, whose permissions hold; root's do not."""
    if os.name == "nt":
        pytest.skip("permissions of POSIX")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "data"
        path.mkdir()
        if os.geteuid() != 0:
            yield path
        else:
            nobody = 65534
            for one in (Path(name), path):
                os.chown(one, nobody, nobody)
            os.seteuid(nobody)
            try:
                yield path
            finally:
                os.seteuid(0)
        path.chmod(0o700)


@pytest.fixture
def source() -> FakeSource:
    """A source of three packages in two grids of one category."""
    return FakeSource(
        [
            package(1, 7, slug="one", pypi_name="Dj.One"),
            package(2, 7, 8, fetched_at=NOW - timedelta(hours=3)),
            package(3, last_commit_at=NOW - timedelta(days=999)),
        ],
        [grid(7, 2, 1, slug="seven"), grid(8, 2, 66)],
        [category(1)],
    )


@pytest.fixture
async def catalog(
    tmp_path: Path, source: FakeSource, clock: FakeClock
) -> AsyncIterator[Catalog]:
    """A catalog that has just been synced."""
    opened = open_catalog(tmp_path, source, now=clock)
    await opened.sync()
    source.asked.clear()
    yield opened
    await opened.aclose()


@pytest.fixture
async def synced_folder(tmp_path: Path) -> Path:
    """The folder of a catalog that holds packages 1, 2 and 3, synced a day ago."""
    source = FakeSource([package(n, stars=1) for n in (1, 2, 3)])
    yesterday = FakeClock(NOW - timedelta(days=1))
    with closing(open_catalog(tmp_path, source, now=yesterday)) as catalog:
        await catalog.sync()
    return tmp_path
