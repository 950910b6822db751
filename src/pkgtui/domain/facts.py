"""The rows of a comparison: for one package and one fact, a cell.

Unknown is never a zero: such a cell has a dash, no value and no rank, and says why.
"""

import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pkgtui.domain.activity import Activity, activity, activity_as_of
from pkgtui.domain.ages import against_data, format_date, month_name, short_age
from pkgtui.domain.commits import RECENT_WEEKS, CommitFacts, Trend, commit_facts
from pkgtui.domain.identifiers import repository_host_and_owner
from pkgtui.domain.models import PackageDetail
from pkgtui.text import group_thousands

TREND_ARROWS = {
    Trend.RISING: "↗",
    Trend.STEADY: "→",
    Trend.FALLING: "↘",
    Trend.NONE: "",
}
UNKNOWN = "–"
_BANDS = list(Activity)
_facts = lru_cache(maxsize=512)(commit_facts)
"""Four rows count the same chart, which costs more than all the others do."""
_DIGITS = re.compile("[0-9]+")

SortValue = int | str
"""What is compared; one row has numbers or names, never both."""


class RowKey(StrEnum):
    """The rows, in the order in which they stand; the value is the label."""

    ACTIVITY = "activity"
    LAST_COMMIT = "last commit"
    COMMITS = "commits, 52 weeks"
    RECENT = "last 13 weeks"
    BUSY = "weeks with commits"
    QUIET = "weeks since commit"
    STARS = "stars"
    FORKS = "forks"
    CONTRIBUTORS = "contributors"
    VERSION = "PyPI version"
    CATEGORY = "category"
    DOCS = "docs"
    HOST = "repository host"
    OWNER = "owner"
    GRIDS = "grids"
    ADDED = "added"
    DATA_OF = "data of"
    DESCRIPTION = "description"


class Preference(StrEnum):
    """Which end of a row's values comes first when it sorts, and whether it is best."""

    MOST = "most"
    """The largest is first, and the best."""
    LEAST = "least"
    """The smallest is first, and the best."""
    LATEST = "latest"
    """The largest is first; no value is better than another."""
    NAME = "name"
    """In the order of the alphabet; no value is better than another."""


class Cell(NamedTuple):
    """What one package has in one row."""

    text: str
    """In words; ``–`` for unknown or none."""
    value: str | int | None
    """For programs; None for unknown or none."""
    rank: SortValue | None
    """What sorts it and makes it the best; None for unknown or none."""
    note: str = ""
    """A sentence where `text` alone does not say enough: why it is a dash."""
    short: str = ""
    """The same in fewer columns, where there is such a form."""


def cell_of(detail: PackageDetail | None, key: RowKey, now: datetime) -> Cell:
    """The cell of a package in the row `key` as things stand at `now`."""
    if detail is None:
        return _NOT_HELD
    return _MAKERS[key](detail, now)


