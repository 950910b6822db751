"""What a cached lookup loads: neither the browser nor the network, in a fresh process.

An import costs more than the answer, and only a new interpreter proves that a deferred
one is deferred.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pkgtui.catalog import utc_now
from tests.support.cli import Cli
from tests.support.store import FakeClock, FakeSource, grid, package

pytestmark = pytest.mark.usefixtures("unmeasured")

NETWORK = {"httpx", "asyncio", "ssl", "socket", "pkgtui.sources.djangopackages.client"}
SCREEN = {"textual", "pkgtui.tui", "curses"}
SLOW = {"dataclasses", "inspect", "logging", "shutil", "textwrap", "_hashlib"}
TEXT_ONLY = {"rich", "pkgtui.formats.package_text", "csv"}
STORE = {"sqlite3", "pkgtui.catalog"}

PROBE = """
import json, sys
from pkgtui.cli import main
code = main(json.loads(sys.argv[1]))
sys.stdout.flush()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""


def modules_of(*argv: str) -> set[str]:
    """What is loaded once `argv` was answered."""
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(argv)],
        capture_output=True,
        text=True,
        check=True,
    )
    exit_code, modules = json.loads(ran.stderr.splitlines()[-1])
    assert exit_code == 0, ran.stderr
    return set(modules)


@pytest.fixture
def held(cli: Cli) -> None:
    """A cache that was synced just now."""
    cli.clock = FakeClock(utc_now())
    cli.source = FakeSource(
        [package(1, 7, slug="tidy", description="👫 Multi-user accounts, für alle")],
        [grid(7, 1)],
    )
    assert cli("sync").exit_code == 0


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("argv", "unwanted"),
    [
        (["show", "tidy", "--format", "json"], TEXT_ONLY),
        (["show", "tidy"], {"rich", "csv"}),
        (["show", "tidy", "--format", "csv"], {"rich"}),
        (["grids", "--format", "json"], TEXT_ONLY),
        (["grids"], {"rich", "csv"}),
        (["categories", "--format", "json"], TEXT_ONLY),
        (["categories"], {"rich", "csv"}),
        (["grid", "grid-7", "--format", "json"], TEXT_ONLY),
        (["grid", "grid-7"], {"csv"}),
        (["compare", "tidy", "--format", "json"], TEXT_ONLY),
        (["compare", "tidy"], {"csv"}),
        (["search", "tidy", "--format", "json"], TEXT_ONLY),
        (["search", "multi", "usr"], {"rich", "csv"}),
        (["completion", "zsh"], TEXT_ONLY | STORE),
        (["completion", "zsh", "--", "pkgtui show --"], TEXT_ONLY | STORE),
        (["completion", "zsh", "--", "pkgtui show ti"], TEXT_ONLY),
        (["cache"], TEXT_ONLY),
        (["paths"], TEXT_ONLY | STORE),
        (["cache", "clear"], TEXT_ONLY),
        (["--version"], TEXT_ONLY | STORE),
        (["--help"], TEXT_ONLY | STORE),
        (["show", "--help"], TEXT_ONLY),
    ],
    ids=lambda words: " ".join(sorted(words) if isinstance(words, set) else words),
)
def test_a_cached_answer_loads_little(argv: list[str], unwanted: set[str]) -> None:
    loaded = modules_of(*argv)

    assert loaded & (unwanted | NETWORK | SCREEN | SLOW) == set()


@pytest.mark.usefixtures("held")
def test_only_the_command_asked_for_is_loaded() -> None:
    loaded = modules_of("paths")

    commands = {name for name in loaded if name.startswith("pkgtui.cli.commands.")}
    assert commands == {"pkgtui.cli.commands.paths"}


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms have to be asked")
@pytest.mark.usefixtures("held")
def test_the_usual_folders_are_known_without_asking(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PKGTUI_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "pkgtui").symlink_to(tmp_path)

    loaded = modules_of("show", "tidy", "--offline")

    assert "platformdirs" not in loaded
