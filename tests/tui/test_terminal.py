"""Terminals that take less: ASCII only, no colors."""

import re
from pathlib import Path

import pytest
from rich.color import ColorSystem
from rich.console import Console

from pkgtui.errors import ServerUnreachableError
from pkgtui.tui.dialogs.help import help_document
from tests.support.tui import (
    Browser,
    browsing,
    line_texts,
    small_catalog,
    widget_lines,
)

SIZES = [(40, 12), (120, 40), (200, 50)]
WALK = (
    *("down", "2", "down", "f", "c", "enter", "3", "s", "s", "a", "a", "space"),
    *("4", "down", "right", "G", "f", "b", "enter", "z", "question_mark", "G"),
    *("escape", "escape", "escape", "slash", "a", "escape"),
    *("c", "down", "e", "escape", "plus", "a", "escape", "escape", "ctrl+p", "escape"),
)
COLOR_CODES = re.compile(r"\x1b\[(?:\d+;)*(?:[34]\d|9[0-7]|10[0-7])[;m]")


@pytest.mark.parametrize("size", SIZES)
async def test_in_ascii_mode_every_character_is_ascii(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    title = "漢字 José “quoted” – 👩‍💻"
    source = small_catalog(title=title, description=title, contributors=(title,))
    async with browsing(tmp_path, source, size=size, is_ascii=True) as browser:
        assert browser.text().isascii()
        for key in WALK:
            await browser.press(key)
            assert browser.text().isascii(), (key, browser.text())
        for number in range(1, 7):
            error = ServerUnreachableError(f"no way to {title} …")
            source.fail(f"packages/package-{number}", error)
        await browser.press("4", "r")
        await browser.work()
        assert "no way to" in browser.message()
        assert browser.text().isascii()
        await browser.resize(20, 5)
        assert browser.text().isascii()


async def test_in_ascii_mode_columns_stay_in_their_places(tmp_path: Path) -> None:
    source = small_catalog()
    wide = [p._replace(title="漢字" * p.id) for p in source.records["packages"]]
    source.records["packages"] = wide
    for is_ascii in (False, True):
        async with browsing(
            tmp_path, source, size=(80, 24), is_ascii=is_ascii
        ) as browser:
            await browser.press("3")
            (heading,) = widget_lines(browser.screen.packages.heading)
            end = heading.index("stars") + len("stars ▼")
            table = browser.screen.packages.table
            for y, row in enumerate(table.rows):
                figure = table.render_line(y).crop(end - 7, end).text
                assert figure == f"{row.stars:>7}"
                assert table.render_line(y).cell_length == table.size.width


async def test_in_ascii_mode_a_chart_still_tells_zero_from_one(tmp_path: Path) -> None:
    source = small_catalog(commits_52w=(0, 1, *(0,) * 49, 200))
    async with browsing(tmp_path, source, size=(150, 40), is_ascii=True) as browser:
        base = next(
            line
            for line in browser.package_text().splitlines()
            if "0" in line[:6] and "|" not in line[:1] and "." * 20 in line
        )
        assert "._" + "." * 49 + "#" in base


async def test_boxes_and_arrows_come_back_without_ascii_mode(tmp_path: Path) -> None:
    async with browsing(tmp_path, is_ascii=True) as browser:
        assert browser.text().isascii()
    async with browsing(tmp_path) as browser:
        assert "▼" in browser.text()
        assert "─" * 20 in browser.text()


def written(browser: Browser) -> str:
    """The screen as it is written to a terminal of many colors."""
    console = Console(color_system="truecolor", force_terminal=True)
    assert console._color_system is ColorSystem.TRUECOLOR
    strips = browser.app.screen._compositor.render_strips()
    return "\n".join(strip.render(console) for strip in strips)


@pytest.mark.parametrize("size", [(40, 12), (120, 40)])
async def test_without_colors_no_color_code_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    async with browsing(tmp_path, size=size) as browser:
        for key in WALK:
            await browser.press(key)
            assert not COLOR_CODES.search(written(browser)), key


async def test_with_colors_there_are_some(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        assert COLOR_CODES.search(written(browser))


async def test_without_colors_focus_and_cursor_still_look_different(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browsing(tmp_path, size=(150, 40)) as browser:
        header = browser.screen.packages.header
        looks = {
            style: header.span_style(style).without_color
            for style in ("heading", "heading-focus", "title", "dim", "cursor")
        }
        assert looks["heading"] != looks["heading-focus"]
        assert looks["title"] != looks["dim"]
        assert looks["cursor"].reverse
        assert not looks["title"].reverse
        await browser.press("3")
        row = browser.screen.packages.table.render_line(0)
        styles = [segment.style for segment in row if segment.text.strip()]
        assert all(style and style.reverse for style in styles)


@pytest.mark.parametrize("width", [38, 76])
def test_the_page_of_keys_fits(width: int) -> None:
    for line in line_texts(help_document(width).lines):
        assert len(line) <= width
