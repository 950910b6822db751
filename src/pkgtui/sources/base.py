"""What the catalog asks of any source, the live API and the bundled sample alike."""

from collections.abc import AsyncIterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from pkgtui.domain.models import Category, Grid, Package

T = TypeVar("T", Category, Grid, Package)


class Page(NamedTuple, Generic[T]):
    """Some records of a list, as they arrived; no order is promised."""

    records: tuple[T, ...]
    total: int
    """How long the whole list is, by the server's count."""
    pass_number: int
    """1, or 2 where rows moved and the list is read again from its start."""
    unreadable_ids: tuple[int, ...] = ()
    """Records that are there and cannot be read: their stored form is to be kept."""
    unreadable_count: int = 0
    """All records that cannot be read, those without a readable id included."""


class EndOfList(NamedTuple):
    """Comes last, after the pages of a list."""

    is_whole: bool
    """Whether the last pass saw every record, so that what it lacks has vanished."""


class CatalogSource(Protocol):
    """A source of categories, grids and packages.

    Everything raises `pkgtui.errors.SourceError` (`ServerUnreachableError`,
    `BadResponseError`, `RecordNotFoundError`) and nothing else.
    """

    def categories(self) -> AsyncIterator[Page[Category] | EndOfList]:
        """Read all categories."""
        ...

    def grids(self) -> AsyncIterator[Page[Grid] | EndOfList]:
        """Read all grids."""
        ...

    def packages(self) -> AsyncIterator[Page[Package] | EndOfList]:
        """Read all packages, page by page."""
        ...

    async def package(self, key: str) -> Package:
        """Read one package by slug or id."""
        ...

    async def grid(self, key: str) -> Grid:
        """Read one grid by slug or id."""
        ...

    async def aclose(self) -> None:
        """Give back connections."""
        ...
