"""Every fault of a server, met by the command line and by the browser.

Each ends in bounded time with one line and a documented exit code, and leaves what is
cached as it was. What the client makes of each of them is in `test_client_faults`.
"""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pkgtui.cli.program import run
from pkgtui.config import DEFAULT_API_URL
from pkgtui.paths import user_paths
from pkgtui.sources.base import CatalogSource
from tests.fault_server import FAULTS, GoodApi, fails_from, fault
from tests.fault_server.paging import empty_for_ever, never_ending, repeating, stuck
from tests.support.client import client
from tests.support.server_fixtures import Misbehave
from tests.support.store import NOW, FakeClock, FakeSource, cache_in, package
from tests.support.tui import browsing, small_catalog

FINE = {"slow", "no_type", "wrong_charset"}
"""These are merely unusual: the answer is read."""
NAMES = sorted(FAULTS.keys() - FINE)
ENDLESS = {
    "repeating": repeating,
    "stuck": stuck,
    "never_ending": never_ending,
    "empty_for_ever": empty_for_ever,
}
DAYS = 3
MAX_MEMORY = 350 << 20
"""Bytes of addresses; a plain sync gets by with 150 MiB, half of the rest is room."""


def contents(cache: Path) -> list[str]:
    """All that stands in a cache file, which has to be sound."""
    with closing(sqlite3.connect(cache)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return list(connection.iterdump())


def tell(
    capsys: pytest.CaptureFixture[str], source: CatalogSource, *argv: str
) -> tuple[int, str, list[str]]:
    """Run `argv` some days on; the exit code, the answer, and the lines told."""
    later = FakeClock(NOW + timedelta(days=DAYS))
    exit_code = run(argv, now=later, connect=lambda: source)
    captured = capsys.readouterr()
    lines = captured.err.splitlines()
    for line in lines:
        assert line.startswith("pkgtui: "), lines
        assert "internal error" not in line
    return exit_code, captured.out, lines


@pytest.fixture
def cache(capsys: pytest.CaptureFixture[str]) -> Path:
    """The file of a catalog of two packages."""
    source = FakeSource([package(1), package(2)])
    assert run(["sync"], now=FakeClock(), connect=lambda: source) == 0
    capsys.readouterr()
    return user_paths().cache(DEFAULT_API_URL)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_with_a_cache(
    name: str, misbehave: Misbehave, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = misbehave(fault(name))
    before = contents(cache)

    exit_code, answer, lines = tell(capsys, client(server), "sync")
    assert exit_code in (1, 4)
    assert (answer, len(lines)) == ("", 1)

    for argv in (["show", "package-1"], ["search", "package"]):
        exit_code, answer, lines = tell(capsys, client(server), *argv)
        assert exit_code == 0
        assert "Package 1" in answer
        assert len(lines) == 1
        assert f"{DAYS} days old" in lines[0]
    assert contents(cache) == before


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_without_a_cache(
    name: str, misbehave: Misbehave, capsys: pytest.CaptureFixture[str]
) -> None:
    server = misbehave(fault(name))
    for argv in (["show", "package-1"], ["grids"]):
        exit_code, answer, lines = tell(capsys, client(server), *argv)
        assert exit_code in (1, 3, 4)
        assert (answer, len(lines)) == ("", 1)


@pytest.mark.parametrize("name", NAMES)
async def test_the_browser_keeps_its_rows(
    name: str, misbehave: Misbehave, tmp_path: Path
) -> None:
    server = misbehave(fault(name))
    async with browsing(tmp_path, small_catalog()) as browser:
        titles = browser.titles
        before = contents(cache_in(tmp_path))
        browser.app.catalog._source = client(server)
        for key in ("R", "r"):
            await browser.press(key)
            await browser.work()
            assert browser.message()
            assert browser.titles == titles
        assert contents(cache_in(tmp_path)) == before


@pytest.mark.parametrize("name", sorted(ENDLESS))
def test_lists_that_never_end(
    name: str,
    misbehave: Misbehave,
    good_api: GoodApi,
    cache: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = misbehave(ENDLESS[name](good_api))
    exit_code, _, lines = tell(capsys, client(server), "sync")
    assert exit_code in (0, 1)
    assert exit_code == 0 or lines
    assert len(server.requests) < 1000
    contents(cache)


@pytest.mark.parametrize("request_number", range(2, 6))
@pytest.mark.parametrize("name", ["reset_in_body", "bad_gzip", "html", "endless"])
def test_a_sync_that_begins_well(
    name: str,
    request_number: int,
    misbehave: Misbehave,
    good_api: GoodApi,
    cache: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    script = fails_from(request_number, fault(name), then=good_api)
    exit_code, answer, lines = tell(capsys, client(misbehave(script)), "sync")
    if exit_code == 0:
        assert answer
        return
    assert (exit_code, answer) == (1, "")
    assert lines
    exit_code, answer, _ = tell(capsys, FakeSource(), "show", "package-1", "--offline")
    assert (exit_code, "Package 1" in answer) == (0, True)
    contents(cache)


@pytest.mark.skipif(sys.platform != "linux", reason="a limit that Linux keeps")
@pytest.mark.parametrize("name", ["endless", "endless_announced", "gzip_bomb"])
def test_bodies_without_end_take_little_memory(name: str, misbehave: Misbehave) -> None:
    import resource

    def limit_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))

    server = misbehave(fault(name))
    ran = subprocess.run(
        [sys.executable, "-m", "pkgtui", "sync", "--api-url", server.api_url],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=limit_memory,
    )

    assert (ran.returncode, ran.stdout) == (1, "")
    assert "longer than 32 MiB" in ran.stderr
    assert ran.stderr.count("\n") == 1
