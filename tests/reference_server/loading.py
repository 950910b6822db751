"""Catalogs read from files: the bundled sample, and records of the live site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.reference_server.catalog import Catalog, make_categories
from tests.reference_server.shapes import BASE_URL, Record, id_of, link

ROOT = Path(__file__).resolve().parents[2]
SAMPLE_DIR = ROOT / "src" / "pkgtui" / "sample"
"""Where the bundled sample is in a checkout."""

DATA_DIR = ROOT / "tests" / "data"
"""Recorded answers and seeds."""


def load_sample(folder: Path = SAMPLE_DIR) -> Catalog:
    """Return the sample: three list answers in files."""
    return Catalog(*(_results(folder, name) for name in _LISTS)).rebased(BASE_URL)


def load_seeds(folder: Path = DATA_DIR / "seeds") -> Catalog:
    """Return five packages of the live site, their grids made up as far as linked."""
    packages = [_read(path) for path in sorted(folder.glob("package-*.json"))]
    packages.sort(key=lambda record: -int(record["id"]))
    members: dict[int, list[Record]] = {}
    for package in packages:
        for grid in package["grids"]:
            members.setdefault(id_of(grid), []).append(package)
    grids = [_grid(number, members[number]) for number in sorted(members, reverse=True)]
    return Catalog(packages, grids, make_categories()).rebased(BASE_URL)


_LISTS = ("packages.json", "grids.json", "categories.json")


def _grid(number: int, members: list[Record]) -> Record:
    by_title = sorted(members, key=lambda record: record["title"])
    return {
        "id": number,
        "title": f"Grid {number}",
        "slug": f"grid-{number}",
        "description": "",
        "is_locked": False,
        "packages": [link(BASE_URL, "packages", one["id"]) for one in by_title],
        "header": False,
        "created": "2011-12-27T19:49:43.213237-05:00",
        "modified": "2022-01-26T03:17:50.642144-05:00",
    }


def _results(folder: Path, name: str) -> list[Record]:
    records = _read(folder / name)["results"]
    return sorted(records, key=lambda record: -int(record["id"]))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
