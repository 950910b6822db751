"""The objects of the public JSON: every key, null for unknown, times with Z."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from pkgtui.domain.facts import format_time, pypi_url
from pkgtui.domain.json_schema import (
    category_object,
    grid_object,
    package_object,
)
from pkgtui.domain.models import (
    Category,
    CategorySummary,
    GridRef,
    GridSummary,
    PackageDetail,
)
from tests.support.cli import PACKAGE_KEYS
from tests.support.store import NOW, UNKNOWN_FACTS, category, package

URL = "https://example.org/packages/p/x/"


def detail(**fields: object) -> PackageDetail:
    return PackageDetail(package(1, **fields), category(), (), NOW)


def test_a_package_object_has_every_key_in_the_documented_order() -> None:
    whole = package_object(detail(), NOW, URL)

    assert list(whole) == PACKAGE_KEYS


def test_a_package_object_tells_what_the_record_holds() -> None:
    grids = (GridRef(7, "auth", "Auth"), GridRef(9, None, None))
    record = package(
        3,
        7,
        9,
        slug="tidy",
        title="Tidy",
        description="Tidies up",
        stars=1352,
        forks=219,
        contributors=("ann", "bob", "cyd"),
        commits_52w=(1, *[0] * 48, 4, 0, 0),
        last_commit_at=datetime(2026, 7, 1, 8, 30, 15, 999, tzinfo=UTC),
        fetched_at=NOW - timedelta(days=1),
        added_at=datetime(2012, 8, 13, tzinfo=UTC),
        pypi_name="Tidy.App",
        repo_url="https://github.com/a/tidy",
        documentation_url="https://tidy.example",
    )
    whole = package_object(PackageDetail(record, category(), grids, NOW), NOW, URL)

    assert whole == {
        "id": 3,
        "slug": "tidy",
        "title": "Tidy",
        "description": "Tidies up",
        "category": {"id": 1, "slug": "apps", "title": "App"},
        "grids": [
            {"id": 7, "slug": "auth", "title": "Auth"},
            {"id": 9, "slug": None, "title": None},
        ],
        "stars": 1352,
        "forks": 219,
        "contributors": ["ann", "bob", "cyd"],
        "contributor_count": 3,
        "commits_52w": [1, *[0] * 48, 4, 0, 0],
        "commits_total": 5,
        "commits_last_13w": 4,
        "weeks_active": 2,
        "weeks_since_commit": 2,
        "last_commit_at": "2026-07-01T08:30:15Z",
        "pypi_name": "Tidy.App",
        "pypi_version": "1.0",
        "repo_url": "https://github.com/a/tidy",
        "owner": "a",
        "pypi_url": "https://pypi.org/project/Tidy.App/",
        "documentation_url": "https://tidy.example",
        "web_url": URL,
        "added_at": "2012-08-13T00:00:00Z",
        "fetched_at": "2026-08-07T12:00:00Z",
        "cached_at": "2026-08-08T12:00:00Z",
        "activity": "active",
        "activity_as_of": "2026-08-08T12:00:00Z",
    }


def test_what_is_unknown_is_null_and_never_zero_or_empty() -> None:
    unknown = UNKNOWN_FACTS | {"category_id": None}
    record = PackageDetail(package(1, **unknown), None, (), NOW)

    whole = package_object(record, NOW, URL)

    known = {key for key, value in whole.items() if value is not None}
    assert known == {
        *("id", "slug", "title", "grids", "web_url", "cached_at"),
        *("activity", "activity_as_of"),
    }
    assert whole["activity"] == "unknown"


def test_zeros_that_are_known_stay_zeros() -> None:
    whole = package_object(
        detail(stars=0, forks=0, contributors=(), commits_52w=(0,) * 52), NOW, URL
    )

    assert (whole["stars"], whole["forks"], whole["contributor_count"]) == (0, 0, 0)
    assert (whole["commits_total"], whole["commits_last_13w"]) == (0, 0)
    assert whole["weeks_active"] == 0
    assert whole["weeks_since_commit"] is None


def test_a_category_that_is_not_held_is_told_by_its_id() -> None:
    record = PackageDetail(package(1, category_id=4), None, (), NOW)

    whole = package_object(record, NOW, URL)

    assert whole["category"] == {"id": 4, "slug": None, "title": None}


def test_activity_is_judged_on_the_day_of_an_old_look() -> None:
    looked = NOW - timedelta(days=61)
    record = detail(last_commit_at=looked - timedelta(days=80), fetched_at=looked)

    whole = package_object(record, NOW, URL)

    assert whole["activity"] == "active"
    assert whole["activity_as_of"] == "2026-06-08T12:00:00Z"


def test_times_of_other_zones_are_told_in_utc() -> None:
    new_york = timezone(timedelta(hours=-5))

    assert format_time(datetime(2026, 1, 1, 20, tzinfo=new_york)) == (
        "2026-01-02T01:00:00Z"
    )
    assert format_time(None) is None


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("django-otp", "https://pypi.org/project/django-otp/"),
        ("a b/../c", "https://pypi.org/project/a%20b%2F..%2Fc/"),
        (None, None),
        ("", None),
    ],
)
def test_the_address_on_pypi(name: str | None, url: str | None) -> None:
    assert pypi_url(name) == url


def test_grids_and_categories_have_their_keys() -> None:
    assert grid_object(GridSummary(5, "auth", "Auth", "", 12), 3, URL) == {
        "id": 5,
        "slug": "auth",
        "title": "Auth",
        "description": None,
        "package_count": 12,
        "active_count": 3,
        "web_url": URL,
    }
    apps = Category(1, "apps", "App", "Apps", "All apps")
    assert category_object(CategorySummary(apps, 182), URL) == {
        "id": 1,
        "slug": "apps",
        "title": "App",
        "title_plural": "Apps",
        "description": "All apps",
        "package_count": 182,
        "web_url": URL,
    }
