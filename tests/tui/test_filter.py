"""Narrowing the focused list as one types, and undoing it."""

from pathlib import Path

import pytest
from textual import events

from tests.support.tui import Browser, browsing, small_catalog

SIZES = [(40, 12), (80, 24), (150, 40)]


def grid_names(browser: Browser) -> list[str]:
    return [row.name for row in browser.screen.grids.names.rows]


@pytest.mark.parametrize("size", SIZES)
async def test_packages_narrow_with_each_letter_and_escape_undoes_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.go_to_row("Beta")
        await browser.press("f", "t")
        assert browser.titles == ["Beta", "Delta"]
        await browser.press("d", "backspace", "a")
        assert browser.titles == ["Beta", "Delta"]
        assert "with 'ta'" in browser.text()
        await browser.press("escape")
        assert len(browser.titles) == 6
        assert "with '" not in browser.text()
        assert (browser.focus, browser.shown) == ("packages", "Beta")


@pytest.mark.parametrize("key", ["enter", "down", "tab"])
async def test_a_narrowing_can_be_kept_and_undone_later(
    tmp_path: Path, key: str
) -> None:
    async with browsing(tmp_path, size=(80, 24)) as browser:
        await browser.press("3", "f", *"ta", key)
        assert (browser.focus, browser.titles) == ("packages", ["Beta", "Delta"])
        await browser.press("down", "enter")
        assert browser.shown == "Delta"
        await browser.press("escape")
        assert (browser.focus, browser.titles) == ("packages", ["Beta", "Delta"])
        await browser.press("escape")
        assert (browser.focus, len(browser.titles)) == ("packages", 6)
        assert browser.shown == "Delta"
        await browser.press("escape")
        assert browser.focus == "categories"


async def test_a_kept_narrowing_can_be_changed(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f", *"ta", "enter", "f", *" del")
        assert browser.titles == ["Delta"]


async def test_letters_are_letters_while_one_types(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f", *"qjc1/?s")
        assert "with 'qjc1/?s'" in browser.text()
        assert browser.app.is_running
        assert len(browser.app.screen_stack) == 1


async def test_no_match_says_so_and_how_to_undo_it(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f", *"zzz")
        text = " ".join(" ".join(browser.rows()).split())
        assert "Of 6 packages here none fits: with 'zzz'. esc undoes it" in text
        assert "No package is selected." in browser.package_text()
        await browser.press("enter", "down", "enter", "escape")
        assert len(browser.titles) == 6


async def test_grids_narrow_and_the_packages_follow(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(150, 40)) as browser:
        await browser.press("2", "f", *"cac")
        assert grid_names(browser) == ["Caching"]
        assert browser.titles == ["Gamma", "Delta"]
        await browser.press("escape")
        assert grid_names(browser) == ["Authentication", "Caching", "Empty Grid"]
        assert browser.screen.grids.current_id == 20
        assert (browser.focus, browser.titles) == ("grids", ["Gamma", "Delta"])


@pytest.mark.parametrize("number", ["1", "2"])
async def test_a_list_narrowed_to_nothing_keeps_the_selection(
    tmp_path: Path, number: str
) -> None:
    async with browsing(tmp_path, size=(150, 40)) as browser:
        await browser.press(number, "down")
        pane = browser.screen.focused_pane
        selected, titles = browser.screen.browsing.selection, browser.titles
        await browser.press("f", *"zzz")
        assert "no match;" in browser.text()
        assert browser.titles == titles
        await browser.press("escape")
        assert browser.screen.browsing.selection == selected
        assert browser.screen.focused_pane is pane
        assert browser.titles == titles


async def test_contributors_are_narrowed_in_the_package_pane(tmp_path: Path) -> None:
    source = small_catalog(contributors=("ann", "bob", "beb"))
    async with browsing(tmp_path, source, size=(80, 24)) as browser:
        await browser.press("4", "f", "B")
        assert "contributors with 'B'" in browser.text()
        assert "Contributors  2 of 3" in browser.text()
        await browser.press("enter", "escape")
        assert browser.focus == "package"
        assert "2 of 3" not in browser.text()


async def test_another_selection_ends_the_narrowing_of_the_packages(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f", *"ta", "enter", "2", "down")
        assert browser.titles == ["Gamma", "Delta"]
        assert "with '" not in browser.text()


async def test_clicking_elsewhere_leaves_the_line_and_keeps_the_narrowing(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=(150, 40)) as browser:
        await browser.press("3", "f", *"ta")
        await browser.click(browser.screen.package.text, 30, 3)
        assert (browser.focus, browser.titles) == ("package", ["Beta", "Delta"])
        assert not browser.screen.query("FilterInput")


async def test_hints_tell_the_keys_of_the_line(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f")
        assert browser.status().endswith("esc undo  enter keep")
        await browser.press("escape")
        assert "keep" not in browser.status()


async def test_resizing_keeps_what_is_being_typed(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(150, 40)) as browser:
        await browser.press("3", "f", "t")
        await browser.resize(40, 12)
        await browser.press("a")
        assert browser.titles == ["Beta", "Delta"]
        await browser.resize(20, 5)
        await browser.resize(150, 40)
        await browser.press("escape")
        assert (browser.focus, len(browser.titles)) == ("packages", 6)


async def test_a_book_that_is_pasted_is_no_condition(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "f", "a")
        browser.app.post_message(events.Paste("word " * 5000))
        await browser.work()
        assert browser.message() == ""
        assert browser.screen.packages.filter_text == "a"


async def test_where_the_package_looked_at_is_hidden_its_neighbor_is_shown(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await browser.press("3", "j", "j", "j", "j")
        assert browser.shown == "Old"
        await browser.press("a")
        assert "Old" not in browser.titles
        assert browser.shown == "Frame"
