"""Dates and ages in words."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.ages import (
    age_in_words,
    format_date,
    long_age,
    month_name,
    short_age,
)

NOW = datetime(2026, 8, 8, 12, 0, tzinfo=UTC)
AGES = [
    (timedelta(0), "0m", "0 minutes"),
    (timedelta(seconds=59), "0m", "0 minutes"),
    (timedelta(minutes=1), "1m", "1 minute"),
    (timedelta(minutes=59, seconds=59), "59m", "59 minutes"),
    (timedelta(hours=1), "1h", "1 hour"),
    (timedelta(hours=23, minutes=59), "23h", "23 hours"),
    (timedelta(days=1), "1d", "1 day"),
    (timedelta(days=13, hours=23), "13d", "13 days"),
    (timedelta(days=14), "2w", "2 weeks"),
    (timedelta(days=89), "12w", "12 weeks"),
    (timedelta(days=92), "3mo", "3 months"),
    (timedelta(days=365), "11mo", "11 months"),
    (timedelta(days=366), "12mo", "12 months"),
    (timedelta(days=730), "23mo", "23 months"),
    (timedelta(days=731), "2y", "2 years"),
    (timedelta(days=5000), "13y", "13 years"),
    (timedelta(days=-3), "0m", "0 minutes"),
]


@pytest.mark.parametrize(("age", "short", "words"), AGES)
def test_ages_in_their_largest_sensible_unit(
    age: timedelta, short: str, words: str
) -> None:
    assert short_age(NOW - age, NOW) == short
    assert age_in_words(age) == words


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-59), "just now"),
        (timedelta(days=-3), "3 days ahead of this clock"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(days=70), "10 weeks ago"),
    ],
)
def test_how_long_ago(age: timedelta, words: str) -> None:
    assert long_age(NOW - age, NOW) == words


UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 2.6e6, "y": 3.1e7}


@given(st.timedeltas(timedelta(0), timedelta(days=99 * 365)))
def test_a_short_age_fits_four_columns_and_is_not_too_old(age: timedelta) -> None:
    text = short_age(NOW - age, NOW)
    assert len(text) <= 4
    unit = text.lstrip("0123456789")
    number = int(text.removesuffix(unit))
    assert number * UNITS[unit] <= age.total_seconds()
    assert number > 0 or age < timedelta(minutes=1)


@given(st.lists(st.timedeltas(timedelta(0), timedelta(days=40000)), min_size=2))
def test_a_longer_age_never_reads_shorter(ages: list[timedelta]) -> None:
    def days(age: timedelta) -> float:
        text = short_age(NOW - age, NOW)
        unit = text.lstrip("0123456789")
        return int(text.removesuffix(unit)) * UNITS[unit]

    ages.sort()
    # A unit's rounding may lose up to a month at the step from weeks to months.
    month = 31 * 86400
    for shorter, longer in pairwise(ages):
        assert days(longer) >= days(shorter) - month


def test_dates_are_the_same_in_every_locale() -> None:
    assert format_date(date(2025, 12, 4)) == "4 Dec 2025"
    assert format_date(datetime(2026, 3, 31, 23, 59, tzinfo=UTC)) == "31 Mar 2026"
    names = [month_name(date(2026, month, 1)) for month in range(1, 13)]
    assert names == [
        *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
        *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ]
