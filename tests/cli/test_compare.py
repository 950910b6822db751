"""`pkgtui grid` and `pkgtui compare`: whose table, in which order, in every format."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from pkgtui.errors import ServerUnreachableError
from pkgtui.text import cell_width
from tests.support.cli import PACKAGE_KEYS, Cli, DeadSource, Ran
from tests.support.store import NOW, FakeSource, grid, package

UNREACHABLE = ServerUnreachableError("cannot reach the server: refused")
FACTS: dict[str, dict[str, Any]] = {
    "beta": {"stars": 10, "forks": 3, "commits_52w": (1,) * 52},
    "alpha": {"stars": 500, "forks": None, "commits_52w": None},
    "delta": {"stars": None, "contributors": ("a", "b", "c")},
    "gamma": {"stars": 70, "last_commit_at": NOW - timedelta(days=2)},
}

GRIDS = {"beta": (7, 9), "alpha": (7, 10)}


def a_source(**fields: Any) -> FakeSource:
    packages = [
        package(
            id_,
            *GRIDS.get(slug, (7,)),
            slug=slug,
            title=slug.title(),
            **{**facts, **fields},
        )
        for id_, (slug, facts) in enumerate(FACTS.items(), 1)
    ]
    return FakeSource(
        [*packages, package(9, slug="else", title="Else")],
        [
            grid(7, 1, 2, 3, 4, slug="auth", title="Auth"),
            grid(8, slug="empty", title="Empty"),
            grid(9, 1, 77, 78, slug="gaps", title="Gaps"),
            grid(10, 2, slug="one", title="One"),
        ],
    )


@pytest.fixture
def synced(cli: Cli) -> Cli:
    """A command line with a fresh cache."""
    cli.source = a_source()
    assert cli("sync").exit_code == 0
    return cli


def slugs(ran: Ran) -> list[str]:
    return [each["slug"] for each in ran.json["packages"]]


# Who, and in which order


def test_a_grid_is_sorted_by_stars_unless_told_otherwise(synced: Cli) -> None:
    ran = synced("grid", "auth", "--format", "json")

    assert (ran.exit_code, ran.err) == (0, "")
    assert ran.json["title"] == "Auth"
    assert slugs(ran) == ["alpha", "gamma", "beta", "delta"]


def test_packages_are_compared_in_the_order_given(synced: Cli) -> None:
    ran = synced("compare", "gamma", "4", "alpha", "package:3", "--format", "json")

    assert ran.exit_code == 0
    assert slugs(ran) == ["gamma", "alpha", "delta"]


@pytest.mark.parametrize(
    ("option", "order"),
    [
        (["--sort", "title"], ["alpha", "beta", "delta", "gamma"]),
        (["--sort", "-title"], ["gamma", "delta", "beta", "alpha"]),
        (["--sort", "stars"], ["alpha", "gamma", "beta", "delta"]),
        (["--sort", "-stars"], ["beta", "gamma", "alpha", "delta"]),
        (["--sort=-stars"], ["beta", "gamma", "alpha", "delta"]),
        (["--sort=stars"], ["alpha", "gamma", "beta", "delta"]),
        (["--sort", "forks"], ["beta", "delta", "gamma", "alpha"]),
        (["--sort", "commits"], ["beta", "delta", "gamma", "alpha"]),
        (["--sort", "contributors"], ["delta", "alpha", "beta", "gamma"]),
        (["--sort", "updated"], ["gamma", "alpha", "beta", "delta"]),
        (["--sort", "added"], ["alpha", "beta", "delta", "gamma"]),
    ],
)
@pytest.mark.parametrize("command", [["grid", "auth"], ["compare", *FACTS]])
def test_every_key_sorts_and_unknown_is_last_either_way(
    synced: Cli, command: Sequence[str], option: Sequence[str], order: Sequence[str]
) -> None:
    assert slugs(synced(*command, *option, "--format", "json")) == order
    assert slugs(synced(*option, *command, "--format", "json")) == order


@pytest.mark.parametrize("command", [["grid", "auth"], ["compare", "alpha", "beta"]])
def test_an_unknown_key_is_wrong_usage_that_names_the_keys(
    synced: Cli, command: Sequence[str]
) -> None:
    ran = synced(*command, "--sort", "beauty")

    assert (ran.exit_code, ran.out) == (2, "")
    assert ran.err.startswith("pkgtui: cannot sort by 'beauty'; the keys are title, ")


@pytest.mark.parametrize(
    "name", ["auth", "7", "grid:7", "https://djangopackages.org/grids/g/auth/"]
)
def test_a_grid_goes_by_any_of_its_names(synced: Cli, name: str) -> None:
    assert synced("grid", name, "--format", "json").json["title"] == "Auth"


def test_a_package_that_is_named_twice_is_shown_once_and_told(synced: Cli) -> None:
    ran = synced("compare", "alpha", "ALPHA", "beta", "2", "--format", "json")

    assert slugs(ran) == ["alpha", "beta"]
    assert ran.err == "pkgtui: a package that was named twice is shown once\n"
    assert ran.exit_code == 0


def test_one_package_alone_is_no_mistake(synced: Cli) -> None:
    ran = synced("compare", "alpha")

    assert ran.exit_code == 0
    assert ran.lines[0] == "Comparison · 1 package"
    assert "* best" not in ran.lines


# What is not there


def test_an_unknown_package_is_told_with_the_nearest_and_the_rest_is_shown(
    synced: Cli,
) -> None:
    ran = synced("compare", "alpah", "beta", "gama", "--format", "json")

    assert ran.exit_code == 3
    assert slugs(ran) == ["beta"]
    assert ran.err.splitlines() == [
        "pkgtui: no package is called 'alpah'; did you mean alpha?",
        "pkgtui: no package is called 'gama'; did you mean gamma?",
    ]


def test_unknown_packages_alone_give_no_answer(synced: Cli) -> None:
    ran = synced("compare", "alpah", "betta", "--format", "json")

    assert (ran.exit_code, ran.out) == (3, "")


def test_an_unknown_grid_is_told_with_the_nearest(synced: Cli) -> None:
    ran = synced("grid", "autth")

    assert (ran.exit_code, ran.out) == (3, "")
    assert ran.err == "pkgtui: no grid is called 'autth'; did you mean auth?\n"


def test_no_package_is_wrong_usage(synced: Cli) -> None:
    assert synced("compare").exit_code == 2
    assert synced("grid").exit_code == 2
    assert synced("grid", "auth", "one").exit_code == 2


def test_a_grid_of_nothing_is_an_answer(synced: Cli) -> None:
    ran = synced("grid", "empty")
    assert ran.exit_code == 0
    assert "There is nothing to compare." in ran.lines
    document = synced("grid", "empty", "--format", "json").json
    assert document["packages"] == []
    assert {row["differs"] for row in document["rows"]} == {False}
    assert synced("grid", "empty", "--format", "csv").out.count("\n") == 1
    assert synced("grid", "empty", "--format", "markdown").exit_code == 0


def test_a_grid_of_one(synced: Cli) -> None:
    ran = synced("grid", "one", "--format", "json")

    assert slugs(ran) == ["alpha"]
    assert {tuple(row["best"]) for row in ran.json["rows"]} == {()}


@pytest.mark.parametrize("sort", ["stars", "-stars", "title", "-title"])
def test_members_that_are_not_stored_are_shown_last_as_unknown_and_counted(
    synced: Cli, sort: str
) -> None:
    ran = synced("grid", "gaps", "--sort", sort, "--format", "json")

    assert ran.exit_code == 0
    assert ran.err == (
        "pkgtui: packages of this grid that are not cached, shown as unknown: 2; "
        "'pkgtui sync' brings those that the site has\n"
    )
    first, second, third = ran.json["packages"]
    assert first["slug"] == "beta"
    assert {second["id"], third["id"]} == {77, 78}
    for each in (second, third):
        assert list(each) == PACKAGE_KEYS
        assert each["slug"] is each["stars"] is each["title"] is None
    lines = synced("grid", "gaps").lines
    assert any("Package 77" in line for line in lines)


# The network


def test_a_grid_syncs_first_where_nothing_is_stored(cli: Cli) -> None:
    cli.source = a_source()

    ran = cli("grid", "auth", "--format", "json")

    assert slugs(ran) == ["alpha", "gamma", "beta", "delta"]


def test_a_fresh_cache_answers_without_the_network(synced: Cli) -> None:
    synced.source = DeadSource(UNREACHABLE)

    for command in (["grid", "auth"], ["compare", "alpha", "beta"]):
        ran = synced(*command, "--format", "json")
        assert (ran.exit_code, ran.err) == (0, "")
    assert synced.source.asked == []


def test_an_old_cache_answers_without_the_network_and_tells_its_age(
    synced: Cli,
) -> None:
    synced.clock.advance(days=3)
    synced.source = DeadSource(UNREACHABLE)

    table = synced("grid", "auth", "--format", "json")
    assert table.exit_code == 0
    assert len(table.json["packages"]) == 4
    assert "answered from the cache, 3 days old" in table.err
    pair = synced("compare", "alpha", "beta", "--format", "json")
    assert pair.exit_code == 0
    assert pair.err.count("3 days old") == 2


@pytest.mark.parametrize("command", [["grid", "auth"], ["compare", "alpha", "beta"]])
def test_without_network_and_cache_there_is_no_answer(
    cli: Cli, command: Sequence[str]
) -> None:
    cli.source = DeadSource(UNREACHABLE)

    ran = cli(*command)

    assert (ran.exit_code, ran.out) == (4, "")
    assert "--sample" in ran.err


# Formats


def test_text_has_packages_as_columns_while_they_fit(
    synced: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = synced("grid", "auth").lines
    assert narrow[0] == "Auth · 4 packages"
    assert narrow[2].split()[:2] == ["package", "activity"]
    monkeypatch.setenv("COLUMNS", "120")
    wide = synced("grid", "auth").lines
    assert wide[2].split() == ["Alpha", "Gamma", "Beta", "Delta"]
    stars = next(line for line in wide if line.startswith("stars"))
    assert stars.split() == ["stars", "500", "*", "70", "10", "–"]


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("option", [[], ["--ascii"], ["--color", "always"]])
def test_no_line_is_wider_than_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, columns: int, option: list[str]
) -> None:
    hostile = "[/x] 日本語 👫 é | `" * 9
    cli.source = a_source(description=hostile)
    monkeypatch.setenv("COLUMNS", str(columns))

    for command in (["grid", "auth"], ["grid", "one"], ["compare", *FACTS]):
        ran = cli(*command, *option)
        plain = ran.out.replace("\x1b[1m", "").replace("\x1b[2m", "")
        lines = plain.replace("\x1b[0m", "").splitlines()
        assert max(map(cell_width, lines)) <= columns
        assert option != ["--ascii"] or ran.out.isascii()


def test_text_ends_with_whence_it_is(synced: Cli) -> None:
    assert synced("grid", "auth").lines[-1] == (
        "data from 7 Aug 2026 · synced just now · djangopackages.org"
    )


def test_csv_is_one_line_a_package(synced: Cli) -> None:
    ran = synced("grid", "auth", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert ran.out.startswith("slug,title,")
    assert [row["slug"] for row in rows] == ["alpha", "gamma", "beta", "delta"]
    assert [row["stars"] for row in rows] == ["500", "70", "10", ""]
    assert rows[0]["commits, 52 weeks"] == rows[0]["weekly commits"] == ""


def test_csv_makes_formulas_harmless(cli: Cli) -> None:
    cli.source = a_source(description="=HYPERLINK(1)")

    ran = cli("compare", "alpha", "--format", "csv")

    (row,) = csv.DictReader(io.StringIO(ran.out, newline=""))
    assert row["description"] == "'=HYPERLINK(1)"


def test_markdown_has_packages_as_columns_up_to_six(synced: Cli) -> None:
    head, _, *lines = synced("grid", "auth", "--format", "markdown").lines

    assert head == "|  | Alpha | Gamma | Beta | Delta |"
    assert "| stars | **500** | 70 | 10 | – |" in lines


def test_json_is_packages_and_the_rows_over_them(synced: Cli) -> None:
    ran = synced("grid", "auth", "--format", "json")

    assert list(ran.json) == ["title", "packages", "rows"]
    assert [list(each) for each in ran.json["packages"]] == [PACKAGE_KEYS] * 4
    rows = {row["label"]: row for row in ran.json["rows"]}
    assert rows["stars"] == {
        "label": "stars",
        "values": [500, 70, 10, None],
        "best": ["alpha"],
        "differs": True,
    }
    assert rows["category"]["differs"] is False
    assert ran.json["packages"][0]["web_url"] == (
        "https://djangopackages.org/packages/p/alpha/"
    )


def test_each_format_has_the_same_order(synced: Cli) -> None:
    order = ["beta", "gamma", "alpha", "delta"]
    by_format = {
        form: synced("grid", "auth", "--sort=-stars", "--format", form)
        for form in ("json", "csv", "markdown", "text")
    }

    assert slugs(by_format["json"]) == order
    rows = csv.DictReader(io.StringIO(by_format["csv"].out, newline=""))
    assert [row["slug"] for row in rows] == order
    head = by_format["markdown"].lines[0].lower()
    assert [word.strip() for word in head.split("|")[2:-1]] == order
    names = [line.split()[0].lower() for line in by_format["text"].lines[3:7]]
    assert names == order


def test_json_is_indented_for_a_person_and_compact_in_a_pipe(synced: Cli) -> None:
    out = synced("compare", "alpha", "--format", "json").out

    assert out == json.dumps(json.loads(out), separators=(",", ":")) + "\n"
