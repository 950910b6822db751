"""Layouts by width, at any size and while that changes; where the focus is."""

from pathlib import Path

import pytest

from pkgtui.tui.browse.screen import BrowseScreen
from tests.support.tui import (
    Browser,
    browsing,
    is_in_view,
    small_catalog,
    widget_lines,
)

SIZES = [(40, 12), (80, 24), (120, 40), (200, 50)]
ROOMY_SIZES = [(90, 30), (120, 40), (140, 40), (200, 50)]
PANES = ["Categories", "Grids", "Packages", "Package"]
NUMBERS = "1234"


def bright_headers(browser: Browser) -> list[str]:
    """The headers that tell of the focus."""
    return [
        pane.title
        for pane in browser.screen.panes
        if is_in_view(pane)
        and next(iter(pane.header.render_line(0))).style
        == pane.header.span_style("heading-focus")
    ]


@pytest.mark.parametrize("size", ROOMY_SIZES)
async def test_all_panes_are_titled_where_there_is_room(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        titles = [header.split(" ")[0] for header in browser.headers()]
        assert titles == PANES
        assert browser.headers()[2].startswith("Packages · All (6)")
        assert browser.headers()[3].startswith("Package · package-1")


async def test_wide_panes_are_side_by_side_medium_ones_are_stacked(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=(140, 40)) as browser:
        screen = browser.screen
        wide = screen.packages.region, screen.package.region
        assert wide[0].y == wide[1].y
        assert wide[0].right <= wide[1].x

        await browser.resize(139, 40)
        medium = screen.packages.region, screen.package.region
        assert medium[0].x == medium[1].x
        assert medium[0].bottom <= medium[1].y
        assert screen.navigation.region.right <= medium[0].x

        await browser.resize(89, 40)
        assert not is_in_view(screen.packages)
        assert is_in_view(screen.categories)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (89, 50)])
