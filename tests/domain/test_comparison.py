"""Packages side by side: what each row says, what is best, what is unknown."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.comparison import ComparedPackage, shared_maximum
from pkgtui.domain.facts import ROWS, UNKNOWN, Preference, natural_order
from pkgtui.domain.models import GridRef
from tests.support.compare import cell, detail, entrant, side_by_side
from tests.support.store import NOW, UNKNOWN_FACTS, category

YEAR = tuple([1] * 39 + [2] * 13)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("key", "fields", "text", "value"),
    [
        ("activity", {}, "active", "active"),
        (
            "activity",
            {"last_commit_at": NOW - 200 * DAY},
            "maintained",
            "maintained",
        ),
        (
            "last_commit_at",
            {"last_commit_at": NOW - 22 * DAY, "fetched_at": NOW - DAY},
            "17 Jul 2026 · 3w",
            "2026-07-17",
        ),
        ("commits_total", {"commits_52w": YEAR}, "65", 65),
        ("commits_total", {"commits_52w": (0,) * 52}, "0", 0),
        ("commits_total", {"commits_52w": (1234,)}, "1\N{NO-BREAK SPACE}234", 1234),
        ("commits_last_13w", {"commits_52w": YEAR}, "26 ↗", 26),
        ("commits_last_13w", {"commits_52w": (1,) * 52}, "13 →", 13),
        ("commits_last_13w", {"commits_52w": (1,) * 39 + (0,) * 13}, "0 ↘", 0),
        ("commits_last_13w", {"commits_52w": (0,) * 52}, "0", 0),
        ("weeks_active", {"commits_52w": (0,) * 50 + (3, 4)}, "2", 2),
        ("weeks_since_commit", {"commits_52w": (0,) * 50 + (3, 0)}, "1", 1),
        ("stars", {"stars": 3310}, "3\N{NO-BREAK SPACE}310", 3310),
        ("stars", {"stars": 0}, "0", 0),
        ("forks", {"forks": 829}, "829", 829),
        ("contributor_count", {"contributors": ("a", "b")}, "2", 2),
        ("contributor_count", {"contributors": ()}, "0", 0),
        ("pypi_version", {"pypi_version": "3.2.0"}, "3.2.0", "3.2.0"),
        ("category", {}, "App", "App"),
        ("documentation_url", {"documentation_url": "https://x/"}, "yes", "https://x/"),
        (
            "repo_host",
            {"repo_url": "https://gitlab.com/group/sub/name"},
            "gitlab.com",
            "gitlab.com",
        ),
        (
            "owner",
            {"repo_url": "https://github.com/bouke/name"},
            "bouke",
            "bouke",
        ),
        ("grids", {"grids": (GridRef(1, "a", "A"),) * 2}, "2", 2),
        ("grids", {}, "0", 0),
        (
            "added_at",
            {"added_at": NOW - 365 * DAY},
            "8 Aug 2025",
            "2025-08-08",
        ),
        ("fetched_at", {"fetched_at": NOW - DAY}, "7 Aug 2026", "2026-08-07"),
        ("description", {"description": "Logs in"}, "Logs in", "Logs in"),
    ],
)
def test_a_row_says_its_fact_in_words_and_as_a_value(
    key: str, fields: dict[str, Any], text: str, value: object
) -> None:
    made = cell(key, **fields)

    assert (made.text, made.value) == (text, value)
    assert made.rank is not None


@pytest.mark.parametrize("key", [f.key for f in ROWS if f.key != "grids"])
def test_what_the_site_does_not_know_is_unknown_and_says_why(key: str) -> None:
    made = cell(key, of_category=None, **UNKNOWN_FACTS)

    assert (made.value, made.rank) == (None, None)
    assert made.text in {UNKNOWN, "unknown"}
    assert made.note


@pytest.mark.parametrize("key", [fact.key for fact in ROWS])
def test_a_package_that_is_not_held_is_unknown_in_every_row(key: str) -> None:
    row = side_by_side(ComparedPackage.missing(7), entrant(1)).row(key)

    assert row.cells[0].text == UNKNOWN
    assert (row.cells[0].value, row.cells[0].rank) == (None, None)
    assert not row.is_best(0)


def test_a_year_without_commits_has_no_week_since_the_last_one() -> None:
    made = cell("weeks_since_commit", commits_52w=(0,) * 52)

    assert (made.text, made.value, made.rank) == (UNKNOWN, None, None)
    assert made.note == "no commit in 52 weeks"


def test_a_commit_after_the_sites_look_is_not_told_as_one_before_it() -> None:
    before = cell("last_commit_at", fetched_at=NOW, last_commit_at=NOW - 9 * DAY)
    after = cell("last_commit_at", fetched_at=NOW - DAY, last_commit_at=NOW)
    assert before.note == "9 days before the data's date"
    assert after.note == "after the data's date"


def test_activity_by_an_old_look_says_of_when_it_is() -> None:
    fresh = cell("activity", fetched_at=NOW - DAY, last_commit_at=NOW - 2 * DAY)
    old = cell(
        "activity",
        fetched_at=NOW - 3_000 * DAY,
        last_commit_at=NOW - 3_001 * DAY,
    )
    assert (fresh.text, fresh.note) == ("active", "")
    assert (old.text, old.note) == ("active", "as of 22 May 2018")


def test_the_recent_weeks_are_told_against_those_before() -> None:
    whole, part = (
        cell("commits_last_13w", commits_52w=YEAR),
        cell("commits_last_13w", commits_52w=(1,) * 20),
    )

    assert whole.note == "26 against 39 in the 39 weeks before"
    assert part.note == "13 against 7 in the 7 weeks before"


def test_a_last_commit_has_a_shorter_form() -> None:
    made = cell("last_commit_at", last_commit_at=NOW - 22 * DAY, fetched_at=NOW)

    assert made.short == "Jul 2026 · 3w"


@pytest.mark.parametrize(
    ("key", "values", "best"),
    [
        ("stars", [("stars", 5), ("stars", 9), ("stars", 9)], [1, 2]),
        ("stars", [("stars", 0), ("stars", None), ("stars", 1)], [2]),
        ("stars", [("stars", 4), ("stars", 4)], []),
        ("stars", [("stars", 4), ("stars", None)], []),
        (
            "weeks_since_commit",
            [("commits_52w", (1, 0, 0)), ("commits_52w", (0, 1, 0))],
            [1],
        ),
        (
            "last_commit_at",
            [
                ("last_commit_at", NOW - DAY),
                ("last_commit_at", NOW - DAY - timedelta(hours=3)),
                ("last_commit_at", NOW - 9 * DAY),
            ],
            [0, 1],
        ),
        (
            "activity",
            [("last_commit_at", NOW - 500 * DAY), ("last_commit_at", NOW - 200 * DAY)],
            [1],
        ),
        ("pypi_version", [("pypi_version", "1"), ("pypi_version", "2")], []),
        ("added_at", [("added_at", NOW), ("added_at", NOW - DAY)], []),
        ("description", [("description", "a"), ("description", "b")], []),
    ],
)
def test_the_best_of_a_row(
    key: str, values: list[tuple[str, Any]], best: list[int]
) -> None:
    row = side_by_side(
        *(entrant(at, **{name: value}) for at, (name, value) in enumerate(values))
    ).row(key)

    assert [at for at in range(len(values)) if row.is_best(at)] == best


def test_a_package_alone_is_the_best_of_nothing() -> None:
    comparison = side_by_side(entrant(1))

    assert [row.fact.key for row in comparison.rows if row.best is not None] == []


def test_rows_in_which_all_agree_are_told_from_those_that_differ() -> None:
    comparison = side_by_side(
        entrant(1, stars=5, forks=None), entrant(2, stars=6, forks=None)
    )

    assert not comparison.row("stars").is_same
    assert comparison.row("forks").is_same
    assert comparison.row("category").is_same


def test_unknown_differs_from_zero() -> None:
    comparison = side_by_side(entrant(1, stars=0), entrant(2, stars=None))

    assert not comparison.row("stars").is_same


def test_every_row_has_a_way_and_stands_in_the_order_of_the_keys() -> None:
    comparison = side_by_side(entrant(1))

    assert [row.fact.key for row in comparison.rows] == [fact.key for fact in ROWS]


def test_entrants_are_named_by_what_is_known_of_them() -> None:
    held = ComparedPackage.held(detail(7, slug="seven", title="Seven"))

    assert (held.key, held.slug, held.title) == (7, "seven", "Seven")
    missing = ComparedPackage.missing(8)
    assert (missing.key, missing.slug, missing.title) == (8, None, "Package 8")
    marked = ComparedPackage.missing_slug("gone")
    assert (marked.key, marked.slug, marked.title) == ("gone", "gone", "gone")


def test_a_slug_from_outside_the_catalog_is_made_harmless() -> None:
    assert ComparedPackage.missing_slug("a\x1b[31mb\nc").title == "ab c"


def test_a_part_in_another_order_has_its_own_best() -> None:
    whole = side_by_side(*(entrant(at, stars=at) for at in (1, 2, 3)))
    one, two, _ = whole.entrants

    part = whole.arranged([two, one])

    assert part == side_by_side(two, one)
    assert part.row("stars").is_best(0)
    assert whole.row("stars").is_best(2)


@given(
    st.lists(
        st.tuples(
            st.none() | st.integers(0, 3), st.none() | st.lists(st.integers(0, 9))
        ),
        min_size=1,
        max_size=6,
    )
)
def test_the_best_are_known_and_nobody_is_better(facts: list[Any]) -> None:
    comparison = side_by_side(
        *(
            entrant(
                at, stars=stars, commits_52w=None if weeks is None else tuple(weeks)
            )
            for at, (stars, weeks) in enumerate(facts)
        )
    )

    for row in comparison.rows:
        best = [c.rank for at, c in enumerate(row.cells) if row.is_best(at)]
        known = [c.rank for c in row.cells if c.rank is not None]
        assert None not in best
        if best:
            choose = max if row.fact.preference is Preference.HIGHEST else min
            assert set(best) == {choose(known)}
            assert len(best) < len(row.cells)
        elif row.fact.preference in {Preference.HIGHEST, Preference.LOWEST}:
            assert len(set(known)) < 2


@pytest.mark.parametrize(
    ("earlier", "later"), [("1.9", "1.10"), ("a2", "A10"), ("abc", "ABD"), ("2", "10")]
)
def test_names_sort_as_people_count(earlier: str, later: str) -> None:
    assert natural_order(earlier) < natural_order(later)


def test_a_category_that_is_not_held_is_not_guessed() -> None:
    made = cell("category", of_category=None, category_id=3)

    assert made.value is None
    assert cell("category", of_category=category(title="Tool")).text == "Tool"


def test_the_tallest_bar_counts_every_chart_by_the_same_weeks() -> None:
    whole = entrant(1, commits_52w=(0,) * 51 + (3,))
    part = entrant(2, commits_52w=(1,) * 20)

    assert shared_maximum([whole, part], 13) == 4
    assert shared_maximum([whole], 13) == 3
    assert (
        shared_maximum([ComparedPackage.missing(7), entrant(3, commits_52w=None)], 13)
        == 0
    )
