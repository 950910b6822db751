"""Search in whole catalogs: exact names are first, mistyped ones are soon."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import closing

import pytest

from pkgtui.catalog import Catalog
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.identifiers import RecordKind
from pkgtui.domain.sorting import Sort
from pkgtui.sources.djangopackages.decode import decode_grid, decode_package
from tests.reference_server import generate_catalog
from tests.support.search import catalog_of, mistyped, slugs
from tests.support.store import open_catalog

TYPOS = 150


@pytest.fixture(scope="module", params=["sample", "generated"])
def catalog(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Catalog]:
    folder = tmp_path_factory.mktemp("s")
    if request.param == "sample":
        catalog = open_catalog(folder, is_sample=True)
        asyncio.run(catalog.sync())
    else:
        generated = generate_catalog(600, 40, seed=5)
        catalog = catalog_of(
            folder,
            [decode_package(record) for record in generated.packages],
            [decode_grid(record) for record in generated.grids],
        )
    with closing(catalog):
        yield catalog


def all_slugs(catalog: Catalog) -> list[str]:
    rows = catalog.packages(PackageFilter(), Sort("title"))
    return [row.slug for row in rows]


def test_every_slug_is_first_for_itself(catalog: Catalog) -> None:
    names = all_slugs(catalog)
    assert len(names) > 200
    not_first = [
        slug
        for slug in names
        if slugs(catalog, slug, kind=RecordKind.PACKAGE, limit=1) != [slug]
    ]
    assert not_first == []


def test_every_grid_is_first_for_its_slug(catalog: Catalog) -> None:
    names = [one.slug for one in catalog.grids()]
    assert len(names) > 30
    for slug in names:
        assert slugs(catalog, slug, kind=RecordKind.GRID, limit=1) == [slug]


def test_a_mistyped_slug_is_among_the_first_three(catalog: Catalog) -> None:
    chance = random.Random(11)
    names = [slug for slug in all_slugs(catalog) if len(slug) >= 5]
    missed = []
    for _ in range(TYPOS):
        slug = chance.choice(names)
        typed = mistyped(slug, chance)
        if slug not in slugs(catalog, typed, limit=3):
            missed.append((slug, typed))
    assert len(missed) <= TYPOS * 0.05, missed


def test_every_package_is_found_by_its_repository(catalog: Catalog) -> None:
    rows = catalog.packages(PackageFilter(), Sort("title"))
    for id_ in list(rows.ids)[:150]:
        detail = catalog.package(id_)
        assert detail is not None
        url = detail.package.repo_url
        if url and url.count("/") >= 4:
            assert detail.package.slug in slugs(catalog, url, limit=200)
