"""Whatever the catalog holds, the browser's panes show it harmless and in place."""

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pkgtui.domain.models import Alternative, GridRef, PackageDetail
from pkgtui.text import cell_width, strip_emoji_modifiers
from pkgtui.tui.browse.links import LinkTarget
from pkgtui.tui.browse.package_document import PackageView, package_document
from tests.support.examples import examples
from tests.support.harmless import assert_counted_alike, assert_harmless
from tests.support.hostile_json import Catalog, Lists, lists_of_all, read_catalog
from tests.support.store import NOW, package
from tests.support.tui import Browser, ScriptedSource, browsing

WALK = (
    *("1", "down", "2", "down", "enter", "s", "3", "down", "space", "G", "space", "z"),
    *(
        "4",
        "down",
        "G",
        "enter",
        "escape",
        "left_square_bracket",
        "c",
        "t",
        "down",
        "s",
    ),
    *("d", "escape", "/", "a", "down", "escape", "f", "a", "escape", "?", "escape"),
)


def view_of(catalog: Catalog, index: int) -> PackageView:
    record = catalog.packages[index]
    titles = {grid.id: grid for grid in catalog.grids}
    refs = tuple(
        GridRef(id_, titles[id_].slug, titles[id_].title)
        if id_ in titles
        else GridRef(id_, None, None)
        for id_ in record.grid_ids
    )
    others = tuple(
        Alternative(one.id, one.slug, one.title, 1, one.last_commit_at)
        for one in catalog.packages
    )
    category = next(iter(catalog.categories), None)
    detail = PackageDetail(record, category, refs, NOW)
    return PackageView(detail, others, "https://djangopackages.org/packages/p/x/", NOW)


@examples(60)
@given(lists_of_all, st.integers(37, 200))
def test_the_text_of_a_package_is_harmless_and_in_place(
    lists: Lists, width: int
) -> None:
    catalog = read_catalog(lists)
    for index, record in enumerate(catalog.packages):
        document = package_document(view_of(catalog, index), width, None)
        lines = ["".join(text for text, _ in line) for line in document.lines]
        for line in lines:
            assert cell_width(line.rstrip()) <= width, line
            assert_harmless(line)
        for stop in document.stops:
            assert 0 <= stop.start <= stop.end <= width
            assert 0 <= stop.line < len(lines)
            if isinstance(stop.target, LinkTarget):
                assert urlsplit(stop.target.url).scheme in {"http", "https"}
        # Nothing of it was taken for markup: all of the description is there.
        solid = "".join("".join(lines).split())  # a break may stand in a long word
        assert "".join(strip_emoji_modifiers(record.description).split()) in solid


def check_screen(browser: Browser) -> None:
    """Every line is as wide as the screen, cell by cell, and acts on nothing."""
    for strip in browser.app.screen._compositor.render_strips():
        assert cell_len(strip.text) == browser.app.size.width
        assert_counted_alike(strip.text)
        assert_harmless(strip.text)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@examples(8)
@given(
    lists=lists_of_all,
    size=st.tuples(st.integers(20, 200), st.integers(5, 50)),
    is_ascii=st.booleans(),
)
async def test_every_screen_is_harmless_and_in_place(
    lists: Lists, size: tuple[int, int], is_ascii: bool
) -> None:
    catalog = read_catalog(lists)
    source = ScriptedSource(
        catalog.packages or (package(900),), catalog.grids, catalog.categories
    )
    with tempfile.TemporaryDirectory() as folder:
        async with browsing(
            Path(folder), source, size=size, is_ascii=is_ascii
        ) as browser:
            check_screen(browser)
            for key in WALK:
                await browser.press(key)
                check_screen(browser)
                if is_ascii:
                    assert browser.text().isascii()
            for link in links_shown(browser):
                assert urlsplit(link).scheme in {"http", "https"}


def links_shown(browser: Browser) -> list[str]:
    """The addresses that the package pane offers."""
    targets = [stop.target for stop in browser.screen.package.text.document.stops]
    return [target.url for target in targets if isinstance(target, LinkTarget)]
