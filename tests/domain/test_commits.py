"""What is counted from a year of weekly commits, and the bars that draw it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.commits import (
    Trend,
    bar_eighths,
    bucket_sums,
    commit_facts,
    week_start,
)

YEAR = 52
charts = st.lists(st.integers(0, 500), max_size=YEAR)


def chart(before: int, recent: int) -> list[int]:
    """A full chart with so many commits a week before and in the last 13 weeks."""
    return [before] * 39 + [recent] * 13


def test_an_ordinary_year() -> None:
    weeks = [0] * YEAR
    weeks[0], weeks[38], weeks[39], weeks[49] = 5, 2, 3, 4
    facts = commit_facts(weeks)
    assert facts.weeks == YEAR
    assert facts.total == 14
    assert facts.last_13w == 7
    assert facts.before_13w == 7
    assert facts.weeks_active == 4
    assert facts.weeks_since_commit == 2


def test_a_year_without_commits() -> None:
    facts = commit_facts([0] * YEAR)
    assert facts == (YEAR, 0, 0, 0, 0, None, Trend.NONE)


def test_an_empty_chart() -> None:
    assert commit_facts([]) == (0, 0, 0, 0, 0, None, Trend.NONE)


def test_a_commit_in_the_last_week_is_no_week_ago() -> None:
    assert commit_facts([0, 0, 1]).weeks_since_commit == 0
    assert commit_facts([1, 0, 0]).weeks_since_commit == 2


@pytest.mark.parametrize(
    ("weeks", "trend"),
    [
        (chart(4, 4), Trend.STEADY),
        (chart(4, 5), Trend.STEADY),  # exactly a quarter more
        (chart(400, 501), Trend.RISING),
        (chart(4, 3), Trend.STEADY),  # exactly a quarter less
        (chart(400, 299), Trend.FALLING),
        (chart(0, 1), Trend.RISING),
        (chart(1, 0), Trend.FALLING),
        (chart(0, 0), Trend.NONE),
        ([7] * 13, Trend.STEADY),  # nothing before to compare with
        ([0] * 13, Trend.NONE),
        ([7, *[7] * 13], Trend.STEADY),
        ([1, *[7] * 13], Trend.RISING),
    ],
)
def test_the_trend_compares_rates(weeks: list[int], trend: Trend) -> None:
    assert commit_facts(weeks).trend is trend


@given(charts)
def test_counts_add_up(weeks: list[int]) -> None:
    facts = commit_facts(weeks)
    assert facts.total == sum(weeks) == facts.last_13w + facts.before_13w
    assert facts.last_13w == sum(weeks[max(0, len(weeks) - 13) :])
    assert facts.weeks_active == len(weeks) - weeks.count(0)
    since = facts.weeks_since_commit
    if since is None:
        assert not any(weeks)
    else:
        assert weeks[-1 - since] > 0
        assert not any(weeks[len(weeks) - since :])


def test_the_last_week_ends_on_the_day_of_the_look() -> None:
    looked = datetime(2026, 8, 8, 0, 30, tzinfo=UTC)
    assert week_start(51, 52, looked) == date(2026, 8, 2)
    assert week_start(50, 52, looked) == date(2026, 7, 26)
    assert week_start(0, 52, looked) == date(2026, 8, 2) - timedelta(weeks=51)
    assert week_start(0, 1, looked) == date(2026, 8, 2)


@given(charts, st.integers(1, 80))
def test_buckets_keep_the_sum_and_the_order(weeks: list[int], buckets: int) -> None:
    sums = bucket_sums(weeks, buckets)
    assert len(sums) == min(buckets, len(weeks))
    assert sum(sums) == sum(weeks)
    if buckets >= len(weeks):
        assert sums == weeks


@given(st.integers(1, YEAR))
def test_buckets_are_of_nearly_equal_size(buckets: int) -> None:
    sizes = bucket_sums([1] * YEAR, buckets)
    assert max(sizes) - min(sizes) <= 1


def test_buckets_group_neighbors() -> None:
    assert bucket_sums([1, 2, 3, 4, 5, 6], 3) == [3, 7, 11]
    assert bucket_sums([1, 2, 3, 4, 5], 2) == [3, 12]


def test_bars_of_one_row() -> None:
    assert bar_eighths([0, 1, 4, 8], 8) == [(0,), (1,), (4,), (8,)]
    assert bar_eighths([0, 1, 50, 1000], 1000) == [(0,), (1,), (1,), (8,)]
    assert bar_eighths([], 5) == []
    assert bar_eighths([0, 0], 0) == [(0,), (0,)]


def test_bars_of_several_rows_fill_from_the_bottom() -> None:
    assert bar_eighths([0, 1, 12, 16, 24], 24, height=3) == [
        (0, 0, 0),
        (1, 0, 0),
        (8, 4, 0),
        (8, 8, 0),
        (8, 8, 8),
    ]


def test_a_value_over_the_maximum_fills_the_bar() -> None:
    assert bar_eighths([9], 3, height=2) == [(8, 8)]


@given(charts, st.integers(1, 4))
def test_bars_show_every_commit_and_never_none(weeks: list[int], height: int) -> None:
    tallest = max(weeks, default=0)
    bars = bar_eighths(weeks, tallest, height)
    totals = [sum(bar) for bar in bars]
    assert [bool(total) for total in totals] == [bool(week) for week in weeks]
    assert all(len(bar) == height for bar in bars)
    order = sorted(range(len(weeks)), key=lambda place: weeks[place])
    assert [totals[place] for place in order] == sorted(totals)
    if tallest:
        assert max(totals) == 8 * height
    for bar in bars:
        # Nothing floats above a row that is not full.
        assert list(bar) == sorted(bar, reverse=True)
        assert sum(0 < eighths < 8 for eighths in bar) <= 1


def test_a_week_before_the_calendar_begins_with_it() -> None:
    looked_at = datetime(1, 3, 1, tzinfo=UTC)

    assert week_start(0, 52, looked_at) == date(1, 1, 1)
    assert week_start(51, 52, looked_at) == date(1, 2, 23)