async def test_narrow_shows_one_thing_and_the_way_to_it(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        assert [header.split()[0] for header in browser.headers()] == PANES[:2]
        await browser.press("2", "enter")
        assert browser.headers() == ["Grids › Authentication (3) stars ▼"]
        await browser.press("enter")
        (header,) = browser.headers()
        assert header.startswith("Grids › Authentication › package-1")


async def test_the_way_is_told_only_while_a_pane_stands_alone(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(200, 50)) as browser:
        wide = browser.headers()
        assert wide[2] == "Packages · All (6) stars ▼"
        await browser.resize(80, 24)
        await browser.press("3")
        assert browser.headers() == ["Categories › All (6) stars ▼"]
        await browser.press("4")
        assert browser.headers() == ["Categories › All › package-1"]
        await browser.resize(200, 50)
        assert browser.headers() == wide
        await browser.press("z")
        assert browser.headers() == ["Categories › All › package-1"]
        await browser.press("z")
        assert browser.headers() == wide


@pytest.mark.parametrize("size", SIZES)
async def test_one_header_tells_where_the_focus_is(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        for number, title in zip(NUMBERS, PANES, strict=True):
            await browser.press(number)
            assert bright_headers(browser) == [title]


@pytest.mark.parametrize("number", "24")
async def test_any_change_of_size_keeps_the_focus_and_the_place(
    tmp_path: Path, number: str
) -> None:
    async with browsing(tmp_path, size=(200, 50)) as browser:
        await browser.press("2", "down", "3", "down", "4", "down", number, "down")
        focus, shown, titles = browser.focus, browser.shown, browser.titles
        for size in (
            *((139, 50), (90, 12), (89, 24), (80, 24), (40, 12), (39, 12), (20, 5)),
            *((1, 1), (200, 5), (20, 50), (40, 12), (100, 20), (140, 13), (200, 50)),
        ):
            await browser.resize(*size)
            screen = browser.screen
            assert screen.focused_pane.id == focus
            assert (browser.shown, browser.titles) == (shown, titles)
            if size >= (40, 12) and size[1] >= 12:
                assert browser.focus == focus
                assert bright_headers(browser) == [screen.focused_pane.title]
            assert len(browser.lines()) == size[1]
        assert [header.split(" ")[0] for header in browser.headers()] == PANES


@pytest.mark.parametrize("size", [(39, 12), (40, 11), (20, 5), (120, 3)])
async def test_too_small_a_terminal_gets_a_plain_sentence(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        words = " ".join(browser.text().split())
        assert words == (
            f"pkgtui needs 40 columns and 12 rows; this is {size[0]} by {size[1]}. "
            "Make the window larger; q quits."
        )
        await browser.resize(40, 12)
        assert "pkgtui needs" not in browser.text()
        assert browser.focus == "categories"


async def test_keys_while_too_small_do_no_harm(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(20, 5)) as browser:
        await browser.press(*"123f", "x", "escape", *"saz4z", "down", "enter", "tab")
        await browser.resize(200, 50)
        assert browser.focus != ""


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
@pytest.mark.parametrize("number", NUMBERS)
async def test_zoom_gives_a_pane_the_screen_and_takes_it_back(
    tmp_path: Path, size: tuple[int, int], number: str
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press(number)
        focus, before = browser.focus, browser.headers()
        await browser.press("z")
        assert browser.focus == focus
        shown = [pane for pane in browser.screen.panes if is_in_view(pane)]
        assert shown == (
            [browser.screen.categories, browser.screen.grids]
            if number in "12"
            else [browser.screen.focused_pane]
        )
        await browser.press("z")
        assert (browser.focus, browser.headers()) == (focus, before)


@pytest.mark.parametrize("is_ascii", [False, True])
@pytest.mark.parametrize("size", ROOMY_SIZES)
async def test_a_pane_that_stands_alone_fills_the_screen(
    tmp_path: Path, size: tuple[int, int], is_ascii: bool
) -> None:
    async with browsing(tmp_path, size=size, is_ascii=is_ascii) as browser:
        await browser.press("z")
        for number, pane in zip(NUMBERS, browser.screen.panes, strict=True):
            await browser.press(number)
            assert pane.body.region.right >= size[0] - 1
            if number in "34":
                assert pane.header.region.y == 0


async def test_walking_while_zoomed_keeps_one_pane_at_a_time(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(200, 50)) as browser:
        await browser.press("3", "z", "enter")
        assert browser.focus == "package"
        assert not is_in_view(browser.screen.packages)
        await browser.press("escape")
        assert browser.focus == "packages"
        assert not is_in_view(browser.screen.package)


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_scrolls_but_the_panes(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        for number in NUMBERS:
            await browser.press(number)
            screen: BrowseScreen = browser.screen
            assert screen.max_scroll_x == screen.max_scroll_y == 0
            assert widget_lines(screen.status)[0].strip()
            assert screen.status.region.bottom == size[1]


@pytest.mark.parametrize("size", SIZES)
async def test_the_columns_of_the_table_stand_below_their_names(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("3")
        screen = browser.screen
        (heading,) = widget_lines(screen.packages.heading)
        row = browser.rows()[0]
        assert heading.index("stars ▼") + len("stars ▼") == row.index("60") + 2
        assert heading.index("package") == row.index("Alpha")
        assert heading.index("last") + len("last") == row.index("9d") + 2
        for name, value in (("version", "1.0"), ("52w commits", None)):
            if name in heading and value is not None:
                assert heading.index(name) == row.index(value)


@pytest.mark.parametrize("size", [(80, 24), (150, 40), (200, 50)])
async def test_stars_sparkline_age_and_version_have_room(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("3")
        (heading,) = widget_lines(browser.screen.packages.heading)
        assert heading.split() == [
            *("package", "stars", "▼", "52w", "commits", "last", "version")
        ]
        row = browser.rows()[0].split()
        assert row == ["›", "Alpha", "60", "█", "9d", "1.0"]


async def test_names_of_grids_are_whole_where_titles_have_room_to_spare(
    tmp_path: Path,
) -> None:
    source = small_catalog()
    source.records["grids"] = [
        one._replace(title="Facebook Authentication") for one in source.records["grids"]
    ]
    async with browsing(tmp_path, source, size=(120, 40)) as browser:
        assert "Facebook Authentication" in browser.text()


async def test_in_a_package_the_keys_that_move_and_follow_are_hinted(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, size=(80, 24)) as browser:
        await browser.press("3", "enter")
        assert "↓ links  esc back" in browser.status()
        assert "enter" not in browser.status()
        await browser.press("down")
        assert "↓ links  enter go  esc back" in browser.status()
        await browser.press("G")
        assert "enter" not in browser.status()


async def test_help_is_hinted_at_forty_columns_too(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=(40, 12)) as browser:
        for number in NUMBERS:
            await browser.press(number)
            assert browser.status().endswith("? help")
            assert "…" not in browser.status()


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (150, 20)])
async def test_what_one_stopped_at_stays_in_view(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=(200, 50)) as browser:
        await browser.press("4")
        text = browser.screen.package.text
        await browser.go_to_stop(text.document.stops[-1].target)
        await browser.resize(*size)
        stop = text.stop
        assert stop is not None
        assert stop.target == text.document.stops[-1].target
        assert text.top <= stop.line < text.top + text.page_height


async def test_the_heading_of_the_counts_ends_where_they_do(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        heading, first, *_ = widget_lines(browser.screen.grids)
        assert heading.rstrip().endswith("active/all")
        assert len(heading.rstrip()) == len(first.rstrip(" ┃"))
