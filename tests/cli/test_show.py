"""`pkgtui show`: whence the answer comes, and what is told when there is none."""

import csv
import io
from datetime import timedelta

import pytest

from pkgtui.errors import BadResponseError, ServerUnreachableError, SourceError
from tests.support.cli import PACKAGE_KEYS, Cli, DeadSource
from tests.support.store import NOW, FakeSource, grid, package

HOST = "djangopackages.org"
UNREACHABLE = ServerUnreachableError("cannot reach the server: refused")

TIDY = package(40, 7, 8, slug="tidy", title="Tidy", pypi_name="Tidy.App", repo_url=None)
OTHER = package(41, slug="other", title="Other")
DIGITS = package(42, slug="2048", title="Game")


def a_source() -> FakeSource:
    return FakeSource([TIDY, OTHER, DIGITS], [grid(7, 40, slug="auth", title="Auth")])


@pytest.fixture
def synced(cli: Cli) -> Cli:
    """A command line whose cache was just synced, and whose server is watched."""
    cli.sync_with(a_source())
    return cli


@pytest.mark.parametrize(
    "name",
    [
        "tidy",
        "TIDY",
        "Tidy.App",
        "tidy_app",
        "40",
        "package:40",
        f"https://{HOST}/packages/p/tidy/",
        f"https://{HOST}/api/v4/packages/40/?format=json",
        "https://pypi.org/project/tidy-app/",
    ],
)
def test_a_fresh_record_answers_by_any_of_its_names_without_network(
    synced: Cli, name: str
) -> None:
    ran = synced("show", name, "--format", "json")

    assert ran.exit_code == 0
    assert ran.err == ""
    assert ran.json["slug"] == "tidy"
    assert synced.asked == []


def test_an_exact_slug_of_digits_wins_over_an_id(cli: Cli) -> None:
    cli.source = FakeSource([package(2048, slug="by-id"), DIGITS])
    cli("sync")

    assert cli("show", "2048", "--format", "json").json["id"] == 42
    assert cli("show", "package:2048", "--format", "json").json["slug"] == "by-id"


def test_the_json_has_all_keys_on_one_line_in_a_pipe(synced: Cli) -> None:
    ran = synced("show", "tidy", "--format", "json")

    assert list(ran.json) == PACKAGE_KEYS
    assert ran.json["grids"] == [
        {"id": 7, "slug": "auth", "title": "Auth"},
        {"id": 8, "slug": None, "title": None},
    ]
    assert ran.json["web_url"] == f"https://{HOST}/packages/p/tidy/"
    assert ran.out.count("\n") == 1
    assert '":' in ran.out
    assert '": ' not in ran.out


def test_a_record_of_over_a_day_is_asked_for_alone(synced: Cli) -> None:
    synced.clock.advance(hours=24, seconds=1)
    assert synced.source is not None
    synced.source.records["packages"] = [TIDY._replace(stars=4711)]

    ran = synced("show", "tidy", "--format", "json")

    assert synced.asked == ["packages/tidy"]
    assert synced.source.is_closed
    assert ran.json["stars"] == 4711
    assert ran.err == ""


def test_a_record_of_a_day_is_not_asked_for(synced: Cli) -> None:
    synced.clock.advance(hours=24)

    assert synced("show", "tidy").exit_code == 0
    assert synced.asked == []


def test_what_was_asked_for_is_fresh_the_next_time(cli: Cli) -> None:
    cli.source = a_source()
    assert cli("show", "tidy").exit_code == 0
    cli.source = a_source()

    assert cli("show", "tidy").exit_code == 0
    assert cli.asked == []


def test_a_slug_of_digits_is_asked_for_by_its_id(synced: Cli) -> None:
    synced.clock.advance(days=2)

    assert synced("show", "2048").exit_code == 0
    assert synced.asked == ["packages/42"]


def test_without_network_an_old_record_answers_and_its_age_is_told(synced: Cli) -> None:
    synced.clock.advance(days=3)
    synced.source = DeadSource(UNREACHABLE)

    ran = synced("show", "tidy", "--format", "json")

    assert ran.exit_code == 0
    assert ran.json["stars"] == TIDY.stars
    assert ran.err == (
        "pkgtui: cannot reach the server: refused; "
        "'tidy' is answered from the cache, 3 days old\n"
    )


@pytest.mark.parametrize(
    ("error", "asked_count"),
    [(UNREACHABLE, 1), (BadResponseError("HTML instead of JSON"), 3)],
)
def test_a_server_that_is_not_there_is_not_waited_for_again(
    synced: Cli, error: SourceError, asked_count: int
) -> None:
    synced.clock.advance(days=3)
    synced.source = DeadSource(error)

    ran = synced("show", "tidy", "other", "2048", "--format", "json")

    assert ran.exit_code == 0
    assert len(ran.json) == 3
    assert ran.err.count("from the cache, 3 days old\n") == 3
    assert len(synced.asked) == asked_count


def test_a_bad_answer_is_no_reason_to_withhold_the_cached_one(synced: Cli) -> None:
    synced.clock.advance(days=3)
    synced.source = DeadSource(BadResponseError("HTML instead of JSON"))

    ran = synced("show", "tidy")

    assert ran.exit_code == 0
    assert "HTML instead of JSON; 'tidy' is answered from the cache" in ran.err


def test_offline_never_asks(synced: Cli) -> None:
    synced.clock.advance(days=3)

    ran = synced("--offline", "show", "tidy")

    assert ran.exit_code == 0
    assert synced.asked == []
    assert "--offline" in ran.err
    assert "3 days old" in ran.err


