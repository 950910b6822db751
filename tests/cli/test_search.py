"""`pkgtui search`: what is found, in every format, through every filter."""

import csv
import io

import pytest

from pkgtui.errors import ServerUnreachableError
from tests.support.cli import PACKAGE_KEYS, Cli, DeadSource, Ran
from tests.support.store import NOW, FakeSource, category, grid, package

UNREACHABLE = ServerUnreachableError("cannot reach the server: refused")
GRID_KEYS = [
    *("id", "slug", "title", "description", "package_count", "active_count", "web_url")
]


def a_source() -> FakeSource:
    old = {"last_commit_at": NOW.replace(year=2015)}
    return FakeSource(
        [
            package(
                40,
                7,
                slug="django-two-factor-auth",
                title="Two [bold] factor",
                stars=1853,
                description="Complete 2FA\nfor all | of us",
                contributors=("Bouke", "claudep"),
                pypi_name="django-two-factor-auth",
                documentation_url="https://2fa.readthedocs.io/",
                repo_url="https://github.com/Bouke/2fa",
            ),
            package(41, 7, slug="django-otp", title="OTP", stars=None, **old),
            package(
                42,
                slug="two-cents",
                title="two-cents",
                description="=SUM(1)",
                stars=5,
                category_id=2,
                repo_url="https://gitlab.com/a/b",
            ),
        ],
        [grid(7, 40, 41, slug="two-factor", title="Two-factor", description="Of 2FA")],
        [category(1), category(2, "frameworks", title="Framework")],
    )


@pytest.fixture
def synced(cli: Cli) -> Cli:
    """A command line whose cache was just synced."""
    cli.source = a_source()
    assert cli("sync").exit_code == 0
    cli.source = a_source()
    return cli


def slugs(ran: Ran) -> list[str]:
    assert ran.exit_code == 0
    return [found["slug"] for found in ran.json]


def search(cli: Cli, *argv: str) -> list[str]:
    """The slugs that are found."""
    return slugs(cli("search", *argv, "--format", "json"))


def test_json_has_whole_objects_with_kind_and_match(synced: Cli) -> None:
    ran = synced("search", "two", "factor", "--format", "json")

    assert ran.err == ""
    of_grid, of_package = ran.json
    assert list(of_grid) == ["kind", "match", *GRID_KEYS]
    assert of_grid == {
        "kind": "grid",
        "match": "name",
        "id": 7,
        "slug": "two-factor",
        "title": "Two-factor",
        "description": "Of 2FA",
        "package_count": 2,
        "active_count": 1,
        "web_url": "https://djangopackages.org/grids/g/two-factor/",
    }
    assert list(of_package) == ["kind", "match", *PACKAGE_KEYS]
    assert of_package["kind"] == "package"
    assert of_package["match"] == "prefix"
    shown = synced("show", "django-two-factor-auth", "--format", "json").json
    assert {key: of_package[key] for key in PACKAGE_KEYS} == shown


@pytest.mark.parametrize(
    ("query", "match"),
    [
        (["django-two-factor-auth"], "name"),
        (["two", "fact"], "prefix"),
        (["auth"], "word"),
        (["facter"], "near"),
        (["complete"], "description"),
        (["bouke"], "contributor"),
        (["https://github.com/Bouke/2fa/issues/3"], "url"),
        (["git@github.com:Bouke/2fa.git"], "url"),
    ],
)
def test_match_tells_what_matched(synced: Cli, query: list[str], match: str) -> None:
    ran = synced("search", *query, "--kind", "package", "--format", "json")

    first = ran.json[0]
    assert (first["slug"], first["match"]) == ("django-two-factor-auth", match)


def test_nothing_found_is_an_empty_list(synced: Cli) -> None:
    ran = synced("search", "zzzz", "--format", "json")

    assert (ran.exit_code, ran.out, ran.err) == (0, "[]\n", "")


def test_text(synced: Cli) -> None:
    ran = synced("search", "two", "factor")

    assert ran.exit_code == 0
    assert ran.err == ""
    assert ran.lines == [
        "name               kind     match   stars  about",
        "Two-factor         grid     name        2  packages in this grid",
        "Two [bold] factor  package  prefix  1\xa0853  Complete 2FA for all | of us",
        "",
        "2 matches",
        "",
        "data from 7 Aug 2026 · synced just now · djangopackages.org",
    ]


def test_text_shows_what_matched_where_it_is_not_the_title(synced: Cli) -> None:
    assert "claudep" in synced("search", "claudep").lines[1]
    assert "django-otp" in synced("search", "django-otp").lines[1]


