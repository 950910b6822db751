"""CSV and Markdown: read back whole, and no cell can do anything but be read."""

import csv
import io
import re

import pytest

from pkgtui.domain.json_schema import (
    PackageObject,
    category_object,
    package_object,
)
from pkgtui.domain.models import Category, CategorySummary, GridRef, PackageDetail
from pkgtui.formats.json_text import render_json
from pkgtui.formats.package_table import package_table, packages_as_markdown
from pkgtui.formats.tables import (
    Table,
    ascii_markdown,
    ascii_table,
    category_table,
    markdown_cell,
    render_csv,
    render_markdown,
    turned,
)
from tests.support.store import NOW, category, package

URL = "https://example.org/packages/p/x/"


def objects(count: int, **fields: object) -> list[PackageObject]:
    grids = (GridRef(7, "auth", "Auth"), GridRef(9, None, None))
    return [
        package_object(
            PackageDetail(package(id_, **fields), category(), grids, NOW), NOW, URL
        )
        for id_ in range(1, count + 1)
    ]


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells_of(line: str) -> list[str]:
    """The cells of a Markdown line, as a reader splits it."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_csv_has_slug_and_title_first_and_ends_lines_as_the_rfc_says() -> None:
    text = render_csv(package_table(objects(2)))

    header, *rows = text.split("\r\n")
    assert header.startswith("slug,title,")
    assert len(rows) == 3
    assert rows[-1] == ""


def test_csv_tells_every_fact_and_leaves_the_unknown_empty() -> None:
    text = render_csv(
        package_table(
            objects(1, contributors=("ann", "bob"), stars=None, commits_52w=(1, 0, 2))
        )
    )

    (row,) = read_csv(text)
    assert row["stars"] == ""
    assert row["forks"] == "1"
    assert row["category"] == "App"
    assert row["grids"] == "Auth; Grid 9"
    assert row["contributors"] == "2"
    assert row["contributor names"] == "ann; bob"
    assert row["weekly commits"] == "1 0 2"
    assert row["commits, 52 weeks"] == "3"
    assert row["last commit"] == "2026-07-29T12:00:00Z"
    assert row["activity"] == "active"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-x"],
)
def test_csv_cells_are_never_formulas(text: str) -> None:
    (row,) = read_csv(render_csv(package_table(objects(1, description=text))))

    assert row["description"] == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-1", "+1.5", "1=1", "a@b", 'say "x", y', "two\nlines"]
)
def test_csv_cells_that_are_harmless_stay_as_they_are(text: str) -> None:
    (row,) = read_csv(render_csv(package_table(objects(1, description=text))))

    assert row["description"] == text


@pytest.mark.parametrize(
    "text",
    [
        "a | b",
        "a \\| b",
        "`code` **bold** _x_ [l](javascript:alert) <script>alert(1)</script> &amp; ~~",
        "two\nlines\r\n| --- |",
        "ends in \\",
    ],
)
def test_a_markdown_cell_cannot_break_out(text: str) -> None:
    table = render_markdown(Table(("slug", "title"), [("x", text), ("y", "z")]))

    header, rule, first, second = table.splitlines()
    assert cells_of(header) == ["slug", "title"]
    assert cells_of(rule) == ["---", "---"]
    assert cells_of(second) == ["y", "z"]
    # Every sign that means something to Markdown is escaped, so what is left of the
    # cell without the escapes is the text.
    body = first.removeprefix("| x | ").removesuffix(" |")
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|~&]", body.replace("\\\\", ""))
    assert re.sub(r"\\(.)", r"\1", body) == " ".join(text.split())


def test_letters_that_become_signs_in_ascii_stay_in_their_cells() -> None:
    table = Table(("slug", "title"), [("x", "a，b＂c｜d＊e＊"), ("y", "﹦1+1")])

    csv_lines = render_csv(ascii_table(table)).splitlines()
    first, second = ascii_markdown(render_markdown(table)).splitlines()[2:]

    assert csv_lines[1:] == ['x,"a,b""c|d*e*"', "y,'=1+1"]
    assert first == r'| x | a,b"c\|d\*e\* |'
    assert second == "| y | =1+1 |"
    assert ascii_markdown("`▁\u00a0█` ▁") == "`_ #` \\_"


def test_addresses_are_links_and_nothing_else_is() -> None:
    assert markdown_cell("https://x.org/a_b") == "<https://x.org/a_b>"
    assert markdown_cell("https://x.org/a|b") == "https://x.org/a\\|b"
    assert markdown_cell("https://x.org/\\") == "https://x.org/\\\\"
    assert markdown_cell("https://x.org/a\\b") == "https://x.org/a\\\\b"
    assert markdown_cell("https://x.org/[a]^_") == "<https://x.org/[a]^_>"
    assert markdown_cell("https://x.org/ <b>") == "https://x.org/ \\<b\\>"
    assert markdown_cell("javascript:alert(1)") == "javascript:alert(1)"


def test_numbers_are_aligned_to_the_right_and_the_unknown_is_a_dash() -> None:
    table = Table(("slug", "stars"), [("a", 5), ("b", None)])

    assert render_markdown(table).splitlines() == [
        "| slug | stars |",
        "| --- | ---: |",
        "| a | 5 |",
        "| b | – |",
    ]


def test_up_to_six_packages_are_columns_and_more_are_lines() -> None:
    six = packages_as_markdown(objects(6)).splitlines()
    seven = packages_as_markdown(objects(7)).splitlines()

    titles = [f"Package {id_}" for id_ in range(1, 8)]
    assert cells_of(six[0]) == ["title", *titles[:6]]
    assert cells_of(six[2]) == ["slug", *(f"package-{id_}" for id_ in range(1, 7))]
    assert cells_of(seven[0])[:2] == ["title", "slug"]
    assert [cells_of(line)[0] for line in seven[2:]] == titles


def test_markdown_times_are_days() -> None:
    lines = packages_as_markdown(objects(1)).splitlines()

    assert "| last commit | 2026-07-29 |" in lines
    assert "| activity as of | 2026-08-08 |" in lines


def test_turning_a_table_keeps_every_cell() -> None:
    table = Table(("title", "slug", "stars"), [("A", "a", 1), ("B", "b", None)])

    assert turned(table) == Table(
        ("title", "A", "B"), [("slug", "a", "b"), ("stars", 1, None)]
    )


def test_categories_as_a_table() -> None:
    apps = Category(1, "apps", "App", "Apps", "")

    table = category_table([category_object(CategorySummary(apps, 182), URL)])

    assert table.labels[:2] == ("slug", "title")
    assert table.rows == [["apps", "App", "Apps", 182, None, URL, 1]]


def test_json_is_compact_or_indented_and_exact_in_ascii_too() -> None:
    value = {"a": [1, None], "b": "é👫"}

    assert render_json(value, is_indented=False, is_ascii=False) == (
        '{"a":[1,null],"b":"é👫"}\n'
    )
    assert render_json(value, is_indented=False, is_ascii=True) == (
        '{"a":[1,null],"b":"\\u00e9\\ud83d\\udc6b"}\n'
    )
    assert render_json({"a": 1}, is_indented=True, is_ascii=False) == (
        '{\n  "a": 1\n}\n'
    )
