"""The bundled sample: a small part of the live catalog, read from files.

It goes through the decoder of the live API and never touches the network.
"""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from pkgtui.domain.models import Category, Grid, Package
from pkgtui.errors import RecordNotFoundError
from pkgtui.sources.base import EndOfList, Page, T
from pkgtui.sources.djangopackages.decode import (
    DecodedPage,
    Decoder,
    decode_category,
    decode_grid,
    decode_package,
    decode_page,
)

_FOLDER = Path(__file__).parent.parent / "sample"


class SampleSource:
    """The sample in the place of a server."""

    def categories(self) -> AsyncGenerator[Page[Category] | EndOfList, None]:
        """Read all categories."""
        return _read_file("categories", decode_category)

    def grids(self) -> AsyncGenerator[Page[Grid] | EndOfList, None]:
        """Read all grids."""
        return _read_file("grids", decode_grid)

    def packages(self) -> AsyncGenerator[Page[Package] | EndOfList, None]:
        """Read all packages."""
        return _read_file("packages", decode_package)

    async def package(self, key: str) -> Package:
        """Read one package by slug or id."""
        return await _find("package", key, decode_package)

    async def grid(self, key: str) -> Grid:
        """Read one grid by slug or id."""
        return await _find("grid", key, decode_grid)

    async def aclose(self) -> None:
        """There is nothing to give back."""


def _decode_file(resource: str, decode: Decoder[T]) -> DecodedPage[T]:
    return decode_page((_FOLDER / f"{resource}.json").read_bytes(), decode)


async def _load(resource: str, decode: Decoder[T]) -> DecodedPage[T]:
    return await asyncio.to_thread(_decode_file, resource, decode)


async def _read_file(
    resource: str, decode: Decoder[T]
) -> AsyncGenerator[Page[T] | EndOfList, None]:
    page = await _load(resource, decode)
    yield Page(page.records, page.total, pass_number=1)
    yield EndOfList(is_whole=True)


async def _find(kind: str, key: str, decode: Decoder[T]) -> T:
    page = await _load(f"{kind}s", decode)
    for record in page.records:
        if key in {record.slug, str(record.id)}:
            return record
    raise RecordNotFoundError(
        f"the sample has no {kind} called '{key}'; check the name"
    )
