"""Jumps out of the package pane: where they lead, what stays, and the way back."""

from datetime import timedelta
from pathlib import Path

import pytest

from pkgtui.errors import RecordNotFoundError, ServerUnreachableError
from pkgtui.tui.browse.links import (
    ContributorTarget,
    GridTarget,
    LinkTarget,
    PackageTarget,
)
from pkgtui.tui.dialogs import copy_open as taking
from tests.support.store import FakeClock, grid, package
from tests.support.tui import ScriptedSource, browsing, small_catalog

UNHELD = GridTarget(287, is_held=False)
NARROW, WIDE = (80, 24), (150, 40)


def with_grid_287() -> ScriptedSource:
    """A source that knows the grid which its list of grids lacks."""
    source = small_catalog()
    source.unlisted_grids = [grid(287, 3, title="Payments")]
    return source


async def test_jumps_on_jumps_are_undone_one_by_one(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=NARROW) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("4")
        await browser.go_to_stop(PackageTarget(4))
        await browser.press("enter")
        assert browser.shown == "Delta"
        await browser.go_to_stop(ContributorTarget("cyd"))
        await browser.press("enter")
        assert (browser.focus, browser.titles) == ("packages", ["Delta"])
        await browser.press("enter")
        await browser.go_to_stop(GridTarget(20, is_held=True))
        await browser.press("enter")
        assert (browser.focus, browser.titles) == ("packages", ["Gamma", "Delta"])

        await browser.press("escape")
        assert browser.focus == "package"
        assert browser.target() == GridTarget(20, is_held=True)
        await browser.press("escape")
        assert (browser.focus, browser.titles) == ("packages", ["Delta"])
        await browser.press("escape")
        assert (browser.focus, browser.shown) == ("package", "Delta")
        assert browser.target() == ContributorTarget("cyd")
        await browser.press("escape")
        assert (browser.focus, browser.shown) == ("package", "Gamma")
        assert browser.target() == PackageTarget(4)
        await browser.press("escape", "escape")
        assert browser.focus == "categories"
        assert len(browser.titles) == 6


async def test_a_person_shows_what_else_he_or_she_works_on(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=WIDE) as browser:
        await browser.press("4")
        await browser.go_to_stop(ContributorTarget("ann"))
        await browser.press("enter")
        header = browser.screen.packages.header.text
        assert header.startswith("Packages · ann (5)")
        assert "Delta" not in browser.titles


async def test_choosing_in_the_lists_begins_a_new_walk(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=NARROW) as browser:
        await browser.press("3", "enter")
        await browser.go_to_stop(GridTarget(10, is_held=True))
        await browser.press("enter", "2", "down", "enter")
        assert browser.titles == ["Gamma", "Delta"]
        await browser.press("escape")
        assert browser.focus == "grids"
        await browser.press("escape")
        assert browser.focus == "grids"


async def test_a_package_that_one_jumped_to_stays_while_all_else_changes(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=WIDE) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("4")
        await browser.go_to_stop(PackageTarget(4))
        await browser.press("enter", "down", "down")
        place = (browser.target(), browser.screen.package.text.top)
        assert browser.shown == "Delta"

        for key in ("s", "S", "z", "z", "a", "a", "R", "r"):
            await browser.press(key)
            await browser.work()
            assert browser.shown == "Delta", key
            assert browser.focus == "package"
            assert (browser.target(), browser.screen.package.text.top) == place, key

        await browser.press("3", "down")
        assert (
            browser.shown
            == browser.screen.packages.table.rows[
                browser.screen.packages.table.cursor
            ].title
        )
        assert browser.shown != "Delta"


async def test_a_narrowing_of_the_contributors_is_back_after_a_jump(
    tmp_path: Path,
) -> None:
    people = ("ann", "bob", "beb", "cyd")
    async with browsing(tmp_path, small_catalog(contributors=people)) as browser:
        await browser.press("4", "f", "b", "enter")
        await browser.go_to_stop(ContributorTarget("beb"))
        assert "2 of 4" in browser.package_text()
        await browser.press("enter", "down", "escape")
        assert browser.target() == ContributorTarget("beb")
        assert "2 of 4" in browser.package_text()


