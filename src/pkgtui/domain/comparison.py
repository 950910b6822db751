"""Packages side by side: one table of facts that every face of the program prints.

Pure: packages in, rows out. A row says for each package its value in words, how it
compares with the others, and whether it is known at all; unknown is never a zero, never
the best, and last in every order.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from pkgtui.domain.activity import Activity, activity
from pkgtui.domain.ages import format_date, short_age
from pkgtui.domain.commits import (
    TREND_ARROWS,
    CommitFacts,
    bucket_sums,
    commit_facts,
)
from pkgtui.domain.identifiers import repository_host_and_owner
from pkgtui.domain.models import PackageDetail
from pkgtui.text import group_thousands

_BANDS = list(Activity)


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


class Way(StrEnum):
    """Which end of a row's values comes first when it sorts, and whether it is best."""

    MOST = "most"
    """The largest is first, and the best."""
    LEAST = "least"
    """The smallest is first, and the best."""
    LATEST = "latest"
    """The largest is first; no value is better than another."""
    NAME = "name"
    """In the order of the alphabet; no value is better than another."""


class Entrant(NamedTuple):
    """A column of the comparison: a package, or the place of one that is not held."""

    id: int
    slug: str | None
    title: str
    detail: PackageDetail | None

    @classmethod
    def held(cls, detail: PackageDetail) -> "Entrant":
        """A package whose record is at hand."""
        package = detail.package
        return cls(package.id, package.slug, package.title, detail)

    @classmethod
    def missing(cls, package_id: int) -> "Entrant":
        """A package of which only the id is known."""
        return cls(package_id, None, f"Package {package_id}", None)


class Cell(NamedTuple):
    """What one package has in one row."""

    text: str
    """In words; ``–`` for unknown or none."""
    value: str | int | None
    """For programs; None for unknown or none."""
    rank: int | float | str | None
    """What sorts it and makes it the best; None for unknown or none."""
    note: str = ""
    """A sentence where `text` alone does not say enough: why it is a dash."""
    is_best: bool = False


class Row(NamedTuple):
    """One fact of all packages."""

    key: RowKey
    cells: tuple[Cell, ...]
    way: Way

    @property
    def label(self) -> str:
        """The name of the fact."""
        return self.key.value

    @property
    def is_same(self) -> bool:
        """Whether all packages agree."""
        return len({cell.text for cell in self.cells}) <= 1


class Comparison(NamedTuple):
    """The whole table."""

    title: str
    entrants: tuple[Entrant, ...]
    rows: tuple[Row, ...]

    def row(self, key: RowKey) -> Row:
        """The row of `key`."""
        return next(row for row in self.rows if row.key is key)


def compare(title: str, entrants: Sequence[Entrant], now: datetime) -> Comparison:
    """Put `entrants` side by side, in their order, as things stand at `now`."""
    rows = []
    for key, (way, make) in _ROWS.items():
        cells = [
            make(entrant.detail, now) if entrant.detail else _NOT_HELD
            for entrant in entrants
        ]
        rows.append(Row(key, tuple(_mark_best(cells, way)), way))
    return Comparison(title, tuple(entrants), tuple(rows))


def sorted_entrants(
    comparison: Comparison, key: RowKey | None, *, is_reversed: bool = False
) -> list[Entrant]:
    """The entrants in the order of a row (None: of their titles), unknown ones last."""
    if key is None:
        ranks: list[int | float | str | None] = [
            entrant.title.casefold() for entrant in comparison.entrants
        ]
        is_descending = is_reversed
    else:
        row = comparison.row(key)
        ranks = [cell.rank for cell in row.cells]
        is_descending = (row.way in {Way.MOST, Way.LATEST}) != is_reversed
    known: list[tuple[int | float | str, Entrant]] = []
    unknown: list[Entrant] = []
    for rank, entrant in zip(ranks, comparison.entrants, strict=True):
        if rank is None:
            unknown.append(entrant)
        else:
            known.append((rank, entrant))
    known.sort(key=lambda pair: pair[1].title.casefold())
    # One row holds numbers or names, never both.
    known.sort(key=lambda pair: pair[0], reverse=is_descending)
    return [entrant for _, entrant in known] + unknown


def shared_maximum(entrants: Sequence[Entrant], buckets: int) -> int:
    """The tallest bar of all sparklines drawn with `buckets` bars each."""
    tallest = 0
    for entrant in entrants:
        commits = entrant.detail.package.commits_52w if entrant.detail else None
        if commits:
            tallest = max(tallest, *bucket_sums(commits, buckets))
    return tallest


def _mark_best(cells: Sequence[Cell], way: Way) -> list[Cell]:
    """Mark the best ones, unless nobody is better than another."""
    ranks = {cell.rank for cell in cells if cell.rank is not None}
    if way not in {Way.MOST, Way.LEAST} or len(ranks) < 2:
        return list(cells)
    choose = max if way is Way.MOST else min
    best = choose(ranks)
    return [cell._replace(is_best=cell.rank == best) for cell in cells]


