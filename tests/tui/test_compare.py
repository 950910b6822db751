"""The compare screen: what stands where, for any number of packages and any size."""

from pathlib import Path
from typing import Any

import pytest

from pkgtui.domain.facts import ROWS
from pkgtui.tui.browse.screen import BrowseScreen
from tests.support.store import NOW, grid, package
from tests.support.tui import ScriptedSource, is_in_view
from tests.support.tui_compare import CROWD, Comparer, comparing, crowd

ROW_LABELS = [fact.title for fact in ROWS]

SMALL, LARGE, TINY = (80, 24), (120, 40), (40, 12)
LABELS = ROW_LABELS


def assert_whole(compare: Comparer) -> None:
    """The cursor, the labels and the titles are in view, and nothing sticks out."""
    compare.cursor()
    width = compare.browser.app.size.width
    for line in compare.browser.app.screen._compositor.render_strips():
        assert line.cell_length == width
    assert compare.labels()
    assert compare.titles()
    assert any("Package" in title for title in compare.titles() + compare.labels())


@pytest.mark.parametrize("size", [SMALL, LARGE, TINY])
@pytest.mark.parametrize("count", [1, 2, 10, 100])
async def test_packages_are_columns_and_facts_are_lines(
    tmp_path: Path, count: int, size: tuple[int, int]
) -> None:
    async with comparing(tmp_path, crowd(count), size=size) as compare:
        packages = "package" if count == 1 else "packages"
        assert compare.title()[0].startswith(f"Crowd · {count} {packages}")
        in_view = min(count, {SMALL: 3, LARGE: 4, TINY: 1}[size])
        assert compare.titles() == [f"Package {n}" for n in range(1, in_view + 1)]
        assert compare.labels() == LABELS[: len(compare.labels())]
        assert len(compare.labels()) == (18 if size != TINY else 7)
        assert compare.cursor()[0] == "activity"
        assert compare.cursor()[1].startswith("active")
        assert_whole(compare)
        left = count - in_view
        assert (f"{left} ▸" in compare.title()[0]) == bool(left)


@pytest.mark.parametrize("size", [SMALL, LARGE, TINY])
async def test_every_cell_is_reached_by_moving_and_the_labels_stay(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with comparing(tmp_path, crowd(10), size=size) as compare:
        seen = [compare.titles()[0]]
        for _ in range(9):
            await compare.press("l")
            assert_whole(compare)
            seen.append(compare.details().split(" · ")[0])
        assert seen == [f"Package {n}" for n in range(1, 11)]
        for label in LABELS[1:]:
            await compare.press("j")
            assert compare.cursor()[0] == label
            assert_whole(compare)
        assert "▸" not in compare.title()[0]
        hidden = 10 - len(compare.titles())
        assert f"◂ {hidden}" in compare.title()[0]


async def test_edges_tell_how_many_columns_are_out_of_view(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(10)) as compare:
        assert compare.title() == [f"{'Crowd · 10 packages':<62}  1-3 of 10  7 ▸"]
        await compare.press("l", "l", "l", "l")
        assert compare.title()[0].endswith("◂ 2  3-5 of 10  5 ▸")
        await compare.press("$")
        assert compare.cursor()[0] == "activity"
        assert compare.titles() == ["Package 8", "Package 9", "Package 10"]
        assert compare.title()[0].endswith("◂ 7  8-10 of 10")
        await compare.press("0")
        assert compare.titles()[0] == "Package 1"


async def test_keys_to_the_ends_and_by_pages(tmp_path: Path) -> None:
    async with comparing(tmp_path, size=TINY) as compare:
        await compare.press("G")
        assert compare.cursor()[0] == "description"
        await compare.press("pageup")
        assert compare.cursor()[0] == LABELS[17 - 6]
        await compare.press("g", "ctrl+d")
        assert compare.cursor()[0] == LABELS[6]
        await compare.press("home", "up", "left", "h", "k")
        assert compare.cursor()[0] == "activity"


async def test_long_titles_are_wrapped_and_then_cut_with_a_sign(
    tmp_path: Path,
) -> None:
    name = "django-rest-framework-social"
    source = crowd(3, title=name)
    async with comparing(tmp_path, source) as compare:
        assert compare.titles() == [name] * 3
        await compare.resize(*TINY)
        assert compare.titles() == ["django-rest-fram…"]


async def test_the_best_are_marked_by_more_than_color(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(3)) as compare:
        assert compare.cells("stars") == ["9\xa0999 *", "9\xa0998", "9\xa0997"]
        assert compare.cells("forks") == ["1", "2", "3 *"]
        assert compare.cells("activity") == ["active"] * 3
        assert compare.cells("grids") == ["1"] * 3


async def test_the_cell_under_the_cursor_is_told_in_full(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(2, documentation_url=None)) as compare:
        await compare.press("j", "j", "j")
        assert compare.details() == (
            "Package 1 · last 13 weeks: 2 ↗ (2 against 0 in the 39 weeks before)"
        )
        while compare.cursor()[0] != "docs":
            await compare.press("j")
        assert compare.details() == (
            "Package 1 · docs: – (none: the site knows no documentation)"
        )


async def test_a_description_that_is_too_long_for_two_lines_is_cut_with_a_sign(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(2, description="word " * 90)) as compare:
        await compare.press("G")
        assert compare.details().endswith("word wo…")
        assert compare.cells("description")[0].endswith("…")


async def test_sparklines_share_a_scale_unless_switched(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(2, commits_52w=(1,) * 52)) as compare:
        await compare.press("x", "u")
        bars = [cell.split()[0] for cell in compare.cells("commits")]
        assert bars == ["█" * 13, "█" * 13]
    source = ScriptedSource(
        [
            package(1, CROWD, title="Busy", commits_52w=(8,) * 52),
            package(2, CROWD, title="Calm", commits_52w=(1,) * 52),
        ],
        [grid(CROWD, 1, 2, title="Crowd")],
    )
    async with comparing(tmp_path / "two", source) as compare:
        bars = [cell.split()[0] for cell in compare.cells("commits")]
        assert bars == ["█" * 13, "▁" * 13]


async def test_an_empty_grid_says_so_and_takes_packages(tmp_path: Path) -> None:
    source = ScriptedSource([package(1, title="Package 1")], [grid(CROWD)])
    async with comparing(tmp_path, source) as compare:
        assert compare.details() == "There is nothing to compare; + adds a package."
        await compare.press("j", "l", "s", "d", "t", "x", "p", "space", "enter")
        assert "There is nothing to compare" in compare.details()
        await compare.press("u")
        assert compare.status().startswith("Nothing was dropped.")
        await compare.press("t", "d", "plus", *"package", "enter")
        assert compare.titles() == ["Package 1"]
        assert_whole(compare)


async def test_packages_that_are_not_held_are_shown_as_unknown(tmp_path: Path) -> None:
    source = ScriptedSource(
        [package(1, CROWD, title="Package 1")], [grid(CROWD, 1, 77, title="Crowd")]
    )
    async with comparing(tmp_path, source) as compare:
        assert compare.titles() == ["Package 1", "Package 77"]
        assert set(compare.column(1)) == {"–"}
        await compare.press("l")
        assert "not cached" in compare.details()
        await compare.press("enter")
        assert compare.status().startswith("Package 77 is not cached.")
        await compare.press("space")
        assert "cannot be marked" in compare.status()


HOSTILE = "[/x] [b]b[/b] \\ 日本語 👫 é"


@pytest.mark.parametrize("is_ascii", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE, TINY])
async def test_hostile_text_is_only_text(
    tmp_path: Path, size: tuple[int, int], is_ascii: bool
) -> None:
    source = crowd(10, title=f"Package {HOSTILE}", description=HOSTILE * 9)
    async with comparing(tmp_path, source, size=size, is_ascii=is_ascii) as compare:
        await compare.press("G")
        text = compare.text()
        assert "[/x]" in compare.details()
        assert "[b]b[/b]" in compare.details()
        assert not is_ascii or text.isascii()
        for line in compare.browser.app.screen._compositor.render_strips():
            assert line.cell_length == size[0]


