"""Sorting a comparison by a row: the most or the newest first, unknown always last."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.comparison import ComparedPackage, is_descending, sorted_entrants
from pkgtui.domain.facts import ROWS
from tests.support.compare import entrant, side_by_side
from tests.support.store import NOW


def order(
    name: str, values: list[Any], key: str | None, *, is_reversed: bool = False
) -> list[Any]:
    comparison = side_by_side(
        *(entrant(at, **{name: value}) for at, value in enumerate(values))
    )
    ranked = sorted_entrants(comparison, key, is_reversed=is_reversed)
    return [
        getattr(each.detail.package, name) if each.detail else None for each in ranked
    ]


@pytest.mark.parametrize(
    ("key", "name", "values", "expected"),
    [
        ("stars", "stars", [3, None, 9, 0], [9, 3, 0, None]),
        (
            "last_commit_at",
            "last_commit_at",
            [NOW - timedelta(days=9), None, NOW],
            [NOW, NOW - timedelta(days=9), None],
        ),
        (
            "weeks_since_commit",
            "commits_52w",
            [(1, 0, 0), (0, 0, 0), (0, 0, 1)],
            [(0, 0, 1), (1, 0, 0), (0, 0, 0)],
        ),
        (
            "pypi_version",
            "pypi_version",
            ["1.10", None, "1.9", "0.2"],
            ["0.2", "1.9", "1.10", None],
        ),
        (
            "activity",
            "last_commit_at",
            [NOW - timedelta(days=2000), NOW, NOW - timedelta(days=200)],
            [NOW, NOW - timedelta(days=200), NOW - timedelta(days=2000)],
        ),
        (
            "documentation_url",
            "documentation_url",
            [None, "https://x/"],
            ["https://x/", None],
        ),
    ],
)
def test_the_natural_order_of_a_row(
    key: str, name: str, values: list[Any], expected: list[Any]
) -> None:
    assert order(name, values, key) == expected


@pytest.mark.parametrize("key", ["stars", "pypi_version", "weeks_since_commit"])
def test_reversed_leaves_the_unknown_last(key: str) -> None:
    name = {
        "stars": "stars",
        "pypi_version": "pypi_version",
        "weeks_since_commit": "commits_52w",
    }[key]
    values: dict[str, list[Any]] = {
        "stars": [None, 1, 5],
        "pypi_version": [None, "1", "5"],
        "weeks_since_commit": [None, (1, 0, 0), (0, 0, 1)],
    }

    forward = order(name, values[key], key)
    backward = order(name, values[key], key, is_reversed=True)

    assert forward[-1] is backward[-1] is None
    assert backward[:-1] == forward[:-1][::-1]


def test_titles_sort_without_case_and_ties_fall_to_them() -> None:
    names = ["beta", "Alpha", "gamma"]

    assert order("title", names, None) == ["Alpha", "beta", "gamma"]
    assert order("title", names, None, is_reversed=True) == ["gamma", "beta", "Alpha"]
    assert order("title", names, "stars") == ["Alpha", "beta", "gamma"]
    assert order("title", names, "stars", is_reversed=True) == [
        "Alpha",
        "beta",
        "gamma",
    ]


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize("key", [None, *(fact.key for fact in ROWS)])
def test_what_is_not_held_is_last_in_every_order(
    key: str | None, is_reversed: bool
) -> None:
    fields = {"pypi_version": "1", "repo_url": "https://github.com/a/b"}
    known = entrant(1, title="zz", documentation_url="https://x/", **fields)
    comparison = side_by_side(
        ComparedPackage.missing(9), known, ComparedPackage.missing_slug("a")
    )

    ranked = sorted_entrants(comparison, key, is_reversed=is_reversed)

    assert ranked[0] == known
    assert len(ranked) == 3


def test_the_way_of_a_sort_is_told() -> None:
    assert is_descending("stars", is_reversed=False)
    assert not is_descending("stars", is_reversed=True)
    assert not is_descending("weeks_since_commit", is_reversed=False)
    assert not is_descending("pypi_version", is_reversed=False)
    assert is_descending("added_at", is_reversed=False)


@given(
    st.lists(st.none() | st.integers(0, 5), max_size=8),
    st.sampled_from([None, *(fact.key for fact in ROWS)]),
    st.booleans(),
)
def test_sorting_keeps_everybody(
    stars: list[int | None], key: str | None, is_reversed: bool
) -> None:
    comparison = side_by_side(
        *(entrant(at, stars=number) for at, number in enumerate(stars)),
        ComparedPackage.missing(99),
    )

    ranked = sorted_entrants(comparison, key, is_reversed=is_reversed)

    assert sorted(each.key for each in ranked) == sorted(  # type: ignore[type-var]
        each.key for each in comparison.entrants
    )
