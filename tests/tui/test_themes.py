"""Themes: by the settings, by the palette and kept; what NO_COLOR leaves of them."""

import json
import re
from pathlib import Path

import pytest
from rich.console import Console
from textual.theme import BUILTIN_THEMES

from pkgtui.config.themes import ANSI_THEMES, THEMES
from pkgtui.tui.themes import first_theme, themes_to_choose
from pkgtui.userdata.session import Session
from tests.support.store import paths_in
from tests.support.tui import Browser, browsing

TRUE_COLOR = re.compile(r"\x1b\[[0-9;]*[34]8;2;")
COLOR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")


def written(browser: Browser) -> str:
    """The screen as it is written to a terminal of many colors."""
    console = Console(color_system="truecolor", force_terminal=True)
    strips = browser.app.screen._compositor.render_strips()
    filters = browser.app._filters
    background = browser.app.screen.background_colors[1]
    for one in filters:
        if one.enabled:
            strips = [strip.apply_filter(one, background) for strip in strips]
    return "\n".join(strip.render(console) for strip in strips)


async def choose(browser: Browser, theme: str) -> None:
    """Choose a theme as a person does."""
    await browser.press("ctrl+p")
    await browser.type(f"theme: {theme}")
    await browser.until(lambda: f"Theme: {theme}" in browser.text())
    await browser.press("down", "enter")
    await browser.until(lambda: browser.app.theme == theme)
    await browser.settle()


def test_the_names_are_those_that_textual_has() -> None:
    assert sorted(THEMES) == sorted(BUILTIN_THEMES)
    assert set(ANSI_THEMES) == {one for one in THEMES if BUILTIN_THEMES[one].ansi}


@pytest.mark.parametrize(
    ("asked", "chosen_last", "has_no_color", "first"),
    [
        (None, None, False, "textual-dark"),
        (None, None, True, "ansi-dark"),
        (None, "nord", False, "nord"),
        (None, "nord", True, "ansi-dark"),
        (None, "ansi-light", True, "ansi-light"),
        (None, "no-such-theme", False, "textual-dark"),
        (None, ["nord"], False, "textual-dark"),
        ("dracula", "nord", False, "dracula"),
        ("dracula", None, True, "dracula"),
    ],
)
def test_the_first_theme(
    asked: str | None, chosen_last: object, has_no_color: bool, first: str
) -> None:
    assert first_theme(asked, chosen_last, has_no_color=has_no_color) == first


def test_what_takes_colors_away_allows_one_kind_of_theme() -> None:
    assert themes_to_choose("nord", has_no_color=False) == [*THEMES]
    assert themes_to_choose("ansi-dark", has_no_color=True) == [*ANSI_THEMES]
    others = themes_to_choose("nord", has_no_color=True)
    assert set(others) == set(THEMES) - set(ANSI_THEMES)


async def test_a_theme_is_chosen_in_the_palette_and_kept(tmp_path: Path) -> None:
    async with browsing(tmp_path, remembers=True) as browser:
        assert browser.app.theme == "textual-dark"
        await choose(browser, "nord")
        assert browser.message() == ""
    async with browsing(tmp_path, remembers=True) as browser:
        assert browser.app.theme == "nord"
        await browser.press("ctrl+p")
        await browser.type("theme: nord")
        await browser.until(lambda: "Theme: nord  (now)" in browser.text())


async def test_what_the_settings_say_holds_and_is_not_overwritten(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, remembers=True) as browser:
        await choose(browser, "nord")
    async with browsing(tmp_path, remembers=True, theme="gruvbox") as browser:
        assert browser.app.theme == "gruvbox"
        await choose(browser, "monokai")
        assert browser.message() == (
            "Theme monokai until you quit; the settings say gruvbox."
        )
    async with browsing(tmp_path, remembers=True) as browser:
        assert browser.app.theme == "nord"


async def test_the_palette_lists_all_themes_before_anything_is_typed(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=(120, 90)) as browser:
        await browser.press("ctrl+p")
        await browser.until(lambda: f"Theme: {THEMES[-1]}" in browser.text())
        assert all(f"Theme: {theme}" in browser.text() for theme in THEMES)


@pytest.mark.parametrize("theme", THEMES)
async def test_every_theme_shows_the_screen_and_its_focus(
    tmp_path: Path, theme: str
) -> None:
    async with browsing(tmp_path, theme=theme) as browser:
        assert browser.app.theme == theme
        assert "Alpha" in browser.text()
        header = browser.screen.packages.header
        looks = {one: header.span_style(one) for one in ("title", "cursor", "heading")}
        assert len(set(looks.values())) == 3
        assert bool(TRUE_COLOR.search(written(browser))) == (theme not in ANSI_THEMES)


async def test_one_can_change_to_the_terminals_own_colors_and_back(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path) as browser:
        assert TRUE_COLOR.search(written(browser))
        await choose(browser, "ansi-light")
        assert not TRUE_COLOR.search(written(browser))
        assert COLOR.search(written(browser))
        await choose(browser, "nord")
        assert TRUE_COLOR.search(written(browser))


async def test_without_colors_only_plain_themes_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(tmp_path, size=(120, 90), remembers=True) as browser:
        assert browser.app.theme == "ansi-dark"
        await browser.press("ctrl+p")
        await browser.until(lambda: "Theme: ansi-light" in browser.text())
        assert browser.text().count("Theme: ") == 2
        await browser.press("escape")
        await choose(browser, "ansi-light")
        assert not COLOR.search(written(browser))


async def test_a_theme_that_was_asked_for_holds_under_no_color(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(tmp_path, theme="nord") as browser:
        assert browser.app.theme == "nord"
        assert "ansi-dark" not in browser.app.themes
        assert "Alpha" in browser.text()


async def test_animations_are_left_out_where_the_settings_say(tmp_path: Path) -> None:
    async with browsing(tmp_path, has_animations=False) as browser:
        assert browser.app.animation_level == "none"
    async with browsing(tmp_path) as browser:
        assert browser.app.animation_level == "full"


async def test_problems_of_the_settings_are_told_until_escape(tmp_path: Path) -> None:
    problems = ("config.toml:1: first", "config.toml:2: second", "third", "fourth")
    async with browsing(tmp_path, problems=problems) as browser:
        assert browser.message() == (
            "config.toml:1: first; config.toml:2: second; pkgtui config shows the rest"
        )
        await browser.press("R")
        await browser.work()
        assert browser.message().startswith("config.toml:1: first")
        await browser.press("escape")
        assert browser.message() == ""


async def test_a_long_problem_leaves_room_for_the_rest(tmp_path: Path) -> None:
    problems = (f"config.toml:1: theme: {', '.join(THEMES)}",)
    async with browsing(tmp_path, problems=problems, size=(80, 24)) as browser:
        assert browser.message().startswith("config.toml:1: theme: textual-dark")
        assert browser.message().endswith("…; pkgtui config shows the rest")
    async with browsing(tmp_path, problems=("config.toml:1: all",)) as browser:
        assert browser.message() == "config.toml:1: all"


def test_a_choice_and_the_places_are_kept_beside_each_other(tmp_path: Path) -> None:
    path = paths_in(tmp_path).session
    session = Session(path)
    session.choose("theme", "nord")
    session.write("here", {"package_id": 1})
    session.choose("other", 5)
    assert session.choice("theme") == "nord"
    assert session.read("here") == {"package_id": 1}
    document = json.loads(path.read_text(encoding="utf-8"))
    document["choices"] = ["nord"]
    path.write_text(json.dumps(document), encoding="utf-8")
    assert session.choice("theme") is None
    assert session.read("here") == {"package_id": 1}
