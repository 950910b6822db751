"""Text that would act on a terminal or break the columns: shown harmless, in its place.

It comes in as the API would send it, through the decoder and the store.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events
from textual.widgets import Input

from pkgtui.domain.models import Category, Grid, Package, PackageDetail
from pkgtui.sources.djangopackages.decode import (
    decode_category,
    decode_grid,
    decode_package,
)
from pkgtui.text import cell_width
from pkgtui.tui.browse.columns import FIGURE_WIDTH
from pkgtui.tui.browse.package_document import PackageView, package_document
from pkgtui.tui.browse.panes.packages_pane import MARK_WIDTH
from tests.reference_server import hostile
from tests.support.store import NOW
from tests.support.tui import Browser, ScriptedSource, browsing, widget_lines

SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]
API = "https://djangopackages.org/api/v4"
LOOK = NOW.isoformat()
ACTING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def hostile_package(number: int, title: str, description: str) -> Package:
    return decode_package(
        {
            "id": number,
            "slug": f"package-{number}",
            "title": title,
            "category": f"{API}/categories/1/",
            "grids": [f"{API}/grids/1/", f"{API}/grids/{number}/"],
            "repo_description": description,
            "repo_watchers": 1000 - number,
            "repo_forks": number,
            "participants": [*hostile.NAMES, title],
            "commits_over_52": [number] * 52,
            "pypi_version": title,
            "documentation_url": f"https://example.org/{title}",
            "repo_url": "https://example.org/x",
            "last_updated": LOOK,
            "last_fetched": LOOK,
            "created": LOOK,
        }
    )


def hostile_packages() -> list[Package]:
    texts = hostile.DESCRIPTIONS
    return [
        hostile_package(number, title, texts[number % len(texts)])
        for number, title in enumerate(hostile.TITLES, 1)
    ]


def hostile_catalog() -> ScriptedSource:
    numbers = range(1, len(hostile.TITLES) + 1)

    def named(number: int, title: str, **fields: Any) -> dict[str, Any]:
        return {"id": number, "slug": f"slug-{number}", "title": title, **fields}

    grids: list[Grid] = [
        decode_grid(
            named(
                number,
                title,
                description=title,
                packages=[f"{API}/packages/{number}/"]
                if number > 1
                else [f"{API}/packages/{every}/" for every in numbers],
            )
        )
        for number, title in zip(numbers, hostile.TITLES, strict=True)
    ]
    categories: list[Category] = [
        decode_category(named(number, title, title_plural=title, description=""))
        for number, title in enumerate(hostile.TITLES[:6], 1)
    ]
    return ScriptedSource(hostile_packages(), grids, categories, page_size=500)


def check_screen(browser: Browser) -> None:
    """Every line is as wide as the screen, cell by cell, and acts on nothing."""
    width = browser.app.size.width
    for strip in browser.app.screen._compositor.render_strips():
        assert cell_len(strip.text) == width
        assert not ACTING.search(strip.text)


@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_keeps_its_width_and_its_columns(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, hostile_catalog(), size=size) as browser:
        check_screen(browser)
        table = browser.screen.packages.table
        for key in ("1", "G", "2", "ctrl+d", "G", "3"):
            await browser.press(key)
            check_screen(browser)
        at = 1 + MARK_WIDTH + table.columns(table.line_width - 1 - MARK_WIDTH).title
        for _ in range(len(hostile.TITLES) // table.page_height + 2):
            strips = [table.render_line(y) for y in range(table.page_height)]
            for strip, row in zip(strips, table.rows[table.top :], strict=False):
                figure = strip.crop(at, at + FIGURE_WIDTH).text
                assert figure == f"{row.stars:>{FIGURE_WIDTH}}"
            check_screen(browser)
            await browser.press("ctrl+d")
        for key in ("4", "ctrl+d", "G", "enter", "f", "[", "/", "]", "escape", "z"):
            await browser.press(key)
            check_screen(browser)


async def test_every_package_can_be_looked_at(tmp_path: Path) -> None:
    async with browsing(tmp_path, hostile_catalog(), size=(150, 40)) as browser:
        await browser.press("3")
        for row in browser.screen.packages.table.rows:
            assert browser.screen.package.package_id == row.id
            check_screen(browser)
            await browser.press("down")


async def test_brackets_are_shown_as_they_are(tmp_path: Path) -> None:
    async with browsing(tmp_path, hostile_catalog(), size=(150, 50)) as browser:
        rows = "\n".join(widget_lines(browser.screen.packages.table))
        names = "\n".join(widget_lines(browser.screen.grids.names))
        for title in hostile.MARKUP[:4]:
            assert title[:15] in rows
            assert title[:12] in names
        await browser.press("4")
        assert "[/]" in widget_lines(browser.screen.package.text)[0]


async def test_hostile_contributors_and_grids_can_be_followed(tmp_path: Path) -> None:
    async with browsing(tmp_path, hostile_catalog(), size=(120, 40)) as browser:
        await browser.press("4")
        text = browser.screen.package.text
        for target in [stop.target for stop in text.document.stops][52::7]:
            await browser.go_to_stop(target)
            if "url" in getattr(target, "__slots__", ()):
                continue
            await browser.press("enter")
            check_screen(browser)
            await browser.press("escape")
            assert browser.focus == "package"


def lines_of(package: Package, width: int) -> Sequence[str]:
    detail = PackageDetail(package, None, (), NOW)
    made = package_document(PackageView(detail, (), "https://x", NOW), width, None)
    return ["".join(text for text, _ in line) for line in made.lines]


@pytest.mark.parametrize("width", [37, 57, 78, 150])
def test_no_text_makes_a_line_too_wide(width: int) -> None:
    for package in hostile_packages():
        for line in lines_of(package, width):
            assert cell_width(line.rstrip()) <= width
            assert not ACTING.search(line)


async def test_hostile_words_of_errors_are_shown_as_they_are(tmp_path: Path) -> None:
    from pkgtui.errors import BadResponseError

    source = hostile_catalog()
    async with browsing(tmp_path, source, size=(80, 24)) as browser:
        for words in ("[/]", "[bold]x", "[@click=app.quit]quit[/]", "a [", "漢字" * 60):
            source.fail("packages/package-1", BadResponseError(words))
            await browser.press("4", "r")
            await browser.work()
            check_screen(browser)
            assert words[:30] in browser.message().replace(" ", "") or (
                words in browser.message()
            )


@pytest.mark.parametrize("keys", [("f",), ("/",), ("ctrl+p",)])
async def test_what_is_pasted_moves_no_cursor(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async with browsing(tmp_path, hostile_catalog(), size=(80, 24)) as browser:
        await browser.press("3", *keys)
        pasted = "\u202ealpha\x1b" + "".join(hostile.ESCAPES)
        browser.app.post_message(events.Paste(pasted))
        await browser.settle()
        check_screen(browser)
        assert isinstance(browser.app.focused, Input)
        assert "alpha" in browser.app.focused.value
        assert not ACTING.search(browser.app.focused.value)