def natural_order(text: str) -> str:
    """What `text` sorts by: without case, and ``1.10`` after ``1.9``."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(9), text.casefold())


def _none(note: str) -> Cell:
    return Cell(UNKNOWN, None, None, note)


_NOT_HELD = _none("unknown: the record of this package is not stored")


def _number(value: int | None, name: str) -> Cell:
    if value is None:
        return _none(f"unknown: the site has no number of {name}")
    return Cell(group_thousands(value), value, value)


def _text(value: str | None, note: str) -> Cell:
    return Cell(value, value, natural_order(value)) if value else _none(note)


def _day(moment: datetime | None, note: str) -> Cell:
    if moment is None:
        return _none(note)
    # By the day: what looks the same is neither better nor before the other.
    day = moment.date()
    return Cell(format_date(day), day.isoformat(), day.toordinal())


def _activity(detail: PackageDetail, now: datetime) -> Cell:
    package = detail.package
    band = activity(package.last_commit_at, package.fetched_at, now)
    if band is Activity.UNKNOWN:
        return Cell("unknown", None, None, "no date of a last commit")
    as_of = activity_as_of(package.fetched_at, now)
    note = "" if as_of == now else f"as of {format_date(as_of)}"
    return Cell(band.value, band.value, -_BANDS.index(band), note)


def _last_commit(detail: PackageDetail, now: datetime) -> Cell:
    package = detail.package
    then = package.last_commit_at
    cell = _day(then, "unknown: no date of a last commit")
    if then is None:
        return cell
    looked = package.fetched_at
    age = short_age(then, looked or now)
    return cell._replace(
        text=f"{cell.text} · {age}",
        note=against_data(then, looked) if looked else "",
        short=f"{month_name(then)} {then.year} · {age}",
    )


def _with_facts(
    make: Callable[[CommitFacts], Cell],
) -> Callable[[PackageDetail, datetime], Cell]:
    def cell(detail: PackageDetail, _now: datetime) -> Cell:
        commits = detail.package.commits_52w
        if commits is None:
            return _none("unknown: the site has no chart of commits")
        return make(_facts(commits))

    return cell


def _commits(facts: CommitFacts) -> Cell:
    note = f"{facts.weeks_active} of {facts.weeks} weeks with commits"
    return Cell(group_thousands(facts.total), facts.total, facts.total, note)


def _recent(facts: CommitFacts) -> Cell:
    arrow = TREND_ARROWS[facts.trend]
    number = group_thousands(facts.last_13w)
    before = max(0, facts.weeks - RECENT_WEEKS)
    note = f"{number} against {facts.before_13w} in the {before} weeks before"
    text = f"{number} {arrow}".rstrip()
    return Cell(text, facts.last_13w, facts.last_13w, note)


def _busy(facts: CommitFacts) -> Cell:
    note = f"{facts.weeks_active} of {facts.weeks} weeks"
    return Cell(str(facts.weeks_active), facts.weeks_active, facts.weeks_active, note)


def _quiet(facts: CommitFacts) -> Cell:
    since = facts.weeks_since_commit
    if since is None:
        return _none(f"no commit in {facts.weeks} weeks")
    return Cell(str(since), since, since)


def _contributors(detail: PackageDetail, _now: datetime) -> Cell:
    people = detail.package.contributors
    return _number(None if people is None else len(people), "contributors")


def _version(detail: PackageDetail, _now: datetime) -> Cell:
    return _text(detail.package.pypi_version, "none: no version on PyPI known")


def _category(detail: PackageDetail, _now: datetime) -> Cell:
    title = detail.category.title if detail.category else None
    return _text(title, "unknown: its category is not stored")


def _docs(detail: PackageDetail, _now: datetime) -> Cell:
    url = detail.package.documentation_url
    if url is None:
        return _none("none: the site knows no documentation")
    return Cell("yes", url, 1, url)


def _host(detail: PackageDetail, _now: datetime) -> Cell:
    host, _ = repository_host_and_owner(detail.package.repo_url)
    return _text(host, "none: the site knows no repository")


def _owner(detail: PackageDetail, _now: datetime) -> Cell:
    _, owner = repository_host_and_owner(detail.package.repo_url)
    return _text(owner, "none: the site knows no owner")


def _grids(detail: PackageDetail, _now: datetime) -> Cell:
    count = len(detail.grids)
    names = ", ".join(grid.label() for grid in detail.grids)
    return Cell(str(count), count, count, names or "in no grid")


def _added(detail: PackageDetail, _now: datetime) -> Cell:
    return _day(detail.package.added_at, "unknown: the site does not say")


def _data_of(detail: PackageDetail, _now: datetime) -> Cell:
    return _day(detail.package.fetched_at, "the site has never looked at it")


def _description(detail: PackageDetail, _now: datetime) -> Cell:
    return _text(detail.package.description, "none: the repository has none")


WAYS = {
    RowKey.ACTIVITY: Preference.MOST,
    RowKey.LAST_COMMIT: Preference.MOST,
    RowKey.COMMITS: Preference.MOST,
    RowKey.RECENT: Preference.MOST,
    RowKey.BUSY: Preference.MOST,
    RowKey.QUIET: Preference.LEAST,
    RowKey.STARS: Preference.MOST,
    RowKey.FORKS: Preference.MOST,
    RowKey.CONTRIBUTORS: Preference.MOST,
    RowKey.VERSION: Preference.NAME,
    RowKey.CATEGORY: Preference.NAME,
    RowKey.DOCS: Preference.LATEST,
    RowKey.HOST: Preference.NAME,
    RowKey.OWNER: Preference.NAME,
    RowKey.GRIDS: Preference.LATEST,
    RowKey.ADDED: Preference.LATEST,
    RowKey.DATA_OF: Preference.LATEST,
    RowKey.DESCRIPTION: Preference.NAME,
}
_MAKERS: dict[RowKey, Callable[[PackageDetail, datetime], Cell]] = {
    RowKey.ACTIVITY: _activity,
    RowKey.LAST_COMMIT: _last_commit,
    RowKey.COMMITS: _with_facts(_commits),
    RowKey.RECENT: _with_facts(_recent),
    RowKey.BUSY: _with_facts(_busy),
    RowKey.QUIET: _with_facts(_quiet),
    RowKey.STARS: lambda detail, _: _number(detail.package.stars, "stars"),
    RowKey.FORKS: lambda detail, _: _number(detail.package.forks, "forks"),
    RowKey.CONTRIBUTORS: _contributors,
    RowKey.VERSION: _version,
    RowKey.CATEGORY: _category,
    RowKey.DOCS: _docs,
    RowKey.HOST: _host,
    RowKey.OWNER: _owner,
    RowKey.GRIDS: _grids,
    RowKey.ADDED: _added,
    RowKey.DATA_OF: _data_of,
    RowKey.DESCRIPTION: _description,
}
