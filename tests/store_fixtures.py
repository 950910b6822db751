"""Fixtures of the store's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pkgtui.store.database import Database
from tests.store_support import Clock


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """An empty store in a file."""
    opened = Database(tmp_path / "data" / "example.org.sqlite3", now=clock)
    yield opened
    opened.close()
