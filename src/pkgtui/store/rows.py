"""Records to columns and back: what goes in comes out equal, to the microsecond."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pkgtui.domain.identifiers import (
    address_key,
    normalize_pypi_name,
    repository_key,
)
from pkgtui.domain.models import Category, Grid, Package, PackageRow
from pkgtui.domain.normalize import fold

if TYPE_CHECKING:
    from pkgtui.domain.search_words import SearchedText

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

CATEGORY_COLUMNS = (*Category._fields, "run_id")
"""The columns of table `category`, in the order of a `Category` and its run."""

GRID_COLUMNS = (
    *("id", "slug", "slug_key", "title", "sort_title", "description", "package_ids"),
    "run_id",
)
"""The columns of table `grid`, in the order of `grid_values`."""

PACKAGE_COLUMNS = (
    *("id", "slug", "slug_key", "title", "sort_title", "search_text", "category_id"),
    *("stars", "forks", "commits_total", "contributor_count", "last_commit_at"),
    *("fetched_at", "added_at", "commits_52w", "pypi_name", "pypi_key"),
    *("pypi_version", "repo_key", "documentation_key", "cached_at", "run_id"),
)
"""The columns of table `package`, in the order of `package_values`."""

OPTIONAL_TEXT = (str, type(None))
OPTIONAL_NUMBER = (int, type(None))

ROW_COLUMNS = ", ".join(PackageRow._fields)
"""What `read_row` takes."""
ROW_TYPES = (
    *(int, str, str),
    *(OPTIONAL_NUMBER, OPTIONAL_NUMBER, OPTIONAL_NUMBER, OPTIONAL_TEXT),
    *(OPTIONAL_NUMBER, OPTIONAL_NUMBER, OPTIONAL_NUMBER, OPTIONAL_TEXT),
)

RECORD_COLUMNS = (
    "id, slug, title, category_id, stars, forks, commits_52w, last_commit_at,"
    " fetched_at, added_at, pypi_name, pypi_version, cached_at, document"
)
"""What `read_record` takes, from `package` joined with its document."""
RECORD_TYPES = (
    *(int, str, str),
    *(OPTIONAL_NUMBER, OPTIONAL_NUMBER, OPTIONAL_NUMBER, OPTIONAL_TEXT),
    *(OPTIONAL_NUMBER, OPTIONAL_NUMBER, OPTIONAL_NUMBER),
    *(OPTIONAL_TEXT, OPTIONAL_TEXT, int, str),
)

MAX_INTEGER = 2**63 - 1
"""The largest number that SQLite holds."""

SEARCH_SEPARATOR = "\n"
"""Stands between the names in `search_text`; no word of a person's holds one."""


class CorruptRowError(ValueError):
    """A stored value is not what `package_values` and its like write."""


def to_microseconds(moment: datetime) -> int:
    """Whole microseconds from 1970 to `moment`."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The moment (UTC) `count` microseconds from 1970; raises `CorruptRowError`."""
    try:
        return _EPOCH + timedelta(microseconds=count)
    except (TypeError, OverflowError) as error:
        raise CorruptRowError(str(error)) from error


def optional_moment(count: int | None) -> datetime | None:
    """The moment of a column that may have none; raises `CorruptRowError`."""
    return None if count is None else from_microseconds(count)


def package_values(
    package: Package, *, cached_at: datetime, run_id: int
) -> tuple[Any, ...]:
    """The values of `PACKAGE_COLUMNS`."""
    commits = package.commits_52w
    contributors = package.contributors
    pypi_name = package.pypi_name
    names = (package.title, package.slug, pypi_name or "")
    return (
        package.id,
        package.slug,
        package.slug.casefold(),
        package.title,
        fold(package.title),
        fold(SEARCH_SEPARATOR.join(names)),
        package.category_id,
        package.stars,
        package.forks,
        None if commits is None else min(sum(commits), MAX_INTEGER),
        None if contributors is None else len(contributors),
        _optional_microseconds(package.last_commit_at),
        _optional_microseconds(package.fetched_at),
        _optional_microseconds(package.added_at),
        None if commits is None else ",".join(map(str, commits)),
        pypi_name,
        None if pypi_name is None else normalize_pypi_name(pypi_name),
        package.pypi_version,
        repository_key(package.repo_url) if package.repo_url else None,
        documentation_key(package.documentation_url),
        to_microseconds(cached_at),
        run_id,
    )


