"""What a line can go on with: all that the parsers know, and slugs from the cache."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from pkgtui.cli.args import (
    COLOR_CHOICES,
    COMMANDS,
    FORMATS,
    Command,
    load_command,
    shown_arguments,
)
from pkgtui.cli.commands.completion import SHELLS
from pkgtui.cli.completion import BY_METAVAR, candidates, read_words
from pkgtui.domain.facts import SORTS
from tests.support.cli import Cli
from tests.support.store import FakeSource, category, grid, package

FREE = {"FILE", "URL", "N", "DAYS", "HOST", "QUERY"}
"""Arguments whose values nobody can foresee."""


def arguments() -> Iterator[tuple[str | None, argparse.Action]]:
    """Everything that any command takes and tells of."""
    for name in (None, *COMMANDS):
        for action in shown_arguments(load_command(name)[1].arguments):
            yield name, action


def offered(*words: str) -> list[str]:
    """What the last of `words` can become without a cache."""
    typed = read_words(words[:-1])
    return [one.word for one in candidates(typed, words[-1], lambda *_: [])]


@pytest.fixture
def held(cli: Cli) -> Cli:
    """A cache with a few names."""
    cli.source = FakeSource(
        [
            package(1, 7, slug="tidy", title="Tidy up"),
            package(2, slug="tide", title="tide"),
            package(3, slug="evil $(touch x) 'n' \"more\"; a:b", title="Evil"),
            package(4, slug="list\x1b[2J\nx", title="Unprintable"),
        ],
        [grid(7, 1, slug="tiles", title="Tiles")],
        [category(1, slug="apps", title="App")],
    )
    assert cli("sync").exit_code == 0
    return cli


def fish(cli: Cli, line: str) -> list[str]:
    ran = cli("completion", "fish", "--", line)
    assert (ran.exit_code, ran.err) == (0, "")
    return ran.lines


def test_commands_come_first_with_what_they_do(cli: Cli) -> None:
    assert fish(cli, "pkgtui ") == [
        f"{name}\t{command.summary}" for name, command in COMMANDS.items()
    ]
    assert offered("gri") == ["grids", "grid"]
    assert offered("--format", "json", "gri") == ["grids", "grid"]


def test_a_new_command_is_completed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "brandnew", Command("", "something new", ()))

    assert offered("bran") == ["brandnew"]


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_every_option_is_completed(name: str | None) -> None:
    words = [name] if name else []
    found = offered(*words, "-")

    actions = shown_arguments(load_command(name)[1].arguments)
    assert found == [option for action in actions for option in action.option_strings]
    assert {"--format", "--help", "-h"} <= set(found)
    assert offered(*words, "--", "-") == []


def test_every_value_is_completed_or_cannot_be_foreseen() -> None:
    for name, action in arguments():
        if action.nargs != 0 and action.choices is None:
            assert action.metavar in FREE | BY_METAVAR.keys(), (name, action.metavar)


def test_every_choice_is_completed() -> None:
    for name, action in arguments():
        words = [name] if name else []
        for choice in action.choices or ():
            if action.option_strings:
                option = action.option_strings[0]
                assert choice in offered(*words, option, "")
                assert f"{option}={choice}" in offered(*words, f"{option}=")
            else:
                assert choice in offered(*words, "")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--format", ""], list(FORMATS)),
        (["show", "x", "--color", ""], list(COLOR_CHOICES)),
        (["show", "--format=m"], ["--format=markdown"]),
        (["show", "--nothing="], []),
        (["grid", "--sort", ""], list(SORTS)),
        (["grid", "--sort", "-s"], ["-stars"]),
        (["compare", "--sort=-s"], ["--sort=-stars"]),
        (["search", "--kind", ""], ["package", "grid"]),
        (["search", "--host", ""], []),
        (["completion", ""], list(SHELLS)),
        (["completion", "bash", ""], []),
        (["cache", ""], ["clear"]),
        (["cache", "clear", ""], []),
        (["nothing", ""], []),
        (["--", "sho"], []),
        (["show", "--offline", "-h", "--ver"], ["--version"]),
    ],
)
def test_what_is_offered(words: list[str], found: list[str]) -> None:
    assert offered(*words) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("pkgtui show ti", ["tide", "tidy\tTidy up"]),
        ("pkgtui compare tidy x ti", ["tide", "tidy\tTidy up"]),
        ("pkgtui --offline show -- TI", ["tide", "tidy\tTidy up"]),
        ("pkgtui grid ti", ["tiles\tTiles"]),
        ("pkgtui grid tiles ti", []),
        ("pkgtui search --grid ti", ["tiles\tTiles"]),
        ("pkgtui search --grid=ti", ["--grid=tiles\tTiles"]),
        ("pkgtui search --category ", ["apps\tApp"]),
        ("pkgtui search ti", []),
        ("pkgtui ti", ["tide", "tidy\tTidy up", "tiles\tTiles"]),
        ("pkgtui tidy ti", []),
        ("pkgtui show li", []),
        ("A=1 pkgtui show 'tid", ["tide", "tidy\tTidy up"]),
        ("pkgtui --sample show ti", []),
        ("pkgtui --api-url http://127.0.0.1:7/ show ti", []),
        ("pkgtui --api-url nonsense show ti", []),
        ("pkgtui show --api-url=http://127.0.0.1:7/ ti", []),
    ],
)
def test_names_come_from_the_cache(held: Cli, line: str, found: list[str]) -> None:
    assert fish(held, line) == found


def test_bash_gets_words_that_are_quoted_as_it_needs_them(held: Cli) -> None:
    def bash(line: str) -> list[str]:
        return held("completion", "bash", "--", line, " \t\n\"'=:").lines

    assert bash("pkgtui show tid") == ["tide", "tidy"]
    assert bash("pkgtui show --format=j") == ["json"]
    evil = "evil $(touch x) 'n' \"more\"; a:b"
    assert bash("pkgtui show ev") == [
        "evil\\ \\$\\(touch\\ x\\)\\ \\'n\\'\\ \\\"more\\\"\\;\\ a:b"
    ]
    assert bash("pkgtui show 'ev") == [evil.replace("'", "'\\''")]
    assert bash(f"pkgtui show '{evil[:6]}") == [evil.replace("'", "'\\''")]
    assert bash('pkgtui show "ev') == [evil.replace("$", "\\$").replace('"', '\\"')]


def test_without_a_cache_nothing_is_made(cli: Cli, tmp_path: Path) -> None:
    assert fish(cli, "pkgtui show ti") == []
    assert fish(cli, "pkgtui show --") != []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_of_the_shell_and_asks_the_program(cli: Cli, shell: str) -> None:
    ran = cli("completion", shell)

    assert (ran.exit_code, ran.err) == (0, "")
    assert f"pkgtui completion {shell} -- " in ran.out
    assert ran.out.isascii()
    assert ran.lines[-1]
