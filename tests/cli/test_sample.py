"""`--sample`: every command answers from the bundled catalog, and says so."""

from pathlib import Path

import pytest

from tests.support.cli import PACKAGE_KEYS, Cli
from tests.support.store import FakeSource, package

PACKAGE = "django-organizations"
ANSWERING = [("show", PACKAGE), ("categories",), ("grids",), ("sync",)]
FORMATS = ("text", "json", "csv", "markdown")


@pytest.mark.parametrize("argv", ANSWERING, ids=lambda argv: argv[0])
@pytest.mark.parametrize("form", FORMATS)
def test_answers_from_the_sample_say_so_on_stderr(
    cli: Cli, argv: tuple[str, ...], form: str
) -> None:
    ran = cli("--sample", *argv, "--format", form)

    assert ran.exit_code == 0
    assert ran.out
    first = ran.err.splitlines()[0]
    assert first.startswith("pkgtui: sample catalog, data from ")
    assert ran.err.count("sample catalog") == 1


@pytest.mark.parametrize("argv", ANSWERING, ids=lambda argv: argv[0])
def test_text_of_the_sample_says_so_itself(cli: Cli, argv: tuple[str, ...]) -> None:
    assert "sample catalog" in cli("--sample", *argv).out


@pytest.mark.parametrize("argv", [("cache",), ("cache", "clear"), ("paths",)])
@pytest.mark.parametrize("form", FORMATS)
def test_the_samples_own_files_are_told(
    cli: Cli, argv: tuple[str, ...], form: str
) -> None:
    cli("--sample", "categories")

    ran = cli("--sample", *argv, "--format", form)

    assert ran.exit_code == 0
    assert "sample.sqlite3" in ran.out


def test_the_first_answer_loads_the_sample_without_network(
    cli: Cli, tmp_path: Path
) -> None:
    ran = cli("--sample", "--offline", "show", PACKAGE, "--format", "json")

    assert list(ran.json) == PACKAGE_KEYS
    assert ran.json["id"] == 1412
    assert (tmp_path / "sample.sqlite3").exists()
    assert not (tmp_path / "djangopackages.org.sqlite3").exists()


def test_the_sample_never_ages(cli: Cli) -> None:
    cli("--sample", "categories")
    cli.clock.advance(days=1000)

    ran = cli("--sample", "show", PACKAGE)

    assert ran.exit_code == 0
    assert ran.err.count("\n") == 1


def test_what_the_sample_lacks_is_not_found(cli: Cli) -> None:
    ran = cli("--sample", "show", "django-organisations")

    assert ran.exit_code == 3
    assert PACKAGE in ran.err


def test_the_sample_is_read_once_and_nothing_is_asked_of_it_again(cli: Cli) -> None:
    cli.source = FakeSource([package(1, slug="tidy")])

    assert cli("--sample", "show", "tidy").exit_code == 0
    assert cli("--sample", "show", "no-such").exit_code == 3
    assert cli("--sample", "grids").exit_code == 0

    assert cli.source.asked == ["categories", "grids", "packages"]


def test_the_sample_is_asked_for_by_the_environment_too(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PKGTUI_SAMPLE", "1")

    assert "sample catalog" in cli("categories").err


def test_clearing_the_sample_leaves_the_rest(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "djangopackages.org.sqlite3").write_bytes(b"")
    cli("--sample", "categories")

    assert cli("--sample", "cache", "clear").exit_code == 0

    assert not (tmp_path / "sample.sqlite3").exists()
    assert (tmp_path / "djangopackages.org.sqlite3").exists()
