"""Every record comes out of the store as it went in."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkgtui.domain.models import Category, Grid, Package
from pkgtui.sources.base import Page
from pkgtui.sources.djangopackages.decode import decode_package
from pkgtui.sources.sample import SampleSource
from pkgtui.store import queries
from pkgtui.store.database import Database
from pkgtui.store.rows import (
    MAX_INTEGER,
    from_microseconds,
    to_microseconds,
)
from tests.support.store import FakeClock, package, put

SEEDS = sorted((Path(__file__).parents[1] / "data" / "seeds").glob("package-*.json"))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
slugs = st.text("abcXYZ019_-", min_size=1, max_size=50)
ids = st.integers(0, MAX_INTEGER)
counts = st.none() | st.integers(0, MAX_INTEGER)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
packages = st.builds(
    Package,
    id=ids,
    slug=slugs,
    title=texts,
    description=texts,
    category_id=st.none() | ids,
    grid_ids=st.lists(ids, max_size=6).map(tuple),
    stars=counts,
    forks=counts,
    contributors=st.none() | st.lists(texts, max_size=6).map(tuple),
    commits_52w=st.none()
    | st.lists(st.integers(0, MAX_INTEGER), max_size=52).map(tuple),
    last_commit_at=moments,
    fetched_at=moments,
    added_at=moments,
    pypi_name=st.none() | texts,
    pypi_version=st.none() | texts,
    repo_url=st.none() | texts,
    documentation_url=st.none() | texts,
)
grids = st.builds(
    Grid,
    id=ids,
    slug=slugs,
    title=texts,
    description=texts,
    package_ids=st.lists(ids, max_size=6).map(tuple),
)
categories = st.builds(
    Category, id=ids, slug=slugs, title=texts, title_plural=texts, description=texts
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = Database(tmp_path_factory.mktemp("store") / "x.sqlite3", now=FakeClock())
    yield opened
    opened.close()


def stored_package(database: Database, record: Package) -> Package:
    put(database, record)
    detail = queries.package(database, record.id)
    assert detail is not None
    return detail.package


@given(record=packages)
@settings(deadline=None, max_examples=60)
def test_package_of_any_values(database: Database, record: Package) -> None:
    assert stored_package(database, record) == record


@given(record=grids)
@settings(deadline=None, max_examples=30)
def test_grid_of_any_values(database: Database, record: Grid) -> None:
    put(database, record)
    assert queries.grid(database, record.id) == record


@given(record=categories)
@settings(deadline=None, max_examples=30)
def test_category_of_any_values(database: Database, record: Category) -> None:
    put(database, record)
    held = {
        summary.category.id: summary.category
        for summary in queries.categories(database)
    }
    assert held[record.id] == record


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_package_of_the_live_site(database: Database, seed: Path) -> None:
    record = decode_package(json.loads(seed.read_text()))
    assert stored_package(database, record) == record


async def pages_of(source: Any) -> list[Any]:
    return [
        record
        async for page in source
        if isinstance(page, Page)
        for record in page.records
    ]


async def test_the_whole_sample(database: Database) -> None:
    source = SampleSource()
    sample_packages = await pages_of(source.packages())
    sample_grids = await pages_of(source.grids())
    sample_categories = await pages_of(source.categories())
    put(database, *sample_categories, *sample_grids, *sample_packages)

    assert len(sample_packages) > 200
    for record in sample_packages:
        detail = queries.package(database, record.id)
        assert detail is not None
        assert detail.package == record
    assert [queries.grid(database, one.id) for one in sample_grids] == sample_grids
    held = {summary.category for summary in queries.categories(database)}
    assert held >= set(sample_categories)


def test_times_come_back_in_utc_to_the_microsecond(database: Database) -> None:
    new_york = timezone(timedelta(hours=-5))
    looked_at = datetime(2026, 2, 15, 20, 0, 57, 797849, tzinfo=new_york)
    held = stored_package(database, package(1, fetched_at=looked_at))
    assert held.fetched_at == looked_at
    assert held.fetched_at is not None
    assert held.fetched_at.tzinfo is UTC
    assert held.fetched_at.microsecond == 797849


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
def test_microseconds_are_exact_over_the_whole_calendar(moment: datetime) -> None:
    assert from_microseconds(to_microseconds(moment)) == moment
