"""The facts as every part of the program hands them on: frozen, slotted, checked.

Remote text in them is already clean (`pkgtui.text`), times are aware and in UTC, and
``None`` means unknown or absent, never zero. They are named tuples because importing
`dataclasses` alone costs a cached lookup as much as the bare interpreter.
"""

from datetime import datetime
from typing import NamedTuple


class Category(NamedTuple):
    """One of the four or five kinds of package."""

    id: int
    slug: str
    title: str
    """Singular: ``App``."""
    title_plural: str
    """``Apps``; the singular where the site has no plural."""
    description: str


class Grid(NamedTuple):
    """A hand-made group of packages that do the same job."""

    id: int
    slug: str
    title: str
    description: str
    package_ids: tuple[int, ...]
    """In the site's order; may name packages that are not held."""


class Package(NamedTuple):
    """The whole record of one package."""

    id: int
    slug: str
    title: str
    description: str
    """The repository's description; empty where there is none."""
    category_id: int | None
    grid_ids: tuple[int, ...]
    """May name grids that are not held."""
    stars: int | None
    forks: int | None
    contributors: tuple[str, ...] | None
    """Most commits first, each once; None for a package never looked at."""
    commits_52w: tuple[int, ...] | None
    """Commits per week, oldest first, at most 52, ending with the week of `fetched_at`;
    None where the site has no chart."""
    last_commit_at: datetime | None
    fetched_at: datetime | None
    """When the site last looked at the repository: the date of all these numbers."""
    added_at: datetime | None
    pypi_name: str | None
    pypi_version: str | None
    repo_url: str | None
    documentation_url: str | None


class CategorySummary(NamedTuple):
    """A category as lists show it."""

    category: Category
    package_count: int


class GridSummary(NamedTuple):
    """A grid as lists show it."""

    id: int
    slug: str
    title: str
    description: str
    package_count: int


class GridRef(NamedTuple):
    """A grid that a package names; slug and title are None where it is not held."""

    id: int
    slug: str | None
    title: str | None

    def label(self) -> str:
        """Return the title, or the id and why there is no title."""
        return f"Grid {self.id} (not cached)" if self.title is None else self.title


def unknown_grids(count: int, follows_known: bool, *, is_sample: bool) -> str:
    """Count the grids without a title, as ``2 more not cached``."""
    more = " more" if follows_known else ""
    return f"{count}{more} not {'in the sample' if is_sample else 'cached'}"


class PackageRow(NamedTuple):
    """The columns of one package that lists show."""

    id: int
    slug: str
    title: str
    stars: int | None
    forks: int | None
    contributor_count: int | None
    commits_52w: tuple[int, ...] | None
    last_commit_at: datetime | None
    fetched_at: datetime | None
    added_at: datetime | None
    pypi_version: str | None


class Alternative(NamedTuple):
    """A package that shares grids with another one."""

    id: int
    slug: str
    title: str
    shared_grids: int
    last_commit_at: datetime | None


class PackageDetail(NamedTuple):
    """A package with what the rest of the catalog says around it."""

    package: Package
    category: Category | None
    grids: tuple[GridRef, ...]
    cached_at: datetime
    """When this record came from the server."""
