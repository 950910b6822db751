"""Sorting by keys and by clicks on the column headings; active only; dormant rows."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pkgtui.domain.facts import SORTS
from tests.support.store import NOW, package
from tests.support.tui import Browser, ScriptedSource, browsing, widget_lines


def catalog() -> ScriptedSource:
    """Three packages that every sort puts in another order."""
    return ScriptedSource(
        [
            package(
                *(1, 10),
                title="Beta",
                stars=3,
                forks=1,
                contributors=("a", "b"),
                commits_52w=(1,) * 52,
                last_commit_at=NOW - timedelta(days=10),
                added_at=NOW - timedelta(days=3000),
            ),
            package(
                *(2, 10),
                title="alpha",
                stars=2,
                forks=3,
                contributors=("a",),
                commits_52w=(2,) * 52,
                last_commit_at=NOW - timedelta(days=2000),
                added_at=NOW - timedelta(days=2000),
            ),
            package(
                *(3, 10),
                title="Gamma",
                stars=1,
                forks=2,
                contributors=("a", "b", "c"),
                commits_52w=(0,) * 52,
                last_commit_at=NOW - timedelta(days=100),
                added_at=NOW - timedelta(days=1000),
            ),
            package(
                4,
                title="Unknown",
                stars=None,
                forks=None,
                contributors=None,
                commits_52w=None,
                last_commit_at=None,
                added_at=None,
                fetched_at=None,
            ),
        ]
    )


ORDERS = {
    "title": "alpha Beta Gamma Unknown",
    "stars": "Beta alpha Gamma Unknown",
    "forks": "alpha Gamma Beta Unknown",
    "commits": "alpha Beta Gamma Unknown",
    "contributors": "Gamma Beta alpha Unknown",
    "updated": "Beta Gamma alpha Unknown",
    "added": "Gamma alpha Beta Unknown",
}
HEADINGS = {
    "title": "package ▲",
    "stars": "stars ▼",
    "forks": "forks ▼",
    "commits": "commits▼",
    "contributors": "people ▼",
    "updated": "last ▼",
    "added": "added ▼",
}


def heading(browser: Browser) -> str:
    (line,) = widget_lines(browser.screen.packages.heading)
    return line


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)])
async def test_s_goes_through_all_sorts_and_marks_the_column(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, catalog(), size=size) as browser:
        await browser.press("3")
        seen = []
        for _ in SORTS:
            key = browser.screen.browsing.sort.key
            seen.append(key)
            assert browser.titles == ORDERS[key].split(), key
            assert HEADINGS[key] in heading(browser), key
            assert heading(browser).count("▼") + heading(browser).count("▲") == 1
            await browser.press("s")
        assert sorted(seen) == sorted(SORTS)
        assert browser.screen.browsing.sort.key == "stars"


async def test_capital_s_turns_the_sort_around_unknown_stays_last(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, catalog(), size=(80, 24)) as browser:
        await browser.press("3", "S")
        assert browser.titles == ["Gamma", "alpha", "Beta", "Unknown"]
        assert "stars ▲" in heading(browser)
        assert "stars ▲" in browser.headers()[0]
        await browser.press("S")
        assert "stars ▼" in heading(browser)


async def test_the_figure_of_the_sort_is_shown(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog(), size=(80, 24)) as browser:
        await browser.press("3")
        figures = {}
        for _ in SORTS:
            rows = {row.removeprefix("›").split()[0]: row for row in browser.rows()[:4]}
            key = browser.screen.browsing.sort.key
            figures[key] = [
                rows[title].removeprefix("›").split()[1]
                for title in ("Beta", "alpha", "Gamma", "Unknown")
            ]
            await browser.press("s")
    assert figures == {
        "title": ["3", "2", "1", "–"],
        "stars": ["3", "2", "1", "–"],
        "forks": ["1", "3", "2", "–"],
        "commits": ["52", "104", "0", "–"],
        "contributors": ["2", "1", "3", "–"],
        "updated": ["3", "2", "1", "–"],
        "added": ["2018", "2021", "2023", "–"],
    }


async def test_a_click_on_a_heading_sorts_and_another_turns_it_around(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, catalog(), size=(80, 24)) as browser:
        await browser.press("3")
        headings = browser.screen.packages.heading
        for name, key in (
            ("package", "title"),
            ("last", "updated"),
            ("52w commits", "commits"),
        ):
            x = heading(browser).index(name)
            await browser.click(headings, x, 0)
            assert browser.screen.browsing.sort == (key, False)
            assert browser.titles == ORDERS[key].split()
            await browser.click(headings, heading(browser).index(name), 0)
            assert browser.screen.browsing.sort == (key, True)
        assert browser.focus == "packages"
        await browser.click(headings, heading(browser).index("commits"), 0)
        assert browser.screen.browsing.sort == ("commits", False)
        before = browser.screen.browsing.sort
        await browser.click(headings, heading(browser).index("version"), 0)
        assert browser.screen.browsing.sort == before


async def test_the_cursor_stays_on_its_package(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog(), size=(150, 40)) as browser:
        await browser.go_to_row("Gamma")
        for _ in SORTS:
            await browser.press("s")
            assert browser.shown == "Gamma"
            row = browser.screen.packages.table.current
            assert row is not None
            assert row.title == "Gamma"


async def test_active_only_hides_and_counts_the_others(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog(), size=(80, 24)) as browser:
        await browser.press("3", "a")
        assert browser.titles == ["Beta"]
        assert "active only, 3 hidden" in browser.headers()[0]
        await browser.press("a")
        assert len(browser.titles) == 4
        assert "hidden" not in browser.headers()[0]


async def test_how_many_are_hidden_is_told_at_forty_columns_too(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, catalog(), size=(40, 12)) as browser:
        await browser.press("3", "a")
        assert "3 hidden" in browser.headers()[0]


async def test_where_nothing_is_active_the_list_says_so(tmp_path: Path) -> None:
    old = ScriptedSource([package(1, last_commit_at=NOW - timedelta(days=900))])
    async with browsing(tmp_path, old) as browser:
        await browser.press("3", "a")
        told = " ".join(" ".join(browser.rows()).split())
        assert "Of 1 package here none is active. a shows them all" in told


async def test_dormant_rows_are_dimmed_and_never_dropped(tmp_path: Path) -> None:
    async with browsing(tmp_path, catalog()) as browser:
        table = browser.screen.packages.table
        styles = {}
        for row in table.rows:
            spans = table.row_line(row, 80)
            styles[row.title] = {
                style for text, style in spans if row.title in text or "1.0" in text
            }
        assert styles["alpha"] == {"dim"}
        assert styles["Beta"] == {"title", ""}
        # Of an unknown age nothing is told, neither that it is old.
        assert styles["Unknown"] == {"title", ""}


@pytest.mark.parametrize(
    ("looked", "told"),
    [
        (NOW - timedelta(days=300), " 9d "),
        # Ten years later, "9d" would be taken for an age of today.
        (NOW - timedelta(days=3650), " 2016 "),
    ],
)
async def test_ages_are_those_of_the_sites_look(
    tmp_path: Path, looked: datetime, told: str
) -> None:
    source = ScriptedSource(
        [package(1, fetched_at=looked, last_commit_at=looked - timedelta(days=9))]
    )
    async with browsing(tmp_path, source, size=(80, 24)) as browser:
        await browser.press("3")
        assert told in browser.rows()[0]


async def test_no_chart_zeros_and_a_flat_five_look_different(tmp_path: Path) -> None:
    source = ScriptedSource(
        [
            package(1, title="none", commits_52w=None, stars=3),
            package(2, title="zeros", commits_52w=(0,) * 52, stars=2),
            package(3, title="fives", commits_52w=(5,) * 52, stars=1),
        ]
    )
    async with browsing(tmp_path, source, size=(80, 24)) as browser:
        await browser.press("3")
        none, zeros, fives = (row.removeprefix("›") for row in browser.rows()[:3])
        assert none.split() == ["none", "3", "–", "9d", "1.0"]
        assert zeros.split() == ["zeros", "2", "no", "commits", "9d", "1.0"]
        assert fives.split() == ["fives", "1", "█" * 13, "9d", "1.0"]