async def test_columns_stand_below_each_other_in_ascii(tmp_path: Path) -> None:
    source = crowd(3, title="👫 Package 日本語", description="日本語 " * 20)
    async with comparing(tmp_path, source, is_ascii=True) as compare:
        lines = [line for line in compare.text().splitlines() if line.count("|") > 1]
        places = {
            tuple(at for at, sign in enumerate(line) if sign == "|") for line in lines
        }
        assert len(lines) == 18 + 1
        assert len(places) == 1


@pytest.mark.parametrize(
    "sizes",
    [
        [(120, 40), (40, 12), (200, 50), (80, 24)],
        [(30, 8), (80, 24), (10, 4), (1, 1), (120, 40)],
    ],
)
@pytest.mark.parametrize("keys", [[], ["t"], ["p", "$"], ["s", "d", "G", "$"]])
async def test_a_resize_at_any_moment_keeps_the_cursor_in_view(
    tmp_path: Path, sizes: list[tuple[int, int]], keys: list[str]
) -> None:
    async with comparing(tmp_path, crowd(10)) as compare:
        await compare.press("j", "j", "l", "l", *keys)
        words = compare.details()
        for width, height in sizes:
            await compare.resize(width, height)
            if (width, height) >= (40, 12):
                assert compare.details()[:20] == words[:20]
                assert_whole(compare)


async def test_room_that_a_resize_brings_is_used(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(5)) as compare:
        await compare.press("$")
        assert len(compare.titles()) == 3
        await compare.resize(200, 50)
        assert len(compare.titles()) == 5


async def test_a_click_moves_and_a_second_one_goes_in(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(3)) as compare:
        at = next(i for i, line in enumerate(compare.lines()) if "stars" in line)
        x = compare.lines()[at].index("9\xa0998")
        await compare.browser.click(compare.screen.table, x + 1, at)
        assert compare.cursor() == ("stars", "9\xa0998")
        await compare.browser.click(compare.screen.table, x + 1, at)
        assert isinstance(compare.browser.app.screen, BrowseScreen)
        assert compare.browser.shown == "Package 2"


async def test_a_click_beside_the_cells_does_nothing(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(1)) as compare:
        for x, y in ((2, 2), (70, 2)):
            await compare.browser.click(compare.screen.table, x, y)
        assert compare.cursor()[0] == "activity"


async def test_the_status_line_tells_of_when_the_data_is_and_the_keys(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        assert compare.status().startswith("data from 7 Aug 2026")
        assert "esc back  ? help  enter open" in compare.status()
    looks: dict[str, Any] = {"fetched_at": NOW.replace(year=2016)}
    source = ScriptedSource(
        [package(1, CROWD), package(2, CROWD, **looks)], [grid(CROWD, 1, 2)]
    )
    async with comparing(tmp_path / "old", source, size=LARGE) as compare:
        assert compare.status().startswith("data from 8 Aug 2016 to 7 Aug 2026")
        await compare.resize(*TINY)
        assert compare.status().startswith("data to 7 Aug")
        assert compare.status().endswith("esc back  ? help")


async def test_lines_below_the_facts_are_not_taken_where_room_is_short(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(10), size=TINY) as compare:
        assert is_in_view(compare.screen.headings[0])
        assert not is_in_view(compare.screen.headings[1])
        assert not is_in_view(compare.screen.title_lines[1])
