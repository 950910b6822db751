"""What may be wrong with disks, folders and clocks, met by whole runs of the program.

Each tells what is wrong in one line and what to do, ends with a documented code, and
leaves what was held as it was.
"""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pkgtui.paths import user_paths
from tests.reference_server import ReferenceServer
from tests.support.cli import Cli
from tests.support.server_fixtures import Serve
from tests.support.store import FakeSource, cache_in, package, paths_in
from tests.support.tui import browsing, small_catalog

resource = pytest.importorskip("resource", reason="limits of POSIX")

DEADLINE_S = 60.0
MARKS = '{"version": 1, "packages": ["django-mark"]}\n'


class Program:
    """The command line as a process, of one API."""

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url

    def __call__(
        self, *arguments: str, most_bytes_a_file: int | None = None, **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Run it; what it tells on stderr is told in its own way."""
        limits: Callable[[], None] | None = None
        if most_bytes_a_file is not None:
            limit = (most_bytes_a_file, most_bytes_a_file)

            def limits() -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, limit)

        ran = subprocess.run(
            [sys.executable, "-m", "pkgtui", *arguments, "--api-url", self._api_url],
            env=os.environ | environ,
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
            preexec_fn=limits,
        )
        for line in ran.stderr.splitlines():
            assert line.startswith("pkgtui: "), ran.stderr
        assert "internal error" not in ran.stderr
        return ran


@pytest.fixture
def program(reference_server: ReferenceServer) -> Program:
    return Program(reference_server.api_url)


@pytest.fixture
def slug(reference_server: ReferenceServer) -> str:
    slug: str = reference_server.catalog.packages[5]["slug"]
    return slug


def cache_of(api_url: str) -> Path:
    return user_paths().cache(api_url)


def assert_sound(cache: Path) -> None:
    with closing(sqlite3.connect(cache)) as connection:
        checked = connection.execute("PRAGMA integrity_check").fetchall()
    assert checked == [("ok",)]


def shown(program: Program, slug: str) -> dict[str, object]:
    """What the cache says of a package, but for what depends on the clock."""
    ran = program("show", slug, "--offline", "--format", "json")
    assert ran.returncode == 0
    record: dict[str, object] = json.loads(ran.stdout)
    del record["activity_as_of"]
    return record


def test_a_disk_that_takes_no_more_keeps_what_it_has(
    serve: Serve, tmp_path: Path
) -> None:
    server = serve(packages=100)
    program = Program(server.api_url)
    (tmp_path / "marks.json").write_text(MARKS)
    assert program("sync").returncode == 0
    cache = cache_of(server.api_url)
    size = cache.stat().st_size
    slug = server.catalog.packages[5]["slug"]
    before = shown(program, slug)
    for one in server.catalog.packages:
        server.update_package(one["id"], repo_description="longer " * 500)

    failed = program("sync", most_bytes_a_file=size)

    assert failed.returncode == 1
    assert failed.stdout == ""
    assert "the disk refuses" in failed.stderr.splitlines()[-1]
    assert shown(program, slug) == before
    assert_sound(cache)
    assert (tmp_path / "marks.json").read_text() == MARKS
    assert program("sync").returncode == 0


@pytest.mark.usefixtures("unmeasured")
def test_a_disk_without_room_for_a_cache(program: Program, slug: str) -> None:
    for command in (("sync",), ("show", slug), ("search", "django")):
        ran = program(*command, most_bytes_a_file=4096)
        assert ran.returncode == 1
        assert ran.stdout == ""
        assert ran.stderr.count("\n") == 1
        assert "PKGTUI_HOME" in ran.stderr


def test_a_full_file_system_is_told(tmp_path: Path, program: Program) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only who may mount can have so small a disk")
    try:
        ran = program("sync", PKGTUI_HOME=str(place))
        assert ran.returncode == 1
        assert "the disk is full; free some space" in ran.stderr.splitlines()[-1]
        ran = program("categories", "--offline", PKGTUI_HOME=str(place))
        assert ran.returncode in (0, 4)
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("variable", ["PKGTUI_HOME", "HOME"])
def test_nowhere_to_keep_anything(
    tmp_path: Path,
    program: Program,
    slug: str,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    monkeypatch.delenv("PKGTUI_HOME")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, not a folder")
    monkeypatch.setenv(variable, str(blocked))

    shown = program("show", slug)
    assert shown.returncode == 0
    assert shown.stdout
    assert "nothing will be kept; set PKGTUI_HOME" in shown.stderr

    synced = program("sync")
    assert synced.returncode == 1
    assert synced.stdout == ""
    assert "nothing was synced, as there is nowhere to keep it" in synced.stderr
    assert program("cache").returncode == 0
    assert blocked.read_text() == "a file, not a folder"


def test_no_home_at_all(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PKGTUI_HOME")
    monkeypatch.delenv("HOME")
    assert program("paths").returncode == 0

    home = tmp_path / "not" / "yet" / "there"
    ran = program("sync", PKGTUI_HOME=str(home))
    assert ran.returncode == 0
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert modes == {0o600}


def test_a_folder_that_may_only_be_read(
    own_folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PKGTUI_HOME", str(own_folder))
    cli.source = FakeSource([package(1), package(2)])
    assert cli("sync").exit_code == 0
    for path in own_folder.iterdir():
        path.chmod(0o400)
    own_folder.chmod(0o500)

    assert cli("show", "package-1").exit_code == 0
    ran = cli("sync")
    assert ran.exit_code == 1
    assert "cannot write" in ran.err


@pytest.mark.parametrize("days", [-3, 3])
def test_after_a_jump_of_the_clock_things_are_asked_for_again(
    cli: Cli, days: int
) -> None:
    cli.source = FakeSource([package(1), package(2)])
    assert cli("sync").exit_code == 0
    cli.source.asked.clear()
    cli.clock.advance(days=days)

    offline = cli("show", "package-1", "--offline")
    assert offline.exit_code == 0
    age = "dated 3 days ahead of this clock" if days < 0 else "3 days old"
    assert offline.err.endswith(f"'package-1' is answered from the cache, {age}\n")

    assert cli("show", "package-1").exit_code == 0
    assert cli.source.asked == ["packages/package-1"]
    # What was just looked at is fresh by the clock as it is now.
    assert cli("show", "package-1").exit_code == 0
    assert cli.source.asked == ["packages/package-1"]


def test_two_syncs_and_many_lookups_at_once(serve: Serve, tmp_path: Path) -> None:
    server = serve(packages=300)
    program = Program(server.api_url)
    (tmp_path / "marks.json").write_text(MARKS)
    assert program("sync").returncode == 0
    slugs = [one["slug"] for one in server.catalog.packages[:12]]
    commands = [
        ("sync",),
        ("sync",),
        *(("show", slug, "--format", "json") for slug in slugs),
        ("search", "django", "--format", "json"),
        ("categories", "--format", "json"),
    ]

    with ThreadPoolExecutor(len(commands)) as pool:
        all_ran = list(pool.map(lambda command: program(*command), commands))

    for command, ran in zip(commands, all_ran, strict=True):
        assert ran.returncode == 0, (command, ran.stderr)
        assert ran.stdout
    assert_sound(cache_of(server.api_url))
    assert (tmp_path / "marks.json").read_text() == MARKS


async def test_the_browser_without_a_place_to_keep_anything(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    async with browsing(tmp_path, small_catalog()) as browser:
        assert browser.titles
        assert "nothing will be kept" in browser.message()
        await browser.press("3", "space")
        assert "cannot" in browser.message()


@contextmanager
def files_no_longer_than(length: int) -> Iterator[None]:
    """Let no file of this process grow over `length` bytes, as on a disk that is full.

    Python ignores the signal, so writing fails.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_disk_that_is_full_while_the_browser_syncs(tmp_path: Path) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        await browser.press("3", "space")
        before, cache = browser.titles, cache_in(tmp_path)
        marks = paths_in(tmp_path).marks.read_text()
        source.records["packages"] = [
            package(id_, title=f"New {id_}", description="longer " * 500)
            for id_ in range(1, 200)
        ]
        with files_no_longer_than(cache.stat().st_size):
            await browser.press("R")
            await browser.work()
            assert "the disk refuses" in browser.message()
            assert browser.titles == before
            await browser.press("j", "r")
            await browser.work()
            assert browser.shown in before
        assert_sound(cache)
        assert paths_in(tmp_path).marks.read_text() == marks
        await browser.press("R")
        await browser.work()
        assert set(browser.titles) == {f"New {id_}" for id_ in range(1, 200)}
    assert_sound(cache)
