"""`pkgtui cache` and `paths`: what is stored where, and how it is forgotten."""

import csv
import io
from pathlib import Path

import pytest

from tests.support.cli import Cli
from tests.support.store import FakeSource, grid, package


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Where the cache of the usual API is."""
    return tmp_path / "djangopackages.org.sqlite3"


def test_the_cache_as_json(cli: Cli, cache: Path) -> None:
    cli.source = FakeSource([package(1), package(2)], [grid(7)])
    cli("sync")
    cli.clock.advance(hours=2)

    assert cli("cache", "--format", "json").json == {
        "path": str(cache),
        "api_url": "https://djangopackages.org/api/v4/",
        "sample": False,
        "size_bytes": cache.stat().st_size,
        "counts": {"packages": 2, "grids": 1, "categories": 1},
        "synced_at": "2026-08-08T12:00:00Z",
        "age_s": 7200,
    }


def test_no_cache_is_told_and_none_is_made(cli: Cli, cache: Path) -> None:
    ran = cli("cache", "--format", "json")

    assert ran.exit_code == 0
    assert ran.json["size_bytes"] == 0
    assert ran.json["counts"] == {"packages": 0, "grids": 0, "categories": 0}
    assert ran.json["synced_at"] is None
    assert ran.json["age_s"] is None
    assert "nothing is cached" in cli("cache").out
    assert not cache.exists()


def test_the_cache_as_text_csv_and_markdown(cli: Cli, cache: Path) -> None:
    cli.source = FakeSource([package(1)])
    cli("sync")
    cli.clock.advance(hours=2)

    text = cli("cache").lines
    (row,) = csv.DictReader(io.StringIO(cli("cache", "--format", "csv").out))
    markdown = cli("cache", "--format", "markdown").lines

    assert text[0].split() == ["path", str(cache)]
    assert "synced      2 hours ago, 8 Aug 2026" in text
    assert "packages    1" in text
    assert row["packages"] == "1"
    assert row["sample"] == "no"
    assert row["age s"] == "7200"
    assert "| packages | 1 |" in markdown


def test_a_cache_is_told_without_network_however_old(cli: Cli) -> None:
    cli.source = FakeSource([package(1)])
    cli("sync")
    cli.source = FakeSource()
    cli.clock.advance(days=30)

    assert cli("cache").exit_code == 0
    assert cli.source.asked == []


def test_clearing_deletes_the_cache_and_never_the_marks(
    cli: Cli, cache: Path, tmp_path: Path
) -> None:
    cli.source = FakeSource([package(1)])
    cli("sync")
    size = cache.stat().st_size
    marks = tmp_path / "marks.json"
    marks.write_text("{}")

    ran = cli("cache", "clear", "--format", "json")

    assert ran.exit_code == 0
    assert ran.json == {"removed": [str(cache)], "freed_bytes": size}
    assert not cache.exists()
    assert marks.read_text() == "{}"


def test_clearing_tells_what_it_freed(cli: Cli, cache: Path) -> None:
    cli.source = FakeSource([package(1)])
    cli("sync")

    first = cli("cache", "clear").lines
    second = cli("cache", "clear")

    assert first[0].split() == ["removed", str(cache)]
    assert first[1].startswith("freed    ")
    assert first[1].endswith("kB")
    assert second.exit_code == 0
    assert "nothing: there is no cache" in second.out


def test_only_the_cache_of_the_named_api_is_cleared(cli: Cli, cache: Path) -> None:
    cli.source = FakeSource([package(1)])
    cli("sync")
    cli("sync", "--api-url", "http://127.0.0.1:8000/api/v4/")

    ran = cli("cache", "clear", "--api-url", "http://127.0.0.1:8000/api/v4")

    assert cache.exists()
    assert "127.0.0.1-8000.sqlite3" in ran.out


def test_a_damaged_cache_is_moved_aside_and_told(cli: Cli, cache: Path) -> None:
    cache.write_bytes(b"this is no database, whatever its name says" * 100)

    ran = cli("cache")

    assert ran.exit_code == 0
    assert "moved aside" in ran.err
    assert ran.err.startswith("pkgtui: ")


def test_a_cache_that_cannot_be_looked_at_is_told(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name that no file can have: the superuser may look everywhere else.
    monkeypatch.setenv("PKGTUI_HOME", str(tmp_path / ("a" * 300)))

    ran = cli("cache")

    assert ran.exit_code == 1
    assert ran.err.startswith("pkgtui: cannot look at the cache ")
    assert ran.out == ""


def test_a_password_in_the_address_is_not_shown(cli: Cli) -> None:
    url = "https://ann:secret@packages.example/api/v4/"

    told = cli("cache", "--api-url", url)

    assert "secret" not in told.out + told.err
    assert "https://packages.example/api/v4/" in told.out


def test_paths(cli: Cli, tmp_path: Path, cache: Path) -> None:
    ran = cli("paths", "--format", "json")

    assert ran.json == {
        "data": str(tmp_path),
        "config": str(tmp_path),
        "state": str(tmp_path),
        "cache": str(cache),
        "marks": str(tmp_path / "marks.json"),
        "session": str(tmp_path / "session.json"),
        "settings": str(tmp_path / "config.toml"),
    }
    assert list(tmp_path.iterdir()) == []


def test_paths_of_the_sample_and_in_every_format(cli: Cli, tmp_path: Path) -> None:
    cache = str(tmp_path / "sample.sqlite3")

    assert f"cache     {cache}" in cli("paths", "--sample").lines
    (row,) = csv.DictReader(
        io.StringIO(cli("paths", "--sample", "--format", "csv").out)
    )
    assert row["cache"] == cache
    assert "sample.sqlite3" in cli("paths", "--sample", "--format", "markdown").out
