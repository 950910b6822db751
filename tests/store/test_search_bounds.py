"""Any text is answered, with little work, whatever it holds."""

import random
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pkgtui.catalog import Catalog
from pkgtui.domain.search import MATCH_KINDS, MatchKind, MatchLevel
from pkgtui.store import search_terms
from pkgtui.store.database import Database
from pkgtui.store.search_records import SearchRecord, read_records
from tests.support.search import catalog_of
from tests.support.store import grid, package

MAX_QUERIES = 400
"""SQL queries of one search, at most: twelve terms, each at every reach."""
WORDS = ["django", "two", "factor", "auth", "中文", "café", "x", "stripe", "rest"]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    chance = random.Random(3)

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    packages = [
        package(
            n,
            slug=f"{text(3).replace(' ', '-')}-{n}",
            title=text(4),
            description=text(9),
            contributors=tuple(chance.sample(WORDS, k=2)),
            repo_url=f"https://github.com/{chance.choice(WORDS)}/{n}",
        )
        for n in range(1, 150)
    ]
    grids = [grid(n, n, title=text(3)) for n in range(1, 20)]
    with closing(catalog_of(tmp_path_factory.mktemp("b"), packages, grids)) as catalog:
        yield catalog


ODD = [
    *("", " ", "\0", "%", "_", "*", '"', "'", "\\", "-", '-"', '""', "^", "NEAR(", ")"),
    *("a OR b", "a AND NOT b", "NOT", "col:x", "x*", "{a b}", "a\0b", "\ud800", "👫"),
    *("a" * 10_000, "-" * 10_000, '"' * 10_000, "中" * 10_000, "a " * 5_000),
    *("https://", "https://[", "http://%", "git@", "git@:", "://", "//", "/", "a/b/c"),
    *("package:", "package:99999999999999999999", "grid:-1", "1" * 400, "é" * 600),
    *("django " * 80, "-django " * 80, '"django two" ' * 40, "dj*", "ﷺ" * 500),
    "\u202eabc\u200f",
    " ".join(f"-{word}" for word in WORDS),
    " ".join(f"w{n}" for n in range(5_000)),
]
QUERIES = (
    st.text(max_size=60)
    | st.lists(st.sampled_from([*WORDS, "-two", '"two', 'x"', "facter"])).map(" ".join)
    | st.sampled_from(ODD)
)


@given(QUERIES, st.integers(0, 30))
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_text_is_answered_with_little_work(
    catalog: Catalog, query: str, limit: int
) -> None:
    database = catalog._database
    asked: list[str] = []
    rows = database.rows

    def pluralize(sql: str, *parameters: Any, **options: Any) -> list[tuple[Any, ...]]:
        asked.append(sql)
        return rows(sql, *parameters, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "rows", pluralize)
        result = catalog.search(query, limit=limit)
    assert len(asked) <= MAX_QUERIES
    assert len(result.hits) == min(limit, result.total)
    assert result.hidden_count == 0
    order = list(MatchKind)[:-1]
    places = [order.index(hit.match) for hit in result.hits if hit.match in order]
    assert places == sorted(places)
    assert len({(hit.kind, hit.id) for hit in result.hits}) == len(result.hits)
    for hit in result.hits:
        ends = [0, *(end for span in hit.spans for end in span), len(hit.matched)]
        assert ends == sorted(ends)


@pytest.mark.parametrize("query", ODD)
def test_odd_texts_are_answered(catalog: Catalog, query: str) -> None:
    result = catalog.search(query)
    assert len(result.hits) == min(20, result.total)


def test_not_all_texts_are_read_for_a_phrase(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    most = 10
    read: list[int] = []

    def pluralize(database: Database, documents: set[int]) -> list[SearchRecord]:
        read.append(len(documents))
        return read_records(database, documents)

    monkeypatch.setattr("pkgtui.store.search_terms.read_records", pluralize)
    everything = catalog.search('"django"').total
    assert everything > most
    assert catalog.search('"django two"').total > 0
    monkeypatch.setattr(search_terms, "_MAX_READ", most)
    read.clear()
    result = catalog.search('"django two"')
    assert 0 < result.total <= most
    assert sum(read) == most


def test_every_level_has_its_kind_and_they_are_in_order() -> None:
    assert list(MATCH_KINDS) == list(MatchLevel)
    kinds = [kind for kind in MATCH_KINDS.values() if kind is not MatchKind.URL]
    assert kinds == sorted(kinds, key=list(MatchKind).index)
