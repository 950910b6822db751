"""Whole catalogs as the API would print them, generated from a seed.

Pure functions and plain JSON values: no Django, no network, no clock. The same
arguments give the same catalog on every machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tests.reference_server import oddities
from tests.reference_server.grids import make_grids, put_in_grids
from tests.reference_server.packages import make_packages
from tests.reference_server.shapes import (
    BASE_URL,
    CATEGORY_FIELDS,
    NEW_YORK,
    Record,
    id_of,
    link,
)

NOW: Final = datetime(2026, 11, 20, 17, tzinfo=NEW_YORK)
"""The moment a generated catalog is of, unless told: fixed, so repeatable."""

CATEGORIES: Final = (
    (5, "Starter Project", "starter-projects", "", False),
    (4, "Other", "utilities", "Other", True),
    (3, "Project", "projects", "Projects", False),
    (2, "Framework", "frameworks", "Frameworks", True),
    (1, "App", "apps", "Apps", True),
)
"""Id, title, slug, plural and ``show_pypi``, newest first."""


@dataclass(slots=True)
class Catalog:
    """Every record of a site, each list newest id first.

    Packages may link to grids that ``grids`` does not hold: the site has such links.
    """

    packages: list[Record] = field(default_factory=list)
    grids: list[Record] = field(default_factory=list)
    categories: list[Record] = field(default_factory=list)

    def rebased(self, base_url: str) -> Catalog:
        """Return a copy whose links begin with ``base_url`` and have no query."""

        def move(resource: str, links: list[str]) -> list[str]:
            return [link(base_url, resource, id_of(old)) for old in links]

        packages = [
            record
            | {
                "category": move("categories", [record["category"]])[0],
                "grids": move("grids", record["grids"]),
            }
            for record in self.packages
        ]
        grids = [
            record | {"packages": move("packages", record["packages"])}
            for record in self.grids
        ]
        return Catalog(packages, grids, [dict(old) for old in self.categories])


def make_categories() -> list[Record]:
    """Return the site's five categories, newest id first."""
    created = "2010-08-14T22:47:52-04:00"
    modified = "2016-05-01T09:30:00.500000-04:00"
    records = []
    for number, title, slug, plural, show_pypi in CATEGORIES:
        text = f"{title} packages of the catalog."
        values = (number, title, slug, text, plural, show_pypi, created, modified)
        records.append(dict(zip(CATEGORY_FIELDS, values, strict=True)))
    return records


def generate_catalog(
    packages: int = 5400,
    grids: int = 380,
    seed: int = 1,
    *,
    hostile: bool = True,
    base_url: str = BASE_URL,
    now: datetime = NOW,
) -> Catalog:
    """Generate a catalog of a size, the same for the same arguments.

    Numbers are heavy-tailed, dates and charts hang together, and every oddity that
    the site is known to have occurs if there are some 150 packages to carry it.

    Args:
        packages: how many packages.
        grids: how many grids; packages may name a few more that are not held.
        seed: what tells catalogs of one size apart.
        hostile: whether some texts shall be hostile to terminals.
        base_url: what links begin with, ending with a slash.
        now: when the catalog was last refreshed.
    """
    rng = random.Random(seed)
    package_records = make_packages(rng, packages, now=now, base_url=base_url)
    oddities.apply(rng, package_records, hostile=hostile)
    grid_records = make_grids(rng, grids, now=now)
    oddities.apply_to_grids(rng, grid_records, package_records, hostile=hostile)
    put_in_grids(rng, package_records, grid_records, base_url=base_url)
    package_records.reverse()
    grid_records.reverse()
    return Catalog(package_records, grid_records, make_categories())
