"""The one door to the facts: what it tells of them and of itself."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.models import GridRef
from pkgtui.domain.sorting import Sort
from tests.support.store import (
    NOW,
    FakeClock,
    FakeSource,
    open_catalog,
)

HOUR = timedelta(hours=1)
SEVEN = GridRef(7, "seven", "Grid 7")
EVERYTHING = PackageFilter()
BY_TITLE = Sort("title")


async def test_reads_answer_from_the_cache(
    catalog: Catalog, source: FakeSource
) -> None:
    assert [one.category.slug for one in catalog.categories()] == ["apps"]
    assert [(one.id, one.package_count) for one in catalog.grids()] == [(7, 2), (8, 1)]
    assert catalog.active_counts() == {7: 2, 8: 1}
    assert catalog.grid(7) == source.records["grids"][0]
    assert list(catalog.packages(EVERYTHING, BY_TITLE).ids) == [1, 2, 3]
    detail = catalog.package(2)
    assert detail is not None
    assert detail.package == source.records["packages"][1]
    assert detail.grids == (
        GridRef(7, "seven", "Grid 7"),
        GridRef(8, "grid-8", "Grid 8"),
    )
    assert [one.package.id for one in catalog.packages_in_grid(7)] == [2, 1]
    assert catalog.missing_in_grid(8) == (66,)
    assert [one.id for one in catalog.alternatives(1)] == [2]
    assert catalog.find_package("dj-one") == 1
    assert catalog.find_grid("seven") == 7
    assert catalog.find("seven") == (RecordKind.GRID, 7)
    assert catalog.nearest(RecordKind.GRID, "sevn") == ["seven"]
    assert source.asked == []
    assert catalog.notices == ()


async def test_activity_is_judged_by_the_clock(
    catalog: Catalog, clock: FakeClock
) -> None:
    active = PackageFilter(is_active_only=True)
    assert list(catalog.packages(active, BY_TITLE).ids) == [1, 2]
    clock.advance(days=59)
    assert list(catalog.packages(active, BY_TITLE).ids) == [1, 2]
    clock.moment = NOW - timedelta(days=950)
    assert list(catalog.packages(active, BY_TITLE).ids) == [1, 2, 3]


async def test_freshness_tells_origin_age_and_counts(
    catalog: Catalog, clock: FakeClock
) -> None:
    clock.advance(hours=5)
    freshness = catalog.freshness()
    assert freshness == (
        "https://djangopackages.org/api/v4/",
        "djangopackages.org",
        False,
        NOW,
        NOW - timedelta(days=1) + 21 * HOUR,
        3,
        2,
        1,
    )


def test_freshness_before_any_sync_shows_no_password(tmp_path: Path) -> None:
    url = "http://me:secret@localhost:8000/api/v4/"
    with closing(open_catalog(tmp_path, api_url=url)) as catalog:
        freshness = catalog.freshness()
        assert freshness.host == "localhost:8000"
        assert (freshness.synced_at, freshness.data_as_of) == (None, None)
        assert freshness.package_count == 0
        assert catalog.needs_sync()


async def test_a_sync_is_due_after_a_day(catalog: Catalog, clock: FakeClock) -> None:
    assert not catalog.needs_sync()
    clock.advance(hours=24)
    assert not catalog.needs_sync()
    clock.advance(microseconds=1)
    assert catalog.needs_sync()


async def test_a_clock_set_back_makes_everything_stale(
    catalog: Catalog, clock: FakeClock
) -> None:
    detail = catalog.package(1)
    assert detail is not None
    clock.advance(microseconds=-1)
    assert catalog.needs_sync()
    assert catalog.is_package_stale(detail, timedelta(days=365))


async def test_a_package_is_stale_by_its_own_age(
    catalog: Catalog, clock: FakeClock
) -> None:
    clock.advance(hours=30)
    fetched = await catalog.fetch_package("one")
    held = catalog.package(2)
    assert held is not None
    assert catalog.is_package_stale(held, timedelta(hours=24))
    assert not catalog.is_package_stale(held, timedelta(hours=30))
    assert not catalog.is_package_stale(fetched, timedelta(0))


@pytest.mark.parametrize(
    ("api_url", "site"),
    [
        ("https://djangopackages.org/api/v4/", "https://djangopackages.org"),
        ("http://me:secret@127.0.0.1:8000/api/v4/", "http://127.0.0.1:8000"),
        ("https://example.org/mirror/api/v4/", "https://example.org/mirror"),
        ("https://api.example.org/", "https://api.example.org"),
    ],
)
def test_web_pages_are_on_the_host_of_the_api(
    tmp_path: Path, api_url: str, site: str
) -> None:
    with closing(open_catalog(tmp_path, api_url=api_url)) as catalog:
        assert catalog.web_url(RecordKind.PACKAGE, "a") == f"{site}/packages/p/a/"
        assert catalog.web_url(RecordKind.GRID, "a/b?") == f"{site}/grids/g/a%2Fb%3F/"
        assert catalog.category_web_url("apps") == f"{site}/categories/apps/"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
async def test_every_file_is_for_the_user_alone(
    tmp_path: Path, catalog: Catalog
) -> None:
    folder = tmp_path / "data"
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == {
        "djangopackages.org.sqlite3": 0o600,
        "djangopackages.org.lock": 0o600,
    }
    assert catalog.freshness().package_count == 3


COSTLY = ["httpx", "textual", "rich", "asyncio", "dataclasses", "inspect", "logging"]
COSTLY += ["importlib.metadata", "zoneinfo", "threading", "difflib", "pkgtui.text"]
LOOKUP = """
import sys
from pathlib import Path
from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.sorting import Sort
from pkgtui.paths import user_paths
catalog = Catalog.open(Settings(), user_paths(sys.argv[1]))
catalog.needs_sync()
package_id = catalog.find_package("one")
assert package_id is not None
assert catalog.package(package_id) is not None
assert len(list(catalog.packages(PackageFilter(text="one"), Sort("stars")))) == 1
catalog.close()
print(*(name for name in sys.argv[2:] if name in sys.modules))
"""


def run_lookup(home: Path) -> tuple[str, str]:
    """Look a package up in a fresh interpreter; what it writes is what it loaded."""
    found = subprocess.run(
        [sys.executable, "-c", LOOKUP, str(home), *COSTLY],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout, found.stderr


@pytest.mark.usefixtures("unmeasured")
async def test_a_cached_lookup_loads_nothing_costly(
    tmp_path: Path, catalog: Catalog
) -> None:
    assert catalog.find_package("one") == 1
    assert run_lookup(tmp_path / "data") == ("\n", "")