async def test_a_grid_that_is_not_held_is_fetched(tmp_path: Path) -> None:
    source = with_grid_287()
    async with browsing(tmp_path, source, size=WIDE) as browser:
        await browser.go_to_row("Gamma")
        assert "Grid 287" in browser.package_text()
        await browser.press("4")
        await browser.go_to_stop(UNHELD)
        gate = source.hold("grids/287")
        await browser.press("enter")
        assert browser.status().startswith("asking djangopackages.org for grid 287")
        assert browser.focus == "package"

        gate.set()
        await browser.work()
        assert (browser.focus, browser.titles) == ("packages", ["Gamma"])
        assert "Payments (1)" in browser.text()
        assert "asking" not in browser.status()
        await browser.press("escape")
        assert browser.focus == "package"
        assert "Payments" in browser.package_text()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RecordNotFoundError("the site has no grid 287"), "the site has no grid 287"),
        (ServerUnreachableError("example.org: refused"), "example.org: refused"),
    ],
)
async def test_a_grid_that_cannot_be_fetched_says_why(
    tmp_path: Path, error: Exception, words: str
) -> None:
    source = small_catalog()
    async with browsing(tmp_path, source) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("4")
        await browser.go_to_stop(UNHELD)
        assert isinstance(error, RecordNotFoundError | ServerUnreachableError)
        source.fail("grids/287", error)
        await browser.press("enter")
        await browser.work()
        assert browser.message() == f"Grid 287: {words}"
        assert (browser.focus, browser.target()) == ("package", UNHELD)
        assert "asking" not in browser.status()


async def test_a_grid_that_comes_late_does_not_pull_one_away(tmp_path: Path) -> None:
    source = with_grid_287()
    async with browsing(tmp_path, source, size=WIDE) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("4")
        await browser.go_to_stop(UNHELD)
        gate = source.hold("grids/287")
        await browser.press("enter", "1", "down", "down")
        gate.set()
        await browser.work()
        assert (browser.focus, browser.titles) == ("categories", ["Frame"])
        assert "asking" not in browser.status()


async def test_offline_an_unheld_grid_says_why(tmp_path: Path) -> None:
    async with browsing(tmp_path, is_synced=True) as browser:
        pass
    async with browsing(tmp_path, is_synced=False, is_offline=True) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("4")
        await browser.go_to_stop(UNHELD)
        await browser.press("enter")
        await browser.work()
        assert "Grid 287: --offline" in browser.message()


async def test_links_open_in_the_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://example.org/[/]"
    source = small_catalog(repo_url=url, documentation_url=url)
    async with browsing(tmp_path, source) as browser:
        opened: list[str] = []

        async def open_it(address: str) -> bool:
            opened.append(address)
            return True

        monkeypatch.setattr(taking, "is_remote", lambda: False)
        monkeypatch.setattr(taking, "open_in_browser", open_it)
        await browser.press("4")
        await browser.go_to_stop(LinkTarget(url))
        await browser.press("enter")
        await browser.work()
        assert opened == [url]
        # Two links to one address are two stops: the cursor gets past them.
        await browser.press("down", "down")
        assert browser.target() != LinkTarget(url)


async def test_a_package_that_has_vanished_is_told_of(tmp_path: Path) -> None:
    source = small_catalog()
    clock = FakeClock()
    async with browsing(tmp_path, source, clock=clock, size=WIDE) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("4")
        await browser.go_to_stop(PackageTarget(4))
        await browser.press("enter")
        gone = [record for record in source.records["packages"] if record.id != 4]
        source.records["packages"] = [*gone, package(7, title="New")]
        await browser.press("R")
        await browser.work()
        assert "This package is no longer in the catalog." in browser.package_text()
        assert "Delta" not in browser.titles
        assert "New" in browser.titles
        clock.moment += timedelta(seconds=1)
        await browser.press("escape")
        assert browser.shown == "Gamma"


BACK, FORWARD = "left_square_bracket", "right_square_bracket"


async def test_going_back_puts_the_cursor_on_the_group_that_is_listed(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=NARROW) as browser:
        await browser.press("1", "j", "enter", "1", "j", "enter")
        assert browser.titles == ["Frame"]
        await browser.press(BACK)
        assert len(browser.titles) == 5
        assert browser.screen.categories.current_id == 1
        await browser.press("2", "j", "enter", BACK, "escape")
        assert browser.focus == "categories"
        await browser.press(FORWARD, "escape")
        assert browser.focus == "grids"


async def test_escape_leads_outward_from_where_going_back_led(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=NARROW) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("enter")
        await browser.go_to_stop(GridTarget(20, is_held=True))
        await browser.press("enter", BACK)
        assert (browser.focus, browser.shown) == ("package", "Gamma")
        await browser.press("escape")
        assert browser.focus == "packages"
        await browser.press("escape")
        assert browser.focus == "categories"


async def test_escape_undoes_the_jump_that_going_forward_led_over(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=NARROW) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("enter")
        await browser.go_to_stop(GridTarget(20, is_held=True))
        await browser.press("enter", BACK, FORWARD)
        assert (browser.focus, browser.titles) == ("packages", ["Gamma", "Delta"])
        await browser.press("escape")
        assert (browser.focus, browser.shown) == ("package", "Gamma")
        assert browser.target() == GridTarget(20, is_held=True)
