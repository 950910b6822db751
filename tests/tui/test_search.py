"""The search screen and the palette, over the real index."""

from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from pkgtui.keys import KEYS, Scope
from pkgtui.tui.search.screen import MAX_HITS, MIN_HITS, SearchScreen
from pkgtui.tui.widgets.line_widget import Span, highlighted
from tests.support.store import FakeSource, package
from tests.support.tui import Browser, browsing, small_catalog


def found(browser: Browser) -> list[str]:
    """The titles that are listed."""
    screen = browser.app.screen
    assert isinstance(screen, SearchScreen)
    return [hit.title for hit in screen.hits.rows]


def status(browser: Browser) -> str:
    """The last line of the screen."""
    return browser.lines()[-1].strip()


SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]


@pytest.mark.parametrize("size", SIZES)
async def test_search_as_one_types_and_go_there(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("slash")
        assert "Words match names" in browser.text()
        await browser.type("gam")
        assert found(browser) == ["Gamma"]
        await browser.press("backspace", "backspace", "backspace")
        assert found(browser) == []
        await browser.type("detla")
        assert found(browser)[0] == "Delta"
        assert status(browser).startswith("1 match")

        await browser.press("enter")
        assert (browser.focus, browser.shown) == ("package", "Delta")
        await browser.press("escape")
        assert browser.focus == "categories"


@pytest.mark.parametrize("size", SIZES)
async def test_the_figure_of_a_hit_is_whole_at_any_width(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(
        tmp_path, FakeSource([package(1, title="Alphabet", stars=12_345)])
    ) as browser:
        await browser.resize(*size)
        await browser.press("slash")
        await browser.type("alph")
        (line,) = (line for line in browser.lines() if "Alphabet" in line)
        assert "12\N{NO-BREAK SPACE}345" in line
        assert ("prefix" in line) == (size[0] >= 80)
        assert "…" not in line


async def test_grids_are_found_and_gone_to(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("slash")
        await browser.type("cachi")
        assert found(browser) == ["Caching"]
        await browser.press("enter")
        assert browser.focus == "packages"
        assert browser.titles == ["Gamma", "Delta"]
        await browser.press("escape")
        assert len(browser.titles) == 6


async def test_the_arrows_move_while_one_types(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("slash")
        await browser.type("ann")
        third = found(browser)[2]
        await browser.press("down", "down", "down", "up", "enter")
        assert browser.shown == third


async def test_what_matched_is_underlined(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("slash")
        await browser.type("gam")
        screen = browser.app.screen
        assert isinstance(screen, SearchScreen)
        hit = screen.hits.rows[0]
        spans = screen.hits.row_line(hit, 100)
        assert ("Gam", "link") in list(spans)
        assert ("  package prefix      ", "dim") in list(spans)


async def test_nothing_found_says_so_and_escape_returns(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.go_to_row("Beta")
        await browser.press("slash")
        await browser.type("[/]zzz")
        assert "Nothing matches '[/]zzz'." in browser.text()
        assert status(browser).startswith("0 matches")
        await browser.press("enter", "escape")
        assert (browser.focus, browser.shown) == ("packages", "Beta")


async def test_space_marks_once_tab_has_left_the_line(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("slash")
        await browser.type("beta")
        await browser.press("space")
        assert browser.app.screen.query_one(Input).value == "beta "
        await browser.press("tab", "space")
        assert "● Beta" in browser.text()
        await browser.press("tab")
        assert browser.app.screen.query_one(Input).has_focus
        await browser.press("escape")
        assert browser.screen.packages.table.marked == {"package-2"}
        assert "1 marked" in browser.status()


async def test_pasted_text_is_text(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("slash")
        browser.app.screen.query_one(Input).post_message(events.Paste("q\nqX gam"))
        await browser.settle()
        assert isinstance(browser.app.screen, SearchScreen)
        assert browser.app.screen.query_one(Input).value == "q"


@pytest.mark.parametrize(
    "typed", ['"', "%", "_", "*", "-", "a" * 600, "日本", "👫", "a OR b", "NEAR("]
)
async def test_anything_typed_has_an_answer(tmp_path: Path, typed: str) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("slash")
        field = browser.app.screen.query_one(Input)
        field.value = typed
        await browser.settle()
        assert "match" in status(browser)


async def test_hostile_titles_stay_in_their_columns(tmp_path: Path) -> None:
    title = "gam [/] [bold]x " + "界" * 60
    async with browsing(tmp_path, small_catalog(title=title)) as browser:
        await browser.press("slash")
        await browser.type("gam")
        screen = browser.app.screen
        assert isinstance(screen, SearchScreen)
        for strip in screen._compositor.render_strips():
            assert strip.cell_length == 120
        assert "[bold]" in browser.text()


async def test_the_palette_runs_actions_and_goes_to_packages(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("ctrl+p")
        await browser.type("only active")
        await browser.until(lambda: "Show only active" in browser.text())
        await browser.press("down", "enter")
        assert browser.screen.browsing.selection.is_active_only

        await browser.press("a", "ctrl+p")
        await browser.type("gamma")
        await browser.until(lambda: "Gamma (package)" in browser.text())
        await browser.press("down", "enter")
        await browser.until(lambda: browser.shown == "Gamma")
        assert browser.focus == "package"


async def test_the_palette_shows_hostile_titles_as_they_are(tmp_path: Path) -> None:
    source = small_catalog(title="gam [/] [@click=app.quit]x")
    async with browsing(tmp_path, source) as browser:
        await browser.press("ctrl+p")
        await browser.type("gam")
        await browser.until(
            lambda: "gam [/] [@click=app.quit]x (package)" in browser.text()
        )


async def test_the_palette_lists_the_actions_before_anything_is_typed(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=(120, 60)) as browser:
        await browser.press("ctrl+p")
        helps = [key.help for key in KEYS if key.scope is Scope.BROWSE]
        await browser.until(lambda: helps[0] in browser.text())
        assert all(words in browser.text() for words in helps[:15])


async def test_what_is_out_of_view_is_read_before_the_cursor_gets_there(
    tmp_path: Path,
) -> None:
    source = FakeSource(
        [package(id_, title=f"Gadget {id_:03}", stars=id_) for id_ in range(1, 301)]
    )
    async with browsing(tmp_path, source, size=(80, 24)) as browser:
        await browser.press("slash")
        await browser.type("gadget")
        assert len(found(browser)) == MIN_HITS
        assert status(browser).startswith("300 matches, the best 200 listed")
        await browser.press("down")
        assert len(found(browser)) == MAX_HITS
        assert found(browser)[0] == "Gadget 300"
        await browser.press(*["pagedown"] * 20)
        await browser.press("enter")
        assert browser.shown == "Gadget 101"


async def test_once_the_keys_rest_all_of_the_best_are_listed(tmp_path: Path) -> None:
    source = FakeSource([package(id_, title=f"Gadget {id_}") for id_ in range(1, 61)])
    async with browsing(tmp_path, source, size=(80, 24)) as browser:
        await browser.press("slash")
        await browser.type("gadget")
        await browser.until(lambda: len(found(browser)) == 60)
        assert status(browser).startswith("60 matches")


@pytest.mark.parametrize(
    ("text", "spans", "width", "expected"),
    [
        ("django-otp", ((7, 10),), 12, [("django-", ""), ("otp", "link"), ("  ", "")]),
        # Counted by letters, of which the drawn text has fewer.
        ("\u2764\ufe0f otp", ((3, 6),), 5, [("\u2764 ", ""), ("otp", "link")]),
        ("👩\u200d💻otp", ((1, 3), (3, 6)), 7, [("👩", ""), ("💻otp", "link")]),
        ("django-otp", ((7, 10),), 9, [("django-", ""), ("o", "link"), ("…", "")]),
    ],
)
def test_a_match_is_underlined_in_text_of_that_width(
    text: str, spans: tuple[tuple[int, int], ...], width: int, expected: list[Span]
) -> None:
    drawn = highlighted(text, spans, "", width)
    merged = [
        ("".join(part for part, _ in group), style)
        for style, group in groupby(drawn, key=itemgetter(1))
    ]
    assert merged == expected
