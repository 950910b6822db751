"""`pkgtui sync`: what it does, what it shows meanwhile, and when it fails."""

import pytest

from pkgtui.errors import BadResponseError, ServerUnreachableError
from pkgtui.sources.base import EndOfList, Page
from tests.support.cli import Cli, DeadSource
from tests.support.store import FakeSource, package

UNREACHABLE = ServerUnreachableError("cannot reach the server: refused")


def test_a_sync_tells_what_is_held_now(cli: Cli) -> None:
    cli.source = FakeSource([package(n) for n in range(1, 6)])

    ran = cli("sync")

    assert ran.exit_code == 0
    assert ran.lines == [
        "synced  5 packages, 1 grids, 1 categories from djangopackages.org"
    ]
    assert cli.source.is_closed


def test_progress_without_a_terminal_is_a_line_for_each_list(cli: Cli) -> None:
    cli.source = FakeSource([package(n) for n in range(1, 6)])

    assert cli("sync").err.splitlines() == [
        "pkgtui: categories: 1 of 1",
        "pkgtui: grids: 1 of 1",
        "pkgtui: packages: 5 of 5",
    ]


def test_progress_on_a_terminal_is_one_line_that_vanishes(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.source = FakeSource([package(n) for n in range(1, 6)])
    monkeypatch.setattr("pkgtui.cli.console.is_terminal", lambda _: True)

    err = cli("sync").err

    assert "\n" not in err
    assert "\rpkgtui: packages: 2 of 5\x1b[K" in err
    assert "\rpkgtui: packages: 4 of 5\x1b[K" in err
    assert err.endswith("\r\x1b[K")


def test_a_terminal_that_cannot_redraw_gets_lines(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.source = FakeSource([package(1)])
    monkeypatch.setattr("pkgtui.cli.console.is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "dumb")

    err = cli("sync").err

    assert err.count("\n") == 3
    assert "\r" not in err


def test_a_sync_as_json(cli: Cli) -> None:
    cli.source = FakeSource([package(n) for n in range(1, 6)])

    assert cli("sync", "--format", "json").json == {
        "api_url": "https://djangopackages.org/api/v4/",
        "sample": False,
        "counts": {"packages": 5, "grids": 1, "categories": 1},
        "removed": 0,
        "unreadable": 0,
        "whole": True,
        "done_elsewhere": False,
        "synced_at": "2026-08-08T12:00:00Z",
    }


def test_a_password_in_the_address_is_not_shown(cli: Cli) -> None:
    cli.source = FakeSource([package(1)])
    url = "https://ann:secret@packages.example/api/v4/"

    ran = cli("sync", "--api-url", url, "--format", "json")

    assert ran.json["api_url"] == "https://packages.example/api/v4/"
    assert "secret" not in ran.out + ran.err


def test_what_vanished_is_counted(cli: Cli) -> None:
    cli.source = FakeSource([package(1), package(2)])
    cli("sync")
    cli.source = FakeSource([package(1)])

    ran = cli("sync")

    assert ran.lines[1].split() == ["removed", "1"]
    assert cli("cache", "--format", "json").json["counts"]["packages"] == 1


def test_records_that_cannot_be_read_are_counted_on_stderr(cli: Cli) -> None:
    class Unreadable(FakeSource):
        def pages_of(self, name: str) -> list[Page | EndOfList]:  # type: ignore[type-arg]
            pages = super().pages_of(name)
            if name == "packages":
                first = pages[0]
                assert isinstance(first, Page)
                pages[0] = first._replace(unreadable_ids=(7, 8), unreadable_count=3)
            return pages

    cli.source = Unreadable([package(1)])

    ran = cli("sync", "--format", "json")

    assert ran.exit_code == 0
    assert ran.json["unreadable"] == 3
    assert "pkgtui: records that could not be read: 3;" in ran.err


def test_lists_that_could_not_be_read_whole_fail_and_say_what_to_do(cli: Cli) -> None:
    class Moving(FakeSource):
        def pages_of(self, name: str) -> list[Page | EndOfList]:  # type: ignore[type-arg]
            return [*super().pages_of(name)[:-1], EndOfList(is_whole=False)]

    cli.source = Moving([package(1)])

    ran = cli("sync", "--format", "json")

    assert ran.exit_code == 1
    assert ran.json["whole"] is False
    assert "sync once more" in ran.err


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [(UNREACHABLE, 4), (BadResponseError("HTML instead of JSON"), 1)],
)
def test_a_sync_that_gets_nothing_fails(
    cli: Cli, error: Exception, exit_code: int
) -> None:
    cli.source = DeadSource(error)

    ran = cli("sync")

    assert ran.exit_code == exit_code
    assert ran.out == ""
    assert ran.err == f"pkgtui: {error}\n"


def test_a_sync_fails_even_where_something_is_cached(cli: Cli) -> None:
    cli.source = FakeSource([package(1)])
    cli("sync")
    cli.source = DeadSource(UNREACHABLE)

    assert cli("sync").exit_code == 4


def test_a_server_that_is_lost_on_the_way_was_reached(cli: Cli) -> None:
    class Lost(FakeSource):
        def pages_of(self, name: str) -> list[Page | EndOfList]:  # type: ignore[type-arg]
            if name == "packages":
                raise UNREACHABLE
            return super().pages_of(name)

    cli.source = Lost([package(1)])

    ran = cli("sync")

    assert ran.exit_code == 1
    assert "cannot reach the server" in ran.err


def test_offline_there_is_nothing_to_sync_with(cli: Cli) -> None:
    cli.source = FakeSource([package(1)])

    ran = cli("sync", "--offline")

    assert ran.exit_code == 4
    assert cli.source.asked == []
    assert "--offline" in ran.err
