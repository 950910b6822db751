"""Every declared fact reaches JSON, CSV, Markdown, comparisons, the list and the docs.

Of `show`, the counts in the head and the owner are checked: its other lines are written
out in `formats.package_text`.
"""

import importlib.util
from pathlib import Path

import pytest

from pkgtui.config.settings import DEFAULT_COLUMNS
from pkgtui.domain.comparison import ComparedPackage, compare
from pkgtui.domain.facts import FACT, FACTS, HEAD_COUNTS, LIST_COLUMNS, ROWS, SORTS
from pkgtui.domain.json_schema import PACKAGE_KEYS, package_object
from pkgtui.domain.models import Package, PackageDetail, PackageRow
from pkgtui.formats.package_table import package_table, packages_as_markdown
from pkgtui.formats.package_text import PackagePage, package_text
from pkgtui.formats.style import TextStyle
from pkgtui.store.schema import MIGRATIONS
from pkgtui.tui.browse.columns import columns_for
from tests.support.store import NOW, package

ROOT = Path(__file__).parents[2]
URL = "https://djangopackages.org/packages/p/one/"


def detail(**fields: object) -> PackageDetail:
    record: Package = package(1, **fields)
    return PackageDetail(record, None, (), NOW)


def test_facts_have_distinct_keys_labels_and_rows() -> None:
    assert len(FACT) == len(FACTS)
    assert len({fact.label for fact in FACTS}) == len(FACTS)
    assert len({fact.row for fact in ROWS}) == len(ROWS)
    assert {fact.as_of for fact in FACTS} - {None} <= FACT.keys()


def test_every_fact_has_a_face() -> None:
    for fact in FACTS:
        assert fact.value or fact.cell or fact.column, fact.key


def test_json_csv_and_markdown_have_every_fact_with_a_value() -> None:
    keys = [fact.key for fact in FACTS if fact.value]
    labels = {fact.label for fact in FACTS if fact.value}
    made = package_object(detail(), NOW, URL)

    assert list(made) == list(PACKAGE_KEYS) == keys
    table = package_table([made])
    assert set(table.labels) == labels
    assert table.labels[:2] == ("slug", "title")
    markdown = packages_as_markdown([made])
    for label in labels:
        assert f"| {label} |" in markdown


def test_csv_columns_of_0_1_0_keep_their_places_and_new_ones_follow() -> None:
    labels = package_table([package_object(detail(), NOW, URL)]).labels

    assert labels[:9] == (
        *("slug", "title", "description", "category", "stars", "forks"),
        *("contributors", "activity", "activity as of"),
    )
    assert labels[24:] == ("id", "weekly commits", "contributor names", "owner")


def test_comparison_has_every_fact_with_a_cell() -> None:
    comparison = compare("any", [ComparedPackage.held(detail())], NOW)

    assert {row.fact.key for row in comparison.rows} == {
        fact.key for fact in FACTS if fact.cell
    }


def test_list_shows_every_fact_with_a_column() -> None:
    row = PackageRow(1, "one", "One", 1, 2, 3, (1,) * 52, NOW, NOW, NOW, "1.0")
    placed = columns_for(tuple(LIST_COLUMNS), "stars", 300).others

    assert [one.column.heading for one in placed] == [
        fact.column.heading for fact in FACTS if fact.column
    ]
    assert all(one.column.text(row, NOW, 13).strip() for one in placed)
    assert set(DEFAULT_COLUMNS) <= LIST_COLUMNS.keys()


@pytest.mark.parametrize("key", SORTS)
def test_store_has_an_index_for_every_sort(key: str) -> None:
    statements = " ".join(" ".join(steps) for steps in MIGRATIONS)
    assert f"({SORTS[key].store_column} DESC" in statements or key == "title"


def test_show_names_every_head_count_and_the_owner() -> None:
    record = detail(stars=11, forks=22, repo_url="https://github.com/someone/x")
    text = "\n".join(package_text(PackagePage(record, URL, NOW), TextStyle(80)))

    for fact in HEAD_COUNTS:
        assert f"{fact.label} " in text
    assert "someone" in text


def test_documentation_has_every_fact() -> None:
    path = ROOT / "docs" / "make_fact_table.py"
    spec = importlib.util.spec_from_file_location("make_fact_table", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    written = (ROOT / "docs" / "facts.md").read_text(encoding="utf-8")
    assert written == module.fact_page()
