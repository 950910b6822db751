"""The chart of the package pane: what is drawn and told, and where one can stop."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pkgtui.domain.ages import month_name
from pkgtui.domain.commits import week_start
from pkgtui.text import cell_width
from pkgtui.tui.browse.links import WeekTarget
from pkgtui.tui.browse.package_document import Block, commits_block
from tests.support.tui import line_texts, seed

LOOKED = datetime(2026, 2, 15, 19, 35, tzinfo=UTC)
FLAT = (5,) * 52
ZEROS = (0,) * 52
BARS = set("▁▂▃▄▅▆▇█")


def block(
    commits: tuple[int, ...] | None,
    *,
    width: int = 74,
    week: int | None = None,
    fetched_at: datetime | None = LOOKED,
) -> Block:
    return commits_block(commits, fetched_at, width, week)


def told(commits: tuple[int, ...] | None, *, week: int | None = None) -> str:
    return "\n".join(line_texts(block(commits, week=week).lines))


def test_django_modelclusters_week_is_told_in_words() -> None:
    package = seed("django-modelcluster")
    assert package.commits_52w is not None
    busy = package.commits_52w.index(3)

    drawn = commits_block(package.commits_52w, package.fetched_at, 74, busy)

    lines = line_texts(drawn.lines)
    assert lines[0] == "Commits  week of 1 Dec 2025: 3 commits"
    bar = [line[2 + busy] for line in lines[1:4]]
    assert bar == ["█", "█", "█"]
    assert lines[-2:] == [
        "3 commits in 52 weeks · 3 in the last 13, 0 in the 39 before: rising ↗",
        "1 of 52 weeks with commits, none in the last 10 weeks",
    ]


def test_the_year_is_told_whether_or_not_a_week_is() -> None:
    commits = (*(2,) * 39, *(1,) * 11, 0, 0)
    words = (
        "89 commits in 52 weeks · 11 in the last 13, 78 in the 39 before: falling ↘",
        "50 of 52 weeks with commits, none in the last 2 weeks",
    )

    for week in (None, 0, 51):
        assert tuple(line_texts(block(commits, week=week).lines)[-2:]) == words
    assert line_texts(block(commits).lines)[0] == "Commits  52 weeks to 15 Feb 2026"


def test_every_week_is_a_bar_oldest_at_the_left() -> None:
    rising = tuple(range(52))
    drawn = block(rising)

    base = line_texts(drawn.lines)[3].removeprefix(" 0┤")
    assert base[0] == "·"
    assert base[1:] == "".join(sorted(base[1:]))
    assert [stop.target for stop in drawn.stops] == [WeekTarget(i) for i in range(52)]
    assert [stop.start for stop in drawn.stops] == list(range(3, 55))
    assert {(stop.line, stop.height) for stop in drawn.stops} == {(3, 3)}


def test_the_weeks_are_named_by_their_first_day() -> None:
    ends = [line_texts(block(FLAT, week=week).lines)[0] for week in (0, 50, 51)]

    assert ends == [
        "Commits  week of 17 Feb 2025: 5 commits",
        "Commits  week of 2 Feb 2026: 5 commits",
        "Commits  week of 9 Feb 2026: 5 commits",
    ]
    assert week_start(51, 52, LOOKED) + timedelta(days=6) == date(2026, 2, 15)


@pytest.mark.parametrize(("count", "words"), [(0, "0 commits"), (1, "1 commit")])
def test_one_and_none_are_told_rightly(count: int, words: str) -> None:
    commits = (count, *(7,) * 51)
    assert told(commits, week=0).startswith(f"Commits  week of 17 Feb 2025: {words}\n")


def test_no_data_zeros_and_a_flat_five_look_different() -> None:
    unknown, zeros, flat = (told(commits) for commits in (None, ZEROS, FLAT))

    assert unknown == "Commits  not known: the site has no chart"
    assert "0┤" + "·" * 52 in zeros
    assert "no commits in these 52 weeks" in zeros
    assert not BARS & set(zeros)
    assert flat.count("█" * 52) == 3
    assert "·" * 2 not in flat
    assert "65 in the last 13, 195 in the 39 before: steady →" in flat


def test_zeros_and_the_unknown_have_nothing_to_stop_at() -> None:
    assert block(ZEROS).stops == ()
    assert block(None).stops == ()


def test_the_smallest_week_is_drawn() -> None:
    commits = (1000, 1, *(0,) * 50)
    base = line_texts(block(commits).lines)[3].removeprefix("   0┤")
    assert base[:3] == "█▁·"


def test_the_baseline_is_zero_and_the_top_is_the_largest_week() -> None:
    commits = (*(90,) * 26, *(100,) * 26)
    lines = line_texts(block(commits).lines)
    assert lines[1].startswith("100┤")
    assert lines[3].startswith("  0┤")
    assert lines[3].endswith("█" * 52)


def test_months_stand_where_they_begin() -> None:
    lines = line_texts(block(FLAT).lines)
    months = lines[4][2:]
    for name in months.split():
        start = week_start(months.index(name), 52, LOOKED)
        before = week_start(months.index(name) - 1, 52, LOOKED)
        assert month_name(start) == name
        assert before.month != start.month


@pytest.mark.parametrize("days", range(0, 40, 3))
def test_months_stay_below_the_bars(days: int) -> None:
    drawn = block(FLAT, fetched_at=LOOKED + timedelta(days=days), width=54)
    assert cell_width(line_texts(drawn.lines)[4]) <= 54


@pytest.mark.parametrize(
    ("width", "bars", "words"),
    [
        (54, 52, "Commits  week of 17 Feb 2025: 5 commits"),
        (45, 26, "Commits  2 weeks from 17 Feb 2025: 10 commits"),
        (44, 26, "2 weeks from 17 Feb 2025: 10 commits"),
        (37, 26, "2 weeks from 17 Feb 2025: 10 commits"),
        (20, 13, "4 weeks from 17 Feb…"),
    ],
)
def test_where_a_year_does_not_fit_weeks_are_summed_and_told(
    width: int, bars: int, words: str
) -> None:
    drawn = block(FLAT, width=width, week=0)

    assert len(drawn.stops) == bars
    assert line_texts(drawn.lines)[0] == words
    assert all(cell_width(line) <= width for line in line_texts(drawn.lines)[:5])


@pytest.mark.parametrize("width", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("commits", [FLAT, ZEROS, None, (1,), (10**6,) * 52])
def test_no_width_is_too_small(width: int, commits: tuple[int, ...] | None) -> None:
    assert block(commits, width=width, week=0).lines


def test_a_chart_without_a_date_counts_its_weeks() -> None:
    lines = line_texts(block(FLAT, fetched_at=None, week=51).lines)
    assert lines[0] == "Commits  week 52 of 52: 5 commits"
    assert lines[4].strip() == ""


def test_a_short_chart_says_how_short_it_is() -> None:
    text = told((1, 0, 2))
    assert "Commits  3 weeks to 15 Feb 2026" in text
    assert "3 commits in 3 weeks · 2 of 3 weeks with commits" in text
    assert "before" not in text


def test_in_a_narrow_pane_the_heading_gives_way_and_no_figure_is_cut() -> None:
    busy = (10_000,) * 52

    (heading, *_), (unknown,) = (
        line_texts(block(commits, width=37, week=3).lines) for commits in (busy, None)
    )

    assert heading == "2 weeks from 31 Mar 2025: 20\N{NO-BREAK SPACE}000 com…"
    assert unknown == "Commits  not known: no chart"
