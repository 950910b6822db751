"""The help: everything there is, on one screen of 80 by 24, with examples."""

import pytest

from pkgtui.cli.args import COMMANDS, load_command, shown_arguments
from tests.support.cli import Cli

COLUMNS, ROWS = 80, 24
NAMES = list(COMMANDS)


@pytest.mark.parametrize("argv", [["--help"], ["-h"], ["--offline", "-h"]])
def test_the_help_names_every_command_and_option(cli: Cli, argv: list[str]) -> None:
    ran = cli(*argv)

    assert (ran.exit_code, ran.err) == (0, "")
    assert ran.lines[0].startswith("usage: pkgtui ")
    for name, command in COMMANDS.items():
        assert f"  {name} {command.usage}".rstrip() in ran.out
        assert command.summary in ran.out
    for option in load_command(None)[1].options:
        assert option in ran.out
    assert "e.g.  pkgtui " in ran.out


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("order", ["before", "after"])
def test_the_help_of_a_command_tells_all_of_it(cli: Cli, name: str, order: str) -> None:
    ran = cli("--help", name) if order == "before" else cli(name, "--help")

    assert (ran.exit_code, ran.err) == (0, "")
    assert ran.lines[0].startswith(f"usage: pkgtui {name}")
    assert ran.lines[1].strip() == COMMANDS[name].summary
    # The examples stand at the end, in a column.
    count = len(COMMANDS[name].examples)
    assert [line[6:] for line in ran.lines[-count:]] == [
        f"pkgtui {name} {example}".rstrip() for example in COMMANDS[name].examples
    ]
    parser = load_command(name)[1]
    for action in shown_arguments(parser.arguments):
        assert all(option in ran.out for option in action.option_strings)
        if action not in parser.common_options:
            told = " ".join(ran.out.split())
            assert " ".join((action.help or "nothing").split()) in told


@pytest.mark.parametrize("name", [None, *NAMES])
def test_every_help_fits_a_screen(cli: Cli, name: str | None) -> None:
    lines = cli(*filter(None, [name]), "--help").lines

    assert len(lines) <= ROWS
    assert max(map(len, lines)) < COLUMNS
    assert [line for line in lines if line != line.rstrip()] == []


def test_options_of_every_command_are_explained_where_there_is_room(cli: Cli) -> None:
    explained = "never touch the network"

    assert explained in cli("show", "--help").out
    assert explained not in cli("search", "--help").out
    assert "--format text|json|csv|markdown" in cli("search", "--help").out


@pytest.mark.parametrize("name", [None, "search", "paths"])
@pytest.mark.parametrize("columns", [20, 40, 60, 200])
def test_the_help_is_as_wide_as_the_terminal(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str | None, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    widest = max(map(len, cli(*filter(None, [name]), "--help").lines))

    assert widest < max(columns, 44)
    assert widest < 90
