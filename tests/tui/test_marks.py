"""Marks: made wherever a package is listed, seen everywhere, kept between runs."""

import errno
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pkgtui.tui.browse.screen import BrowseScreen
from pkgtui.userdata.marks import Marks
from tests.support.store import cache_in, package, paths_in
from tests.support.tui import Browser, ScriptedSource, browsing, widget_lines
from tests.support.tui_compare import Comparer, comparing, crowd

NARROW, MEDIUM, WIDE = (80, 24), (120, 40), (150, 40)


def marks_in(folder: Path) -> tuple[str, ...]:
    return Marks(paths_in(folder).marks).slugs()


def write_marks(folder: Path, text: str) -> None:
    path = paths_in(folder).marks
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def marked_rows(browser: Browser) -> list[str]:
    """The titles of the listed packages that have the sign of a mark."""
    lines = widget_lines(browser.screen.packages.table)
    return [line.split("●")[1].split()[0] for line in lines if "●" in line]


def refuse_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)


@pytest.mark.parametrize("size", [NARROW, MEDIUM, WIDE])
async def test_space_marks_in_the_list_and_again_takes_it_away(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with browsing(tmp_path, size=size) as browser:
        await browser.press("3", "space", "j", "j", "space")
        assert marked_rows(browser) == ["Alpha", "Gamma"]
        assert browser.status().startswith("● 2 marked")
        assert marks_in(tmp_path) == ("package-1", "package-3")
        await browser.press("space")
        assert marked_rows(browser) == ["Alpha"]
        assert browser.status().startswith("● 1 marked")
        await browser.press("k", "k", "space")
        assert marked_rows(browser) == []
        assert "marked" not in browser.status()
        assert marks_in(tmp_path) == ()


async def test_space_marks_the_package_that_is_read(tmp_path: Path) -> None:
    async with browsing(tmp_path, size=NARROW) as browser:
        await browser.go_to_row("Beta")
        await browser.press("4", "space")
        assert "● marked" in browser.headers()[0]
        assert marks_in(tmp_path) == ("package-2",)
        await browser.press("escape")
        assert marked_rows(browser) == ["Beta"]


async def test_space_marks_what_is_found(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("slash", *"delta", "tab", "space")
        assert "● Delta" in browser.text()
        await browser.press("escape")
        assert marked_rows(browser) == ["Delta"]


async def test_space_among_the_groups_marks_nothing(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("1", "space", "2", "space")
        assert marks_in(tmp_path) == ()


async def test_marks_are_there_in_the_next_run(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "space")
    async with browsing(tmp_path) as browser:
        assert marked_rows(browser) == ["Alpha"]
        assert browser.status().startswith("● 1 marked")


async def test_c_compares_what_is_marked_in_the_order_of_marking(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "j", "j", "space", "k", "space", "c")
        compare = Comparer(browser)
        assert compare.titles() == ["● Gamma", "● Beta"]
        assert compare.title()[0].startswith("Marked · 2 packages")
        assert compare.status().startswith("● 2 marked · ")


async def test_marks_go_before_the_grid_and_without_them_the_grid_is_compared(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path, target="grid-20") as browser:
        await browser.press("c")
        assert Comparer(browser).title()[0].startswith("Caching · 2 packages")
        await browser.press("escape", "space", "c")
        assert Comparer(browser).title()[0].startswith("Marked · 1 package")


async def test_c_without_marks_and_grid_says_what_to_do(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("c")
        assert isinstance(browser.app.screen, BrowseScreen)
        assert browser.message() == (
            "Mark packages with space, or choose a grid; then c compares them."
        )


async def test_a_mark_made_while_comparing_is_seen_in_both_places(
    tmp_path: Path,
) -> None:
    async with comparing(tmp_path, crowd(3)) as compare:
        await compare.press("l", "space")
        assert compare.titles() == ["Package 1", "● Package 2", "Package 3"]
        assert compare.status().startswith("● 1 marked · ")
        await compare.press("l", "space", "h", "space")
        assert compare.titles() == ["Package 1", "Package 2", "● Package 3"]
        await compare.press("t")
        assert compare.labels()[2] == "● Package 3"
        await compare.press("escape")
        assert [line.split()[1] for line in marked_lines(compare)] == ["Package"]
        assert marks_in(tmp_path) == ("package-3",)


async def test_the_count_of_marks_leaves_the_way_out_in_sight(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(3), size=(40, 12)) as compare:
        await compare.press("space")
        assert compare.status().startswith("● 1 · data from 7")
        assert compare.status().endswith("esc back  ? help")


def marked_lines(compare: Comparer) -> list[str]:
    lines = widget_lines(compare.browser.screen.packages.table)
    return [line for line in lines if "●" in line]


async def test_a_mark_made_while_adding_shows_in_the_table(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        await compare.press("plus", *"package-2", "tab", "space", "escape")
        assert compare.titles() == ["Package 1", "● Package 2"]


async def test_marked_packages_that_are_not_held_are_compared_as_unknown(
    tmp_path: Path,
) -> None:
    document = {"version": 1, "packages": ["elsewhere", "package-2", "1"]}
    write_marks(tmp_path, json.dumps(document))
    async with browsing(tmp_path) as browser:
        assert browser.status().startswith("● 3 marked")
        await browser.press("c")
        compare = Comparer(browser)
        assert compare.titles() == ["● elsewhere", "● Beta", "● 1"]
        assert set(compare.column(0)) == {"–"}
        assert set(compare.column(2)) == {"–"}
        await compare.press("space")
        assert compare.titles()[0] == "elsewhere"
        assert marks_in(tmp_path) == ("package-2", "1")


async def test_a_hundred_marks_are_compared(tmp_path: Path) -> None:
    slugs = [f"package-{n}" for n in range(100, 0, -1)]
    write_marks(tmp_path, json.dumps({"version": 1, "packages": slugs}))
    async with browsing(tmp_path, crowd(100)) as browser:
        await browser.press("c")
        compare = Comparer(browser)
        assert compare.title()[0].startswith("Marked · 100 packages")
        await compare.press("0")
        assert compare.titles()[0] == "● Package 100"


async def test_all_marks_are_taken_away_and_put_back(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "j", "space", "k", "space", "X")
        assert marked_rows(browser) == []
        assert marks_in(tmp_path) == ()
        assert browser.message() == "2 marks cleared. X restores them."
        await browser.press("X")
        assert marked_rows(browser) == ["Alpha", "Beta"]
        assert marks_in(tmp_path) == ("package-2", "package-1")
        assert browser.message() == ""


async def test_taking_marks_away_where_there_are_none_does_nothing(
    tmp_path: Path,
) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("X")
        assert browser.message() == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"version": 1, "pack', "could not be read; the file was moved aside as"),
        ('{"version": 7, "packages": []}', "are of a newer pkgtui; update this one"),
    ],
)
async def test_a_file_of_marks_that_is_of_no_use_is_told_at_the_start(
    tmp_path: Path, text: str, message: str
) -> None:
    write_marks(tmp_path, text)
    async with browsing(tmp_path, size=NARROW) as browser:
        assert message in browser.message()
        assert len(browser.titles) == 6
    kept = [path.read_text() for path in paths_in(tmp_path).data.glob("marks.json*")]
    assert kept == [text]


async def test_damage_in_the_middle_of_a_run_is_told(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        await browser.press("3", "space")
        write_marks(tmp_path, "damaged by another program")
        await browser.press("j", "space")
        assert "moved aside as marks.json.damaged-1" in browser.message()
        assert marked_rows(browser) == ["Beta"]


@pytest.mark.parametrize("keys", [["space"], ["X"]])
async def test_marks_that_cannot_be_kept_are_told_and_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: list[str]
) -> None:
    write_marks(tmp_path, '{"version": 1, "packages": ["package-2"]}')
    async with browsing(tmp_path) as browser:
        refuse_writes(monkeypatch)
        await browser.press("3", *keys)
        assert "cannot keep the marks in" in browser.message()
        assert "no space left on device" in browser.message()
        assert marked_rows(browser) == ["Beta"]


async def test_marks_that_cannot_be_kept_are_told_where_one_compares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with comparing(tmp_path, crowd(2), size=WIDE) as compare:
        refuse_writes(monkeypatch)
        await compare.press("space")
        assert compare.status().startswith("cannot keep the marks in")
        assert compare.titles() == ["Package 1", "Package 2"]
        await compare.press("plus", *"package", "tab", "space")
        assert "cannot keep the marks in" in compare.text()


async def test_marks_of_another_program_are_taken_over(tmp_path: Path) -> None:
    async with browsing(tmp_path) as browser:
        Marks(paths_in(tmp_path).marks).toggle("package-3")
        await browser.press("3", "space")
        assert marked_rows(browser) == ["Alpha", "Gamma"]


async def test_marks_are_the_same_whichever_catalog_is_open(tmp_path: Path) -> None:
    slug: dict[str, Any] = {"version": 1, "packages": ["django-otp"]}
    write_marks(tmp_path, json.dumps(slug))
    async with browsing(tmp_path, is_synced=False, is_offline=True) as browser:
        await browser.press("b")
        await browser.until(lambda: bool(browser.titles))
        await browser.press("c")
        assert Comparer(browser).titles() == ["● django-otp"]


async def test_a_package_that_has_vanished_meanwhile_is_not_marked(
    tmp_path: Path,
) -> None:
    source = ScriptedSource([package(id_, stars=1000 - id_) for id_ in range(1, 200)])
    async with browsing(tmp_path, source) as browser:
        await browser.press("3")
        with closing(sqlite3.connect(cache_in(tmp_path))) as other:
            other.execute("DELETE FROM package WHERE id = 199")
            other.commit()
        await browser.press("G", "space")
        assert "no longer in the catalog" in browser.message()
    assert marks_in(tmp_path) == ()
