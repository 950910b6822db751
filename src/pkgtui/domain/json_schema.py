"""The objects of the public JSON: what scripts read, built from the models.

Every key is always there, what is unknown or empty is None (never 0 or ""), times are
ISO 8601 in UTC with ``Z``. Keys are added, never removed or renamed.
"""

from datetime import UTC, datetime
from typing import TypedDict
from urllib.parse import quote

from pkgtui.domain.activity import activity, activity_as_of
from pkgtui.domain.commits import commit_facts
from pkgtui.domain.models import (
    Category,
    CategorySummary,
    GridSummary,
    Package,
    PackageDetail,
)


class Reference(TypedDict):
    """A category or grid that a package names; only the id where it is not held."""

    id: int
    slug: str | None
    title: str | None


class PackageObject(TypedDict):
    """One package, whole."""

    id: int
    slug: str
    title: str
    description: str | None
    category: Reference | None
    grids: list[Reference]
    stars: int | None
    forks: int | None
    contributors: list[str] | None
    contributor_count: int | None
    commits_52w: list[int] | None
    commits_total: int | None
    commits_last_13w: int | None
    weeks_active: int | None
    weeks_since_commit: int | None
    last_commit_at: str | None
    pypi_name: str | None
    pypi_version: str | None
    repo_url: str | None
    pypi_url: str | None
    documentation_url: str | None
    web_url: str
    added_at: str | None
    fetched_at: str | None
    cached_at: str
    activity: str
    activity_as_of: str


class GridObject(TypedDict):
    """One grid of the list."""

    id: int
    slug: str
    title: str
    description: str | None
    package_count: int
    active_count: int
    web_url: str


class CategoryObject(TypedDict):
    """One category of the list."""

    id: int
    slug: str
    title: str
    title_plural: str | None
    description: str | None
    package_count: int
    web_url: str


def package_object(detail: PackageDetail, now: datetime, web_url: str) -> PackageObject:
    """Build the object of a package as seen at `now`, with its page on the site."""
    package = detail.package
    commits = package.commits_52w
    facts = commit_facts(commits) if commits is not None else None
    people = package.contributors
    return {
        "id": package.id,
        "slug": package.slug,
        "title": package.title,
        "description": package.description or None,
        "category": _category_reference(package, detail.category),
        "grids": [
            {"id": grid.id, "slug": grid.slug, "title": grid.title}
            for grid in detail.grids
        ],
        "stars": package.stars,
        "forks": package.forks,
        "contributors": list(people) if people is not None else None,
        "contributor_count": len(people) if people is not None else None,
        "commits_52w": list(commits) if commits is not None else None,
        "commits_total": facts.total if facts else None,
        "commits_last_13w": facts.last_13w if facts else None,
        "weeks_active": facts.weeks_active if facts else None,
        "weeks_since_commit": facts.weeks_since_commit if facts else None,
        "last_commit_at": format_time(package.last_commit_at),
        "pypi_name": package.pypi_name,
        "pypi_version": package.pypi_version,
        "repo_url": package.repo_url,
        "pypi_url": pypi_url(package.pypi_name),
        "documentation_url": package.documentation_url,
        "web_url": web_url,
        "added_at": format_time(package.added_at),
        "fetched_at": format_time(package.fetched_at),
        "cached_at": _utc(detail.cached_at),
        "activity": activity(package.last_commit_at, package.fetched_at, now).value,
        "activity_as_of": _utc(activity_as_of(package.fetched_at, now)),
    }


def grid_object(grid: GridSummary, active_count: int, web_url: str) -> GridObject:
    """Build the object of a grid of which `active_count` packages are active."""
    return {
        "id": grid.id,
        "slug": grid.slug,
        "title": grid.title,
        "description": grid.description or None,
        "package_count": grid.package_count,
        "active_count": active_count,
        "web_url": web_url,
    }


def category_object(summary: CategorySummary, web_url: str) -> CategoryObject:
    """Build the object of a category."""
    category = summary.category
    return {
        "id": category.id,
        "slug": category.slug,
        "title": category.title,
        "title_plural": category.title_plural or None,
        "description": category.description or None,
        "package_count": summary.package_count,
        "web_url": web_url,
    }


def pypi_url(name: str | None) -> str | None:
    """The project's page on PyPI, None without a name."""
    return f"https://pypi.org/project/{quote(name, safe='')}/" if name else None


def format_time(moment: datetime | None) -> str | None:
    """``2026-02-15T22:15:22Z``, to the second; None stays None."""
    return None if moment is None else _utc(moment)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _category_reference(
    package: Package, category: Category | None
) -> Reference | None:
    if category is not None:
        return {"id": category.id, "slug": category.slug, "title": category.title}
    if package.category_id is not None:
        return {"id": package.category_id, "slug": None, "title": None}
    return None
