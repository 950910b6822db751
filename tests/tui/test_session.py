"""The browser opens where it was left."""

import os
from pathlib import Path

import pytest

from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.sorting import Sort
from pkgtui.tui.browse.navigation import Level
from pkgtui.tui.browse.state import DEFAULT_SORT, MAX_KEPT, GridSort, ListSorts
from pkgtui.tui.session_state import (
    SessionState,
    read_session_state,
    session_values,
)
from pkgtui.userdata.session import MAX_BYTES, Session
from tests.support.harmless import assert_harmless
from tests.support.store import paths_in
from tests.support.tui import browsing, small_catalog

ANYWHERE = SessionState(
    selection=PackageFilter(grid_id=3, text="stars:5 x", is_active_only=True),
    sorts={
        "grid 3": Sort("updated", is_reversed=True),
        "all": Sort("title"),
    },
    grid_sort=GridSort.ACTIVE,
    is_grid_sort_reversed=True,
    package_id=7,
    level=Level.PACKAGE,
)


@pytest.mark.parametrize(
    "place",
    [
        ANYWHERE,
        SessionState(),
        SessionState(selection=PackageFilter(contributor="ann", category_id=1)),
    ],
)
def test_values_tell_the_place_again(tmp_path: Path, place: SessionState) -> None:
    session = Session(tmp_path / "new" / "session.json")
    session.write("here", session_values(place))
    session.write("there", session_values(SessionState()))
    assert read_session_state(session.read("here")) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "\x00",
        '{"version": 2, "catalogs": {"here": {"package_id": 1}}}',
        '{"version": 1, "catalogs": []}',
        '{"version": 1, "catalogs": {"here": 5}}',
        "[" * 100_000,
    ],
)
def test_a_file_that_cannot_be_read_is_forgotten(tmp_path: Path, text: str) -> None:
    path = tmp_path / "session.json"
    path.write_text(text, encoding="utf-8")
    session = Session(path)
    assert read_session_state(session.read("here")) == SessionState()
    session.write("here", {"package_id": 9})
    assert session.read("here") == {"package_id": 9}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    os.mkfifo(path)
    session = Session(path)
    assert session.read("here") == {}
    assert session.choice("theme") is None
    session.write("here", {"package_id": 9})
    assert path.is_fifo()


def test_a_huge_file_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    session = Session(path)
    session.write("here", {"package_id": 9})
    path.write_bytes(path.read_bytes() + b" " * MAX_BYTES)
    assert session.read("here") == {}


