"""Text in columns: aligned, in the terminal's width, nothing lost but at a mark."""

import pytest

from pkgtui.formats.layout import TextColumn, labelled, text_table, wrap_items
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width

WIDE = "漢字" * 25


def test_items_are_kept_whole_where_they_fit() -> None:
    lines = wrap_items(["José María", "bob", "a b c"], ", ", 16)

    assert lines == ["José María, bob,", "a b c"]


@pytest.mark.parametrize("width", range(4, 40))
def test_wrapped_items_never_exceed_the_width(width: int) -> None:
    items = ["x" * 45, WIDE, "two words", "é", "", "y" * 7]

    lines = wrap_items(items, ", ", width)

    assert max(map(cell_width, lines)) <= width
    assert "".join(lines).replace(" ", "").replace(",", "") == (
        "".join(items).replace(" ", "")
    )


def test_no_items_are_no_lines() -> None:
    assert wrap_items([], ", ", 20) == []


def test_a_value_stands_beside_its_label_and_continues_beneath_itself() -> None:
    lines = labelled("grids", ["Authentication", "Security"], " · ", TextStyle(44))

    assert lines == ["  grids         Authentication · Security"]
    lines = labelled("grids", ["Authentication", "Authorization"], " · ", TextStyle(44))
    assert lines == ["  grids         Authentication ·", " " * 16 + "Authorization"]


def test_an_address_is_not_broken_if_a_line_of_its_own_holds_it() -> None:
    url = "https://example.org/" + "a" * 30

    assert labelled("repository", [url], "", TextStyle(60)) == [
        "  repository",
        f"    {url}",
    ]
    assert labelled("repository", [url], "", TextStyle(51))[1] == f" {url}"


def test_narrow_terminals_stack_the_value_beneath_the_label() -> None:
    lines = labelled("grids", ["Authentication"], "", TextStyle(30))

    assert lines == ["  grids", "    Authentication"]


def test_columns_are_aligned_and_numbers_to_the_right() -> None:
    columns = (
        TextColumn("grid"),
        TextColumn("packages", is_number=True),
        TextColumn("slug"),
    )
    rows = [("Auth", "10", "auth"), ("漢字", "7", "hanzi")]

    assert text_table(columns, rows, TextStyle(80)) == [
        "grid  packages  slug",
        "Auth        10  auth",
        "漢字         7  hanzi",
    ]


def test_long_text_gives_way_and_is_marked_as_cut() -> None:
    columns = (
        TextColumn("grid"),
        TextColumn("packages", is_number=True),
        TextColumn("slug"),
    )
    rows = [("T" * 60, "10", "s" * 60)]

    line = text_table(columns, rows, TextStyle(40))[1]

    assert cell_width(line) == 40
    assert line.count("…") == 2
    assert "  10  " in line


@pytest.mark.parametrize("is_ascii", [False, True])
@pytest.mark.parametrize("width", range(20, 90, 3))
def test_tables_never_exceed_the_width(width: int, is_ascii: bool) -> None:
    style = TextStyle(width, is_ascii=is_ascii)
    columns = (
        TextColumn("grid", narrowest=16),
        TextColumn("n", is_number=True),
        TextColumn("s"),
    )
    rows = [(style.data(WIDE), "123", "slug" * 10), ("a", "1", "b")]

    lines = text_table(columns, rows, style)

    assert max(map(cell_width, lines)) <= width
    assert "123" in lines[1]


def test_a_column_without_room_is_dropped_rather_than_the_numbers() -> None:
    columns = (
        TextColumn("grid", narrowest=16),
        TextColumn("n", is_number=True),
        TextColumn("s"),
    )

    lines = text_table(columns, [("T" * 30, "12345", "s" * 30)], TextStyle(24))

    assert lines[1] == "T" * 16 + "…" + "  12345"


def test_an_ascii_cut_is_marked_in_ascii() -> None:
    style = TextStyle(80, is_ascii=True)

    assert style.cut("abcdefghij", 8) == "abcde..."
    assert style.cut("abc", 8) == "abc"
    assert style.cut("abcdef", 2) == ".."


def test_color_is_put_around_and_only_if_wanted() -> None:
    assert TextStyle(is_color=True).bold("x") == "\x1b[1mx\x1b[0m"
    assert TextStyle(is_color=True).dim("") == ""
    assert TextStyle().bold("x") == TextStyle().dim("x") == "x"


def test_a_number_of_twenty_digits_gives_way_last_and_is_marked() -> None:
    rows = [("django-otp", "9223372036854775807")]
    columns = (TextColumn("grid"), TextColumn("packages", is_number=True))

    fitting = text_table(columns, rows, TextStyle(width=24))[1]
    cut = text_table(columns, rows, TextStyle(width=20))[1]

    assert fitting == "dj…  9223372036854775807"
    assert cut == "…  9223372036854775…"
