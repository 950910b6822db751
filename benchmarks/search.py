"""Search: whether what is meant comes first, how long it takes, what its index costs.

The queries are those of a person at the keyboard: slugs as they are typed, letter by
letter, slugs with one slip of the finger, words of descriptions, people, addresses.
"""

import asyncio
import random
import shutil
import sqlite3
import statistics
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from unittest.mock import patch

from tests.reference_server import generate_catalog
from tests.support.store import FakeSource

from benchmarks.measuring import Finding, in_turns, ratio, slowest_in_20
from benchmarks.stock import DEFAULT_COUNT, LARGE_COUNT, PAGE_SIZE, stocked_home
from pkgtui.catalog import Catalog
from pkgtui.config import Settings
from pkgtui.domain.filters import PackageFilter
from pkgtui.domain.sorting import Sort
from pkgtui.paths import user_paths
from pkgtui.sources.djangopackages.decode import decode_grid, decode_package
from pkgtui.store.search_index import SearchIndex

NOT_FIRST_TARGET_PERCENT = 1.0
MISSED_TARGET_PERCENT = 5.0
TARGETS_MS = {DEFAULT_COUNT: 8.0, LARGE_COUNT: 50.0}
MAX_SLUGS = 6_000
TYPO_COUNT = 300
TYPED_COUNT = 30
AMONG_FIRST = 3
SHORTEST_MISTYPED = 5
WRITE_RUNS = 5
SEED = 1
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measure(*, is_large: bool = False) -> Iterator[Finding]:
    """In the sample, in the usual catalog and, if asked for, in the large one."""
    with TemporaryDirectory(prefix="pkgtui-benchmark-") as home:
        sample = Catalog.open(Settings(is_sample=True), user_paths(home))
        with closing(sample):
            asyncio.run(sample.sync())
            yield from _finds(sample, "the sample")
    for count in (DEFAULT_COUNT, LARGE_COUNT) if is_large else (DEFAULT_COUNT,):
        with stocked_home(count) as stock:
            with closing(Catalog.open(Settings(), user_paths(str(stock.home)))) as held:
                yield from _finds(held, f"{count:,} packages")
                yield from _takes(held, count)
            yield _grows(next(stock.home.glob("*.sqlite3")), count)
    yield _writes()


def mistyped(text: str, chance: random.Random) -> str:
    """`text` with one slip: a letter swapped, dropped, doubled, replaced, inserted."""
    while True:
        at = chance.randrange(len(text))
        before, letter, after = text[:at], text[at], text[at + 1 :]
        typed = chance.choice(
            [
                before + after[:1] + letter + after[1:],
                before + after,
                before + letter + letter + after,
                before + chance.choice(LETTERS) + after,
                before + chance.choice(LETTERS) + letter + after,
            ]
        )
        if typed != text:
            return typed


def _finds(catalog: Catalog, where: str) -> Iterator[Finding]:
    """How many slugs are not found first, and how many mistyped ones not soon."""
    chance = random.Random(SEED)
    slugs = _slugs(catalog)
    if len(slugs) > MAX_SLUGS:
        slugs = chance.sample(slugs, MAX_SLUGS)
    missed = sum(_place(catalog, slug, slug) != 0 for slug in slugs)
    name = f"exact slug, not first, {where}"
    yield _share(name, missed, len(slugs), NOT_FIRST_TARGET_PERCENT)
    slugs = [slug for slug in slugs if len(slug) >= SHORTEST_MISTYPED]
    chosen = chance.choices(slugs, k=TYPO_COUNT)
    missed = sum(
        _place(catalog, mistyped(slug, chance), slug) >= AMONG_FIRST for slug in chosen
    )
    name = f"one slip, not among {AMONG_FIRST}, {where}"
    yield _share(name, missed, len(chosen), MISSED_TARGET_PERCENT)


