"""The columns of the packages' table: those that were asked for, as far as they fit."""

from datetime import timedelta
from pathlib import Path

import pytest

from pkgtui.config.settings import DEFAULT_COLUMNS
from pkgtui.domain.facts import LIST_COLUMNS, SORTS
from pkgtui.text import cell_width
from pkgtui.tui.browse.columns import (
    FIGURE_WIDTH,
    MINIMUM_TITLE_WIDTH,
    columns_for,
)
from tests.support.store import NOW, FakeSource, package
from tests.support.tui import browsing, small_catalog, widget_lines


def headings(asked: tuple[str, ...], width: int, sort: str = "stars") -> str:
    """The names of the columns that have room, with their cells."""
    found = columns_for(asked, sort, width)
    assert found.title + sum(one.width for one in found.others) == width
    return " ".join(f"{one.column.heading}:{one.width}" for one in found.others)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (27, "stars:8"),
        (32, "stars:8"),
        (33, "stars:8 last:6"),
        (42, "stars:8 last:6 version:9"),
        (47, "stars:8 last:6 version:9"),
        (48, "stars:8 52w commits:15 last:6"),
        (57, "stars:8 52w commits:15 last:6 version:9"),
        (92, "stars:8 52w commits:15 last:6 version:9"),
        (93, "stars:8 52w commits:28 last:6 version:9"),
    ],
)
def test_the_usual_columns_come_as_they_fit(width: int, expected: str) -> None:
    assert headings(DEFAULT_COLUMNS, width) == expected


def test_they_stand_in_the_order_that_was_asked_for() -> None:
    asked = ("version", "last_commit", "trend", "forks", "stars")
    assert headings(asked, 100) == "version:9 last:6 trend:7 forks:8 stars:8"
    assert headings((), 50) == ""
    assert headings(("version",), 50) == "version:9"


def test_all_of_them_have_room_in_a_wide_terminal() -> None:
    assert len(columns_for(tuple(LIST_COLUMNS), "stars", 150).others) == len(
        LIST_COLUMNS
    )


@pytest.mark.parametrize("width", range(27, 160, 7))
def test_the_title_keeps_its_least_width_and_one_figure_stays(width: int) -> None:
    for sort in SORTS:
        found = columns_for(tuple(LIST_COLUMNS), sort, width)
        assert found.title >= MINIMUM_TITLE_WIDTH
        assert FIGURE_WIDTH in [one.width for one in found.others]


@pytest.mark.parametrize(
    ("asked", "sort", "expected"),
    [
        (("stars", "version"), "forks", "forks:8 version:9"),
        (("version", "stars", "added"), "commits", "version:9 commits:8 added:8"),
        (("stars", "forks"), "forks", "stars:8 forks:8"),
        (("stars", "forks"), "updated", "stars:8 forks:8"),
        (("version",), "forks", "version:9"),
    ],
)
def test_the_figure_that_sorts_is_there(
    asked: tuple[str, ...], sort: str, expected: str
) -> None:
    assert headings(asked, 100, sort) == expected


def one_package() -> FakeSource:
    """A catalog of one package whose figures all differ."""
    only = package(
        1,
        title="Alpha",
        stars=1234,
        forks=56,
        contributors=("ann", "bob", "cyd"),
        commits_52w=(0,) * 39 + (2,) * 13,
        last_commit_at=NOW - timedelta(days=3),
        fetched_at=NOW - timedelta(days=1),
        added_at=NOW.replace(year=2011),
        pypi_version="4.5.6",
    )
    return FakeSource([only])


async def test_each_column_tells_its_fact(tmp_path: Path) -> None:
    columns = tuple(name for name in LIST_COLUMNS if name != "commits")
    async with browsing(
        tmp_path, one_package(), size=(200, 40), columns=columns
    ) as browser:
        await browser.press("3", "z")
        (heading,) = widget_lines(browser.screen.packages.heading)
        assert heading.split() == [
            *("package", "stars", "▼", "forks", "people", "commits", "trend", "last"),
            *("version", "added"),
        ]
        assert browser.rows()[0].replace("\N{NO-BREAK SPACE}", ",").split()[1:] == [
            *("Alpha", "1,234", "56", "3", "26", "↗", "2d", "4.5.6", "2011")
        ]


async def test_unknown_is_told_as_unknown_in_every_column(tmp_path: Path) -> None:
    unknown = package(
        1,
        title="Alpha",
        **dict.fromkeys(
            ("stars", "forks", "contributors", "commits_52w", "last_commit_at")
        ),
        **dict.fromkeys(("fetched_at", "added_at", "pypi_version")),
    )
    columns = tuple(name for name in LIST_COLUMNS if name != "commits")
    async with browsing(
        tmp_path, FakeSource([unknown]), size=(200, 40), columns=columns
    ) as browser:
        await browser.press("3", "z")
        assert browser.rows()[0].split()[1:] == ["Alpha", *["–"] * 8]


async def test_a_click_on_a_heading_sorts_by_its_column(tmp_path: Path) -> None:
    columns = ("version", "forks", "last_commit")
    async with browsing(
        tmp_path, small_catalog(), size=(200, 40), columns=columns
    ) as browser:
        heading = browser.screen.packages.heading
        for label, key in (("last", "updated"), ("package", "title")):
            (line,) = widget_lines(heading)
            await browser.click(heading, line.index(label) + 1, 0)
            assert browser.screen.browsing.sort.key is key
        (line,) = widget_lines(heading)
        await browser.click(heading, line.index("version") + 1, 0)
        assert browser.screen.browsing.sort.key == "title"


async def test_every_line_keeps_its_width_in_any_size(tmp_path: Path) -> None:
    source = small_catalog(title="漢字" * 30, pypi_version="2026.10.31.post1")
    async with browsing(tmp_path, source, columns=tuple(LIST_COLUMNS)) as browser:
        for size in ((40, 12), (80, 24), (140, 40), (200, 50)):
            await browser.resize(*size)
            await browser.press("3")
            table = browser.screen.packages.table
            for line in widget_lines(table):
                assert cell_width(line) == table.size.width
