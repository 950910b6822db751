"""The commits of a year as lines: a chart, its months, and the same in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pkgtui.domain.ages import format_date
from pkgtui.domain.commits import (
    bar_eighths,
    commit_facts,
    week_start,
)
from pkgtui.formats.commit_chart import choose_bars, month_line
from pkgtui.formats.commit_words import commit_sentences
from pkgtui.formats.sparkline import BLOCKS
from pkgtui.text import fits, flow, pluralize, truncate, wrap
from pkgtui.tui.browse.links import WeekTarget
from pkgtui.tui.widgets.document_view import Stop
from pkgtui.tui.widgets.line_widget import Line, Span

CHART_ROWS = 3
_HEADING = "Commits  "


class Block(NamedTuple):
    """Lines with their stops, counted from the block's first line."""

    lines: tuple[Line, ...]
    stops: tuple[Stop, ...] = ()


def commits_block(
    commits: Sequence[int] | None,
    fetched_at: datetime | None,
    width: int,
    week: int | None,
) -> Block:
    """Draw `commits` in `width` cells, with the bar `week` under the cursor.

    Where 52 bars do not fit, neighboring weeks are summed.
    """
    if not commits:
        told = "not known: the site has no chart"
        if not fits(f"{_HEADING}{told}", width):
            told = "not known: no chart"
        return Block((_heading(told, width, "dim"),))
    facts = commit_facts(commits)
    until = f" to {format_date(fetched_at)}" if fetched_at else ""
    told = f"{facts.weeks} weeks{until}"
    words = tuple(
        ((text, ""),)
        for line in flow(commit_sentences(facts), " · ", width)
        for text in wrap(line, width)
    )
    if not facts.total:
        return Block((_heading(told, width), _baseline(commits, width), *words))
    _, sums = choose_bars(commits, width)
    top = max(sums)
    label_width = len(str(top)) + 1
    if week is not None and week < len(sums):
        told = _tell_bar(week, sums, len(commits), fetched_at)
    rows = _chart_rows(sums, top, label_width, week)
    names = month_line(len(commits), len(sums), fetched_at) if fetched_at else ""
    months = ((" " * label_width + names, "dim"),)
    stops = tuple(
        Stop(
            line=len(rows),
            start=label_width + index,
            end=label_width + index + 1,
            target=WeekTarget(index),
            height=len(rows),
        )
        for index in range(len(sums))
    )
    return Block((_heading(told, width), *rows, months, *words), stops)


def _heading(told: str, width: int, style: str = "") -> Line:
    """`told` after its heading, or alone where there is no room: no figure is cut."""
    if fits(f"{_HEADING}{told}", width):
        return (_HEADING, "heading"), (told, style)
    return ((truncate(told, width), style),)


def _tell_bar(
    index: int, sums: Sequence[int], weeks: int, fetched_at: datetime | None
) -> str:
    commits = pluralize(sums[index], "commit")
    first, after = (at * weeks // len(sums) for at in (index, index + 1))
    if fetched_at is None:
        return f"week {first + 1} of {weeks}: {commits}"
    day = format_date(week_start(first, weeks, fetched_at))
    name = (
        f"week of {day}" if after == first + 1 else f"{after - first} weeks from {day}"
    )
    return f"{name}: {commits}"


def _chart_rows(
    sums: Sequence[int], top: int, label_width: int, week: int | None
) -> list[Line]:
    bars = bar_eighths(sums, top, CHART_ROWS)
    rows: list[Line] = []
    for row in reversed(range(CHART_ROWS)):
        is_base = row == 0
        label = str(top) if row == CHART_ROWS - 1 else ("0" if is_base else "")
        axis = "┤" if label else "│"
        spans: list[Span] = [(label.rjust(label_width - 1) + axis, "dim")]
        for index, bar in enumerate(bars):
            if index == week:
                spans.append((BLOCKS[bar[row]] if bar[row] else " ", "cursor"))
            else:
                # One style for the row: each change of style is bytes on the line.
                nothing = "·" if is_base else " "
                spans.append((BLOCKS[bar[row]] if bar[row] else nothing, "bar"))
        rows.append(tuple(spans))
    return rows


def _baseline(commits: Sequence[int], width: int) -> Line:
    return (("0┤" + "·" * min(len(commits), width - 2), "dim"),)
