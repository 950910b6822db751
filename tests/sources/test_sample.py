"""The bundled sample is a whole catalog, and needs no network."""

import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from pkgtui.errors import RecordNotFoundError
from pkgtui.sources import sample
from pkgtui.sources.base import CatalogSource, EndOfList, Page
from pkgtui.sources.sample import SampleSource

FOLDER = Path(sample.__file__).parent.parent / "sample"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the sample went to the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


async def read(
    pages: AsyncIterator[Page[Any] | EndOfList],
) -> tuple[list[Any], EndOfList]:
    *some, end = [page async for page in pages]
    records: list[Any] = []
    for page in some:
        assert isinstance(page, Page)
        assert (page.pass_number, page.unreadable_count) == (1, 0)
        records += page.records
        assert page.total == len(records)
    assert isinstance(end, EndOfList)
    return records, end


@pytest.mark.parametrize(
    ("resource", "count"), [("categories", 4), ("grids", 60), ("packages", 219)]
)
async def test_lists_are_whole(resource: str, count: int) -> None:
    source: CatalogSource = SampleSource()
    records, end = await read(getattr(source, resource)())
    raw = json.loads((FOLDER / f"{resource}.json").read_text("utf-8"))["results"]
    assert end.is_whole
    assert [record.id for record in records] == [row["id"] for row in raw]
    assert len(records) == count
    await source.aclose()


@pytest.mark.parametrize("key", ["django-organizations", "1412"])
async def test_a_package_by_slug_or_id(key: str) -> None:
    package = await SampleSource().package(key)
    assert (package.id, package.slug) == (1412, "django-organizations")


@pytest.mark.parametrize("key", ["gallery", "90"])
async def test_a_grid_by_slug_or_id(key: str) -> None:
    grid = await SampleSource().grid(key)
    assert (grid.id, grid.title) == (90, "Gallery")


@pytest.mark.parametrize("key", ["", "no-such", "999999", "Django-Organizations"])
async def test_what_the_sample_has_not(key: str) -> None:
    with pytest.raises(RecordNotFoundError, match="the sample has no package called"):
        await SampleSource().package(key)
    with pytest.raises(RecordNotFoundError, match="the sample has no grid called"):
        await SampleSource().grid(key)
