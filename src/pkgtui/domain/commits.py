"""What a year of weekly commits says: totals, trend, quiet time, and bars to draw.

A week is seven days ending at the site's look: the site counts commits by whole weeks
of age at that moment, so the last of the 52 ends on the day of `fetched_at`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

WEEKS_IN_CHART = 52
RECENT_WEEKS = 13
RISING_ABOVE = 1.25
FALLING_BELOW = 0.75


class Trend(StrEnum):
    """The recent weeks' rate against the rate of those before."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    NONE = "none"


TREND_ARROWS = {
    Trend.RISING: "↗",
    Trend.STEADY: "→",
    Trend.FALLING: "↘",
    Trend.NONE: "",
}
"""How a trend is drawn beside a number."""


class CommitFacts(NamedTuple):
    """All that is counted from one chart."""

    weeks: int
    """How many weeks the chart holds, 52 unless the server sent fewer."""
    total: int
    last_13w: int
    before_13w: int
    """Commits in the weeks before the last 13: 39 of them in a full chart."""
    weeks_active: int
    weeks_since_commit: int | None
    """0 if the last week has any; None if no week has."""
    trend: Trend


def commit_facts(commits: Sequence[int]) -> CommitFacts:
    """Count what `commits` (per week, oldest first) says."""
    recent = sum(commits[-RECENT_WEEKS:])
    before = sum(commits[:-RECENT_WEEKS])
    since = next((age for age, n in enumerate(reversed(commits)) if n), None)
    return CommitFacts(
        weeks=len(commits),
        total=recent + before,
        last_13w=recent,
        before_13w=before,
        weeks_active=sum(1 for n in commits if n),
        weeks_since_commit=since,
        trend=_trend(recent, before, max(0, len(commits) - RECENT_WEEKS)),
    )


def _trend(recent: int, before: int, weeks_before: int) -> Trend:
    if recent + before == 0:
        return Trend.NONE
    if weeks_before == 0:
        return Trend.STEADY
    # Commits that the recent weeks would hold at the earlier rate.
    expected = before * RECENT_WEEKS / weeks_before
    if recent > expected * RISING_ABOVE:
        return Trend.RISING
    if recent < expected * FALLING_BELOW:
        return Trend.FALLING
    return Trend.STEADY


def week_start(index: int, weeks: int, fetched_at: datetime) -> date:
    """The first day (UTC) of week `index` (0 is the oldest) of a chart of `weeks`.

    The first day of the calendar where a server's time leads to one before it.
    """
    weeks_back = weeks - 1 - index
    day = fetched_at.toordinal() - 6 - 7 * weeks_back
    return date.fromordinal(max(1, day))


def whole_year(commits: Sequence[int]) -> tuple[int, ...]:
    """`commits` as 52 weeks, the older ones empty where the site sent fewer."""
    return (0,) * (WEEKS_IN_CHART - len(commits)) + tuple(commits)


def bucket_sums(commits: Sequence[int], buckets: int) -> list[int]:
    """Sum `commits` into at most `buckets` neighboring groups of (nearly) equal size.

    Sums, not maxima: the bars of a narrow chart still add up to the year.
    """
    count = len(commits)
    if buckets >= count:
        return list(commits)
    edges = [i * count // buckets for i in range(buckets + 1)]
    return [sum(commits[a:b]) for a, b in pairwise(edges)]


def bar_eighths(
    values: Sequence[int], maximum: int, height: int = 1
) -> list[tuple[int, ...]]:
    """Bar heights to draw: for each value, eighths (0 to 8) per row, bottom row first.

    The baseline is 0 and `maximum` fills all rows; any value above 0 shows at least one
    eighth, so that a single commit is never drawn as none.
    """
    full = 8 * height
    bars = []
    for value in values:
        eighths = 0
        if value > 0 and maximum > 0:
            eighths = max(1, min(full, (value * full + maximum // 2) // maximum))
        bars.append(tuple(max(0, min(8, eighths - 8 * row)) for row in range(height)))
    return bars
