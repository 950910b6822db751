"""Any JSON becomes harmless models, and the store gives them back unchanged."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.models import Category, Grid, Package
from pkgtui.sources.djangopackages.decode import (
    DecodeError,
    Decoder,
    decode_category,
    decode_grid,
    decode_package,
    decode_page,
)
from pkgtui.store import queries
from pkgtui.store.database import Database
from tests.support.examples import examples
from tests.support.harmless import assert_harmless
from tests.support.hostile_json import (
    Lists,
    anything,
    body,
    lists_of_all,
    packages,
    read_catalog,
    texts,
)
from tests.support.store import FakeClock, put

DECODERS: list[Decoder[Any]] = [decode_category, decode_grid, decode_package]

not_json = st.sampled_from(
    ("NaN", "Infinity", "-Infinity", "1" + "0" * 5000, "[" * 100_000, "{", "'x'", "01")
)
"""What stands where a value should, and is none, or none that can be read."""


def strings_in(record: Any) -> Iterator[str]:
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        for value in record:
            yield from strings_in(value)


def assert_is_clean(record: Category | Grid | Package) -> None:
    for text in strings_in(record):
        assert_harmless(text)
        assert text == text.strip()
        if not (isinstance(record, Grid) and text == record.description):
            assert "\n" not in text
    assert record.title
    assert record.slug


@examples(60)
@given(lists_of_all)
def test_what_is_read_is_harmless(lists: Lists) -> None:
    catalog = read_catalog(lists)
    for records in catalog:
        for record in records:
            assert_is_clean(record)
    for package in catalog.packages:
        for number in (package.stars, package.forks, *(package.commits_52w or ())):
            assert number is None or 0 <= number < 2**63
        for url in (package.repo_url, package.documentation_url):
            assert url is None or urlsplit(url).scheme in {"http", "https"}
        assert len(package.commits_52w or ()) <= 52
        names = package.contributors or ()
        assert len(set(names)) == len(names)


@examples(60)
@given(st.binary(max_size=200) | anything.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_a_page_or_refused_in_one_line(answer: bytes) -> None:
    for decode in DECODERS:
        try:
            page = decode_page(answer, decode)
        except DecodeError as error:
            refusal = str(error)
            assert_harmless(refusal)
            assert refusal.splitlines() == [refusal]
        else:
            unread = len(page.unreadable_ids) + page.unnamed_count
            assert len(page.records) + unread == page.row_count


@examples(40)
@given(packages(1), not_json, st.sampled_from(("title", "repo_watchers", "id")))
def test_a_token_that_is_no_json_is_refused_with_its_page(
    record: dict[str, Any], token: str, field: str
) -> None:
    answer = body([{**record, field: "TOKEN"}]).replace(b'"TOKEN"', token.encode())
    with pytest.raises(DecodeError):
        decode_page(answer, decode_package)


@examples(40)
@given(st.lists(anything | packages(7), max_size=4), texts)
def test_rows_that_cannot_be_read_are_counted(results: list[Any], key: str) -> None:
    answer = json.dumps({"count": 4, "results": results, key + "?": results}).encode()
    for decode in DECODERS:
        page = decode_page(answer, decode)
        unread = len(page.unreadable_ids) + page.unnamed_count
        assert len(page.records) + unread == len(results)
        for record in page.records:
            assert_is_clean(record)


@examples(50)
@given(lists_of_all)
def test_every_model_survives_the_store(lists: Lists) -> None:
    catalog = read_catalog(lists)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite3"
        with closing(Database(path, now=FakeClock())) as database:
            put(database, *catalog.categories, *catalog.grids, *catalog.packages)
            for package in catalog.packages:
                detail = queries.package(database, package.id)
                assert detail is not None
                assert detail.package == package
            for grid in catalog.grids:
                assert queries.grid(database, grid.id) == grid
            held = {one.category for one in queries.categories(database)}
            assert held == set(catalog.categories)
