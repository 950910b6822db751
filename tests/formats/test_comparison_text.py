"""A comparison as text: what fits, what is marked, and the bars of a year."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkgtui.domain.comparison import ComparedPackage, Comparison
from pkgtui.formats.comparison import RowText, cells_width, comparison_text
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width, to_ascii
from tests.support.compare import (
    HOSTILE,
    entrant,
    several,
    side_by_side,
)
from tests.support.store import NOW, UNKNOWN_FACTS


def text_of(comparison: Comparison, width: int = 80, **style: Any) -> list[str]:
    return comparison_text(comparison, TextStyle(width=width, **style))


def line_of(lines: list[str], label: str) -> str:
    return next(line for line in lines if line.startswith(label))


def test_packages_are_columns_while_they_fit_and_lines_beyond() -> None:
    three, four = text_of(several(3)), text_of(several(4))

    assert line_of(three, "stars").split() == ["stars", "100", "200", "300", "*"]
    assert not any(line.startswith("stars") for line in four)
    assert line_of(four, "package").split()[:3] == ["package", "activity", "last"]
    assert sum(line.startswith("Package number 4") for line in four) > 1
    assert line_of(text_of(several(4), 120), "stars").split()[-2:] == ["400", "*"]


@pytest.mark.parametrize("width", [20, 40, 79, 80, 120, 200])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 10, 100])
@pytest.mark.parametrize("is_ascii", [False, True])
def test_no_line_is_wider_than_the_terminal(
    count: int, width: int, is_ascii: bool
) -> None:
    comparison = several(count, description=HOSTILE * 3)

    lines = text_of(comparison, width, is_ascii=is_ascii)

    if is_ascii:
        # What is drawn becomes ASCII at the end, sign by sign.
        lines = [to_ascii(line) for line in lines]
    assert max(map(cell_width, lines)) <= width


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            entrant,
            st.integers(1, 10**9),
            title=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60),
            stars=st.none() | st.integers(0, 10**9),
            commits_52w=st.none()
            | st.lists(st.integers(0, 10**6), max_size=52).map(tuple),
            pypi_version=st.none() | st.text("0123456789.abrc", min_size=1),
            description=st.text(
                st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=200
            ),
        ),
        max_size=5,
        unique_by=lambda each: each.key,
    ),
    st.integers(20, 160),
)
def test_no_line_is_too_wide_whatever_is_told(
    entrants: list[ComparedPackage], width: int
) -> None:
    lines = text_of(side_by_side(*entrants), width)

    assert max(map(cell_width, lines)) <= width


def test_what_is_cut_is_marked_and_titles_are_wrapped_first() -> None:
    name = "django-rest-framework-social-oauth2"
    lines = text_of(
        side_by_side(
            entrant(1, title=name),
            entrant(2, title="x" * 100, description="word " * 60),
            entrant(3, pypi_version="1.0" * 20),
        )
    )

    first, second, third = (
        [line[at : at + 18].strip() for line in lines] for at in (20, 40, 60)
    )
    assert "".join(first[2:5]) == name
    assert second[2:5] == ["x" * 18, "x" * 18, "x" * 17 + "…"]
    at = lines.index(line_of(lines, "description"))
    assert second[at : at + 3] == [
        "word word word",
        "word word word",
        "word word word wo…",
    ]
    at = lines.index(line_of(lines, "PyPI version"))
    assert third[at : at + 3] == ["1.0" * 6, "1.0" * 6, ("1.0" * 6)[:17] + "…"]


def test_a_label_or_title_that_is_cut_in_lines_is_marked() -> None:
    lines = text_of(several(3, description="word " * 60), 40)

    assert any(line.startswith("Package numb…") for line in lines)
    assert any(line.endswith("word…") for line in lines)
    narrow = text_of(several(3), 20)
    assert "package   contribut…" in narrow


def test_the_best_is_marked_by_a_sign_that_is_explained() -> None:
    lines = text_of(several(2))

    assert line_of(lines, "stars").rstrip().endswith("200 *")
    assert lines[-1] == "* best"


def test_where_nothing_is_best_no_sign_is_explained() -> None:
    assert "* best" not in text_of(several(1))


def test_color_says_nothing_that_the_text_does_not() -> None:
    plain, colored = (
        text_of(several(3)),
        text_of(several(3), is_color=True),
    )

    stripped = [re.sub(r"\x1b\[\d+m", "", line).rstrip() for line in colored]
    assert stripped == plain
    assert any("\x1b[1m" in line for line in colored)


def test_numbers_are_aligned_where_packages_are_lines() -> None:
    lines = text_of(several(12), 100)
    at = next(at for at, line in enumerate(lines) if " stars" in line)
    column = lines[at].index("stars")
    ends = {
        len(re.match(r" *[0-9\xa0]+", line[column:])[0])  # type: ignore[index]
        for line in lines[at + 1 : at + 13]
    }

    assert len(ends) == 1


def test_arrows_do_not_shift_the_numbers_of_their_column() -> None:
    comparison = side_by_side(
        entrant(1, commits_52w=(0,) * 52), entrant(2, commits_52w=(0,) * 51 + (7,))
    )
    row = comparison.row("commits_last_13w")
    text = RowText(row, comparison.entrants, 14, TextStyle(), is_column=True)

    assert [text.cell(at) for at in (0, 1)] == ["         0    ", "         7 ↗ *"]


def test_a_row_tells_how_much_room_it_needs() -> None:
    comparison = side_by_side(
        entrant(1, stars=5, documentation_url="https://x/"), entrant(2, stars=12345)
    )

    def width(key: str) -> int:
        return cells_width(comparison.row(key), TextStyle())

    assert width("stars") == len("12 345 *")
    assert width("documentation_url") == len("yes")
    assert width("description") == len("Does something")
    assert width("commits_total") == 13 + len(" 3")


def test_nothing_to_compare_is_said() -> None:
    assert text_of(side_by_side())[0] == "Authentication · 0 packages"
    assert text_of(side_by_side())[-1] == "There is nothing to compare."


def test_nothing_that_differs_is_said() -> None:
    agreed = several(2)._replace(rows=())

    assert text_of(agreed)[-1] == "These packages differ in nothing."


def test_unknown_is_a_dash_and_never_a_zero() -> None:
    lines = text_of(side_by_side(entrant(1, **UNKNOWN_FACTS), entrant(2)))

    assert line_of(lines, "stars").split() == ["stars", "–", "10"]
    assert line_of(lines, "commits, 52").split()[3:] == ["–", "▂", "3"] or line_of(
        lines, "commits, 52"
    ).split()[3:] == ["–", "█", "3"]


# Sparklines


def bars(row: RowText, at: int) -> str:
    return row.cell(at).split()[0]


def commits_text(
    *charts: tuple[int, ...] | None, width: int = 30, **options: Any
) -> RowText:
    comparison = side_by_side(
        *(entrant(at, commits_52w=chart) for at, chart in enumerate(charts))
    )
    row = comparison.row("commits_total")
    return RowText(row, comparison.entrants, width, TextStyle(), **options)


def test_sparklines_of_one_table_share_a_scale() -> None:
    row = commits_text((8,) * 52, (1,) * 52)

    assert bars(row, 0) == "█" * 13
    assert bars(row, 1) == "▁" * 13


def test_every_package_has_as_many_bars_whatever_its_figures() -> None:
    row = commits_text((2000,) * 52, (1,) * 52, width=16)

    first, second = row.cell(0), row.cell(1)
    assert len(first) == len(second) == 16
    assert set(first[:5]) <= {"▇", "█"}
    assert set(second[:5]) == {"▁"}
    assert first.endswith("104\xa0000 *")
    assert second[6:].strip() == "52"


def test_a_short_chart_stands_at_the_recent_end() -> None:
    row = commits_text((4,) * 52, (4,) * 4)

    assert row.cell(1)[:13] == " " * 12 + "█"


def test_no_bars_where_there_is_no_room_for_a_few() -> None:
    row = commits_text((5,) * 52, (1,) * 52, width=9)

    assert row.cell(0).split() == ["260", "*"]


def test_a_date_takes_its_shorter_form_in_the_whole_row() -> None:
    comparison = side_by_side(
        entrant(1, last_commit_at=NOW - timedelta(days=3), fetched_at=NOW),
        entrant(2, last_commit_at=NOW - timedelta(days=400), fetched_at=NOW),
        entrant(3, last_commit_at=None),
    )
    row = comparison.row("last_commit_at")

    wide, narrow = (
        RowText(row, comparison.entrants, width, TextStyle()) for width in (20, 17)
    )

    assert [wide.cell(at).strip() for at in range(3)] == [
        "5 Aug 2026 · 3d *",
        "4 Jul 2025 · 13mo",
        "–",
    ]
    assert [narrow.cell(at).strip() for at in range(3)] == [
        "Aug 2026 · 3d *",
        "Jul 2025 · 13mo",
        "–",
    ]


def test_a_number_too_long_for_its_column_is_cut_in_ascii_too() -> None:
    numbers = [entrant(id_, stars=2**63 - id_) for id_ in range(1, 8)]

    for is_ascii in (False, True):
        lines = text_of(side_by_side(*numbers), 27, is_ascii=is_ascii)
        assert max(len(to_ascii(line) if is_ascii else line) for line in lines) <= 27
        assert any("9" in line and ("..." in line or "…" in line) for line in lines)
