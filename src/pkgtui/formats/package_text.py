"""One package in full, as text for a terminal.

Every number carries its date, and what is unknown is said to be unknown.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from pkgtui.domain.activity import activity, activity_as_of
from pkgtui.domain.ages import against_data, format_date, long_age
from pkgtui.domain.commits import commit_facts
from pkgtui.domain.contributors import is_bot
from pkgtui.domain.facts import FACT, HEAD_COUNTS, cell_of, is_known, pypi_url
from pkgtui.domain.models import Package, PackageDetail, unknown_grids
from pkgtui.formats.commit_chart import commit_sentences, draw_commits
from pkgtui.formats.layout import INDENT, labelled, wrap_items
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width, fits, wrap

_DAY = timedelta(days=1)


class PackagePage(NamedTuple):
    """What is told of one package."""

    detail: PackageDetail
    web_url: str
    now: datetime
    is_sample: bool = False


def package_text(page: PackagePage, style: TextStyle) -> list[str]:
    """Lines that tell all of one package; none is wider than `style.width`."""
    package = page.detail.package
    fields: list[tuple[str, list[str], str]] = [
        ("grids", _grids(page, style), " · "),
        ("repository", _known(package.repo_url, style), ""),
        ("documentation", _known(package.documentation_url, style), ""),
        ("PyPI", _pypi(package), "  "),
        ("web page", [page.web_url], ""),
        ("owner", _owner(page, style), ""),
        ("added", _added(package), ""),
        ("contributors", _people(package, style), ", "),
    ]
    lines = [*_head(page, style), "", *_numbers(page, style)]
    lines += labelled("last commit", _last_commit(package, page.now), " ", style)
    lines += _commits(package, style)
    for label, items, separator in fields:
        lines += labelled(label, items or ["none"], separator, style)
    sources = wrap_items(_sources(page), " · ", style.prose_width - INDENT)
    lines += ["", *(" " * INDENT + style.dim(line) for line in sources)]
    return lines


def _grids(page: PackagePage, style: TextStyle) -> list[str]:
    known = [g.title for g in page.detail.grids if g.title is not None]
    items = [style.data(title) for title in known]
    rest = len(page.detail.grids) - len(known)
    if rest:
        items.append(unknown_grids(rest, bool(known), is_sample=page.is_sample))
    return items


def _head(page: PackagePage, style: TextStyle) -> list[str]:
    """Title, version and category, then the description."""
    package, category = page.detail.package, page.detail.category
    width = style.prose_width
    title = style.data(package.title)
    version = style.data(package.pypi_version or "")
    kind = style.data(category.title) if category is not None else ""
    whole = f"{title} {version}".rstrip()
    if kind and fits(f"{whole}  {kind}", width):
        gap = " " * (width - cell_width(whole) - cell_width(kind))
        lines = [f"{style.bold(title)}{whole[len(title) :]}{gap}{style.dim(kind)}"]
    else:
        lines = [style.bold(line) for line in wrap(whole, width)]
        lines += [style.dim(line) for line in wrap(kind, width) if kind]
    description = style.data(package.description) or "(no description)"
    return lines + wrap(description, width)


def _numbers(page: PackagePage, style: TextStyle) -> list[str]:
    items = [
        f"{fact.label} {number if is_known(number) else 'unknown'}"
        for fact in HEAD_COUNTS
        for number in [cell_of(page.detail, fact, page.now).text]
    ]
    items.append(_activity(page.detail.package, page.now))
    lines = wrap_items(items, "   ", style.prose_width - INDENT)
    return [" " * INDENT + line for line in lines]


def _activity(package: Package, now: datetime) -> str:
    band = activity(package.last_commit_at, package.fetched_at, now)
    judged_at = activity_as_of(package.fetched_at, now)
    if package.last_commit_at is None:
        return f"activity {band}"
    return band if judged_at == now else f"{band} as of {format_date(judged_at)}"


def _last_commit(package: Package, now: datetime) -> list[str]:
    last, looked = package.last_commit_at, package.fetched_at
    if last is None:
        return ["unknown"]
    if looked is None:
        return [format_date(last), "·", long_age(last, now)]
    if abs(looked - last) < _DAY:
        return [format_date(last), "·", "on the day of the data"]
    age = f"{against_data(last, looked)}, {format_date(looked)}"
    return [format_date(last), "·", age]


def _commits(package: Package, style: TextStyle) -> list[str]:
    """The weekly commits in words and, where the site has a chart, drawn."""
    commits = package.commits_52w
    if not commits:
        unknown = ["unknown: the site has no weekly chart of this package"]
        return labelled("commits", unknown, "", style)
    looked = package.fetched_at
    until = f" to {format_date(looked)}" if looked is not None else ""
    chart = draw_commits(commits, looked, style.prose_width - INDENT)
    sentences = commit_sentences(commit_facts(commits), until)
    if chart.weeks_per_bar > 1:
        sentences.append(f"one bar is {chart.weeks_per_bar} weeks")
    lines = []
    for at, sentence in enumerate(sentences):
        lines += labelled("" if at else "commits", [sentence], "", style)
    if chart.lines:
        lines += ["", *(" " * INDENT + line for line in chart.lines)]
    return [*lines, ""]


def _owner(page: PackagePage, style: TextStyle) -> list[str]:
    owner = cell_of(page.detail, FACT["owner"], page.now).value
    return _known(owner if isinstance(owner, str) else None, style)


def _known(value: str | None, style: TextStyle) -> list[str]:
    return [style.data(value)] if value else ["none known"]


def _pypi(package: Package) -> list[str]:
    url = pypi_url(package.pypi_name)
    if url is None:
        return ["none known"]
    return [url] if package.pypi_version else [url, "(version unknown)"]


def _added(package: Package) -> list[str]:
    if package.added_at is None:
        return ["unknown"]
    return [f"on Django Packages since {format_date(package.added_at)}"]


def _people(package: Package, style: TextStyle) -> list[str]:
    if package.contributors is None:
        return ["unknown"]
    return [
        f"{style.data(name)} (bot)" if is_bot(name) else style.data(name)
        for name in package.contributors
    ]


def _sources(page: PackagePage) -> list[str]:
    looked = page.detail.package.fetched_at
    items = ["sample catalog"] if page.is_sample else []
    items.append(
        f"data from {format_date(looked)}"
        if looked is not None
        else "never fetched by Django Packages"
    )
    if not page.is_sample:
        items.append(f"cached {long_age(page.detail.cached_at, page.now)}")
    return items
