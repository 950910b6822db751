"""A generated catalog is like the site's, its oddities included."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from statistics import median

import pytest

from tests.reference_server import Catalog, generate_catalog, hostile
from tests.reference_server.catalog import NOW
from tests.reference_server.loading import ROOT
from tests.reference_server.shapes import (
    CATEGORY_FIELDS,
    GRID_FIELDS,
    PACKAGE_FIELDS,
    Record,
    id_of,
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return generate_catalog(2_000, 140)


def share(catalog: Catalog, *, of: list[bool]) -> float:
    return sum(of) / len(catalog.packages)


def test_a_catalog_needs_no_django() -> None:
    code = (
        "import sys; from tests.reference_server import generate_catalog;"
        "assert len(generate_catalog(9, 2).packages) == 9;"
        "print([name for name in sys.modules if name.startswith('django')])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True
    ).stdout
    assert output.strip() == b"[]"


def test_the_same_seed_gives_the_same_catalog() -> None:
    assert generate_catalog(120, 9, 4) == generate_catalog(120, 9, 4)
    assert generate_catalog(120, 9, 4) != generate_catalog(120, 9, 5)


@pytest.mark.parametrize("number", [0, 1, 2, 17, 150])
def test_records_have_the_api_s_fields_and_unique_keys(number: int) -> None:
    made = generate_catalog(number, max(1, number // 10))
    groups: list[tuple[list[Record], tuple[str, ...]]] = [
        (made.packages, PACKAGE_FIELDS),
        (made.grids, GRID_FIELDS),
        (made.categories, CATEGORY_FIELDS),
    ]
    for records, fields in groups:
        assert all(tuple(record) == fields for record in records)
        ids = [record["id"] for record in records]
        assert ids == sorted(set(ids), reverse=True)
        assert len({record["slug"] for record in records}) == len(records)
        assert all(re.fullmatch(r"[\w-]{1,50}", one["slug"]) for one in records)
        assert all(len(record["title"]) <= 100 for record in records)
    assert len(made.packages) == number
    json.dumps(made.packages).encode()


def test_packages_and_grids_name_each_other(catalog: Catalog) -> None:
    grids = {grid["id"]: grid for grid in catalog.grids}
    places = {
        (id_of(link), package["id"])
        for package in catalog.packages
        for link in package["grids"]
    }
    assert {place for place in places if place[0] in grids} == {
        (grid["id"], id_of(link)) for grid in catalog.grids for link in grid["packages"]
    }
    assert {place for place in places if place[0] not in grids}
    assert any(not grid["packages"] for grid in catalog.grids)


def test_proportions_are_the_site_s(catalog: Catalog) -> None:
    packages = catalog.packages
    zeros = [not any(one["commits_over_52"]) for one in packages]
    assert 0.6 < share(catalog, of=zeros) < 0.75
    assert 0.4 < share(catalog, of=[not one["grids"] for one in packages]) < 0.6
    stars = sorted(one["repo_watchers"] for one in packages)
    assert stars[0] == 0
    assert median(stars) < 50
    assert stars[-1] > 5_000
    people = [len(one["participants"]) for one in packages]
    assert min(people) == 0
    assert median(people) < 6
    assert max(people) > 400
    categories = Counter(id_of(one["category"]) for one in packages)
    assert sorted(categories) == [1, 2, 3, 4, 5]
    assert categories.most_common(1)[0][0] == 1


def test_dates_hang_together(catalog: Catalog) -> None:
    old = 0
    for package in catalog.packages:
        if package["last_fetched"] is None:
            assert package["last_updated"] is None
            assert package["commits_over_52"] == []
            continue
        fetched = datetime.fromisoformat(package["last_fetched"])
        assert fetched <= NOW
        old += NOW - fetched > timedelta(days=60)
        if package["last_updated"] is not None:
            assert datetime.fromisoformat(package["last_updated"]) <= fetched
    assert old > len(catalog.packages) // 50
    assert any(one["last_fetched"] is None for one in catalog.packages)


def test_a_small_catalog_has_every_oddity() -> None:
    made = generate_catalog(150, 10)
    packages, grids = made.packages, made.grids
    slugs = {one["slug"] for one in packages}
    assert slugs & {grid["slug"] for grid in grids}
    assert any(slug.isdigit() for slug in slugs)
    assert slugs & {str(one["id"]) for one in packages}
    titles = Counter(one["title"] for one in packages)
    assert max(titles.values()) > 1
    assert {len(one["commits_over_52"]) for one in packages} == {0, 3, 52}
    people = [name for one in packages for name in one["participants"]]
    assert "dependabot[bot]" in people
    assert any(name.isdigit() for name in people)
    assert any(
        len(set(one["participants"])) < len(one["participants"]) for one in packages
    )
    for field in ("pypi_version", "documentation_url"):
        assert {None, ""} <= {one[field] for one in packages}
    forms = ("", "http://pypi.python.org/pypi/", "https://pypi.org/project/")
    found = {one["pypi_url"] for one in packages}
    assert "" in found
    assert all(any(url.startswith(form) for url in found) for form in forms)
    assert any(url and "/" not in url for url in found)


def test_repositories_live_on_every_kind_of_host(catalog: Catalog) -> None:
    urls = [one["repo_url"] for one in catalog.packages]
    assert "" in urls
    for host in ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org"):
        assert any(url.startswith(f"https://{host}/") for url in urls)
    assert any(url.startswith("http://code.google.com/") for url in urls)
    assert any("/tools/web/" in url for url in urls)


def test_hostile_text_is_there_unless_declined() -> None:
    made = generate_catalog(150, 40)
    assert set(hostile.TITLES) <= {one["title"] for one in made.packages}
    assert "\x1b" in "".join(grid["title"] for grid in made.grids)
    tame = generate_catalog(150, 40, hostile=False)
    records = [*tame.packages, *tame.grids]
    assert "\\u001b" not in json.dumps(records)
    assert not {record["title"] for record in records} & set(hostile.TITLES)


def test_a_catalog_can_be_moved_to_another_base(catalog: Catalog) -> None:
    moved = catalog.rebased("http://127.0.0.1:1/api/v4/")
    assert "djangopackages.org" not in json.dumps([moved.packages, moved.grids])
    assert moved.rebased("https://djangopackages.org/api/v4/") == catalog
