"""The whole record of a package as a document: pure, made for one width.

Unknown is said, never drawn as zero; every number stands by the date it is from.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pkgtui.domain.activity import activity, activity_as_of, is_stale_fetch
from pkgtui.domain.ages import against_data, age_in_words, format_date, long_age
from pkgtui.domain.commits import (
    bar_eighths,
    commit_facts,
    week_start,
)
from pkgtui.domain.contributors import is_bot
from pkgtui.domain.facts import FACT, HEAD_COUNTS, Fact, cell_of, pypi_url
from pkgtui.domain.models import Alternative, Package, PackageDetail, unknown_grids
from pkgtui.formats.commit_chart import (
    BLOCKS,
    choose_bars,
    commit_sentences,
    month_line,
)
from pkgtui.text import (
    cell_width,
    fits,
    flow,
    group_thousands,
    pluralize,
    truncate,
    wrap,
)
from pkgtui.tui.browse.links import (
    ContributorTarget,
    GridTarget,
    LinkTarget,
    PackageTarget,
    WeekTarget,
)
from pkgtui.tui.widgets.document_view import Document, Stop
from pkgtui.tui.widgets.line_widget import Line, Span, spread

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
        message = "not known: the site has no chart"
        if not fits(f"{_HEADING}{message}", width):
            message = "not known: no chart"
        return Block((_heading(message, width, "dim"),))
    facts = commit_facts(commits)
    until = f" to {format_date(fetched_at)}" if fetched_at else ""
    message = f"{facts.weeks} weeks{until}"
    words = tuple(
        ((text, ""),)
        for line in flow(commit_sentences(facts), " · ", width)
        for text in wrap(line, width)
    )
    if not facts.total:
        return Block((_heading(message, width), _baseline(commits, width), *words))
    _, sums = choose_bars(commits, width)
    top = max(sums)
    label_width = len(str(top)) + 1
    if week is not None and week < len(sums):
        message = _tell_bar(week, sums, len(commits), fetched_at)
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
    return Block((_heading(message, width), *rows, months, *words), stops)


def _heading(message: str, width: int, style: str = "") -> Line:
    """Write `message` after its heading, or alone where room is short."""
    if fits(f"{_HEADING}{message}", width):
        return (_HEADING, "heading"), (message, style)
    return ((truncate(message, width), style),)


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


PEOPLE_HEADING: Span = ("Contributors", "heading")
"""Begins the last part of every document."""
_GAP = 2
_INDENT = 10
"""Cells of the labels before grids and alternatives."""


class PackageView(NamedTuple):
    """All that the pane shows of one package."""

    detail: PackageDetail
    alternatives: Sequence[Alternative]
    web_url: str
    now: datetime
    people_filter: str = ""
    """Only contributors whose name has this in it."""
    is_sample: bool = False


def package_document(view: PackageView, width: int, target: object) -> Document:
    """Lay `view` out in `width` cells, with the cursor on `target`."""
    package = view.detail.package
    week = target.index if isinstance(target, WeekTarget) else None
    blocks = [
        _head(view, width),
        _figures(view, width),
        commits_block(package.commits_52w, package.fetched_at, width, week),
        _grids(view, width),
        _alternatives(view, width),
        _links(view, width),
        _people(view, width),
    ]
    lines: list[Line] = []
    stops: list[Stop] = []
    for block in blocks:
        if not block.lines:
            continue
        if lines:
            lines.append(())
        stops += [s._replace(line=s.line + len(lines)) for s in block.stops]
        lines += block.lines
    return Document(tuple(lines), tuple(stops))


def _head(view: PackageView, width: int) -> Block:
    package, category = view.detail.package, view.detail.category
    owner = cell_of(view.detail, FACT["owner"], view.now)
    parts = [category.title] if category else []
    if owner.value:
        parts.append(f"by {owner.text}")
    right = _head_right(package.title, parts, width)
    lines: list[Line] = [tuple(spread(((package.title, "title"),), right, width))]
    if package.slug != package.title:
        lines.append(((truncate(package.slug, width), "dim"),))
    if package.description:
        lines += [((text, ""),) for text in wrap(package.description, width)]
    else:
        lines.append((("no description", "dim"),))
    return Block(tuple(lines))


def _head_right(title: str, parts: list[str], width: int) -> tuple[Span, ...]:
    """Category and owner beside the title; the category alone where room is short."""
    for text in (" · ".join(parts), *parts[:1]):
        if text and cell_width(title) + cell_width(text) + 2 <= width:
            return ((text, "dim"),)
    return ((parts[0], "dim"),) if parts else ()


def _figures(view: PackageView, width: int) -> Block:
    package, now = view.detail.package, view.now
    parts = [
        *(_head_count(fact, view.detail, now) for fact in HEAD_COUNTS),
        f"PyPI {package.pypi_version}" if package.pypi_version else "no PyPI version",
    ]
    lines: list[Line] = _flowing(parts, "   ", width)
    lines += _flowing(_last_commit(package, now), " · ", width)
    cached = f"cached {long_age(view.detail.cached_at, now)}"
    if package.fetched_at is None:
        dates = ["never fetched by Django Packages", cached]
    else:
        dates = [f"data from {format_date(package.fetched_at)}", cached]
    if package.added_at is not None:
        dates.append(f"on Django Packages since {format_date(package.added_at)}")
    lines += _flowing(dates, " · ", width, "dim")
    if package.fetched_at and is_stale_fetch(package.fetched_at, now):
        age = age_in_words(now - package.fetched_at)
        text = f"The site last looked {age} ago: all figures are of that day."
        lines += [((part, "warn"),) for part in wrap(text, width)]
    return Block(tuple(lines))


def _flowing(
    parts: Sequence[str], separator: str, width: int, style: str = ""
) -> list[Line]:
    """`parts` joined, on lines that break between them or, in a long one, at spaces."""
    lines = (wrap(text, width) for text in flow(parts, separator, width))
    return [((text, style),) for wrapped in lines for text in wrapped]


def _last_commit(package: Package, now: datetime) -> list[str]:
    band = activity(package.last_commit_at, package.fetched_at, now)
    if package.last_commit_at is None:
        return ["last commit unknown"]
    day = f"last commit {format_date(package.last_commit_at)}"
    if package.fetched_at is None:
        return [f"{day}, {long_age(package.last_commit_at, now)}", str(band)]
    message = against_data(package.last_commit_at, package.fetched_at)
    as_of = activity_as_of(package.fetched_at, now)
    when = "" if as_of == now else f" as of {format_date(as_of)}"
    return [f"{day}, {message}", f"{band}{when}"]


def _grids(view: PackageView, width: int) -> Block:
    # A stable sort: those with a title first, in their own order.
    grids = sorted(view.detail.grids, key=lambda grid: grid.title is None)
    if not grids:
        return Block(((("Grids", "heading"), ("  in no grid", "dim")),))
    known = [grid for grid in grids if grid.title is not None]
    # The sample has no server that a grid could be fetched from.
    shown = known if view.is_sample else grids
    items: list[tuple[str, object]] = [
        (grid.label(), GridTarget(grid.id, grid.slug is not None)) for grid in shown
    ]
    if len(shown) < len(grids):
        rest = len(grids) - len(shown)
        items.append((unknown_grids(rest, bool(known), is_sample=True), None))
    return _labelled("Grids", items, width)


def _alternatives(view: PackageView, width: int) -> Block:
    items: list[tuple[str, object]] = []
    for other in view.alternatives:
        shared = f" ({pluralize(other.shared_grids, 'shared grid')})"
        title = truncate(other.title, max(1, width - _INDENT - cell_width(shared)))
        items.append((f"{title}{shared}", PackageTarget(other.id)))
    return _labelled("Similar", items, width) if items else Block(())


def _links(view: PackageView, width: int) -> Block:
    package = view.detail.package
    named = (
        ("repository", package.repo_url),
        ("docs", package.documentation_url),
        ("PyPI", pypi_url(package.pypi_name)),
        ("web page", view.web_url),
    )
    lines: list[Line] = []
    stops: list[Stop] = []
    label_width = 12
    for name, url in named:
        if url is None:
            lines.append(((name.ljust(label_width), "heading"), ("none", "dim")))
            continue
        text = truncate(url, max(1, width - label_width))
        end = label_width + cell_width(text)
        stops.append(Stop(len(lines), label_width, end, LinkTarget(url)))
        lines.append(((name.ljust(label_width), "heading"), (text, "link")))
    return Block(tuple(lines), tuple(stops))


def _people(view: PackageView, width: int) -> Block:
    people = view.detail.package.contributors
    if people is None:
        return Block(((PEOPLE_HEADING, ("  unknown", "dim")),))
    needle = view.people_filter.casefold()
    shown = [name for name in people if needle in name.casefold()]
    count = group_thousands(len(people))
    words = f"  {count}" if not needle else f"  {len(shown)} of {count}"
    bots = sum(map(is_bot, people))
    if bots:
        words += f", {bots} of them {'a bot' if bots == 1 else 'bots'}"
    lines: list[Line] = [(PEOPLE_HEADING, (words, ""))]
    stops: list[Stop] = []
    widest = min(28, width)
    labels = [
        truncate(name, widest - 6) + " (bot)"
        if is_bot(name)
        else truncate(name, widest)
        for name in shown
    ]
    cell = max((cell_width(label) for label in labels), default=1) + _GAP
    per_line = max(1, (width + _GAP) // cell)
    for first in range(0, len(shown), per_line):
        spans: list[Span] = []
        x = 0
        for column, index in enumerate(range(first, min(first + per_line, len(shown)))):
            name, label = shown[index], labels[index]
            start = column * cell
            end = start + cell_width(label)
            stops.append(Stop(len(lines), start, end, ContributorTarget(name)))
            spans.append((" " * (start - x), ""))
            spans.append((label, "dim" if is_bot(name) else ""))
            x = end
        lines.append(tuple(spans))
    return Block(tuple(lines), tuple(stops))


def _labelled(label: str, items: Sequence[tuple[str, object]], width: int) -> Block:
    """Lay out `label`, then `items` as links, wrapped below each other after it.

    An item without a target is plain text.
    """
    lines: list[Line] = []
    stops: list[Stop] = []
    spans: list[Span] = [(label.ljust(_INDENT), "heading")]
    x = _INDENT
    for text, target in items:
        text = truncate(text, max(1, width - _INDENT))
        cells = cell_width(text)
        if x > _INDENT and x + 3 + cells > width:
            lines.append(tuple(spans))
            spans, x = [(" " * _INDENT, "")], _INDENT
        if x > _INDENT:
            spans.append((" · ", "dim"))
            x += 3
        if target is not None:
            stops.append(Stop(len(lines), x, x + cells, target))
        spans.append((text, "dim" if target is None else "link"))
        x += cells
    lines.append(tuple(spans))
    return Block(tuple(lines), tuple(stops))


def _head_count(fact: Fact, detail: PackageDetail, now: datetime) -> str:
    value = fact.value(detail, now) if fact.value else None
    if not isinstance(value, int):
        return f"{fact.symbol} unknown" if fact.symbol else f"{fact.label} unknown"
    if fact.symbol:
        return f"{fact.symbol} {group_thousands(value)}"
    return pluralize(value, fact.noun or fact.label)