@pytest.mark.parametrize("width", [20, 40, 60, 200])
def test_text_keeps_to_the_width(
    synced: Cli, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))

    for argv in (["two"], ["--min-stars", "1"], ["zzzz"]):
        table, _, _ = synced("search", *argv).out.partition("\n\n")
        assert max(map(len, table.splitlines())) <= max(width, 30)


@pytest.mark.parametrize(
    ("argv", "count"),
    [
        (["two"], "3 matches"),
        (["two", "--limit", "1"], "1 of 3 matches"),
        (["zzzz"], "no matches"),
        (["claudep"], "1 match"),
        (["two", "--min-stars", "100"], "1 match; the filters hide 2 more"),
        (["two", "--min-stars", "9999"], "no matches; the filters hide 3 more"),
        (["--min-stars", "100"], "1 package"),
        (["--limit", "2"], "2 of 3 packages"),
        (["--kind", "grid"], "1 grid"),
        (["--min-stars", "9999"], "no packages"),
    ],
)
def test_text_counts(synced: Cli, argv: list[str], count: str) -> None:
    assert count in synced("search", *argv).lines


def test_csv_has_the_columns_of_both_kinds(synced: Cli) -> None:
    ran = synced("search", "two", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(ran.out)))
    labels = list(rows[0])
    assert labels[:4] == ["slug", "title", "kind", "match"]
    assert labels[-2:] == ["packages", "active"]
    assert len(labels) == len(set(labels))
    by_slug = {row["slug"]: row for row in rows}
    assert by_slug["two-factor"]["kind"] == "grid"
    assert by_slug["two-factor"]["packages"] == "2"
    assert by_slug["two-factor"]["stars"] == ""
    assert by_slug["two-cents"]["match"] == "prefix"
    assert by_slug["two-cents"]["stars"] == "5"
    assert by_slug["two-cents"]["description"] == "'=SUM(1)"
    assert by_slug["two-cents"]["packages"] == ""


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_tables_of_nothing_have_their_header(synced: Cli, form: str) -> None:
    ran = synced("search", "zzzz", "--format", form)

    assert ran.exit_code == 0
    assert "title" in ran.lines[0]
    assert len(ran.lines) == (1 if form == "csv" else 2)


def test_markdown(synced: Cli) -> None:
    lines = synced("search", "two", "factor", "--format", "markdown").lines

    assert lines[0] == (
        "| title | kind | match | stars | packages | last commit | description"
        " | web page |"
    )
    assert lines[2].startswith("| Two-factor | grid | name | – | 2 | – | Of 2FA |")
    assert lines[3].startswith(
        r"| Two \[bold\] factor | package | prefix | 1853 | – | 2026-07-29 |"
        r" Complete 2FA for all \| of us |"
    )


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["--category", "frameworks"], ["two-cents"]),
        (["--category", "Framework"], ["two-cents"]),
        (["--category", "2"], ["two-cents"]),
        (["--grid", "two-factor"], ["django-two-factor-auth", "django-otp"]),
        (["--grid", "7"], ["django-two-factor-auth", "django-otp"]),
        (["--active-within", "30"], ["django-two-factor-auth", "two-cents"]),
        (["--min-stars", "5"], ["django-two-factor-auth", "two-cents"]),
        (["--has-docs"], ["django-two-factor-auth"]),
        (["--on-pypi"], ["django-two-factor-auth"]),
        (["--host", "gitlab.com"], ["two-cents"]),
        (["--host", "https://GitHub.com/"], ["django-two-factor-auth"]),
        (["--min-stars", "6", "--category", "apps"], ["django-two-factor-auth"]),
        (["--min-stars", "6", "--category", "2"], []),
        (["--kind", "grid"], ["two-factor"]),
        (["--kind", "grid", "--min-stars", "0"], []),
        (["--kind", "package", "--limit", "1"], ["django-two-factor-auth"]),
        ([], ["django-two-factor-auth", "two-cents", "django-otp"]),
        (["--sort", "title"], ["django-otp", "django-two-factor-auth", "two-cents"]),
        (["--sort", "-stars"], ["two-cents", "django-two-factor-auth", "django-otp"]),
    ],
)
def test_filters_alone_list_packages(
    synced: Cli, argv: list[str], expected: list[str]
) -> None:
    assert search(synced, *argv) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", ["a", "b", "c"]),
        ("-title", ["c", "b", "a"]),
        ("stars", ["a", "b", "c"]),
        ("-stars", ["a", "b", "c"]),
        ("updated", ["a", "b", "c"]),
    ],
)
@pytest.mark.parametrize("query", [[], ["grid"]])
def test_grids_are_sorted_by_title_or_not_at_all(
    cli: Cli, query: list[str], sort: str, expected: list[str]
) -> None:
    grids = [
        grid(n, slug=slug, title=f"Grid {slug}") for n, slug in enumerate("bca", 1)
    ]
    cli.sync_with(FakeSource([package(1)], grids))
    assert search(cli, *query, "--kind", "grid", f"--sort={sort}") == expected


