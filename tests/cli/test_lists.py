"""`pkgtui categories` and `grids`: counts, freshness, and what holds offline."""

import csv
import io

import pytest

from pkgtui.errors import BadResponseError, ServerUnreachableError, StoreError
from pkgtui.sources.base import EndOfList, Page
from tests.support.cli import Cli, DeadSource
from tests.support.store import NOW, FakeSource, category, grid, package

UNREACHABLE = ServerUnreachableError("cannot reach the server: refused")
LISTS = ("categories", "grids")


def a_source() -> FakeSource:
    old = {"last_commit_at": NOW.replace(year=2015)}
    return FakeSource(
        [package(40, 7), package(41, 7, **old), package(42, category_id=2)],
        [
            grid(7, 40, 41, slug="auth", title="Auth", description="Who are you"),
            grid(8, slug="api", title="API"),
        ],
        [
            category(1),
            category(2, "frameworks", title="Framework", title_plural=""),
        ],
    )


@pytest.fixture
def synced(cli: Cli) -> Cli:
    """A command line whose cache was just synced, and whose server is watched."""
    cli.sync_with(a_source())
    return cli


def test_categories_as_json(synced: Cli) -> None:
    ran = synced("categories", "--format", "json")

    assert ran.json == [
        {
            "id": 1,
            "slug": "apps",
            "title": "App",
            "title_plural": "Apps",
            "description": None,
            "package_count": 2,
            "web_url": "https://djangopackages.org/categories/apps/",
        },
        {
            "id": 2,
            "slug": "frameworks",
            "title": "Framework",
            "title_plural": None,
            "description": None,
            "package_count": 1,
            "web_url": "https://djangopackages.org/categories/frameworks/",
        },
    ]
    assert ran.err == ""


def test_grids_as_json(synced: Cli) -> None:
    ran = synced("grids", "--format", "json")

    assert ran.json == [
        {
            "id": 8,
            "slug": "api",
            "title": "API",
            "description": None,
            "package_count": 0,
            "active_count": 0,
            "web_url": "https://djangopackages.org/grids/g/api/",
        },
        {
            "id": 7,
            "slug": "auth",
            "title": "Auth",
            "description": "Who are you",
            "package_count": 2,
            "active_count": 1,
            "web_url": "https://djangopackages.org/grids/g/auth/",
        },
    ]


def test_the_text_is_aligned_and_dated(synced: Cli) -> None:
    synced.clock.advance(hours=3)

    assert synced("grids").lines == [
        "grid  packages  active  slug",
        "API          0       0  api",
        "Auth         2       1  auth",
        "",
        "data from 7 Aug 2026 · synced 3 hours ago · djangopackages.org",
    ]
    assert synced("categories").lines[:3] == [
        "category   packages  slug",
        "Apps              2  apps",
        "Framework         1  frameworks",
    ]


@pytest.mark.parametrize("name", LISTS)
def test_csv_and_markdown_have_a_line_for_each(synced: Cli, name: str) -> None:
    text = synced(name, "--format", "csv").out
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    markdown = synced(name, "--format", "markdown").lines

    assert header[:2] == ["slug", "title"]
    assert len(rows) == 2
    assert len(markdown) == 2 + 2
    assert markdown[0].startswith("| slug | title |")


@pytest.mark.parametrize("name", LISTS)
def test_a_fresh_list_asks_nobody(synced: Cli, name: str) -> None:
    synced.clock.advance(hours=24)

    assert synced(name).exit_code == 0
    assert synced.asked == []


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_over_a_day_is_synced_first(synced: Cli, name: str) -> None:
    synced.clock.advance(hours=24, seconds=1)

    ran = synced(name)

    assert ran.exit_code == 0
    assert synced.asked == ["categories", "grids", "packages"]
    assert synced.source is not None
    assert synced.source.is_closed
    assert "synced just now" in synced("--format", "text", name).out
    assert all(line.startswith("pkgtui: ") for line in ran.err.splitlines())


@pytest.mark.parametrize("name", LISTS)
def test_without_network_the_cached_list_answers_with_its_age(
    synced: Cli, name: str
) -> None:
    fresh = synced(name, "--format", "json").json
    synced.clock.advance(days=3)
    synced.source = DeadSource(UNREACHABLE)

    ran = synced(name, "--format", "json")

    assert ran.exit_code == 0
    assert [one["slug"] for one in ran.json] == [one["slug"] for one in fresh]
    assert ran.err == (
        "pkgtui: cannot reach the server: refused; "
        "answered from the cache, 3 days old\n"
    )


@pytest.mark.parametrize("name", LISTS)
def test_offline_the_cached_list_answers(synced: Cli, name: str) -> None:
    synced.clock.advance(days=3)

    ran = synced(name, "--offline")

    assert ran.exit_code == 0
    assert synced.asked == []
    assert "3 days old" in ran.err


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("options", [(), ("--offline",)])
def test_without_network_and_cache_the_sample_is_named_not_used(
    cli: Cli, name: str, options: tuple[str, ...]
) -> None:
    cli.source = DeadSource(UNREACHABLE)

    ran = cli(name, *options)

    assert ran.exit_code == 4
    assert ran.out == ""
    assert "--sample" in ran.err


def test_a_cache_of_one_package_is_no_list_of_grids(cli: Cli) -> None:
    cli.source = a_source()
    cli("show", "package-40")
    cli.source = DeadSource(UNREACHABLE)

    assert cli("grids").exit_code == 4


def test_a_bad_answer_without_cache_fails(cli: Cli) -> None:
    cli.source = DeadSource(BadResponseError("HTML instead of JSON"))

    ran = cli("grids")

    assert ran.exit_code == 1
    assert "HTML instead of JSON" in ran.err


def test_a_sync_that_was_cut_leaves_a_list_that_says_so(cli: Cli) -> None:
    class Cut(FakeSource):
        def pages_of(self, name: str) -> list[Page | EndOfList]:  # type: ignore[type-arg]
            if name == "packages":
                raise UNREACHABLE
            return super().pages_of(name)

    cli.source = Cut(grids=[grid(7, slug="auth", title="Auth")])

    ran = cli("grids")

    assert ran.exit_code == 0
    assert "first sync not finished" in ran.out
    assert "first sync not finished" in ran.err


def test_grids_of_hostile_titles_stay_on_their_lines(cli: Cli) -> None:
    titles = ["漢字" * 25, "[/]", "| a | `b` |", "=1+1", "two  words"]
    cli.source = FakeSource(
        grids=[grid(at, title=title) for at, title in enumerate(titles, 1)]
    )

    text = cli("grids").lines
    rows = list(csv.reader(io.StringIO(cli("grids", "--format", "csv").out)))
    markdown = cli("grids", "--format", "markdown").lines

    assert len(text) == len(titles) + 3
    assert any("…" in line for line in text)
    assert len(rows) == len(titles) + 1
    assert "'=1+1" in {row[1] for row in rows}
    assert len(markdown) == len(titles) + 2
    assert any("\\| a \\| \\`b\\` \\|" in line for line in markdown)


def test_a_stale_cache_that_cannot_be_written_answers_all_the_same(
    synced: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise StoreError("the cache cannot be written: the disk is full")

    monkeypatch.setattr("pkgtui.cli.fetch.sync", refuse)
    synced.clock.advance(days=2)

    told = synced("categories")

    assert told.exit_code == 0
    assert "the disk is full; answered from the cache, 2 days old" in told.err
