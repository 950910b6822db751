"""Syncs with a real server, killed at any moment: nothing damaged, nothing lost.

Unlike those of `test_store_processes` these kills come by the clock, wherever the
program may be then: at its start, waiting for the server, in the middle of a write.
`--hypothesis-profile nightly` makes it a hundred, at new moments every time.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.sorting import Sort
from pkgtui.paths import user_paths
from tests.reference_server import ReferenceServer
from tests.support.examples import is_nightly
from tests.support.server_fixtures import Serve

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")

PACKAGE_COUNT = 1_100
"""More than two pages of the client's."""
CHANGED_COUNT = 40
MARKS = '{"version": 1, "packages": ["django-mark", "other-mark"]}\n'
DEADLINE_S = 60.0


Stars = dict[int, int | None]
"""The stars of every package, by its id; what was never looked at has no number."""


class Changing:
    """A server whose catalog changes between syncs."""

    def __init__(
        self, server: ReferenceServer, stars: Stars, chance: random.Random
    ) -> None:
        self._server = server
        self._chance = chance
        self.stars = stars

    def change(self) -> None:
        """Change some packages, and put new ones in the place of others."""
        for id_ in self._chance.sample(sorted(self.stars), CHANGED_COUNT):
            stars = self._chance.randrange(1, 10**6)
            if self._chance.random() < 0.2:
                self._server.delete_package(id_)
                del self.stars[id_]
                new_id = self._server.insert_package(repo_watchers=stars)
                self.stars[new_id] = stars
            else:
                self._server.update_package(id_, repo_watchers=stars)
                self.stars[id_] = stars


def start(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pkgtui", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def held_stars(settings: Settings) -> Stars:
    """What is held, read one by one in every way, none of which may contradict."""
    held: Stars = {}
    with closing(Catalog.open(settings, user_paths())) as catalog:
        assert catalog.notices == ()
        for row in catalog.packages(PackageFilter(), Sort("title")):
            detail = catalog.package(row.id)
            assert detail is not None
            assert detail.package.stars == row.stars
            assert catalog.find(row.slug) is not None
            held[row.id] = row.stars
        assert len(held) == catalog.freshness().package_count
    return held


def assert_sound(settings: Settings) -> None:
    cache = user_paths().cache(settings.api_url)
    with closing(sqlite3.connect(cache)) as connection:
        ask = connection.execute
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []


def test_kills_at_random_moments(serve: Serve, tmp_path: Path) -> None:
    kill_count, seed = (100, random.randrange(2**32)) if is_nightly() else (8, 6)
    chance = random.Random(seed)
    server = serve(packages=PACKAGE_COUNT)
    settings = Settings(api_url=server.api_url)
    sync = ("sync", "--api-url", settings.api_url)

    def sync_whole() -> float:
        begun = time.monotonic()
        with start(*sync) as process:
            _, said = process.communicate(timeout=DEADLINE_S)
        assert process.returncode == 0, said
        return time.monotonic() - begun

    (tmp_path / "marks.json").write_text(MARKS)
    duration_s = sync_whole()
    changing = Changing(server, held_stars(settings), chance)
    assert len(changing.stars) == PACKAGE_COUNT
    may_be_held = [dict(changing.stars)]
    killed_count = 0
    # A sync may end before it is killed, on a machine that got faster meanwhile: the
    # delays shrink with it, and what counts is the kills, not the attempts.
    for number in range(10 * kill_count):
        if killed_count == kill_count:
            break
        changing.change()
        may_be_held.append(dict(changing.stars))
        begun = time.monotonic()
        with start(*sync) as process:
            try:
                process.communicate(timeout=chance.uniform(0, duration_s))
            except subprocess.TimeoutExpired:
                process.kill()
        if process.returncode == -signal.SIGKILL:
            killed_count += 1
        else:
            assert process.returncode == 0
            duration_s = min(duration_s, time.monotonic() - begun)

        held = held_stars(settings)
        for id_, stars in held.items():
            assert stars in [version[id_] for version in may_be_held if id_ in version]
        in_all = set.intersection(*(set(version) for version in may_be_held))
        assert set(held) >= in_all
        assert_sound(settings)
        assert (tmp_path / "marks.json").read_text() == MARKS
        if number % 4 == 3:
            sync_whole()
            assert held_stars(settings) == changing.stars
            may_be_held = [dict(changing.stars)]
    assert killed_count == kill_count
