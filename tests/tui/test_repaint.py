"""Painting only what differs shows the same as painting all of it."""

from pathlib import Path

import pytest
from textual.strip import Strip

from tests.support.tui import Browser, browsing, small_catalog

WALK = (
    *(
        "down",
        "down",
        "3",
        "down",
        "tab",
        "down",
        "right",
        "tab",
        "2",
        "down",
        "f",
        "c",
    ),
    *("escape", "3", "G", "space", "s", "s", "S", "a", "4", "G", "z", "z", "up", "g"),
    *("question_mark", "down", "escape", "3", "pagedown", "g", "f", "b", "escape"),
)


def picture(browser: Browser) -> list[Strip]:
    """The lines of the screen with their styles, from what is painted so far."""
    return [
        Strip(strip).simplify()
        for strip in browser.app.screen._compositor.render_strips()
    ]


async def paint_all(browser: Browser) -> None:
    """Have every widget painted anew."""
    for widget in browser.app.screen.walk_children(with_self=True):
        widget.refresh()
    await browser.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 40)])
async def test_after_every_key(tmp_path: Path, size: tuple[int, int]) -> None:
    async with browsing(tmp_path, small_catalog(), size=size) as browser:
        for key in WALK:
            await browser.press(key)
            painted = picture(browser)
            await paint_all(browser)
            assert picture(browser) == painted, key


async def test_after_another_theme_was_chosen(tmp_path: Path) -> None:
    async with browsing(tmp_path, small_catalog()) as browser:
        await browser.press("3", "down", "tab", "tab")
        before = picture(browser)

        browser.app.theme = "textual-light"
        await browser.settle()

        painted = picture(browser)
        assert painted != before
        await paint_all(browser)
        assert picture(browser) == painted