# One function a row: the record and the present moment in, a cell out.


def _none(note: str) -> Cell:
    return Cell("–", None, None, note)


_NOT_HELD = _none("unknown: this package is not stored; R on the browse screen syncs")


def _number(value: int | None, name: str) -> Cell:
    if value is None:
        return _none(f"unknown: the site has no number of {name}")
    return Cell(group_thousands(value), value, value)


def _text(value: str | None, note: str) -> Cell:
    return Cell(value, value, value.casefold()) if value else _none(note)


def _day(moment: datetime | None, note: str) -> Cell:
    if moment is None:
        return _none(note)
    return Cell(format_date(moment), moment.date().isoformat(), moment.timestamp())


def _activity(detail: PackageDetail, now: datetime) -> Cell:
    package = detail.package
    band = activity(package.last_commit_at, package.fetched_at, now)
    if band is Activity.UNKNOWN:
        return Cell("unknown", None, None, "unknown: no date of a last commit")
    return Cell(band.value, band.value, -_BANDS.index(band))


def _last_commit(detail: PackageDetail, now: datetime) -> Cell:
    package = detail.package
    cell = _day(package.last_commit_at, "unknown: no date of a last commit")
    if package.last_commit_at is None:
        return cell
    age = short_age(package.last_commit_at, package.fetched_at or now)
    return cell._replace(
        text=f"{cell.text} · {age}", note=f"{age} before the data's date"
    )


def _with_facts(
    make: Callable[[CommitFacts], Cell],
) -> Callable[[PackageDetail, datetime], Cell]:
    def cell(detail: PackageDetail, _now: datetime) -> Cell:
        commits = detail.package.commits_52w
        if commits is None:
            return _none("unknown: the site has no chart of commits")
        return make(commit_facts(commits))

    return cell


def _commits(facts: CommitFacts) -> Cell:
    note = f"{facts.weeks_active} of {facts.weeks} weeks with commits"
    return Cell(group_thousands(facts.total), facts.total, facts.total, note)


def _recent(facts: CommitFacts) -> Cell:
    text = f"{facts.last_13w} {TREND_ARROWS[facts.trend]}".rstrip()
    note = f"{facts.last_13w} against {facts.before_13w} in the weeks before"
    return Cell(text, facts.last_13w, facts.last_13w, note)


def _busy(facts: CommitFacts) -> Cell:
    note = f"{facts.weeks_active} of {facts.weeks} weeks"
    return Cell(str(facts.weeks_active), facts.weeks_active, facts.weeks_active, note)


def _quiet(facts: CommitFacts) -> Cell:
    since = facts.weeks_since_commit
    if since is None:
        return _none(f"no commit in {facts.weeks} weeks")
    return Cell(str(since), since, since)


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
    return _text(owner, "none: the site knows no repository")


def _grids(detail: PackageDetail, _now: datetime) -> Cell:
    count = len(detail.grids)
    names = ", ".join(grid.label for grid in detail.grids)
    return Cell(str(count), count, count, names or "in no grid")


def _contributors(detail: PackageDetail, _now: datetime) -> Cell:
    people = detail.package.contributors
    return _number(None if people is None else len(people), "contributors")


_Make = Callable[[PackageDetail, datetime], Cell]

_ROWS: dict[RowKey, tuple[Way, _Make]] = {
    RowKey.ACTIVITY: (Way.MOST, _activity),
    RowKey.LAST_COMMIT: (Way.MOST, _last_commit),
    RowKey.COMMITS: (Way.MOST, _with_facts(_commits)),
    RowKey.RECENT: (Way.MOST, _with_facts(_recent)),
    RowKey.BUSY: (Way.MOST, _with_facts(_busy)),
    RowKey.QUIET: (Way.LEAST, _with_facts(_quiet)),
    RowKey.STARS: (Way.MOST, lambda d, _: _number(d.package.stars, "stars")),
    RowKey.FORKS: (Way.MOST, lambda d, _: _number(d.package.forks, "forks")),
    RowKey.CONTRIBUTORS: (Way.MOST, _contributors),
    RowKey.VERSION: (
        Way.NAME,
        lambda d, _: _text(d.package.pypi_version, "none: no version on PyPI known"),
    ),
    RowKey.CATEGORY: (Way.NAME, _category),
    RowKey.DOCS: (Way.LATEST, _docs),
    RowKey.HOST: (Way.NAME, _host),
    RowKey.OWNER: (Way.NAME, _owner),
    RowKey.GRIDS: (Way.LATEST, _grids),
    RowKey.ADDED: (
        Way.LATEST,
        lambda d, _: _day(d.package.added_at, "unknown: the site does not say"),
    ),
    RowKey.DATA_OF: (
        Way.LATEST,
        lambda d, _: _day(d.package.fetched_at, "the site has never looked at it"),
    ),
    RowKey.DESCRIPTION: (
        Way.NAME,
        lambda d, _: _text(d.package.description, "none: the repository has none"),
    ),
}
