"""`pkgtui [TARGET]`: the browser opens only in a terminal, and typos are told."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from tests.support.cli import Cli
from tests.support.store import FakeSource, package


class Browser:
    """Stands for the full-screen face."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, str | None]] = []
        self.exit_code = 0
        self.settings = Settings()
        self.problems: Sequence[str] = ()

    def __call__(
        self, catalog: Catalog, target: str | None = None, problems: Sequence[str] = ()
    ) -> int:
        self.opened.append((catalog.freshness().host, target))
        self.settings = catalog.settings
        self.problems = problems
        return self.exit_code


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser that notes what it was opened with, and a terminal to open it in."""
    opened = Browser()
    monkeypatch.setattr("pkgtui.tui.run_browser", opened)
    monkeypatch.setattr("pkgtui.cli.commands.browse.is_terminal", lambda _: True)
    return opened


HOST = "djangopackages.org"


@pytest.mark.parametrize(
    ("argv", "target"),
    [
        ([], None),
        (["django-organizations"], "django-organizations"),
        (["--offline", "grid:41"], "grid:41"),
        (["grid:41", "--format", "json"], "grid:41"),
        (["--", "show"], "show"),
        (["--", "shwo"], "shwo"),
    ],
)
def test_what_is_no_command_is_a_target(
    cli: Cli, browser: Browser, argv: list[str], target: str | None
) -> None:
    ran = cli(*argv)

    assert (ran.exit_code, ran.out, ran.err) == (0, "", "")
    assert browser.opened == [(HOST, target)]


def test_the_browsers_exit_code_is_ours(cli: Cli, browser: Browser) -> None:
    browser.exit_code = 7

    assert cli().exit_code == 7


def test_a_misspelt_command_is_told_instead_of_browsed(
    cli: Cli, browser: Browser
) -> None:
    ran = cli("categoris")

    assert ran.exit_code == 2
    assert "did you mean 'pkgtui categories'?" in ran.err
    assert browser.opened == []


def test_a_package_with_nearly_a_commands_name_is_browsed(
    cli: Cli, browser: Browser
) -> None:
    cli.source = FakeSource([package(1, slug="cachet")])
    cli("sync")

    assert cli("cachet").exit_code == 0
    assert browser.opened == [(HOST, "cachet")]


@pytest.mark.parametrize("missing", ["stdin", "stderr"])
def test_keys_and_picture_need_a_terminal(
    cli: Cli, browser: Browser, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    present = {"stdin", "stdout", "stderr"} - {missing}
    monkeypatch.setattr(
        "pkgtui.cli.commands.browse.is_terminal",
        lambda stream: stream in [getattr(sys, name) for name in present],
    )

    ran = cli("django-otp")

    assert ran.exit_code == 2
    assert ran.err.count("\n") == 1
    assert "needs a terminal" in ran.err
    assert "pkgtui show django-otp" in ran.err
    assert browser.opened == []


def test_without_a_terminal_the_browser_is_not_even_loaded() -> None:
    code = (
        "import sys; from pkgtui.cli import main; code = main([]);"
        "assert 'textual' not in sys.modules; sys.exit(code)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 2
    assert ran.stderr.startswith("pkgtui: the browser needs a terminal")


def test_options_and_settings_reach_the_browser(
    cli: Cli, browser: Browser, tmp_path: Path
) -> None:
    text = "mouze = 1\n[keys]\n'browse.sort' = 'F9'"
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")

    ran = cli("--theme", "nord", "--no-mouse", "tidy", "--no-animation")

    assert ran.exit_code == 0
    assert browser.opened == [(HOST, "tidy")]
    assert browser.settings.theme == "nord"
    assert not browser.settings.has_mouse
    assert not browser.settings.has_animations
    assert dict(browser.settings.keymap) == {"browse.sort": ("f9",)}
    (problem,) = browser.problems
    assert "did you mean mouse?" in problem
    assert ran.err == f"pkgtui: {problem}\n"


def test_an_unknown_theme_is_wrong_usage(cli: Cli, browser: Browser) -> None:
    ran = cli("--theme=nrod")
    assert ran.exit_code == 2
    assert "did you mean nord?" in ran.err
    assert browser.opened == []


def test_a_theme_is_an_option_of_the_browser_alone(cli: Cli) -> None:
    assert cli("--theme", "nord", "paths").exit_code == 2
