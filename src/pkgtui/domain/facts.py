"""The facts of a package, each declared once in `FACTS`.

JSON keys, comparison rows, list columns, sort keys, the setting `columns`, CSV,
Markdown and the table in the documentation are derived from it. Unknown is never a
zero: its value is None, its cell a dash without rank that says why. Named tuples and
plain functions keep the import cheap for a cached lookup.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from pkgtui.domain.activity import Activity, activity, activity_as_of
from pkgtui.domain.ages import against_data, format_date, month_name, short_age
from pkgtui.domain.commits import (
    RECENT_WEEKS,
    TREND_ARROWS,
    CommitFacts,
    commit_facts,
)
from pkgtui.domain.models import PackageDetail

UNKNOWN = "–"
_BANDS = list(Activity)
_facts = lru_cache(maxsize=512)(commit_facts)
"""Four rows count the same chart, which costs more than all the others do."""
_DIGITS = re.compile("[0-9]+")

SortValue = int | str
"""What is compared; one row has numbers or names, never both."""


class Preference(StrEnum):
    """Which end of a row's values comes first when it sorts, and whether it is best."""

    HIGHEST = "most"
    """The largest is first, and the best."""
    LOWEST = "least"
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


def natural_order(text: str) -> str:
    """What `text` sorts by: without case, and ``1.10`` after ``1.9``."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(9), text.casefold())


def _grouped(number: int) -> str:
    # The text module costs more than the rest of a cached lookup's imports.
    from pkgtui.text import group_thousands

    return group_thousands(number)


def _none(note: str) -> Cell:
    return Cell(UNKNOWN, None, None, note)


_NOT_HELD = _none("unknown: the record of this package is not cached")


def _number(value: int | None, name: str) -> Cell:
    if value is None:
        return _none(f"unknown: the site has no number of {name}")
    return Cell(_grouped(value), value, value)


def _text(value: str | None, note: str) -> Cell:
    return Cell(value, value, natural_order(value)) if value else _none(note)


def _day(moment: datetime | None, note: str) -> Cell:
    if moment is None:
        return _none(note)
    # By the day: what looks the same is neither better nor before the other.
    day = moment.date()
    return Cell(format_date(day), day.isoformat(), day.toordinal())


def _activity_cell(detail: PackageDetail, now: datetime) -> Cell:
    package = detail.package
    band = activity(package.last_commit_at, package.fetched_at, now)
    if band is Activity.UNKNOWN:
        return Cell("unknown", None, None, "no date of a last commit")
    as_of = activity_as_of(package.fetched_at, now)
    note = "" if as_of == now else f"as of {format_date(as_of)}"
    return Cell(band.value, band.value, -_BANDS.index(band), note)


def _last_commit_cell(detail: PackageDetail, now: datetime) -> Cell:
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


def _commits_cell(facts: CommitFacts) -> Cell:
    note = f"{facts.weeks_active} of {facts.weeks} weeks with commits"
    return Cell(_grouped(facts.total), facts.total, facts.total, note)


def _recent_cell(facts: CommitFacts) -> Cell:
    arrow = TREND_ARROWS[facts.trend]
    number = _grouped(facts.last_13w)
    before = max(0, facts.weeks - RECENT_WEEKS)
    note = f"{number} against {facts.before_13w} in the {before} weeks before"
    text = f"{number} {arrow}".rstrip()
    return Cell(text, facts.last_13w, facts.last_13w, note)


def _busy_cell(facts: CommitFacts) -> Cell:
    note = f"{facts.weeks_active} of {facts.weeks} weeks"
    return Cell(str(facts.weeks_active), facts.weeks_active, facts.weeks_active, note)


def _quiet_cell(facts: CommitFacts) -> Cell:
    since = facts.weeks_since_commit
    if since is None:
        return _none(f"no commit in {facts.weeks} weeks")
    return Cell(str(since), since, since)


def _contributors_cell(detail: PackageDetail, _now: datetime) -> Cell:
    people = detail.package.contributors
    return _number(None if people is None else len(people), "contributors")


def _version_cell(detail: PackageDetail, _now: datetime) -> Cell:
    return _text(detail.package.pypi_version, "none: no version on PyPI known")


def _category_cell(detail: PackageDetail, _now: datetime) -> Cell:
    title = detail.category.title if detail.category else None
    return _text(title, "unknown: its category is not cached")


def _docs_cell(detail: PackageDetail, _now: datetime) -> Cell:
    url = detail.package.documentation_url
    if url is None:
        return _none("none: the site knows no documentation")
    return Cell("yes", url, 1, url)


def _repository(detail: PackageDetail) -> tuple[str | None, str | None]:
    """Host and owner of the repository."""
    from pkgtui.domain.identifiers import repository_host_and_owner

    return repository_host_and_owner(detail.package.repo_url)


def _host_cell(detail: PackageDetail, _now: datetime) -> Cell:
    return _text(_repository(detail)[0], "none: the site knows no repository")


def _owner_cell(detail: PackageDetail, _now: datetime) -> Cell:
    return _text(_repository(detail)[1], "none: the site knows no owner")


def _grids_cell(detail: PackageDetail, _now: datetime) -> Cell:
    count = len(detail.grids)
    names = ", ".join(grid.label() for grid in detail.grids)
    return Cell(str(count), count, count, names or "in no grid")


def _added_cell(detail: PackageDetail, _now: datetime) -> Cell:
    return _day(detail.package.added_at, "unknown: the site does not say")


def _data_of_cell(detail: PackageDetail, _now: datetime) -> Cell:
    return _day(detail.package.fetched_at, "never fetched by Django Packages")


def _description_cell(detail: PackageDetail, _now: datetime) -> Cell:
    return _text(detail.package.description, "none: the repository has none")


class Kind(StrEnum):
    """What sort of value a fact has."""

    COUNT = "count"
    DATE = "date"
    TEXT = "text"
    LIST = "list"
    CHART = "chart"
    """Commits a week, drawn as bars where there is room."""
    TREND = "trend"


ColumnForm = Literal["number", "year", "age", "chart", "trend", "text"]
"""How a list writes a value; numbers and years can stand for the figure that sorts."""


class ListColumn(NamedTuple):
    """A fact as a column of the package list."""

    name: str
    """What the setting `columns` calls it."""
    heading: str
    width: int
    """Cells with the gap before it; 0 where it depends on the room."""
    form: ColumnForm = "number"


class Fact(NamedTuple):
    """One fact of a package."""

    key: str
    """Stable name, and the JSON key."""
    label: str
    """What tables and comparisons call it."""
    kind: Kind
    value: Callable[[PackageDetail, datetime], object] | None = None
    """JSON value at a time; None for a fact that JSON and tables leave out."""
    cell: Callable[[PackageDetail, datetime], Cell] | None = None
    """Cell of a comparison; None for a fact without a row."""
    preference: Preference = Preference.NAME
    row: int = 0
    """Position among the rows of a comparison."""
    sort: str | None = None
    """Key of `--sort`."""
    list_sort: str | None = None
    """Sort key of its heading in the package list, where another fact has it."""
    store_column: str | None = None
    """Column of table `package` that it sorts by."""
    column: ListColumn | None = None
    row_label: str | None = None
    """Label in comparisons, where it differs."""
    noun: str | None = None
    """Singular of what a count counts: such counts stand in the head of a package."""
    symbol: str = ""
    """Sign that replaces the noun on the screen."""
    as_of: str | None = "fetched_at"
    """Key of the fact that dates it; None where it has no date of its own."""

    @property
    def title(self) -> str:
        """What comparisons call it."""
        return self.row_label or self.label


def format_time(moment: datetime | None) -> str | None:
    """Format as ``2026-02-15T22:15:22Z``, to the second; None stays None."""
    if moment is None:
        return None
    text = moment.astimezone(UTC).isoformat(timespec="seconds")
    return text.replace("+00:00", "Z")


def pypi_url(name: str | None) -> str | None:
    """URL of the project on PyPI, None without a name."""
    from urllib.parse import quote

    return f"https://pypi.org/project/{quote(name, safe='')}/" if name else None


def _field(name: str) -> Callable[[PackageDetail, datetime], object]:
    return lambda detail, _: getattr(detail.package, name)


def _time(name: str) -> Callable[[PackageDetail, datetime], object]:
    return lambda detail, _: format_time(getattr(detail.package, name))


def _count(name: str, label: str) -> Callable[[PackageDetail, datetime], Cell]:
    return lambda detail, _: _number(getattr(detail.package, name), label)


def _counted(name: str) -> Callable[[PackageDetail, datetime], object]:
    """Value of `CommitFacts.name`, None where the site has no chart."""

    def value(detail: PackageDetail, _now: datetime) -> object:
        commits = detail.package.commits_52w
        return None if commits is None else getattr(_facts(commits), name)

    return value


def _category_reference(detail: PackageDetail, _now: datetime) -> object:
    category, package = detail.category, detail.package
    if category is not None:
        return {"id": category.id, "slug": category.slug, "title": category.title}
    if package.category_id is not None:
        return {"id": package.category_id, "slug": None, "title": None}
    return None


def _grid_references(detail: PackageDetail, _now: datetime) -> object:
    return [{"id": g.id, "slug": g.slug, "title": g.title} for g in detail.grids]


def _list(name: str) -> Callable[[PackageDetail, datetime], object]:
    def value(detail: PackageDetail, _now: datetime) -> object:
        items = getattr(detail.package, name)
        return None if items is None else list(items)

    return value


def _contributor_count(detail: PackageDetail, _now: datetime) -> object:
    names = detail.package.contributors
    return None if names is None else len(names)


def _activity_value(detail: PackageDetail, now: datetime) -> object:
    package = detail.package
    return activity(package.last_commit_at, package.fetched_at, now).value


def _activity_as_of(detail: PackageDetail, now: datetime) -> object:
    return format_time(activity_as_of(detail.package.fetched_at, now))


_HIGHEST, _LATEST = Preference.HIGHEST, Preference.LATEST

FACTS: tuple[Fact, ...] = (
    Fact("id", "id", Kind.COUNT, _field("id"), as_of=None),
    Fact(
        *("slug", "slug", Kind.TEXT, _field("slug")),
        as_of=None,
    ),
    Fact(
        *("title", "title", Kind.TEXT, _field("title")),
        sort="title",
        store_column="sort_title",
        as_of=None,
    ),
    Fact(
        *("description", "description", Kind.TEXT),
        lambda detail, _: detail.package.description or None,
        _description_cell,
        row=18,
    ),
    Fact(
        *("category", "category", Kind.TEXT, _category_reference, _category_cell),
        row=11,
        as_of="cached_at",
    ),
    Fact(
        *("grids", "grids", Kind.LIST, _grid_references, _grids_cell, _LATEST, 15),
        as_of="cached_at",
    ),
    Fact(
        *("stars", "stars", Kind.COUNT, _field("stars"), _count("stars", "stars")),
        _HIGHEST,
        row=7,
        sort="stars",
        store_column="stars",
        column=ListColumn("stars", "stars", 8),
        noun="star",
        symbol="★",
    ),
    Fact(
        *("forks", "forks", Kind.COUNT, _field("forks"), _count("forks", "forks")),
        _HIGHEST,
        row=8,
        sort="forks",
        store_column="forks",
        column=ListColumn("forks", "forks", 8),
        noun="fork",
    ),
    Fact("contributors", "contributor names", Kind.LIST, _list("contributors")),
    Fact(
        *("contributor_count", "contributors", Kind.COUNT, _contributor_count),
        _contributors_cell,
        _HIGHEST,
        row=9,
        sort="contributors",
        store_column="contributor_count",
        column=ListColumn("contributors", "people", 8),
        noun="contributor",
    ),
    Fact(
        *("commits_52w", "weekly commits", Kind.CHART, _list("commits_52w")),
        list_sort="commits",
        column=ListColumn("commits", "52w commits", 0, "chart"),
    ),
    Fact(
        *("commits_total", "commits, 52 weeks", Kind.COUNT, _counted("total")),
        _with_facts(_commits_cell),
        _HIGHEST,
        row=3,
        sort="commits",
        store_column="commits_total",
        column=ListColumn("commits_total", "commits", 8),
    ),
    Fact(
        *("commits_last_13w", "last 13 weeks", Kind.COUNT, _counted("last_13w")),
        *(_with_facts(_recent_cell), _HIGHEST, 4),
    ),
    Fact(
        *("trend", "trend", Kind.TREND),
        column=ListColumn("trend", "trend", 7, "trend"),
    ),
    Fact(
        *("weeks_active", "weeks with commits", Kind.COUNT, _counted("weeks_active")),
        *(_with_facts(_busy_cell), _HIGHEST, 5),
    ),
    Fact(
        *("weeks_since_commit", "weeks since commit", Kind.COUNT),
        _counted("weeks_since_commit"),
        _with_facts(_quiet_cell),
        Preference.LOWEST,
        6,
    ),
    Fact(
        *("last_commit_at", "last commit", Kind.DATE, _time("last_commit_at")),
        _last_commit_cell,
        _HIGHEST,
        row=2,
        sort="updated",
        store_column="last_commit_at",
        column=ListColumn("last_commit", "last", 6, "age"),
    ),
    Fact("pypi_name", "PyPI name", Kind.TEXT, _field("pypi_name")),
    Fact(
        *("pypi_version", "PyPI version", Kind.TEXT, _field("pypi_version")),
        _version_cell,
        row=10,
        column=ListColumn("version", "version", 9, "text"),
    ),
    Fact("repo_url", "repository", Kind.TEXT, _field("repo_url")),
    Fact("repo_host", "repository host", Kind.TEXT, None, _host_cell, row=13),
    Fact(
        *("owner", "owner", Kind.TEXT, lambda detail, _: _repository(detail)[1]),
        _owner_cell,
        row=14,
    ),
    Fact(
        *("pypi_url", "PyPI", Kind.TEXT),
        lambda detail, _: pypi_url(detail.package.pypi_name),
    ),
    Fact(
        *("documentation_url", "documentation", Kind.TEXT),
        _field("documentation_url"),
        _docs_cell,
        _LATEST,
        row=12,
        row_label="docs",
    ),
    Fact("web_url", "web page", Kind.TEXT, lambda *_: None, as_of=None),
    Fact(
        *("added_at", "added", Kind.DATE, _time("added_at"), _added_cell, _LATEST),
        row=16,
        sort="added",
        store_column="added_at",
        column=ListColumn("added", "added", 8, "year"),
        as_of=None,
    ),
    Fact(
        *("fetched_at", "data of", Kind.DATE, _time("fetched_at")),
        *(_data_of_cell, _LATEST, 17),
        as_of=None,
    ),
    Fact(
        *("cached_at", "cached", Kind.DATE),
        lambda detail, _: format_time(detail.cached_at),
        as_of=None,
    ),
    Fact(
        "activity", "activity", Kind.TEXT, _activity_value, _activity_cell, _HIGHEST, 1
    ),
    Fact("activity_as_of", "activity as of", Kind.DATE, _activity_as_of, as_of=None),
)
"""Every fact, in the order of the JSON keys."""

FACT: Mapping[str, Fact] = {fact.key: fact for fact in FACTS}
"""The facts by key."""

ROWS: tuple[Fact, ...] = tuple(
    sorted((fact for fact in FACTS if fact.cell), key=lambda fact: fact.row)
)
"""The facts that a comparison shows, in the order of its rows."""

SORTS: Mapping[str, Fact] = {fact.sort: fact for fact in FACTS if fact.sort}
"""The facts that lists sort by, by the key of `--sort`."""

LIST_COLUMNS: Mapping[str, Fact] = {f.column.name: f for f in FACTS if f.column}
"""The facts that the package list can show, by the name in the setting `columns`."""

_TABLE_ORDER = (
    *("slug", "title", "description", "category", "stars", "forks"),
    *("contributor_count", "activity", "activity_as_of", "last_commit_at"),
    *("commits_total", "commits_last_13w", "weeks_active", "weeks_since_commit"),
    *("pypi_name", "pypi_version", "grids", "repo_url", "documentation_url"),
    *("pypi_url", "web_url", "added_at", "fetched_at", "cached_at", "id"),
    *("commits_52w", "contributors"),
)
"""Columns of CSV and Markdown of version 0.1.0, which scripts may count on."""

TABLE: tuple[Fact, ...] = (
    *(FACT[key] for key in _TABLE_ORDER),
    *(fact for fact in FACTS if fact.value and fact.key not in _TABLE_ORDER),
)
"""The facts of CSV and Markdown, in the order of their columns; new ones come last."""

HEAD_COUNTS: tuple[Fact, ...] = tuple(fact for fact in FACTS if fact.noun)
"""The counts in the head of a package."""


def is_known(text: str) -> bool:
    """Whether the text of a cell is a value, not the dash for unknown or none."""
    return text != UNKNOWN


def cell_of(detail: PackageDetail | None, fact: Fact, now: datetime) -> Cell:
    """Build the cell of a package for `fact`, as of `now`."""
    if detail is None or fact.cell is None:
        return _NOT_HELD
    return fact.cell(detail, now)
