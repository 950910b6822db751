"""From the compare screen to others and back: adding, opening, the very same cell."""

from pathlib import Path

import pytest

from pkgtui.tui.browse.screen import BrowseScreen
from tests.support.store import FakeClock, package
from tests.support.tui_compare import CROWD, comparing, crowd, mixed

SMALL, LARGE, TINY = (80, 24), (120, 40), (40, 12)


async def test_plus_adds_a_package_by_search(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        await compare.press("plus", *"stranger", "enter")
        assert compare.titles() == ["Package 1", "Package 2", "Stranger"]
        assert compare.details().startswith("Stranger")
        await compare.press("plus", *"stranger", "enter")
        assert len(compare.titles()) == 3


async def test_adding_offers_packages_only_and_escape_adds_nothing(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        await compare.press("plus", *"crowd")
        assert "Nothing matches 'crowd'." in compare.text()
        await compare.press("escape")
        assert compare.titles() == ["Package 1", "Package 2"]


async def test_adding_a_dropped_package_brings_it_back(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(3)) as compare:
        await compare.press("x", "plus", *"package-1", "enter")
        assert compare.titles() == ["Package 1", "Package 2", "Package 3"]
        assert "dropped" not in compare.title()[0]


async def test_adding_what_is_not_shown_is_told(tmp_path: Path) -> None:
    async with comparing(tmp_path, mixed()) as compare:
        await compare.press("a", "plus", *"package-2", "enter")
        assert compare.letters() == ["A", "C"]
        assert compare.status().startswith("Package B is not active; a shows all.")


@pytest.mark.parametrize("size", [SMALL, LARGE, TINY])
async def test_enter_opens_a_package_and_escape_returns_to_the_very_cell(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with comparing(tmp_path, crowd(12), size=size) as compare:
        await compare.go_to("forks")
        await compare.press("s", "x", "$", "h", "h", "h", "h", "l")
        await compare.go_to("contributors")
        before = compare.text().splitlines()
        await compare.press("enter")
        assert isinstance(compare.browser.app.screen, BrowseScreen)
        assert compare.browser.focus == "package"
        title = before_title(before)
        assert compare.browser.shown == title

        await compare.press("escape")
        after = compare.text().splitlines()
        # The notice of the drop has gone; all else stands as it did.
        assert after[:-1] == before[:-1]


def before_title(lines: list[str]) -> str:
    """The package under the cursor, as the lines of details name it."""
    line = next(line for line in lines if " · contributors" in line)
    return line.split(" · ")[0].strip()


async def test_turned_one_returns_to_the_very_cell_too(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(60)) as compare:
        await compare.press("l", "p", "t", *"lllll", "G", *"kkkkkkkkkkkkkkkkkkkkkk")
        before = compare.text()
        await compare.press("enter", "escape")
        assert compare.text() == before


async def test_one_comes_back_through_other_jumps(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(3)) as compare:
        await compare.press("l", "j", "enter")
        assert compare.browser.shown == "Package 2"
        await compare.press("escape")
        assert compare.cursor()[0] == "last commit"
        await compare.press("escape")
        assert isinstance(compare.browser.app.screen, BrowseScreen)
        assert compare.browser.focus == "packages"


async def test_what_was_fetched_meanwhile_is_compared(tmp_path: Path) -> None:
    source, clock = crowd(2), FakeClock()
    async with comparing(tmp_path, source, clock=clock) as compare:
        await compare.go_to("stars")
        clock.advance(hours=2)
        source.records["packages"] = [package(2, CROWD, title="Package 2", stars=7)]
        await compare.press("l", "enter")
        await compare.browser.work()
        await compare.press("escape")
        assert compare.cursor() == ("stars", "7")


async def test_c_again_and_backspace_close_the_table(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        await compare.press("c")
        assert isinstance(compare.browser.app.screen, BrowseScreen)
        await compare.press("c", "backspace")
        assert isinstance(compare.browser.app.screen, BrowseScreen)
        await compare.press("c")
        assert compare.cursor()[0] == "activity"


async def test_the_cursor_begins_on_the_package_that_was_looked_at(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(9)) as compare:
        await compare.press("escape", "j", "j", "j", "j", "c")
        assert compare.details().startswith("Package 5")
        assert "Package 5" in compare.titles()
