"""`y` copies and `o` opens, on every screen that shows packages; no more is claimed
than is known, and nothing is started for somebody who sits elsewhere."""

import asyncio
from pathlib import Path

import pytest

from pkgtui.tui.browse.links import LinkTarget
from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.tui.compare.screen import CompareScreen
from pkgtui.tui.dialogs import copy_open as taking
from pkgtui.tui.dialogs.link import LinkDialog
from pkgtui.tui.dialogs.picker import PickerDialog
from pkgtui.tui.search.screen import SearchScreen
from tests.support.store import FakeSource
from tests.support.tui import Browser, browsing, small_catalog, widget_lines

REPOSITORY = "https://github.com/x/alpha?a=1;b=é"
SENT = "Copied to the terminal's clipboard"


def catalog() -> FakeSource:
    return small_catalog(
        repo_url=REPOSITORY, pypi_name="django-x", documentation_url=None
    )


class Desktop:
    """Notes what was to be opened; `opens` says whether a browser is found."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, opens: bool) -> None:
        self.opened: list[str] = []
        self.opens = opens
        monkeypatch.setattr(taking, "is_remote", lambda: False)
        monkeypatch.setattr(taking, "open_in_browser", self.open)

    async def open(self, url: str) -> bool:
        self.opened.append(url)
        return self.opens


async def copied(browser: Browser, *keys: str) -> str:
    await browser.press(*keys)
    await browser.work()
    return browser.app.clipboard


async def test_letters_copy_what_they_stand_for(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("3")
        title = browser.titles[0]
        slug = browser.screen.packages.table.rows[0].slug
        assert await copied(browser, "y", "s") == slug
        assert browser.message() == f"{SENT}: {slug}"
        assert await copied(browser, "y", "p") == "pip install django-x"
        assert await copied(browser, "y", "u") == "uv add django-x"
        assert await copied(browser, "y", "t") == "poetry add django-x"
        assert await copied(browser, "y", "r") == REPOSITORY
        url = f"https://djangopackages.org/packages/p/{slug}/"
        assert await copied(browser, "y", "w") == url
        assert await copied(browser, "y", "m") == f"[{title}]({url})"
        facts = await copied(browser, "y", "f")
        assert facts.startswith(title)
        assert "\x1b" not in facts
        assert browser.message() == f"{SENT}: facts"


async def test_the_cursor_chooses_too_and_escape_leaves_all_as_it_was(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, catalog(), size=(40, 12)) as browser:
        await browser.press("3", "y")
        assert isinstance(browser.app.screen, PickerDialog)
        assert "esc cancel" in browser.text()
        await browser.press("escape")
        assert (browser.app.clipboard, browser.message()) == ("", "")
        assert await copied(browser, "y", "j", "enter") == "pip install django-x"


async def test_what_is_under_the_cursor_counts(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("3", "j")
        second = browser.screen.packages.table.rows[1].slug
        assert await copied(browser, "y", "s") == second
        await browser.press("4")
        assert await copied(browser, "y", "s") == second
        await browser.press("2")
        grid = browser.screen.browsing.grids[0]
        assert await copied(browser, "y", "s") == grid.slug
        await browser.press("1", "y")
        assert isinstance(browser.app.screen, BrowseScreen)
        assert browser.message() == taking.NOTHING_THERE


async def test_in_the_compare_screen_and_in_the_search(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("3")
        first, second = [row.slug for row in browser.screen.packages.table.rows[:2]]
        await browser.press("space", "j", "space", "c")
        assert isinstance(browser.app.screen, CompareScreen)
        await browser.press("0")
        assert await copied(browser, "y", "s") in (first, second)
        assert SENT in browser.text()
        await browser.press("escape", "slash")
        await browser.type(second)
        assert browser.app.clipboard in (first, second)
        await browser.press("tab")
        assert await copied(browser, "y", "s") == second
        assert SENT in browser.text()


async def test_letters_in_the_line_of_the_search_are_text(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("slash")
        await browser.type("you")
        assert isinstance(browser.app.screen, SearchScreen)
        assert browser.app.screen.field.value == "you"


async def test_elsewhere_an_address_is_shown_and_copied(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("3", "o", "r")
        await browser.work()
        assert isinstance(browser.app.screen, LinkDialog)
        assert REPOSITORY in browser.text()
        words = " ".join(" ".join(widget_lines(browser.app.screen.words)).split())
        assert "remote host or without a display." in words
        assert f"{SENT}." in words
        assert browser.app.clipboard == REPOSITORY
        assert browser.app.screen.link.allow_select
        links = {
            segment.style.link
            for segment in browser.app.screen.link.render_line(0)
            if segment.style is not None
        }
        assert links == {"https://github.com/x/alpha?a=1;b=%C3%A9"}
        await browser.press("escape")
        assert browser.focus == "packages"


async def test_at_a_display_the_browser_gets_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = Desktop(monkeypatch, opens=True)
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("3", "o", "p")
        await browser.work()
        assert desktop.opened == ["https://pypi.org/project/django-x/"]
        assert browser.message().startswith("Opened in your browser: https://pypi")
        assert browser.app.clipboard == ""
        await browser.press("4")
        await browser.go_to_stop(LinkTarget(REPOSITORY))
        await browser.press("enter")
        await browser.work()
        assert desktop.opened[1:] == [REPOSITORY]


async def test_where_no_browser_starts_the_address_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Desktop(monkeypatch, opens=False)
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("3", "o", "w")
        await browser.work()
        assert "No web browser was found here." in browser.text()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd"])
async def test_nothing_but_the_web_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    desktop = Desktop(monkeypatch, opens=True)
    async with browsing(tmp_path, catalog()) as browser:
        browser.screen.open_address(url)
        await browser.work()
        assert desktop.opened == []
        assert "no web address" in browser.message()


async def test_programs_that_took_it_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def took(text: str) -> list[str]:
        assert text == "pip install django-x"
        return ["tmux", "xclip"]

    monkeypatch.setattr("pkgtui.tui.app.copy_with_commands", took)
    async with browsing(tmp_path, catalog()) as browser:
        await copied(browser, "3", "y", "p")
        assert browser.message() == (
            "Copied to tmux and xclip and the terminal's clipboard:"
            " pip install django-x"
        )


@pytest.mark.parametrize("first", ["y", "o"])
async def test_what_is_copied_while_programs_take_their_time_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    answers = asyncio.Event()

    async def take(_text: str) -> list[str]:
        await answers.wait()
        return ["tmux"]

    monkeypatch.setattr("pkgtui.tui.app.copy_with_commands", take)
    async with browsing(tmp_path, catalog()) as browser:
        await browser.press("3", first, "r", "y", "p")
        answers.set()
        await browser.work()
        assert browser.app.clipboard == "pip install django-x"
        assert isinstance(browser.app.screen, LinkDialog) == (first == "o")
        if first == "o":
            await browser.press("escape")
        assert browser.message() == (
            "Copied to tmux and the terminal's clipboard: pip install django-x"
        )


async def test_in_ascii_mode_the_address_is_written_in_ascii(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog(), is_ascii=True) as browser:
        for keys in ("3", "y", "escape", "o", "r"):
            await browser.press(keys)
            assert browser.text().isascii()
        await browser.work()
        assert "b=%C3%A9" in browser.text()
        assert browser.text().isascii()
