"""The API client against real Django and REST framework: whole, frugal, drift-proof."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from pkgtui.errors import BadResponseError, RecordNotFoundError
from pkgtui.sources import sample
from pkgtui.sources.base import EndOfList, Page
from pkgtui.sources.djangopackages.client import ApiClient
from pkgtui.sources.sample import SampleSource
from tests.reference_server import Catalog, ReferenceServer
from tests.support.server_fixtures import Serve

SAMPLE = Path(sample.__file__).parent.parent / "sample"


async def read(
    pages: AsyncIterator[Page[Any] | EndOfList],
) -> tuple[dict[int, Any], int, bool]:
    """The records of the last pass by id, its number, and whether it was whole."""
    *some, end = [page async for page in pages]
    last = some[-1]
    assert isinstance(last, Page)
    records: dict[int, Any] = {}
    for page in some:
        assert isinstance(page, Page)
        assert page.unreadable_count == 0
        if page.pass_number == last.pass_number:
            assert not records.keys() & {record.id for record in page.records}
            records |= {record.id: record for record in page.records}
    assert isinstance(end, EndOfList)
    return records, last.pass_number, end.is_whole


async def test_the_whole_catalog(reference_server: ReferenceServer) -> None:
    client = ApiClient(reference_server.api_url)
    catalog = reference_server.catalog
    packages, passes, is_whole = await read(client.packages())
    assert (passes, is_whole) == (1, True)
    assert {p.id: p.slug for p in packages.values()} == {
        row["id"]: row["slug"] for row in catalog.packages
    }
    for row in catalog.packages:
        package = packages[row["id"]]
        links = [*row["grids"], row["category"]]
        ids = [int(link.rstrip("/").rpartition("/")[2]) for link in links]
        assert {*package.grid_ids, package.category_id} == set(ids)
        assert package.stars == row["repo_watchers"] or package.stars is None
    grids, _, is_whole = await read(client.grids())
    assert is_whole
    for row in catalog.grids:
        assert len(grids[row["id"]].package_ids) == len(row["packages"])
    categories, _, is_whole = await read(client.categories())
    assert is_whole
    assert {c.id: c.title for c in categories.values()} == {
        row["id"]: row["title"] for row in catalog.categories
    }
    await client.aclose()


async def test_the_sample_over_the_wire_is_the_sample(serve: Serve) -> None:
    rows = {
        path.stem: json.loads(path.read_text("utf-8"))["results"]
        for path in SAMPLE.glob("*.json")
    }
    client = ApiClient(serve(catalog=Catalog(**rows)).api_url)
    bundled = SampleSource()
    assert await read(client.packages()) == await read(bundled.packages())
    assert await read(client.categories()) == await read(bundled.categories())
    assert await client.package("1412") == await bundled.package("1412")
    await client.aclose()


async def test_a_full_sync_is_frugal(serve: Serve) -> None:
    server = serve(packages=5_400)
    client = ApiClient(server.api_url)
    for pages in (client.categories(), client.grids(), client.packages()):
        _, passes, is_whole = await read(pages)
        assert (passes, is_whole) == (1, True)
    await client.aclose()
    # A page of each short list; eleven pages of packages and a look back.
    assert len(server.requests) == 14
    assert len(server.asked("packages/")) == 12
    assert server.max_in_flight == 2
    assert {request.method for request in server.requests} == {"GET"}
    agents = {request.headers["user-agent"] for request in server.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("pkgtui/")


def insert(server: ReferenceServer) -> None:
    server.insert_package(title="brand new", slug="brand-new")


def delete(server: ReferenceServer) -> None:
    server.delete_package(server.catalog.packages[3]["id"])


def both(server: ReferenceServer) -> None:
    insert(server)
    delete(server)


@pytest.mark.parametrize("change", [insert, delete, both])
@pytest.mark.parametrize("moment", [1, 2, 3])
async def test_rows_that_move_while_paging_are_not_missed(
    change: Callable[[ReferenceServer], None], moment: int, serve: Serve
) -> None:
    server = serve(packages=1_100, hostile=False)
    server.after_request(lambda n, one: change(one) if n == moment else None)
    client = ApiClient(server.api_url)
    records, passes, is_whole = await read(client.packages())
    await client.aclose()
    assert (passes, is_whole) == (2, True)
    expected = {row["id"] for row in server.catalog.packages}
    if change is not insert:
        expected.remove(server.catalog.packages[3]["id"])
    if change is not delete:
        expected |= {
            record.id for record in records.values() if record.id > max(expected)
        }
        assert "brand-new" in {record.slug for record in records.values()}
    assert records.keys() == expected
    assert len(server.requests) <= 9


async def test_a_catalog_that_never_rests(serve: Serve) -> None:
    server = serve(packages=1_100, hostile=False)
    server.after_request(
        lambda n, one: one.insert_package(title=f"new {n}", slug=f"new-{n}")
    )
    client = ApiClient(server.api_url)
    records, passes, is_whole = await read(client.packages())
    await client.aclose()
    assert (passes, is_whole) == (2, False)
    assert {row["id"] for row in server.catalog.packages} <= records.keys()
    assert len(server.requests) <= 10


async def test_single_records(reference_server: ReferenceServer) -> None:
    client = ApiClient(reference_server.api_url)
    row = reference_server.catalog.packages[5]
    by_slug = await client.package(row["slug"])
    assert by_slug == await client.package(str(row["id"]))
    grid = reference_server.catalog.grids[5]
    assert (await client.grid(grid["slug"])).id == grid["id"]
    for key in ("no-such", "99999999", "no.such", "no such", "%00", "ünï", "."):
        with pytest.raises(RecordNotFoundError):
            await client.package(key)
    await client.aclose()


async def test_slugs_of_digits(reference_server: ReferenceServer) -> None:
    client = ApiClient(reference_server.api_url)
    digits = [r for r in reference_server.catalog.packages if r["slug"].isdigit()]
    assert digits, "the generated catalog has some"
    for row in digits:
        try:
            found = await client.package(row["slug"])
        except RecordNotFoundError:
            continue
        # The server reads digits as an id: never may another package pass for it.
        assert row["slug"] in {str(found.id), found.slug}
    await client.aclose()


@pytest.mark.parametrize("path", ["", "api/", "api/v3/", "packages/"])
async def test_an_address_that_is_no_api(
    path: str, reference_server: ReferenceServer
) -> None:
    client = ApiClient(reference_server.url + path)
    with pytest.raises(BadResponseError, match="check --api-url"):
        await anext(client.packages())
    await client.aclose()
