"""Conditions in the line that narrows, grids at a glance, and back and forward."""

from pathlib import Path

import pytest

from pkgtui.tui.browse.links import GridTarget, PackageTarget
from tests.support.tui import browsing, small_catalog


async def test_a_condition_that_is_not_finished_is_told_to_do_nothing_yet(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f")
        await browser.type("stars:")
        assert "Packages · All (6) · incomplete condition" in browser.text()


@pytest.mark.parametrize(
    ("typed", "titles", "told"),
    [
        ("stars:30", "Alpha Beta Gamma Delta", "at least 30 stars"),
        ("stars:30 ta", "Beta Delta", "with 'ta', at least 30 stars"),
        ("category:frame", "Frame", "in Frameworks"),
        ("grid:cach", "Gamma Delta", "in Caching"),
        ("active:365 stars:20", "Alpha Beta Gamma Delta", "active within 365 days"),
        ("pypi:no", "", "not on PyPI"),
    ],
)
async def test_conditions_narrow_and_are_told_with_what_they_hide(
    tmp_path: Path, typed: str, titles: str, told: str
) -> None:
    source = small_catalog(pypi_name="some-name")
    async with browsing(tmp_path, source, size=(160, 40)) as browser:
        await browser.press("3", "f")
        await browser.type(typed)
        assert browser.titles == titles.split()
        header = browser.screen.packages.header.text
        assert told in header
        assert f"{6 - len(titles.split())} hidden" in header

        await browser.press("escape")
        assert len(browser.titles) == 6
        assert "hidden" not in browser.screen.packages.header.text


async def test_a_list_that_conditions_empty_says_so(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog(), size=(120, 40)) as browser:
        await browser.press("3", "f")
        await browser.type("stars:9999")
        text = " ".join(browser.text().split())
        assert "Of 6 packages here none fits: at least 9 999 stars." in text


async def test_grids_tell_how_many_are_active_and_sort_by_it(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog(), size=(120, 40)) as browser:
        rows = browser.screen.grids.names.rows
        assert [(row.name, row.active, row.count) for row in rows] == [
            ("Authentication", 3, 3),
            ("Caching", 2, 2),
            ("Empty Grid", 0, 0),
        ]
        assert "3/3" in browser.text()

        await browser.press("2", "s")
        assert "packages ▼" in browser.screen.grids.header.text
        await browser.press("S")
        names = [row.name for row in browser.screen.grids.names.rows]
        assert names == ["Empty Grid", "Caching", "Authentication"]
        assert "packages ▲" in browser.screen.grids.header.text
        await browser.press("s")
        assert "active ▼" in browser.screen.grids.header.text
        await browser.press("s", "S")
        names = [row.name for row in browser.screen.grids.names.rows]
        assert names == ["Empty Grid", "Caching", "Authentication"]
        # The packages keep a sort of their own.
        assert browser.titles[0] == "Alpha"


async def test_back_and_forward_as_in_a_web_browser(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog(), size=(120, 40)) as browser:
        await browser.go_to_row("Gamma")
        await browser.press("enter")
        await browser.go_to_stop(GridTarget(20, is_held=True))
        await browser.press("enter")
        await browser.go_to_row("Delta")
        await browser.press("enter")
        await browser.go_to_stop(PackageTarget(3))
        await browser.press("enter")
        assert browser.shown == "Gamma"

        await browser.press("left_square_bracket")
        assert (browser.focus, browser.shown) == ("package", "Delta")
        await browser.press("left_square_bracket")
        assert browser.focus == "packages"
        assert browser.titles == ["Gamma", "Delta"]
        await browser.press("left_square_bracket")
        assert (browser.focus, browser.shown) == ("package", "Gamma")
        assert len(browser.titles) == 6
        await browser.press("right_square_bracket", "right_square_bracket")
        assert (browser.focus, browser.shown) == ("package", "Delta")
        assert browser.titles == ["Gamma", "Delta"]

        # A way of one's own forgets what lay ahead.
        await browser.press("escape")
        await browser.go_to_row("Gamma")
        await browser.press("enter", "right_square_bracket")
        assert (browser.focus, browser.shown) == ("package", "Gamma")
        assert browser.titles == ["Gamma", "Delta"]