def _takes(catalog: Catalog, count: int) -> Iterator[Finding]:
    """What one search takes: the slowest in twenty counts."""
    chance = random.Random(SEED)
    slugs = chance.sample(_slugs(catalog), TYPED_COUNT)
    groups = {
        "letter by letter": [slug[:end] for slug in slugs for end in _ends(slug)],
        "mistyped": [mistyped(slug, chance) for slug in slugs * 3],
        "words, people, addresses": [
            query for slug in slugs for query in _memories(catalog, slug, chance)
        ],
    }
    queries = [query for group in groups.values() for query in group]
    times = {query: _search_ms(catalog, query) for query in queries}
    everything = [times[query] for query in queries]
    name = f"search, 95 % of {len(queries):,}, {count:,} packages"
    yield Finding(
        name, slowest_in_20(everything), "ms", TARGETS_MS[count], _spread(everything)
    )
    for group, members in groups.items():
        group_ms = [times[query] for query in members]
        detail = _spread(group_ms)
        yield Finding(f"  {group}", slowest_in_20(group_ms), "ms", None, detail)


def _memories(catalog: Catalog, slug: str, chance: random.Random) -> Iterator[str]:
    """What else somebody may remember of a package."""
    package_id = catalog.find_package(slug)
    detail = catalog.package(package_id) if package_id is not None else None
    if detail is None:
        return
    package = detail.package
    words = package.description.split() or [slug]
    yield " ".join(chance.choices(words, k=2))
    yield f'"{" ".join(words[:2])}"'
    yield package.title
    yield from (package.contributors or ())[:1]
    yield from [package.repo_url] if package.repo_url else []


def _grows(cache: Path, count: int) -> Finding:
    """How much of a cache file is the index of the search."""
    copy = cache.with_name("copy.db")
    shutil.copy(cache, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("VACUUM")
        whole = copy.stat().st_size
        names = connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type = 'table' AND name LIKE 'search%'"
        ).fetchall()
        for (name,) in names:
            connection.execute(f"DROP TABLE {name}")
        connection.execute("VACUUM")
    rest = copy.stat().st_size
    detail = f"{whole / 1e6:.1f} MB; without the index: {rest / 1e6:.1f} MB"
    return Finding(f"cache file, {count:,} packages", whole / rest, "x", None, detail)


def _writes() -> Finding:
    """What the index adds to storing a catalog that was read already."""
    generated = generate_catalog(DEFAULT_COUNT)
    source = FakeSource(
        [decode_package(record) for record in generated.packages],
        [decode_grid(record) for record in generated.grids],
        page_size=PAGE_SIZE,
    )

    def stored() -> float:
        with TemporaryDirectory(prefix="pkgtui-benchmark-") as home:
            paths = user_paths(home)
            start = perf_counter()
            with closing(
                Catalog.open(Settings(), paths, connect=lambda: source)
            ) as catalog:
                asyncio.run(catalog.sync())
            return perf_counter() - start

    def stored_without_index() -> float:
        with patch.object(SearchIndex, "replace"):
            return stored()

    seconds = in_turns({"with": stored, "without": stored_without_index}, WRITE_RUNS)
    return ratio(
        f"storing {DEFAULT_COUNT:,} packages",
        seconds["with"],
        seconds["without"],
        "without the index",
    )


def _slugs(catalog: Catalog) -> list[str]:
    return [row.slug for row in catalog.packages(PackageFilter(), Sort("title"))]


def _place(catalog: Catalog, query: str, slug: str) -> int:
    """Where `slug` stands among what `query` finds; far down if it does not."""
    found = [hit.slug for hit in catalog.search(query).hits]
    return found.index(slug) if slug in found else len(found) + AMONG_FIRST


def _search_ms(catalog: Catalog, query: str) -> float:
    # Of the process, which is what a search is made of: other work on the machine
    # would count as well in the time on the wall.
    start = process_time()
    catalog.search(query)
    return (process_time() - start) * 1000


def _ends(text: str) -> range:
    return range(1, len(text) + 1)


def _spread(values: Sequence[float]) -> str:
    middle = statistics.median(values)
    return f"median {middle:.1f} ms, max {max(values):.1f} ms, {len(values):,} queries"


def _share(name: str, missed: int, count: int, target: float) -> Finding:
    return Finding(name, missed / count * 100, "%", target, f"{missed} of {count:,}")
