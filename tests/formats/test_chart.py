"""The chart of weekly commits: true to scale, dated, and never wider than asked."""

from datetime import UTC, datetime

import pytest

from pkgtui.formats.commit_chart import draw_commits

LOOKED = datetime(2026, 2, 15, 22, tzinfo=UTC)


def test_bars_stand_on_the_axis_week_by_week() -> None:
    commits = [0] * 52
    commits[0], commits[10], commits[51] = 32, 16, 1

    chart = draw_commits(commits, LOOKED, 80)

    assert chart.weeks_per_bar == 1
    top, *middle, axis, months = chart.lines
    assert top == "32┤█"
    assert [line[:3] for line in middle] == ["  │"] * 3
    lowest = middle[-1]
    assert (lowest[3], lowest[13], lowest[54]) == ("█", "█", "▁")
    assert middle[0][3:] == "█"
    assert middle[1][3:] == "█         █"
    assert axis == " 0┼" + "─" * 52
    assert months == "     Mar  Apr May Jun  Jul Aug Sep  Oct Nov Dec  Jan"


def test_months_stand_where_they_begin() -> None:
    months = draw_commits([1] * 52, LOOKED, 80).lines[-1]

    # The first week that begins in January begins on 5 January; the last of all on
    # 9 February, five weeks later.
    assert months.index("Jan") - len("0┼") == 51 - 5


def test_without_a_date_there_are_no_months() -> None:
    assert draw_commits([1] * 52, None, 80).lines[-1].startswith("0┼")


def test_few_commits_do_not_tower() -> None:
    one = draw_commits([0] * 51 + [1], None, 80).lines
    five = draw_commits([5] * 52, None, 80).lines

    assert one == ["1┤" + " " * 51 + "█", "0┼" + "─" * 52]
    assert five == [
        "5┤" + "█" * 52,
        *[" │" + "█" * 52] * 3,
        "0┼" + "─" * 52,
    ]


def test_no_commits_leave_the_axis_bare() -> None:
    assert draw_commits([0] * 52, None, 80).lines == ["0┼" + "─" * 52]


@pytest.mark.parametrize(
    ("width", "weeks_per_bar", "bars"),
    [(80, 1, 52), (55, 1, 52), (54, 2, 26), (30, 2, 26), (28, 4, 13), (12, 13, 4)],
)
def test_a_narrow_chart_sums_weeks_into_equal_bars(
    width: int, weeks_per_bar: int, bars: int
) -> None:
    chart = draw_commits([10] * 52, None, width)

    assert chart.weeks_per_bar == weeks_per_bar
    assert chart.lines[-1].count("─") == bars
    assert chart.lines[0].startswith(f"{10 * weeks_per_bar}┤")


@pytest.mark.parametrize("weeks", [1, 2, 13, 47, 52])
@pytest.mark.parametrize("width", range(6, 70))
def test_no_line_is_wider_than_asked(weeks: int, width: int) -> None:
    chart = draw_commits([9] * weeks, LOOKED, width)

    assert max(map(len, chart.lines)) <= width
    assert sum(1 for line in chart.lines if "─" in line) == 1


def test_low_charts_on_narrow_terminals() -> None:
    assert len(draw_commits([50] * 52, LOOKED, 59).lines) == 2 + 2
    assert len(draw_commits([50] * 52, LOOKED, 60).lines) == 4 + 2


def test_without_room_for_a_single_bar_nothing_is_drawn() -> None:
    commits = [2**63 - 1] * 2

    assert draw_commits(commits, LOOKED, 21).lines == []
    assert draw_commits(commits, LOOKED, 22).lines[0] == f"{2**63 - 1}┤██"
