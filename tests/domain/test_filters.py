"""The line that narrows a list of packages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.filters import NamedRecord, PackageFilter, filter_words, with_filter

CATEGORIES = (
    NamedRecord(1, "apps", "Apps"),
    NamedRecord(2, "frameworks", "Frameworks"),
)
GRIDS = (
    NamedRecord(7, "auth", "Authentication"),
    NamedRecord(8, "authorization", "Authorization"),
    NamedRecord(9, "auth-tools", "auth"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", PackageFilter()),
        ("two factor", PackageFilter(text="two factor")),
        ("stars:100", PackageFilter(min_stars=100)),
        ("STARS:0", PackageFilter(min_stars=0)),
        ("active:90 x", PackageFilter(active_within_days=90, text="x")),
        ("docs:yes pypi:no", PackageFilter(has_docs=True, on_pypi=False)),
        ("host:GitLab.com", PackageFilter(repo_host="gitlab.com")),
        ("category:frame", PackageFilter(category_id=2)),
        ("grid:authorization", PackageFilter(grid_id=8)),
        ("grid:auth", PackageFilter(grid_id=7)),
        ("grid:nothing", PackageFilter(grid_id=0)),
        ("http://a b:c", PackageFilter(text="http://a b:c")),
        ("stars:10 stars:20", PackageFilter(min_stars=20)),
        ("stars:99999999999", PackageFilter(min_stars=10**9)),
    ],
)
def test_words_and_conditions(text: str, expected: PackageFilter) -> None:
    assert with_filter(PackageFilter(), text, CATEGORIES, GRIDS) == expected


@pytest.mark.parametrize(
    "text", ["stars:", "stars:x", "stars:-1", "active:", "docs:", "docs:y", "host:"]
)
def test_a_condition_that_is_not_finished_narrows_nothing(text: str) -> None:
    assert with_filter(PackageFilter(), text) == PackageFilter()


def test_what_the_list_is_of_stays_and_what_was_typed_before_goes() -> None:
    base = PackageFilter(grid_id=3, is_active_only=True, text="old", min_stars=5)
    assert with_filter(base, "docs:no") == PackageFilter(
        grid_id=3, is_active_only=True, has_docs=False
    )


def test_the_words_tell_every_condition() -> None:
    text = "name stars:100 active:90 docs:yes pypi:no host:github.com"
    assert filter_words(with_filter(PackageFilter(), text)) == [
        "with 'name'",
        "at least 100 stars",
        "active within 90 days",
        "with docs",
        "not on PyPI",
        "on github.com",
    ]
    assert filter_words(PackageFilter(grid_id=1, is_active_only=True)) == []


@given(st.text())
def test_anything_can_be_typed(text: str) -> None:
    selection = with_filter(PackageFilter(), text, CATEGORIES, GRIDS)
    assert isinstance(filter_words(selection), list)