def test_a_folder_that_cannot_be_written_is_nobodys_concern(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    session = Session(blocked / "session.json")
    session.write("here", {"package_id": 9})
    assert session.read("here") == {}


@pytest.mark.parametrize(
    "values",
    [
        {"grid_id": True, "text": 5, "is_active_only": 1, "level": 9, "sorts": "x"},
        {"grid_id": "3", "package_id": "7", "grid_sort": "x", "level": True},
        {
            "sorts": {"all": None, "grid 1": 5},
            "level": None,
            "min_stars": 1.5,
            "has_docs": "yes",
        },
    ],
)
def test_values_of_another_type_are_defaults(values: dict[str, object]) -> None:
    place = read_session_state(values)
    assert place._replace(level=Level.NAVIGATION) == SessionState()


@pytest.mark.parametrize(
    "values",
    [
        {"grid_id": 10**30},
        {"category_id": -(10**30)},
        {"package_id": 10**30},
        {"contributor": "\x1b]0;mine\x07\ud800\x9b31m"},
        {"text": "\x1b[31m host:\x1b]0;mine\x07\x00\ud800"},
        {"text": "x y " * 5000},
    ],
)
async def test_a_file_that_somebody_tampered_with_is_no_harm(
    tmp_path: Path, values: dict[str, object]
) -> None:
    async with browsing(tmp_path, remembers=True) as browser:
        name = browser.app._catalog_name
    Session(paths_in(tmp_path).session).write(name, values)
    async with browsing(tmp_path, remembers=True, is_synced=False) as browser:
        assert browser.message() == ""
        assert_harmless(browser.text())
        await browser.press("1", "g", "enter", "escape", "3", "escape", "1", "enter")
        assert len(browser.titles) == 6


def test_what_nothing_in_the_browser_undoes_is_not_taken_up() -> None:
    assert read_session_state({"min_stars": 10, "has_docs": True}) == SessionState()


async def test_it_opens_where_it_was_left(tmp_path: Path) -> None:
    async with browsing(tmp_path, remembers=True) as browser:
        await browser.press("2", "s")
        await browser.press("j", "enter", "s", "f")
        await browser.type("stars:1")
        await browser.press("enter", "j", "enter")
        left = (browser.focus, browser.titles, browser.shown)
        assert left == ("package", ["Delta", "Gamma"], "Gamma")
    assert paths_in(tmp_path).session.stat().st_mode & 0o777 == 0o600

    async with browsing(tmp_path, remembers=True, is_synced=False) as browser:
        assert (browser.focus, browser.titles, browser.shown) == left
        assert "at least 1 star" in browser.screen.packages.header.text
        assert "forks" in browser.screen.packages.header.text
        assert "packages ▼" in browser.screen.grids.header.text


async def test_a_target_is_opened_all_the_same(tmp_path: Path) -> None:
    async with browsing(tmp_path, remembers=True) as browser:
        await browser.press("2", "j", "enter")
    async with browsing(
        tmp_path, is_synced=False, remembers=True, target="package-6"
    ) as browser:
        assert (browser.focus, browser.shown) == ("package", "Frame")


async def test_a_grid_that_is_gone_is_no_trap(tmp_path: Path) -> None:
    async with browsing(tmp_path, remembers=True) as browser:
        await browser.press("2", "j", "enter")
    source = small_catalog()
    source.records["grids"] = source.records["grids"][:1]
    source.records["packages"] = [
        one._replace(grid_ids=()) for one in source.records["packages"]
    ]
    async with browsing(tmp_path, source, remembers=True) as browser:
        assert browser.titles == []
        await browser.press("1", "enter")
        assert len(browser.titles) == 6


async def test_each_list_keeps_its_own_sort(tmp_path: Path) -> None:
    async with browsing(tmp_path, remembers=True) as browser:
        await browser.press("3", "s")
        of_all = browser.screen.browsing.sort
        await browser.press("2", "j", "enter")
        assert browser.screen.browsing.sort == Sort("stars")
        await browser.press("S")
        assert "stars ▲" in browser.screen.packages.header.text
        await browser.press("1", "g", "enter")
        assert browser.screen.browsing.sort == of_all == Sort("forks")
        assert "forks ▼" in browser.screen.packages.header.text

    async with browsing(tmp_path, remembers=True, is_synced=False) as browser:
        assert "forks ▼" in browser.screen.packages.header.text
        await browser.press("2", "j", "enter")
        assert "stars ▲" in browser.screen.packages.header.text


def test_the_sorts_of_very_many_lists_are_not_all_kept() -> None:
    sorts = ListSorts()
    by_title = Sort("title")
    for grid_id in range(MAX_KEPT + 1):
        sorts.choose(PackageFilter(grid_id=grid_id), by_title)
    assert len(sorts.kept) == MAX_KEPT
    assert sorts.of(PackageFilter(grid_id=0)) == DEFAULT_SORT
    assert sorts.of(PackageFilter(grid_id=1, text="x", is_active_only=True)) == by_title
    sorts.choose(PackageFilter(grid_id=1), DEFAULT_SORT)
    assert len(sorts.kept) == MAX_KEPT - 1


async def test_the_password_of_an_address_is_not_kept(tmp_path: Path) -> None:
    url = "https://ann:secret@example.org/api/v4/"
    async with browsing(tmp_path, remembers=True, api_url=url) as browser:
        await browser.press("3", "down")
        title = browser.shown
    kept = paths_in(tmp_path).session.read_text(encoding="utf-8")
    assert "example.org" in kept
    assert "secret" not in kept
    async with browsing(tmp_path, remembers=True, api_url=url) as browser:
        assert browser.shown == title
