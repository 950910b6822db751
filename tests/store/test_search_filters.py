"""Filters hold together, in lists and in searches, and it is told what they hide."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from pkgtui.catalog import Catalog
from pkgtui.domain.filters import ALL_PACKAGES, PackageFilter
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.sorting import Sort
from tests.support.search import catalog_of, slugs
from tests.support.store import NOW, grid, package

DAY = timedelta(days=1)
PACKAGES = [
    package(
        1,
        slug="pay-full",
        stars=500,
        pypi_name="pay-full",
        documentation_url="https://pay.example.org/",
        repo_url="https://github.com/x/pay-full",
        last_commit_at=NOW - 5 * DAY,
        contributors=("ann",),
    ),
    package(
        2,
        slug="pay-lab",
        stars=100,
        repo_url="https://gitlab.com/x/y/pay-lab",
        last_commit_at=NOW - 100 * DAY,
        category_id=2,
    ),
    package(3, slug="pay-none", stars=None, last_commit_at=None, contributors=()),
    package(
        4,
        slug="pay-old-look",
        stars=99,
        last_commit_at=NOW - 405 * DAY,
        fetched_at=NOW - 400 * DAY,
        repo_url="https://www.github.com:443/x/pay",
        pypi_name="p",
    ),
    package(
        5,
        slug="other",
        stars=7,
        repo_url="https://github.community/x/y",
        documentation_url="not an address",
    ),
]
GRIDS = [grid(1, 1, 3, slug="pay", title="Pay")]

KEPT = [
    (PackageFilter(min_stars=100), [1, 2]),
    (PackageFilter(min_stars=0), [1, 2, 4, 5]),
    (PackageFilter(min_stars=10**30), []),
    (PackageFilter(active_within_days=5), [1, 4]),
    (PackageFilter(active_within_days=4), []),
    (PackageFilter(active_within_days=100), [1, 2, 4, 5]),
    (PackageFilter(active_within_days=10**30), [1, 2, 4, 5]),
    (PackageFilter(has_docs=True), [1, 5]),
    (PackageFilter(has_docs=False), [2, 3, 4]),
    (PackageFilter(on_pypi=True), [1, 4]),
    (PackageFilter(on_pypi=False), [2, 3, 5]),
    (PackageFilter(repo_host="github.com"), [1, 4]),
    (PackageFilter(repo_host="GitHub.com"), [1, 4]),
    (PackageFilter(repo_host="gitlab.com"), [2]),
    (PackageFilter(repo_host="git"), []),
    (PackageFilter(repo_host="%"), []),
    (PackageFilter(category_id=2), [2]),
    (PackageFilter(grid_id=1), [1, 3]),
    (PackageFilter(contributor="ANN"), [1, 2, 4, 5]),
    (PackageFilter(text="pay"), [1, 2, 3, 4]),
    (PackageFilter(is_active_only=True), [1, 4, 5]),
    (PackageFilter(min_stars=99, on_pypi=True, has_docs=False), [4]),
    (PackageFilter(grid_id=1, repo_host="github.com", active_within_days=30), [1]),
]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    with closing(catalog_of(tmp_path_factory.mktemp("f"), PACKAGES, GRIDS)) as catalog:
        yield catalog


@pytest.mark.parametrize(("filters", "ids"), KEPT)
def test_lists_are_filtered(
    catalog: Catalog, filters: PackageFilter, ids: list[int]
) -> None:
    listing = catalog.packages(filters, Sort("title"))
    assert sorted(listing.ids) == ids


@pytest.mark.parametrize(("filters", "ids"), KEPT)
def test_searches_are_filtered_and_tell_what_is_hidden(
    catalog: Catalog, filters: PackageFilter, ids: list[int]
) -> None:
    everything = catalog.search("pay")
    assert everything.total == 5
    result = catalog.search("pay", filters=filters)
    expected = [hit for hit in everything.hits if hit.kind is RecordKind.PACKAGE]
    assert result.hits == [hit for hit in expected if hit.id in ids]
    assert result.total == len(result.hits)
    assert result.hidden_count == 5 - result.total


def test_no_filter_hides_nothing(catalog: Catalog) -> None:
    for filters in (ALL_PACKAGES, PackageFilter()):
        result = catalog.search("pay", filters=filters)
        assert (result.total, result.hidden_count) == (5, 0)
        assert result.hits[0].kind is RecordKind.GRID


def test_what_is_not_asked_for_is_not_hidden_but_absent(catalog: Catalog) -> None:
    filters = PackageFilter(min_stars=100)
    of_grids = catalog.search("pay", filters=filters, kind=RecordKind.GRID)
    assert (of_grids.hits, of_grids.total, of_grids.hidden_count) == ([], 0, 1)
    of_packages = catalog.search("pay", filters=filters, kind=RecordKind.PACKAGE)
    assert (of_packages.total, of_packages.hidden_count) == (2, 2)


def test_filters_limit_and_sort_together(catalog: Catalog) -> None:
    filters = PackageFilter(min_stars=1)
    sort = Sort.parse("-stars")
    assert slugs(catalog, "pay", filters=filters, sort=sort, limit=2) == [
        "pay-old-look",
        "pay-lab",
    ]
