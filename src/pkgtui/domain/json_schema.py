"""The objects of the public JSON: what scripts read, built from the models.

Every key is always there, what is unknown or empty is None (never 0 or ""), times are
ISO 8601 in UTC with ``Z``. Keys are added, never removed or renamed.
"""

from datetime import datetime
from typing import TypedDict

from pkgtui.domain.facts import FACTS
from pkgtui.domain.models import CategorySummary, GridSummary, PackageDetail

PackageObject = dict[str, object]
"""One package, full: a value for each of `PACKAGE_KEYS`."""

PACKAGE_KEYS = tuple(fact.key for fact in FACTS if fact.value)
"""The keys of a package object, in their order."""


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
    values = {f.key: f.value(detail, now) for f in FACTS if f.value is not None}
    return values | {"web_url": web_url}


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