def test_a_package_that_the_site_dropped_is_answered_from_the_cache(
    synced: Cli,
) -> None:
    synced.clock.advance(days=3)
    assert synced.source is not None
    synced.source.records["packages"] = [OTHER]

    ran = synced("show", "tidy")

    assert ran.exit_code == 0
    assert f"{HOST} has no package 'tidy' any more" in ran.err
    assert "3 days old" in ran.err


@pytest.mark.parametrize("options", [(), ("--offline",)])
def test_no_network_and_no_cache_names_the_sample(
    cli: Cli, options: tuple[str, ...]
) -> None:
    cli.source = DeadSource(UNREACHABLE)

    ran = cli(*options, "show", "tidy")

    assert ran.exit_code == 4
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert "--sample" in ran.err


def test_offline_any_name_needs_a_cache(cli: Cli) -> None:
    assert cli("--offline", "show", "Some Title").exit_code == 4


def test_a_bad_answer_without_cache_fails(cli: Cli) -> None:
    cli.source = DeadSource(BadResponseError("HTML instead of JSON"))

    ran = cli("show", "tidy")

    assert ran.exit_code == 1
    assert ran.err == "pkgtui: HTML instead of JSON\n"


def test_a_new_package_is_asked_for_though_the_catalog_is_fresh(synced: Cli) -> None:
    assert synced.source is not None
    synced.source.records["packages"] = [package(99, slug="brand-new")]

    ran = synced("show", "brand-new", "--format", "json")

    assert ran.json["id"] == 99
    assert synced.asked == ["packages/brand-new"]


def test_what_does_not_exist_is_not_found_and_near_names_are_told(synced: Cli) -> None:
    ran = synced("show", "tidey")

    assert ran.exit_code == 3
    assert ran.out == ""
    assert ran.err == "pkgtui: no package is called 'tidey'; did you mean tidy?\n"
    assert synced.asked == ["packages/tidey"]


def test_before_any_sync_a_hint_says_what_a_sync_would_find(cli: Cli) -> None:
    cli.source = a_source()

    ran = cli("show", "Tidy.App")

    assert ran.exit_code == 3
    # What is no slug cannot be asked for: a server reads it as a path.
    assert cli.asked == []
    assert "pkgtui sync" in ran.err
    assert "no package is called 'Tidy.App'" in ran.err


def test_a_synced_cache_answers_that_there_is_no_such_package(synced: Cli) -> None:
    synced.clock.advance(days=3)
    synced.source = DeadSource(UNREACHABLE)

    ran = synced("show", "tidey")

    assert ran.exit_code == 3
    assert "looked up in the cache, 3 days old" in ran.err
    assert "did you mean tidy?" in ran.err


def test_a_grid_is_told_to_be_one(synced: Cli) -> None:
    ran = synced("show", "auth")

    assert ran.exit_code == 3
    assert "'auth' is a grid" in ran.err
    by_address = synced("show", f"https://{HOST}/grids/g/auth/")
    assert by_address.exit_code == 3
    assert "is a grid" in by_address.err


@pytest.mark.parametrize("name", ["../grids/7", "a/b", "x" * 51, "a b", "", "?q=1"])
def test_what_is_no_slug_is_never_put_into_a_path(synced: Cli, name: str) -> None:
    assert synced("show", name).exit_code == 3
    assert synced.asked == []


def test_several_packages_are_a_list_in_the_order_asked(synced: Cli) -> None:
    ran = synced("show", "other", "tidy", "--format", "json")

    assert [one["slug"] for one in ran.json] == ["other", "tidy"]


def test_those_found_are_answered_and_the_others_told(synced: Cli) -> None:
    ran = synced("show", "nosuch", "tidy", "--format", "json")

    assert ran.exit_code == 3
    assert [one["slug"] for one in ran.json] == ["tidy"]
    assert ran.err.count("no package is called 'nosuch'") == 1


def test_the_exit_code_is_that_of_the_worst(cli: Cli) -> None:
    class HalfDead(FakeSource):
        def _one(self, name: str, key: str) -> object:
            if key == "gone":
                raise UNREACHABLE
            return super()._one(name, key)

    cli.source = HalfDead([TIDY])

    ran = cli("show", "nosuch", "gone", "tidy", "--format", "json")

    assert ran.exit_code == 4
    assert [one["slug"] for one in ran.json] == ["tidy"]


def test_all_that_is_stale_is_asked_for_once(synced: Cli) -> None:
    synced.clock.advance(days=2)

    ran = synced("show", "tidy", "40", "other", "--format", "json")

    assert sorted(synced.asked) == ["packages/other", "packages/tidy"]
    assert [one["id"] for one in ran.json] == [40, 40, 41]


def test_the_text_of_several_is_parted_by_an_empty_line(synced: Cli) -> None:
    lines = synced("show", "tidy", "other").lines

    assert lines[0].startswith("Tidy 1.0")
    second = next(at for at, line in enumerate(lines) if line.startswith("Other 1.0"))
    assert lines[second - 1] == ""
    assert lines[-1] != ""


def test_csv_and_markdown(synced: Cli) -> None:
    text = synced("show", "tidy", "other", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    markdown = synced("show", "tidy", "other", "--format", "markdown").lines

    assert [(row["slug"], row["title"]) for row in rows] == [
        ("tidy", "Tidy"),
        ("other", "Other"),
    ]
    assert markdown[0] == "| title | Tidy | Other |"


def test_ages_are_told_by_the_clock(synced: Cli) -> None:
    synced.clock.moment = NOW + timedelta(hours=3)

    assert synced("show", "tidy").lines[-1].endswith("cached 3 hours ago")
