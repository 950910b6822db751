"""A home with a generated catalog in it, as a sync just now would have left it."""

import asyncio
import os
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.reference_server import generate_catalog
from tests.support.store import FakeSource

from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.sorting import Sort
from pkgtui.paths import APP_NAME, user_paths
from pkgtui.sources.djangopackages.decode import (
    decode_category,
    decode_grid,
    decode_package,
)

DEFAULT_COUNT = 5_400
LARGE_COUNT = 100_000
PAGE_SIZE = 500
COMMAND = str(Path(sysconfig.get_path("scripts")) / "pkgtui")
"""The console script as it was installed: the one that a person calls."""


class Stock(NamedTuple):
    """A filled home."""

    home: Path
    first_title: str
    """The title of the package that is listed first."""
    first_slug: str
    grid_slug: str
    """A grid of about twenty packages."""


@contextmanager
def stocked_home(package_count: int) -> Iterator[Stock]:
    """A new home that holds `package_count` generated packages; it goes at the end."""
    with TemporaryDirectory(prefix="pkgtui-benchmark-") as folder:
        home = Path(folder, APP_NAME)
        yield Stock(home, *_fill(home, package_count))


def environment(home: Path, *, is_usual: bool = False) -> dict[str, str]:
    """The same for every program that is measured, whatever the machine sets.

    With `is_usual` the program finds the folder by itself, as it does where nobody has
    set ``PKGTUI_HOME``; only where the rules are those of XDG.
    """
    folder = (
        {"XDG_DATA_HOME": str(home.parent)} if is_usual else {"PKGTUI_HOME": str(home)}
    )
    return folder | {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def _fill(home: Path, package_count: int) -> tuple[str, str, str]:
    generated = generate_catalog(package_count)
    source = FakeSource(
        [decode_package(record) for record in generated.packages],
        [decode_grid(record) for record in generated.grids],
        [decode_category(record) for record in generated.categories],
        page_size=PAGE_SIZE,
    )
    catalog = Catalog.open(Settings(), user_paths(str(home)), connect=lambda: source)
    try:
        asyncio.run(catalog.sync())
        first = catalog.packages(PackageFilter(), Sort("stars"))[0]
        grid = min(catalog.grids(), key=lambda grid: abs(grid.package_count - 20))
    finally:
        catalog.close()
    return first.title, first.slug, grid.slug
