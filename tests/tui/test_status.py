"""The words of the status line and of empty lists: pure, for any width."""

from datetime import UTC, datetime, timedelta

import pytest

from pkgtui.catalog import CacheStatus, SyncProgress
from pkgtui.domain.filters import PackageFilter
from pkgtui.keys import KEYS, key_by_id
from pkgtui.text import cell_width
from pkgtui.tui.browse.navigation import Level
from pkgtui.tui.browse.panes.packages_pane import why_no_packages
from pkgtui.tui.status import (
    FILTER_HINTS,
    HINTS,
    hints,
    marked_words,
    progress_words,
    source_words,
)

NOW = datetime(2026, 2, 20, tzinfo=UTC)
LIVE = CacheStatus(
    "https://example.org/api/v4/", "example.org", False, NOW, NOW, 5400, 380, 4
)
SAMPLE = LIVE._replace(is_sample=True, data_as_of=datetime(2026, 2, 15, tzinfo=UTC))


@pytest.mark.parametrize(
    ("freshness", "is_offline", "words", "short_words"),
    [
        (
            LIVE._replace(synced_at=NOW - timedelta(hours=3)),
            False,
            "example.org · synced 3 hours ago",
            "synced 3 hours ago",
        ),
        (
            LIVE._replace(synced_at=NOW - timedelta(days=40)),
            True,
            "offline · example.org · synced 5 weeks ago",
            "offline · synced 5 weeks ago",
        ),
        (
            LIVE._replace(synced_at=None),
            False,
            "example.org · 5\u00a0400 packages, first sync not finished",
            "5\u00a0400 packages, first sync not finished",
        ),
        (
            LIVE._replace(synced_at=None, package_count=0),
            False,
            "example.org · nothing cached yet",
            "nothing cached yet",
        ),
        (
            SAMPLE,
            True,
            "bundled sample, data from Feb 2026",
            "sample, data from Feb 2026",
        ),
        (SAMPLE._replace(data_as_of=None), False, "bundled sample", "sample"),
    ],
)
def test_the_source_and_its_age(
    freshness: CacheStatus, is_offline: bool, words: str, short_words: str
) -> None:
    assert source_words(freshness, NOW, is_offline=is_offline) == words
    assert (
        source_words(freshness, NOW, is_offline=is_offline, is_short=True)
        == short_words
    )


@pytest.mark.parametrize(
    ("done", "total", "bar"),
    [
        (0, 5400, "············"),
        (1, 5400, "············"),
        (2700, 5400, "██████······"),
        (5399, 5400, "███████████·"),
        (5400, 5400, "████████████"),
        (6000, 5400, "████████████"),
        (0, 0, "············"),
    ],
)
def test_progress_is_a_bar_and_rows(done: int, total: int, bar: str) -> None:
    words = progress_words(SyncProgress("packages", done, total, 1))
    assert words.startswith(f"syncing packages {bar} ")
    assert words.endswith(f"{done:,} of {total:,}".replace(",", "\u00a0"))


def test_a_second_pass_is_told() -> None:
    words = progress_words(SyncProgress("packages", 1, 2, 2))
    assert words.startswith("syncing packages again, as rows moved █")


def test_short_progress_fits_a_narrow_line() -> None:
    progress = SyncProgress("categories", 123_456, 654_321, 2)
    assert cell_width(progress_words(progress, is_short=True)) <= 44
    progress = SyncProgress("packages", 1_234, 5_417, 1)
    assert cell_width(progress_words(progress, is_short=True)) <= 38


def test_marks_are_counted() -> None:
    assert marked_words(0) == ""
    assert marked_words(3) == "● 3 marked · "
    assert marked_words(3, is_short=True) == "● 3 · "


@pytest.mark.parametrize("ids", [*HINTS.values(), FILTER_HINTS])
@pytest.mark.parametrize("room", range(-3, 140, 7))
def test_hints_fit_and_help_is_the_last_to_go(ids: tuple[str, ...], room: int) -> None:
    text = "".join(part for part, _ in hints(ids, room))
    assert cell_width(text) <= max(0, room)
    if "app.help" in ids and room >= len("? help"):
        assert "? help" in text
    if room >= 130:
        for id_ in ids:
            assert key_by_id(id_).label in text


def test_hints_are_of_keys_that_there_are() -> None:
    known = {key.id for key in KEYS}
    for ids in HINTS.values():
        assert set(ids) <= known
    assert set(HINTS) == set(Level)


def test_hints_keep_their_order() -> None:
    text = "".join(part for part, _ in hints(HINTS[Level.PACKAGES], 40))
    assert text.startswith("enter open  esc back")
    assert text.endswith("? help")


def why(selection: PackageFilter | None = None, **changes: object) -> str:
    facts: dict[str, object] = {
        "held_count": 100,
        "hidden_count": 0,
        "missing_count": 0,
        "is_syncing": False,
        "is_offline": False,
        "host": "example.org",
        "error": "",
        "narrowing": "with 'x'",
        **changes,
    }
    return " | ".join(why_no_packages(selection or PackageFilter(), **facts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (why(held_count=0, is_syncing=True), "Reading the catalog from example.org."),
        (why(held_count=0, error="no route"), "no route | | b browse the bundled"),
        (why(held_count=0, error="no route"), "R try example.org again"),
        (why(held_count=0, is_offline=True), "The network is off (--offline)."),
        (why(PackageFilter(text="x"), hidden_count=3), "Of 3 packages here none fits"),
        (
            why(PackageFilter(is_active_only=True), hidden_count=3),
            "Of 3 packages here none is act",
        ),
        (
            why(PackageFilter(grid_id=1), missing_count=2),
            "names 2 packages not cached here",
        ),
        (why(PackageFilter(grid_id=1)), "This grid has no packages."),
        (why(PackageFilter(contributor="ann")), "Nothing else in the catalog."),
        (why(PackageFilter(category_id=1)), "No packages here."),
    ],
)
def test_an_empty_list_says_why(told: str, words: str) -> None:
    assert words in " ".join(told.split())


def test_offline_there_is_nothing_to_try_again() -> None:
    assert "again" not in why(held_count=0, is_offline=True)
