"""A comparison as data: Markdown, CSV and JSON, read back whole."""

import csv
import io
import json
import re
from itertools import pairwise
from typing import Any

from pkgtui.domain.comparison import ComparedPackage, Comparison
from pkgtui.domain.facts import ROWS
from pkgtui.formats.comparison import (
    comparison_csv,
    comparison_markdown,
    comparison_object,
    comparison_text,
)
from pkgtui.formats.json_text import render_json
from pkgtui.formats.style import TextStyle
from tests.support.cli import PACKAGE_KEYS
from tests.support.compare import (
    HOSTILE,
    entrant,
    several,
    side_by_side,
)
from tests.support.store import NOW, UNKNOWN_FACTS

ROW_LABELS = [fact.title for fact in ROWS]


def web_url(slug: str) -> str:
    return f"https://example.org/packages/p/{slug}/"


def text_of(comparison: Comparison) -> list[str]:
    return comparison_text(comparison, TextStyle())


# Markdown


def cells_of(line: str) -> list[str]:
    """The cells of a Markdown line, as a reader splits it."""
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def test_markdown_has_packages_as_columns_up_to_six_and_as_lines_beyond() -> None:
    six, seven = (
        [cells_of(line) for line in comparison_markdown(several(n)).splitlines()]
        for n in (6, 7)
    )

    assert six[0] == ["", *(f"Package number {n}" for n in range(1, 7))]
    assert [line[0] for line in six[2:]] == ROW_LABELS
    assert seven[0] == ["package", *ROW_LABELS]
    assert [line[0] for line in seven[2:]] == [
        f"Package number {n}" for n in range(1, 8)
    ]
    for table in (six, seven):
        assert {len(line) for line in table} == {len(table[0])}


def test_markdown_has_the_best_in_bold_and_a_year_of_bars() -> None:
    lines = comparison_markdown(several(2)).splitlines()

    assert cells_of(lines[8]) == ["stars", "100", "**200**"]
    assert cells_of(lines[4])[1:] == ["`▄▄▄▄▄▄▄▄▄▄▄▄▄` 52", "`█████████████` **104**"]


def test_the_blanks_of_bars_survive_a_reader_of_markdown() -> None:
    text = comparison_markdown(
        side_by_side(entrant(1, commits_52w=(0,) * 48 + (1,) * 4))
    )

    blanks = "\N{NO-BREAK SPACE}" * 12
    assert f"`{blanks}█` 4" in text


def test_hostile_text_stays_in_its_markdown_cell() -> None:
    comparison = side_by_side(
        entrant(1, title=HOSTILE, description=f"one\ntwo {HOSTILE}"), entrant(2)
    )

    lines = comparison_markdown(comparison).splitlines()

    assert {len(cells_of(line)) for line in lines} == {3}
    assert len(lines) == 2 + len(ROWS)
    title = cells_of(lines[0])[1]
    assert re.sub(r"\\(.)", r"\1", title) == HOSTILE
    assert r"\|" in title
    assert r"\<b\>" in title
    assert "one two" in lines[-1]


def test_an_empty_comparison_is_still_a_table() -> None:
    lines = comparison_markdown(side_by_side()).splitlines()

    assert [cells_of(line) for line in lines[2:]] == [[label] for label in ROW_LABELS]


# CSV


def read_csv(comparison: Comparison) -> list[dict[str, str]]:
    text = comparison_csv(comparison, NOW, web_url)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_is_one_line_a_package_slug_and_title_first() -> None:
    text = comparison_csv(several(3), NOW, web_url)

    assert text.startswith("slug,title,")
    assert text.endswith("\r\n")
    assert [row["slug"] for row in read_csv(several(3))] == [
        "package-1",
        "package-2",
        "package-3",
    ]


def test_csv_has_every_row_of_the_comparison() -> None:
    comparison = several(1, repo_url="https://github.com/ann/x", documentation_url=None)

    (row,) = read_csv(comparison)

    assert set(ROW_LABELS) <= row.keys()
    assert (row["repository host"], row["owner"]) == ("github.com", "ann")
    assert (row["stars"], row["docs"]) == ("100", "")
    assert len(row["weekly commits"].split()) == 52


def test_csv_makes_formulas_harmless_and_keeps_the_text() -> None:
    nasty = '=1+1\r\n@x,"quoted"'
    comparison = side_by_side(
        entrant(1, title="@SUM(A1)", description=nasty, pypi_version="-1+2")
    )

    (row,) = read_csv(comparison)

    assert row["title"] == "'@SUM(A1)"
    assert row["description"] == f"'{nasty}"
    assert row["PyPI version"] == "'-1+2"


def test_csv_of_a_package_that_is_not_held_is_empty_but_for_its_name() -> None:
    first, second = read_csv(
        side_by_side(ComparedPackage.missing(7), ComparedPackage.missing_slug("gone"))
    )

    known = {name: value for name, value in first.items() if value}
    assert known == {"id": "7", "activity": "unknown"}
    assert (second["slug"], second["id"], second["stars"]) == ("gone", "", "")


# JSON


def document(comparison: Comparison) -> Any:
    value = comparison_object(comparison, NOW, web_url)
    return json.loads(render_json(value, is_indented=True, is_ascii=False))


def test_json_has_title_packages_and_rows() -> None:
    read = document(several(2))

    assert list(read) == ["title", "packages", "rows"]
    assert read["title"] == "Authentication"
    assert [list(each) for each in read["packages"]] == [PACKAGE_KEYS] * 2
    assert read["packages"][0]["web_url"] == web_url("package-1")
    assert [row["label"] for row in read["rows"]] == ROW_LABELS
    stars = read["rows"][[fact.key for fact in ROWS].index("stars")]
    assert stars == {
        "label": "stars",
        "values": [100, 200],
        "best": ["package-2"],
        "differs": True,
    }


def test_json_has_null_for_the_unknown() -> None:
    read = document(
        side_by_side(entrant(1, **UNKNOWN_FACTS), ComparedPackage.missing(7))
    )

    values = {row["label"]: row["values"] for row in read["rows"]}
    del values["grids"], values["category"]
    assert set(map(tuple, values.values())) == {(None, None)}
    missing = read["packages"][1]
    assert missing["id"] == 7
    assert missing["stars"] is missing["slug"] is None
    assert list(missing) == PACKAGE_KEYS


def test_every_face_keeps_the_order_that_is_shown() -> None:
    comparison = several(3)
    turned = comparison.arranged(comparison.entrants[::-1])
    names = ["Package number 3", "Package number 2", "Package number 1"]

    assert [each["title"] for each in document(turned)["packages"]] == names
    assert [row["title"] for row in read_csv(turned)] == names
    assert cells_of(comparison_markdown(turned).splitlines()[0])[1:] == names
    heading = text_of(turned)[2]
    places = [heading.index(name) for name in names]
    assert all(a < b for a, b in pairwise(places))


def test_only_the_rows_that_are_shown_are_written() -> None:
    whole = several(2)
    some = whole._replace(rows=(whole.row("stars"), whole.row("weeks_active")))

    assert [row["label"] for row in document(some)["rows"]] == [
        "stars",
        "weeks with commits",
    ]
    assert len(comparison_markdown(some).splitlines()) == 4
    assert [line for line in text_of(some) if line.startswith("forks")] == []