def documentation_key(url: str | None) -> str | None:
    """How addresses of documentation compare; None only where there is none."""
    return (address_key(url) or url.lower()) if url else None


def package_document(package: Package) -> str:
    """What no list shows, as JSON."""
    return json.dumps(
        {
            "description": package.description,
            "grid_ids": package.grid_ids,
            "contributors": package.contributors,
            "repo_url": package.repo_url,
            "documentation_url": package.documentation_url,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read_record(row: Sequence[Any]) -> tuple[Package, datetime]:
    """The package in `row` (`RECORD_COLUMNS`) and when it was cached.

    Raises `CorruptRowError`.
    """
    try:
        document = json.loads(row[13])
        contributors = document["contributors"]
        package = Package(
            id=row[0],
            slug=row[1],
            title=row[2],
            description=document["description"],
            category_id=row[3],
            grid_ids=tuple(document["grid_ids"]),
            stars=row[4],
            forks=row[5],
            contributors=None if contributors is None else tuple(contributors),
            commits_52w=read_commits(row[6]),
            last_commit_at=optional_moment(row[7]),
            fetched_at=optional_moment(row[8]),
            added_at=optional_moment(row[9]),
            pypi_name=row[10],
            pypi_version=row[11],
            repo_url=document["repo_url"],
            documentation_url=document["documentation_url"],
        )
        return package, from_microseconds(row[12])
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise CorruptRowError(str(error)) from error


def read_searched_text(
    slug: str, title: str, pypi_name: str | None, document: str
) -> SearchedText:
    """What is searched of a stored package; raises `CorruptRowError`."""
    from pkgtui.domain.search_words import SearchedText  # no lookup needs it

    try:
        fields = json.loads(document)
        return SearchedText(
            slug,
            title,
            pypi_name,
            fields["description"],
            tuple(fields["contributors"] or ()),
            fields["repo_url"],
        )
    except (ValueError, TypeError, KeyError) as error:
        raise CorruptRowError(str(error)) from error


def read_documentation_url(document: str) -> str | None:
    """The address of the documentation in a stored document."""
    try:
        url: str | None = json.loads(document)["documentation_url"]
    except (ValueError, TypeError, KeyError) as error:
        raise CorruptRowError(str(error)) from error
    return url


def read_row(row: Sequence[Any]) -> PackageRow:
    """The list row in `row` (`ROW_COLUMNS`)."""
    return PackageRow(
        id=row[0],
        slug=row[1],
        title=row[2],
        stars=row[3],
        forks=row[4],
        contributor_count=row[5],
        commits_52w=read_commits(row[6]),
        last_commit_at=optional_moment(row[7]),
        fetched_at=optional_moment(row[8]),
        added_at=optional_moment(row[9]),
        pypi_version=row[10],
    )


def read_commits(text: str | None) -> tuple[int, ...] | None:
    """Weekly commits from their column: numbers with commas between."""
    if text is None:
        return None
    try:
        return tuple(map(int, text.split(","))) if text else ()
    except ValueError as error:
        raise CorruptRowError(str(error)) from error


def grid_values(grid: Grid, *, run_id: int) -> tuple[Any, ...]:
    """The values of `GRID_COLUMNS`."""
    return (
        grid.id,
        grid.slug,
        grid.slug.casefold(),
        grid.title,
        fold(grid.title),
        grid.description,
        json.dumps(grid.package_ids, separators=(",", ":")),
        run_id,
    )


def read_grid(row: Sequence[Any]) -> Grid:
    """The grid in `row`: id, slug, title, description, package_ids."""
    try:
        return Grid(row[0], row[1], row[2], row[3], tuple(json.loads(row[4])))
    except (ValueError, TypeError) as error:
        raise CorruptRowError(str(error)) from error


def _optional_microseconds(moment: datetime | None) -> int | None:
    return None if moment is None else to_microseconds(moment)
