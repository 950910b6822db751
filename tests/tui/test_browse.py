"""Walks: from a category or a grid to a package, by keys and mouse, and back again."""

from pathlib import Path

import pytest

from pkgtui.tui.browse import screen as browse
from pkgtui.tui.browse.links import ContributorTarget, GridTarget, PackageTarget
from tests.support.store import FakeClock, grid, package
from tests.support.tui import (
    Browser,
    ScriptedSource,
    browsing,
    small_catalog,
    widget_lines,
)

SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_from_a_category_to_a_package_and_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        assert browser.focus == "categories"
        await browser.press("down", "down", "enter")
        assert browser.titles == ["Frame"]
        assert browser.focus == "packages"
        await browser.press("enter")
        assert browser.focus == "package"
        assert "Frame" in browser.package_text()
        await browser.press("escape")
        assert browser.focus == "packages"
        await browser.press("escape")
        assert browser.focus == "categories"
        assert browser.screen.categories.current_id == 2
        await browser.press("escape")
        assert browser.focus == "categories"


@pytest.mark.parametrize("size", SIZES)
async def test_from_a_grid_to_a_package_with_vi_keys(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("2", "j", "l")
        assert (browser.focus, browser.titles) == ("packages", ["Gamma", "Delta"])
        await browser.press("j", "l")
        assert (browser.focus, browser.shown) == ("package", "Delta")
        await browser.press("escape", "k", "h")
        assert (browser.focus, browser.shown) == ("grids", "Gamma")


async def test_lists_and_package_follow_the_cursor(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(150, 40)) as browser:
        assert browser.titles[:2] == ["Alpha", "Beta"]
        assert browser.shown == "Alpha"
        await browser.press("2", "down")
        assert (browser.focus, browser.titles) == ("grids", ["Gamma", "Delta"])
        assert browser.shown == "Gamma"
        await browser.press("3", "down")
        assert browser.shown == "Delta"
        await browser.press("1", "down")
        assert browser.titles == ["Alpha", "Beta", "Gamma", "Delta", "Old"]


async def test_tab_and_numbers_reach_every_pane(tmp_path: Path) -> None:
    panes = ["categories", "grids", "packages", "package"]
    async with browsing(tmp_path, size=(80, 24)) as browser:
        for pane in [*panes[1:], panes[0]]:
            await browser.press("tab")
            assert browser.focus == pane
        for pane in reversed(panes):
            await browser.press("shift+tab")
            assert browser.focus == pane
        for number, pane in enumerate(panes, 1):
            await browser.press(str(number))
            assert browser.focus == pane


async def test_clicks_walk_too(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(150, 40)) as browser:
        screen = browser.screen
        await browser.click(screen.grids.names, 3, 1)
        assert (browser.focus, browser.titles) == ("grids", ["Gamma", "Delta"])
        await browser.click(screen.grids.names, 3, 1)
        assert browser.focus == "packages"
        await browser.click(screen.packages.table, 5, 1)
        assert (browser.focus, browser.shown) == ("packages", "Delta")
        await browser.click(screen.packages.table, 5, 1)
        assert browser.focus == "package"


async def test_a_click_on_a_name_in_the_package_pane_follows_it(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(150, 40)) as browser:
        lines = browser.package_text().splitlines()
        (line,) = (y for y, text in enumerate(lines) if "Authentication" in text)
        x = lines[line].index("Authentication")
        await browser.click(browser.screen.package.text, x + 2, line)
        assert browser.focus == "packages"
        assert browser.screen.packages.header.text.startswith(
            "Packages · Authentication (3)"
        )


@pytest.mark.parametrize(
    ("start", "target", "focus", "titles", "shown"),
    [
        (
            "Alpha",
            GridTarget(10, is_held=True),
            "packages",
            "Alpha Beta Gamma",
            "Alpha",
        ),
        (
            "Alpha",
            ContributorTarget("bob"),
            "packages",
            "Alpha Gamma Old Frame",
            "Alpha",
        ),
        ("Gamma", PackageTarget(4), "package", None, "Delta"),
    ],
)
@pytest.mark.parametrize("size", [(40, 12), (120, 40)])
async def test_escape_leads_back_to_the_very_spot(
    tmp_path: Path,
    size: tuple[int, int],
    start: str,
    target: object,
    focus: str,
    titles: str | None,
    shown: str,
) -> None:
    people = ("ann", "bob", *(f"person{number}" for number in range(80)))
    source = small_catalog(contributors=people)
    async with browsing(tmp_path, source, size=size) as browser:
        screen = browser.screen
        await browser.go_to_row(start)
        await browser.press("4")
        await browser.go_to_stop(target)
        listed, before = browser.titles, place_in_text(browser)
        assert before[1] == target

        await browser.press("enter")
        assert (browser.focus, browser.shown) == (focus, shown)
        assert titles is None or set(titles.split()) <= set(browser.titles)
        await browser.press("j", "j", "escape")

        assert browser.focus == "package"
        assert (browser.shown, browser.titles) == (start, listed)
        assert place_in_text(browser) == before
        assert screen.packages.current_id == screen.package.package_id
        await browser.press("escape")
        assert browser.focus == "packages"


def place_in_text(browser: Browser) -> tuple[int, object]:
    """The scroll and the cursor of the package's text."""
    return browser.screen.package.text.top, browser.target()


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 24)])
async def test_the_list_is_where_it_was_when_one_comes_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    source = ScriptedSource(
        [package(number, 10, stars=100 - number) for number in range(1, 91)],
        [grid(10, *range(1, 91), title="Big")],
    )
    async with browsing(tmp_path, source, size=size) as browser:
        table = browser.screen.packages.table
        await browser.press("3", "ctrl+d", "ctrl+d", "up", "up", "up")
        before = table.top, table.cursor
        assert before[0] > 0
        assert 0 < table.cursor - table.top < table.page_height - 1

        await browser.press("enter", "escape")
        assert (table.top, table.cursor) == before

        await browser.press("enter")
        await browser.go_to_stop(GridTarget(10, is_held=True))
        await browser.press("enter", "G", "escape", "escape")
        assert browser.focus == "packages"
        assert (table.top, table.cursor) == before


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 24)])
async def test_what_changed_while_it_was_hidden_is_painted_when_it_is_shown(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("3", "4", "2")
        for _ in range(2):
            await browser.press("down", "enter")
            assert drawn_titles(browser) == browser.titles
            subject = f"{browser.screen.browsing.subject} ({len(browser.titles)})"
            assert any(subject in header for header in browser.headers())
            await browser.press("enter")
            if browser.titles:
                assert widget_lines(browser.screen.package.text)[0].startswith(
                    browser.shown
                )
            await browser.press("2")
        await browser.press("1", "down", "enter", "S", "z")
        assert drawn_titles(browser) == browser.titles


def drawn_titles(browser: Browser) -> list[str]:
    """The names that are to be read in the table, top to bottom."""
    rows = [row.removeprefix("›").split() for row in browser.rows()]
    names = {"Alpha", "Beta", "Gamma", "Delta", "Old", "Frame"}
    return [row[0] for row in rows if row and row[0] in names]


async def test_ages_grow_without_a_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse, "AGES_EVERY_S", 0.001)
    clock = FakeClock()
    async with browsing(tmp_path, clock=clock) as browser:
        await browser.press("4", "j")
        target = browser.target()
        assert "synced just now" in browser.status()
        assert "cached just now" in browser.package_text()
        clock.advance(hours=5)
        await browser.until(lambda: "synced 5 hours ago" in browser.status())
        await browser.until(lambda: "cached 5 hours ago" in browser.package_text())
        assert browser.target() == target is not None
