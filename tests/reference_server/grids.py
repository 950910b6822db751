"""Grids, generated, and who is in them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tests.reference_server.shapes import NEW_YORK, Record, link, timestamp
from tests.reference_server.words import TOPICS

FIRST_GRID = datetime(2010, 8, 16, 20, 12, 3, 238_201, tzinfo=NEW_YORK)
"""When the site's first grid was added."""

NOT_HELD = 4
"""How many grids packages link to although nobody can look them up."""

ENDINGS = ("", " comparison", " backends", " utilities", " tools", " frameworks")
"""What grids' titles end with."""


def make_grids(rng: random.Random, count: int, *, now: datetime) -> list[Record]:
    """Return ``count`` grids, oldest id first, all empty yet."""
    records = []
    slugs: set[str] = set()
    number = 0
    step = (now - FIRST_GRID) / max(1, count)
    for index in range(count):
        number += rng.choice((1, 1, 1, 1, 1, 2))
        title = rng.choice(TOPICS).title() + rng.choice(ENDINGS)
        slug = title.lower().replace(" ", "-")
        if slug in slugs:
            title = f"{title} {number}"
            slug = f"{slug}-{number}"
        slugs.add(slug)
        added = FIRST_GRID + step * index
        records.append(
            {
                "id": number,
                "title": title,
                "slug": slug,
                "description": _description(rng, title),
                "is_locked": rng.random() < 0.05,
                "packages": [],
                "header": rng.random() < 0.1,
                "created": timestamp(added),
                "modified": timestamp(added + timedelta(seconds=rng.random() * 9e5)),
            }
        )
    return records


def put_in_grids(
    rng: random.Random, packages: list[Record], grids: list[Record], *, base_url: str
) -> None:
    """Put half of the packages in grids, few grids having most of them.

    Some packages get a link to a grid that is not among ``grids``.
    """
    if not grids:
        return
    filled = rng.sample(grids, max(1, len(grids) * 19 // 20))
    weights = [1 / (rank + 3) for rank in range(len(filled))]
    last = max(grid["id"] for grid in grids)
    # Members by id: a grid prints them by title, and titles are not unique.
    members: dict[int, list[Record]] = {grid["id"]: [] for grid in grids}
    for package in packages:
        chosen: dict[int, None] = {}
        if rng.random() < 0.5:
            count = rng.choice((1, 1, 1, 2, 2, 3, 6))
            for grid in rng.choices(filled, weights=weights, k=count):
                chosen[grid["id"]] = None
                members[grid["id"]].append(package)
        if rng.random() < 0.02:
            chosen[last + 1 + rng.randrange(NOT_HELD)] = None
        package["grids"] = [link(base_url, "grids", number) for number in chosen]
    for grid in grids:
        unique = {package["id"]: package for package in members[grid["id"]]}
        by_title = sorted(unique.values(), key=_title_key)
        grid["packages"] = [link(base_url, "packages", one["id"]) for one in by_title]


def _title_key(package: Record) -> tuple[bytes, int]:
    """Order as SQLite does by ``LOWER(title)``, which knows of ASCII only."""
    return package["title"].encode().lower(), package["id"]


def _description(rng: random.Random, title: str) -> str:
    chance = rng.random()
    if chance < 0.1:
        return ""
    if chance < 0.3:
        return (
            f"A comparison of {title} packages.\r\n\r\n"
            "See https://docs.djangoproject.com/ for background & details."
        )
    if chance < 0.35:
        return (f"{title} is a wide field. " * 40)[:1000]
    return f"{title} for Django"
