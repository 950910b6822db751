"""A program for tests to run and kill: it syncs a catalog from a made-up source.

Arguments: the folder, and either ``gated`` (say ``reached`` in the middle of the list
and go on when a line comes in) or ``suicide N`` (kill itself by the Nth look that
SQLite gives its progress handler, so in the middle of a transaction).
"""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from pkgtui.domain.models import Package
from pkgtui.store import database as database_module
from tests.support.store import FakeSource, category, grid, open_catalog, package

INSTRUCTIONS_PER_LOOK = 500
COUNT = 120


def old_packages() -> list[Package]:
    """What is held before."""
    return [_version(id_, "old") for id_ in range(1, COUNT + 1)]


def new_packages() -> list[Package]:
    """What the server has now: every third is gone, some are new, all have changed."""
    return [_version(id_, "new") for id_ in range(1, COUNT + 40) if id_ % 3]


def _version(id_: int, version: str) -> Package:
    is_new = version == "new"
    return package(
        id_,
        *((id_ % 7, 8) if is_new else (id_ % 5, 9)),
        title=f"{version} {id_}",
        description=version * 400,
        contributors=(f"{version}-{id_}", "everybody"),
        stars=2 * id_ if is_new else id_,
    )


def source_of(packages: list[Package]) -> FakeSource:
    """A source of `packages` and of the grids that they are in."""
    grid_ids = sorted({grid_id for one in packages for grid_id in one.grid_ids})
    grids = [
        grid(grid_id, *(one.id for one in packages if grid_id in one.grid_ids))
        for grid_id in grid_ids
    ]
    return FakeSource(packages, grids, [category()], page_size=20)


class GatedSource(FakeSource):
    """Waits for a line on stdin before the package list."""

    async def _list(self, name: str) -> AsyncIterator[Any]:
        if name == "packages":
            sys.stdout.write("reached\n")
            sys.stdout.flush()
            await asyncio.to_thread(sys.stdin.readline)
        async for page in super()._list(name):
            yield page


class Looks:
    """How often SQLite has called its progress handler in a transaction."""

    def __init__(self) -> None:
        self.count = 0


def die_at_look(number: int) -> Looks:
    """Kill this process when SQLite has worked for so long on writes."""
    looks = Looks()
    connect = database_module._connect
    # So small a cache makes SQLite write to the file in the middle of a transaction.
    database_module.WRITE_CACHE_KIB = 16

    def watched(place: Path | str) -> sqlite3.Connection:
        connection = connect(place)

        def look() -> int:
            looks.count += connection.in_transaction
            if looks.count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return 0

        connection.set_progress_handler(look, INSTRUCTIONS_PER_LOOK)
        return connection

    vars(database_module)["_connect"] = watched
    return looks


async def main(folder: Path, mode: str, *arguments: str) -> None:
    """Sync as the arguments say and print how many looks that took."""
    looks = Looks()
    source = source_of(new_packages())
    if mode == "gated":
        gated = GatedSource(page_size=20)
        gated.records = source.records
        source = gated
    else:
        looks = die_at_look(int(arguments[0]))
    catalog = open_catalog(folder, source)
    await catalog.sync()
    await catalog.aclose()
    sys.stdout.write(f"{looks.count}\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:]))
