"""A stand-in for the site's search: what it gives, not how it finds it.

Kept of the real thing: packages and grids mixed, at most 20, popularity outweighing
the text so that an exact name may be missing, and word similarity by trigrams, by
which ``organizatoins`` finds organizations and ``shpo`` finds nothing.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from tests.reference_server.models import Grid, Package

LIMIT = 20
"""No search gives more hits."""

SIMILAR = 0.3
"""Words whose trigrams overlap by less are not alike (PostgreSQL's default)."""

Hit = dict[str, Any]


def search(text: str) -> list[Hit]:
    """Return the hits for a text, the weightiest first."""
    words = text.lower().split()
    packages = list(
        Package.objects.values_list(
            "id", "title", "slug", "repo_watchers", "repo_forks"
        )
    )
    grids = list(Grid.objects.filter(held=True).values_list("id", "title", "slug"))
    found = [
        (_weight(stars, forks) + 30 * likeness, key, "package")
        for key, title, slug, stars, forks in packages
        if (likeness := _likeness(words, f"{title} {slug}"))
    ]
    found += [
        (49 + 30 * likeness, key, "grid")
        for key, title, slug in grids
        if (likeness := _likeness(words, f"{title} {slug}"))
    ]
    found.sort(key=lambda hit: (-hit[0], hit[2], -hit[1]))
    best = found[:LIMIT]
    packages_by_id = Package.objects.select_related("category").in_bulk(
        [key for _, key, kind in best if kind == "package"]
    )
    grids_by_id = Grid.objects.in_bulk([key for _, key, kind in best if kind == "grid"])
    return [
        _package_hit(packages_by_id[key])
        if kind == "package"
        else _grid_hit(grids_by_id[key])
        for _, key, kind in best
    ]


def _likeness(words: list[str], text: str) -> float:
    """Return how well all words are met, 0 where one of them is not at all."""
    lowered = text.lower()
    likeness = 1.0
    for word in words:
        if word in lowered:
            continue
        parts = lowered.replace("-", " ").split()
        likeness = min(likeness, max(_similarity(word, one) for one in parts))
    return likeness if likeness >= SIMILAR else 0.0


def _similarity(one: str, other: str) -> float:
    mine, theirs = _trigrams(one), _trigrams(other)
    return len(mine & theirs) / len(mine | theirs)


@lru_cache(maxsize=20_000)
def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _weight(stars: int, forks: int) -> int:
    return min(90, 10 * (stars + 4 * forks).bit_length())


def _package_hit(package: Any) -> Hit:
    committed = package.last_updated
    return {
        **_common(package, "packages/p"),
        "description": package.repo_description,
        "weight": _weight(package.repo_watchers, package.repo_forks),
        "item_type": "package",
        "category": package.category.title,
        "repo_watchers": package.repo_watchers,
        "repo_forks": package.repo_forks,
        "pypi_downloads": package.repo_watchers * 7 if package.pypi_url else 0,
        "score": package.repo_watchers - package.repo_forks,
        "usage": package.repo_forks // 9,
        "participants": ",".join(package.participants),
        "last_committed": committed,
        "last_released": (
            committed - timedelta(days=1)
            if committed and package.pypi_version
            else None
        ),
    }


def _grid_hit(grid: Any) -> Hit:
    return {
        **_common(grid, "grids/g"),
        "description": grid.description,
        "weight": 49,
        "item_type": "grid",
        "category": "",
        "repo_watchers": 0,
        "repo_forks": 0,
        "pypi_downloads": 0,
        "score": 0,
        "usage": 0,
        "participants": "",
        "last_committed": None,
        "last_released": None,
    }


def _common(record: Any, path: str) -> Hit:
    return {
        "title": record.title,
        "title_no_prefix": record.title,
        "slug_no_prefix": record.slug,
        "clean_title": record.title,
        "absolute_url": f"/{path}/{record.slug}/",
        "created": record.created,
        "modified": record.modified,
        "slug": record.slug,
    }
