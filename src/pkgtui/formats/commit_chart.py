"""A year of weekly commits drawn in several lines of text, with its axis and months.

The baseline is 0 and a bar is one week, or a stated number of weeks where the terminal
is too narrow for that. No commits at all leave the axis bare; that the site has no
chart is not drawn but said, by the caller.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pkgtui.domain.ages import month_name
from pkgtui.domain.commits import (
    RECENT_WEEKS,
    TREND_ARROWS,
    CommitFacts,
    bar_eighths,
    bucket_sums,
    week_start,
)
from pkgtui.text import group_thousands, pluralize


def commit_sentences(facts: CommitFacts, until: str = "") -> list[str]:
    """How many, of late against before, in how many weeks; `until` ends the first."""
    weeks = pluralize(facts.weeks, "week")
    if facts.weeks_since_commit is None:
        return [f"no commits in these {weeks}{until}"]
    sentences = [f"{pluralize(facts.total, 'commit')} in {weeks}{until}"]
    if facts.weeks > RECENT_WEEKS:
        recent, before = map(group_thousands, (facts.last_13w, facts.before_13w))
        sentences.append(
            f"{recent} in the last {RECENT_WEEKS}, "
            f"{before} in the {facts.weeks - RECENT_WEEKS} before: "
            f"{facts.trend} {TREND_ARROWS[facts.trend]}"
        )
    busy = f"{facts.weeks_active} of {weeks} with commits"
    quiet = facts.weeks_since_commit
    if quiet:
        busy += (
            f", none in the last {pluralize(quiet, 'week') if quiet > 1 else 'week'}"
        )
    return [*sentences, busy]


BLOCKS = " ▁▂▃▄▅▆▇█"


def sparkline(
    commits: Sequence[int] | None, width: int, maximum: int | None = None
) -> str:
    """`commits` (per week, oldest first) in `width` cells.

    Neighboring weeks are summed where there are more than cells. The tallest bar is
    the row's own largest, or `maximum` to compare rows. A chart that is not known is a
    dash, one of zeros is blank.
    """
    if commits is None:
        return "–".rjust(width)
    sums = bucket_sums(commits, width)
    top = max(sums, default=0) if maximum is None else maximum
    bars = bar_eighths(sums, top)
    return "".join(BLOCKS[bar[0]] for bar in bars).rjust(width)


_TALL = 4
_LOW = 2
_WIDE_ENOUGH_FOR_TALL = 60
_MONTH_COLUMNS = 4


class CommitChart(NamedTuple):
    """A drawn chart and how to read it."""

    lines: list[str]
    """None where there is no room for a single bar beside its number."""
    weeks_per_bar: int


def draw_commits(
    commits: Sequence[int], fetched_at: datetime | None, width: int
) -> CommitChart:
    """Draw `commits` (per week, oldest first, ending at `fetched_at`) in `width`.

    Months stand beneath the weeks in which they begin, if `fetched_at` is known.
    """
    weeks_per_bar, values = choose_bars(commits, width)
    maximum = max(values, default=0)
    label_width = len(str(maximum))
    if label_width + 1 + len(values) > width:
        return CommitChart([], 1)
    height = _TALL if width >= _WIDE_ENOUGH_FOR_TALL else _LOW
    # A row never stands for less than one commit: few commits do not tower.
    height = min(height, max(1, maximum))
    lines = []
    if maximum:
        bars = bar_eighths(values, maximum, height)
        for row in reversed(range(height)):
            is_top = row == height - 1
            label = str(maximum) if is_top else ""
            drawn = "".join(BLOCKS[bar[row]] for bar in bars)
            lines.append(f"{label:>{label_width}}{'┤' if is_top else '│'}{drawn}")
    lines.append(f"{0:>{label_width}}┼" + "─" * len(values))
    if fetched_at is not None:
        months = month_line(len(commits), len(values), fetched_at)
        lines.append(" " * (label_width + 1) + months)
    return CommitChart([line.rstrip() for line in lines], weeks_per_bar)


def choose_bars(commits: Sequence[int], width: int) -> tuple[int, list[int]]:
    """How many weeks make a bar, and the bars: as many as fit beside the axis.

    A number of weeks that divides the chart into equal bars is preferred.
    """
    weeks = len(commits)
    for weeks_per_bar in range(1, weeks + 1):
        values = bucket_sums(commits, -(-weeks // weeks_per_bar))
        if len(str(max(values))) + 1 + len(values) > width:
            continue
        equal = range(weeks_per_bar, 3 * weeks_per_bar)
        best = next((n for n in equal if weeks % n == 0), weeks_per_bar)
        return best, bucket_sums(commits, -(-weeks // best))
    return max(1, weeks), bucket_sums(commits, 1)


def month_line(weeks: int, bars: int, fetched_at: datetime) -> str:
    """Names at the bars where a month begins, as many as do not touch each other.

    `weeks` is how many the chart has, `bars` how many are drawn for them.
    """
    begins: list[tuple[int, str]] = []
    previous = ""
    for bar in range(bars):
        name = month_name(week_start(bar * weeks // bars, weeks, fetched_at))
        if name != previous:
            begins.append((bar, name))
            previous = name
    # The first month is cut by the chart's edge: it yields to a whole one beside it.
    if len(begins) > 1 and begins[1][0] < _MONTH_COLUMNS:
        del begins[0]
    line = ""
    for bar, name in begins:
        if bar >= len(line) and bar + len(name) <= bars:
            line = f"{line:<{bar}}{name} "
    return line.rstrip()
