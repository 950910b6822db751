"""The command line against real servers over loopback, good ones and bad ones."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from tests.fault_server import GoodApi, closed_port, fails_from, fault
from tests.reference_server import ReferenceServer
from tests.reference_server.shapes import Record
from tests.support.cli import PACKAGE_KEYS, Cli, Ran
from tests.support.server_fixtures import Misbehave, Serve

Ask = Callable[..., Ran]
# What could act on a terminal: C0 and C1 controls but newlines, and bidi controls.
DANGEROUS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@pytest.fixture
def ask(cli: Cli, reference_server: ReferenceServer) -> Ask:
    """Ask about the catalog of the session's reference server."""

    def ask_it(*argv: str) -> Ran:
        return cli(*argv, "--api-url", reference_server.api_url)

    return ask_it


def plain_record(server: ReferenceServer) -> Record:
    """A package without oddities in its names."""
    return next(
        record
        for record in server.catalog.packages
        if record["title"].isascii()
        and not record["slug"].isdigit()
        and record["participants"]
        and len(record["commits_over_52"]) == 52
    )


def test_one_package_is_asked_for_alone(cli: Cli, serve: Serve) -> None:
    server = serve(packages=30)
    record = plain_record(server)

    ran = cli("show", record["slug"], "--format", "json", "--api-url", server.api_url)

    assert ran.exit_code == 0, ran.err
    assert ran.err == ""
    assert list(ran.json) == PACKAGE_KEYS
    assert ran.json["id"] == record["id"]
    assert ran.json["stars"] == record["repo_watchers"]
    assert ran.json["commits_52w"] == record["commits_over_52"]
    assert ran.json["web_url"] == f"{server.url}packages/p/{record['slug']}/"
    assert [one.resource for one in server.requests] == [f"packages/{record['slug']}/"]

    again = cli("show", record["slug"], "--api-url", server.api_url)
    assert again.exit_code == 0
    assert len(server.requests) == 1


def test_several_packages_are_asked_for_and_those_missing_are_told(
    cli: Cli, serve: Serve
) -> None:
    server = serve(packages=30)
    slug = plain_record(server)["slug"]

    ran = cli("show", "no-such", slug, "--format", "json", "--api-url", server.api_url)

    assert ran.exit_code == 3
    assert [one["slug"] for one in ran.json] == [slug]
    assert "no package is called 'no-such'" in ran.err


def test_the_lists_of_a_whole_catalog(
    ask: Ask, reference_server: ReferenceServer
) -> None:
    categories = ask("categories", "--format", "json").json
    grids = ask("grids", "--format", "json").json
    cache = ask("cache", "--format", "json").json

    catalog = reference_server.catalog
    total = sum(one["package_count"] for one in categories)
    assert total == len(catalog.packages) == cache["counts"]["packages"]
    assert {one["id"] for one in grids} == {one["id"] for one in catalog.grids}
    assert all(one["active_count"] <= one["package_count"] for one in grids)
    assert cache["api_url"] == reference_server.api_url


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_no_text_of_a_hostile_catalog_acts_on_the_terminal(
    ask: Ask, reference_server: ReferenceServer, form: str
) -> None:
    ask("sync")
    names = [f"package:{one['id']}" for one in reference_server.catalog.packages]

    for argv in (["show", *names], ["grids"], ["categories"]):
        ran = ask(*argv, "--format", form)

        assert ran.exit_code == 0, ran.err
        assert DANGEROUS.findall(ran.out.replace("\r\n", "\n")) == []
        if form == "json":
            assert DANGEROUS.findall("".join(texts_of(ran.json))) == []
        elif form == "csv":
            header, *rows = csv.reader(io.StringIO(ran.out, newline=""))
            assert {len(row) for row in rows} == {len(header)}
        elif form == "markdown":
            pipes = {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in ran.lines}
            assert len(pipes) == 1


def texts_of(value: object) -> list[str]:
    """Every text in a JSON document."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts_of(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("width", [20, 41, 80, 132])
def test_no_package_of_a_hostile_catalog_is_wider_than_the_terminal(
    ask: Ask,
    reference_server: ReferenceServer,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    from pkgtui.text import cell_width

    ask("sync")
    monkeypatch.setenv("COLUMNS", str(width))
    names = [f"package:{one['id']}" for one in reference_server.catalog.packages]

    assert max(map(cell_width, ask("show", *names).lines)) <= width


def test_a_port_where_nobody_listens(cli: Cli) -> None:
    with closed_port() as port:
        for argv in (["show", "x"], ["grids"], ["categories"], ["sync"]):
            ran = cli(*argv, "--api-url", f"http://127.0.0.1:{port}/api/v4/")

            assert ran.exit_code == 4
            assert ran.out == ""
            assert ran.err.count("\n") == 1
            assert ("--sample" in ran.err) == (argv != ["sync"])


def test_a_server_that_went_away_leaves_its_answers(cli: Cli, serve: Serve) -> None:
    server = serve(packages=30)
    slug = plain_record(server)["slug"]
    api = ["--api-url", server.api_url]
    assert cli("sync", *api).exit_code == 0
    server.__exit__(None, None, None)
    cli.clock.advance(days=2)

    shown = cli("show", slug, "--format", "json", *api)
    listed = cli("grids", "--format", "json", *api)

    assert (shown.exit_code, shown.json["slug"]) == (0, slug)
    assert "2 days old" in shown.err
    assert listed.exit_code == 0
    assert len(listed.json) == len(server.catalog.grids)
    assert "2 days old" in listed.err


@pytest.mark.parametrize("name", ["html", "forbidden", "gone", "login_page"])
def test_an_answer_that_is_none_fails_in_one_line(
    cli: Cli, misbehave: Misbehave, name: str
) -> None:
    server = misbehave(fault(name))

    for argv in (["show", "x"], ["grids"], ["sync"]):
        ran = cli(*argv, "--api-url", server.api_url)

        assert ran.exit_code == 1
        assert ran.out == ""
        assert ran.err.count("\n") == 1
        assert "Traceback" not in ran.err


def test_a_sync_that_loses_the_server_on_the_way_fails(
    cli: Cli, misbehave: Misbehave, good_api: GoodApi
) -> None:
    server = misbehave(fails_from(2, fault("forbidden"), then=good_api))

    ran = cli("sync", "--api-url", server.api_url)

    assert ran.exit_code == 1
    assert json.loads(cli("cache", "--format", "json").out)["synced_at"] is None
