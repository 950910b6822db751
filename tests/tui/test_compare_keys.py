"""The compare screen's keys: sorting, leaving out, turning, pinning."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.store import NOW, grid, package
from tests.support.tui import ScriptedSource
from tests.support.tui_compare import CROWD, comparing, crowd, mixed

SMALL, LARGE, TINY = (80, 24), (120, 40), (40, 12)


# Sorting


async def test_s_sorts_by_the_row_under_the_cursor_and_again_turns_it(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, mixed(), size=LARGE) as compare:
        await compare.go_to("stars")
        await compare.press("s")
        assert compare.letters() == ["A", "B", "C", "D"]
        assert compare.cells("stars") == ["500 *", "50", "5", "–"]
        assert compare.title() == ["Mixed · 4 packages, sorted by stars ▼"]
        assert "stars ▼" in compare.labels()
        assert compare.cursor()[0] == "stars ▼"

        await compare.press("s")
        assert compare.letters() == ["C", "B", "A", "D"]
        assert compare.title() == ["Mixed · 4 packages, sorted by stars ▲"]
        assert "stars ▲" in compare.labels()

        await compare.press("s")
        assert compare.letters() == ["A", "B", "C", "D"]
        await compare.go_to("forks")
        await compare.press("s")
        assert "stars" in compare.labels()
        assert "forks ▼" in compare.labels()


async def test_the_cursor_stays_on_its_package_when_the_order_changes(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(10)) as compare:
        await compare.go_to("forks")
        await compare.press("s")
        assert compare.details().startswith("Package 1 · forks")
        assert compare.titles()[-1] == "Package 1"
        assert compare.cursor() == ("forks ▼", "1")


async def test_a_title_that_is_too_long_for_one_line_takes_two(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(10)) as compare:
        await compare.go_to("commits")
        await compare.press("s", "a")
        assert len(compare.title()) == 1
        await compare.press("d")
        first, second = compare.title()
        assert first.startswith("Crowd · 10 packages")
        assert second == (
            "active only: 0 hidden, differences only, sorted by commits, 52 weeks ▼"
        )


# What is left out


async def test_d_leaves_the_rows_that_differ(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(3)) as compare:
        await compare.go_to("category")
        await compare.press("d")
        assert "category" not in compare.labels()
        assert "grids" not in compare.labels()
        assert "stars" in compare.labels()
        assert "differences only" in " ".join(compare.title())
        assert compare.cursor()[0] == "PyPI version"
        await compare.press("d")
        assert "category" in compare.labels()
        assert len(compare.title()) == 1


async def test_d_on_packages_that_agree_says_so(tmp_path: Path) -> None:
    twin = {"title": "Package T", "stars": 1}
    source = ScriptedSource(
        [package(1, CROWD, **twin), package(2, CROWD, **twin)],
        [grid(CROWD, 1, 2, title="Twins")],
    )
    async with comparing(tmp_path, source) as compare:
        await compare.press("d")
        assert compare.details() == "These packages agree in every fact; d shows all."
        await compare.press("j", "l", "s", "t")
        assert "agree in every fact" in compare.details()
        await compare.press("t", "x")
        assert "One package alone differs in nothing" in compare.details()
        await compare.press("d")
        assert compare.cursor()[0].startswith("activity")


async def test_a_leaves_the_active_ones_and_counts_the_hidden(tmp_path: Path) -> None:
    async with comparing(tmp_path, mixed(), size=LARGE) as compare:
        await compare.press("l", "a")
        assert compare.letters() == ["A", "C"]
        assert compare.title() == ["Mixed · 2 packages, active only: 2 hidden"]
        assert compare.details().startswith("Package C")
        await compare.press("a")
        assert compare.letters() == ["A", "B", "C", "D"]


async def test_a_where_none_is_active_says_how_to_see_them(tmp_path: Path) -> None:
    long_ago = NOW - timedelta(days=4000)
    async with comparing(tmp_path, crowd(3, last_commit_at=long_ago)) as compare:
        await compare.press("l", "a")
        assert compare.details() == (
            "None of these packages is active; a shows them all."
        )
        assert "3 hidden" in compare.title()[0]
        await compare.press("a")
        assert compare.details().startswith("Package 2")


async def test_x_drops_and_u_brings_back_in_turn(tmp_path: Path) -> None:
    async with comparing(tmp_path, mixed(), size=LARGE) as compare:
        await compare.press("l", "x")
        assert compare.letters() == ["A", "C", "D"]
        assert compare.details().startswith("Package C")
        assert "1 dropped" in compare.title()[0]
        assert compare.status().startswith("Dropped Package B; u brings it back.")
        await compare.press("l", "x")
        assert compare.letters() == ["A", "C"]
        assert compare.details().startswith("Package C")
        await compare.press("u")
        assert compare.letters() == ["A", "C", "D"]
        assert compare.details().startswith("Package D")
        await compare.press("u")
        assert compare.letters() == ["A", "B", "C", "D"]
        assert "dropped" not in compare.title()[0]


async def test_all_can_be_dropped_and_brought_back(tmp_path: Path) -> None:
    async with comparing(tmp_path, mixed()) as compare:
        await compare.press("x", "x", "x", "x")
        assert compare.details() == "All packages were dropped; u brings them back."
        await compare.press("x", "u", "u", "u", "u")
        assert compare.letters() == ["A", "B", "C", "D"]


async def test_what_comes_back_unseen_is_told(tmp_path: Path) -> None:
    async with comparing(tmp_path, mixed()) as compare:
        await compare.press("l", "x", "a", "u")
        assert compare.letters() == ["A", "C"]
        assert compare.status().startswith("Package B is not active; a shows all.")


# Turning and pinning


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_t_makes_lines_of_the_packages(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with comparing(tmp_path, crowd(10), size=size) as compare:
        await compare.go_to("forks")
        await compare.press("l", "s", "t")
        assert compare.labels() == [f"Package {n}" for n in range(10, 0, -1)]
        assert "forks ▼" in compare.titles()
        assert compare.cursor() == ("Package 2", "2")
        forks = compare.titles().index("forks ▼")
        assert compare.column(forks) == ["10 *", *(f"{n}" for n in range(9, 0, -1))]
        await compare.press("j", "h")
        assert compare.cursor() == ("Package 1", "9\xa0999 *")
        assert "of 18" in compare.title()[0]
        await compare.press("t")
        assert compare.cursor() == ("stars", "9\xa0999 *")


async def test_numbers_of_a_turned_table_are_aligned_at_the_right(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, mixed(), size=LARGE) as compare:
        await compare.press("t")
        while "stars" not in compare.titles():
            await compare.press("l")
        at = 1 + compare.titles().index("stars")
        parts = [line.split("│")[at] for line in compare.lines()[:3]]
        assert [part.strip(" *") for part in parts] == ["500", "50", "5"]
        assert len({len(part.rstrip(" *")) for part in parts}) == 1


async def test_long_names_of_facts_are_wrapped_so_that_more_columns_fit(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(3)) as compare:
        await compare.press("t", *"lllllllll")
        assert compare.titles()[:2] == ["weeks since commit", "stars"]
        assert compare.titles()[-1] == "category"
        count = len(compare.titles())
        await compare.resize(80, 19)
        assert compare.titles()[-1] == "PyPI version"
        assert len(compare.titles()) < count


async def test_turning_a_hundred_packages_scrolls_lines(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(100)) as compare:
        await compare.press("t", "G")
        assert compare.labels()[-1] == "Package 100"
        assert compare.cursor()[0] == "Package 100"
        await compare.press("g")
        assert compare.labels()[0] == "Package 1"


async def test_p_pins_a_package_to_the_left_and_it_stays_in_view(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(10)) as compare:
        await compare.press("l", "l", "p")
        assert compare.titles() == ["▸ Package 3", "Package 1", "Package 2"]
        await compare.press("$")
        assert compare.titles() == ["▸ Package 3", "Package 9", "Package 10"]
        assert compare.title()[0].endswith("◂ 7  9-10 of 10")
        await compare.press("0")
        assert compare.cursor()[1].startswith("active")
        assert compare.details().startswith("Package 3")
        await compare.press("p")
        assert compare.titles()[0] == "Package 3"
        assert compare.screen.comparing.pinned == []


async def test_a_pinned_package_stays_first_in_every_order(tmp_path: Path) -> None:
    async with comparing(tmp_path, mixed(), size=LARGE) as compare:
        await compare.press("l", "p")
        await compare.go_to("stars")
        await compare.press("s")
        assert compare.letters() == ["B", "A", "C", "D"]
        await compare.press("s")
        assert compare.letters() == ["B", "C", "A", "D"]


async def test_pins_leave_room_for_the_others(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(10)) as compare:
        for _ in range(4):
            await compare.press("$", "p")
        assert len(compare.screen.comparing.pinned) == 4
        for _ in range(10):
            assert compare.cursor()[0] == "activity"
            await compare.press("h")
        for _ in range(10):
            title = compare.details().split(" · ")[0]
            assert any(title in shown for shown in compare.titles())
            await compare.press("l")


async def test_turned_a_pinned_package_stays_at_the_top(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(100)) as compare:
        await compare.press("l", "p", "t", "G")
        assert compare.labels()[0] == "▸ Package 2"
        assert compare.labels()[-1] == "Package 100"
        assert compare.cursor()[0] == "Package 100"
        for _ in range(99):
            await compare.press("k")
            assert compare.cursor()[0].endswith(compare.details().split(" · ")[0])
            assert compare.labels()[0] == "▸ Package 2"
        assert compare.labels()[1] == "Package 1"


async def test_turned_a_click_below_pinned_lines_hits_what_is_drawn(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(100)) as compare:
        await compare.press("l", "p", "t", "G")
        label = compare.labels()[5]
        x = compare.lines()[5].index("│") + 3
        await compare.browser.click(compare.screen.table, x, 5)
        assert compare.cursor()[0] == label


async def test_turned_more_pins_than_lines_leave_one_to_the_others(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(12), size=TINY) as compare:
        for _ in range(11):
            await compare.press("$", "p")
        await compare.press("t")
        for _ in range(12):
            await compare.press("j")
            assert compare.cursor()[0].endswith(compare.details().split(" · ")[0])