def test_without_a_query_nothing_matched(synced: Cli) -> None:
    assert {found["match"] for found in synced("search", "--format", "json").json} == {
        None
    }
    assert "match" not in synced("search").lines[0]


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["two"], ["django-two-factor-auth", "two-factor", "two-cents"]),
        (["two", "--kind", "package"], ["django-two-factor-auth", "two-cents"]),
        (["two", "--kind", "grid"], ["two-factor"]),
        (["two", "--min-stars", "6"], ["django-two-factor-auth"]),
        (
            ["two", "--sort", "-stars"],
            ["two-cents", "django-two-factor-auth", "two-factor"],
        ),
        (["two", "--limit", "1", "--sort", "title"], ["django-two-factor-auth"]),
        (["two -cents"], ["django-two-factor-auth", "two-factor"]),
        (["--", "two", "-cents"], ["django-two-factor-auth", "two-factor"]),
        (['"two cents"'], ["two-cents"]),
        (['"cents two"'], []),
    ],
)
def test_queries_and_options_together(
    synced: Cli, argv: list[str], expected: list[str]
) -> None:
    assert slugs(synced("search", "--format", "json", *argv)) == expected


def test_options_may_stand_before_the_command(synced: Cli) -> None:
    ran = synced("--limit", "1", "--format", "json", "search", "two", "--kind", "grid")

    assert slugs(ran) == ["two-factor"]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--kind", "packages"], "package or grid"),
        (["--limit", "0"], "--limit takes a whole number from 1 on"),
        (["--limit", "many"], "'many'"),
        (["--limit", "-3"], "'-3'"),
        (["--min-stars", "1.5"], "--min-stars"),
        (["--active-within", ""], "--active-within"),
        (["--active-within", "9" * 50], "--active-within"),
        (["--sort", "size"], "cannot sort by 'size'"),
        (["--host", "///"], "--host takes a host"),
        (["--lmit", "3"], "--limit"),
    ],
)
def test_wrong_usage(synced: Cli, argv: list[str], words: str) -> None:
    ran = synced("search", "two", *argv)

    assert (ran.exit_code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert words in ran.err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--category", "nothing"], "no category is called 'nothing'"),
        (["--grid", "two-facter"], "no grid is called 'two-facter'; did you mean"),
    ],
)
def test_an_unknown_category_or_grid(synced: Cli, argv: list[str], words: str) -> None:
    ran = synced("search", "two", *argv)

    assert (ran.exit_code, ran.out) == (3, "")
    assert words in ran.err


def test_the_network_is_asked_only_for_what_is_not_fresh(synced: Cli) -> None:
    assert synced.source is not None
    assert search(synced, "otp") == ["django-otp"]
    assert synced.source.asked == []
    synced.clock.advance(hours=25)
    assert search(synced, "otp") == ["django-otp"]
    assert "packages" in synced.source.asked


def test_without_network_the_cache_answers_and_its_age_is_told(synced: Cli) -> None:
    synced.clock.advance(hours=30)
    synced.source = DeadSource(UNREACHABLE)

    ran = synced("search", "otp", "--format", "json")

    assert slugs(ran) == ["django-otp"]
    assert "answered from the cache, 1 day old" in ran.err


def test_without_network_and_cache(cli: Cli) -> None:
    cli.source = DeadSource(UNREACHABLE)

    ran = cli("search", "otp")

    assert (ran.exit_code, ran.out) == (4, "")
    assert "--sample" in ran.err


def test_the_sample_is_searched_and_says_so(cli: Cli) -> None:
    ran = cli("search", "two factor", "--sample")

    assert ran.exit_code == 0
    assert "django-two-factor-auth" in ran.out
    assert "sample catalog" in ran.err


def test_ascii(synced: Cli) -> None:
    for argv in (["two"], ["two", "--format", "json"], ["two", "--format", "csv"]):
        assert synced("search", *argv, "--ascii").out.isascii()
