"""The command line's words: options anywhere, errors on one line, help, version."""

import pytest

from pkgtui import __version__
from pkgtui.cli.args import (
    COMMANDS,
    command_parser,
    load_command,
    main_parser,
    split_command,
)
from pkgtui.errors import UsageError
from tests.support.cli import Cli

NAMES = list(COMMANDS)


@pytest.mark.parametrize(
    ("argv", "name", "rest"),
    [
        (["show", "x"], "show", ["x"]),
        (["--offline", "show", "x"], "show", ["--offline", "x"]),
        (["--format", "json", "show", "x"], "show", ["--format", "json", "x"]),
        (["--format", "show", "grids"], "grids", ["--format", "show"]),
        (["--format=json", "show"], "show", ["--format=json"]),
        (["--api-url", "grids"], None, ["--api-url", "grids"]),
        (["django-organizations"], None, ["django-organizations"]),
        (["--offline", "tidy", "show"], None, ["--offline", "tidy", "show"]),
        (["--", "show"], None, ["--", "show"]),
        (["show", "--", "show"], "show", ["--", "show"]),
        ([], None, []),
    ],
)
def test_the_first_word_that_is_no_option_may_be_a_command(
    argv: list[str], name: str | None, rest: list[str]
) -> None:
    assert split_command(argv) == (name, rest)


def test_every_option_with_a_value_is_known_before_a_command() -> None:
    for action in main_parser()._actions:
        if action.nargs != 0:
            for option in action.option_strings:
                name, rest = split_command([option, "show", "grids"])
                assert (name, rest) == ("grids", [option, "show"])


@pytest.mark.parametrize(
    "argv",
    [
        ["--format", "json", "--sample", "paths"],
        ["paths", "--format", "json", "--sample"],
        ["--format=json", "paths", "--sample"],
        ["--sample", "paths", "--format=json"],
    ],
)
def test_options_stand_before_or_after_the_command(cli: Cli, argv: list[str]) -> None:
    ran = cli(*argv)

    assert ran.exit_code == 0
    assert ran.json["cache"].endswith("sample.sqlite3")


def test_options_stand_between_words_and_two_dashes_end_them() -> None:
    def read(*argv: str) -> object:
        parser = command_parser("show")
        parser.add_argument("packages", nargs="+")
        options = parser.read(argv)
        return options.packages, options.offline, options.format

    assert read("a", "--offline", "b") == (["a", "b"], True, "text")
    assert read("a", "--format", "csv", "b") == (["a", "b"], False, "csv")
    assert read("--", "--offline", "-x") == (["--offline", "-x"], False, "text")
    assert read("a", "--", "--offline") == (["a", "--offline"], False, "text")
    assert read("-") == (["-"], False, "text")


def test_a_value_may_begin_with_a_dash() -> None:
    for argv in (["--sort", "-stars", "x"], ["x", "--sort=-stars"]):
        parser = command_parser("show")
        parser.add_argument("--sort")
        parser.add_argument("packages", nargs="+")

        options = parser.read(argv)

        assert (options.sort, options.packages) == ("-stars", ["x"])


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["show"], "show: the following arguments are required: PACKAGE"),
        (["grids", "x"], "grids: one argument too many: 'x'"),
        (["cache", "empty"], "cache: argument clear: invalid choice: 'empty'"),
        (["--format", "xml", "grids"], "argument --format: invalid choice: 'xml'"),
        (["grids", "--format"], "argument --format: expected one argument"),
        (
            ["grids", "--fromat=json"],
            "unrecognized option '--fromat=json'; did you mean --form",
        ),
        (["grids", "--form=json"], "unrecognized option '--form=json'"),
        (["show", "x", "-z"], "unrecognized option '-z'"),
        (["grids", "--offline=1"], "--offline: ignored explicit argument '1'"),
        (["--color", "sometimes", "grids"], "argument --color: invalid choice"),
        (["--api-url", "not an url", "grids"], "not an API address: 'not an url'"),
        (["--api-url", "ftp://x/", "grids"], "not an API address"),
        # A variable of a script's that is empty: not to ask another server for it.
        (["--api-url", "", "grids"], "not an API address: ''"),
        (["--api-url=", "--sample", "grids"], "not an API address: ''"),
        (["shwo", "x"], "no command 'shwo'; did you mean 'pkgtui show'?"),
        (["a", "b"], "no command 'a'; see 'pkgtui --help'"),
    ],
)
def test_wrong_usage_is_one_line_on_stderr(
    cli: Cli, argv: list[str], told: str
) -> None:
    ran = cli(*argv)

    assert ran.exit_code == 2
    assert ran.out == ""
    assert ran.err.startswith("pkgtui: ")
    assert ran.err.count("\n") == 1
    assert told in ran.err


def test_what_is_told_of_wrong_usage_cannot_act_on_the_terminal(cli: Cli) -> None:
    for argv in (["\x1b[2J\n\u202ex", "y"], ["grids", "--\x1b]0;x\x07y"]):
        err = cli(*argv).err

        assert err.count("\n") == 1
        assert "\x1b" not in err
        assert "\u202e" not in err


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_the_help_are_right_usage(cli: Cli, name: str) -> None:
    for example in COMMANDS[name].examples:
        ran = cli(name, *example.split(), "--sample")

        assert ran.exit_code in {0, 3}
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("argv", [["--version"], ["show", "--version"]])
def test_the_version(cli: Cli, argv: list[str]) -> None:
    ran = cli(*argv)

    assert (ran.exit_code, ran.out, ran.err) == (0, f"pkgtui {__version__}\n", "")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PKGTUI_SAMPLE", "1"), ("PKGTUI_API_URL", "http://127.0.0.1:7/api/v4")],
)
def test_settings_come_from_the_environment_too(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    cache = cli("paths", "--format", "json").json["cache"]

    stem = "sample" if variable == "PKGTUI_SAMPLE" else "127.0.0.1-7"
    assert cache.endswith(f"{stem}.sqlite3")


def test_offline_comes_from_the_environment_too(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PKGTUI_OFFLINE", "1")

    ran = cli("show", "x")

    assert ran.exit_code == 4
    assert "--offline" in ran.err


def test_a_parser_raises_and_never_exits() -> None:
    with pytest.raises(UsageError, match="see 'pkgtui paths --help'"):
        command_parser("paths").read(["x"])


def test_command_follows_any_option_that_takes_a_value() -> None:
    for name in COMMANDS:
        _, parser = load_command(name)
        for option, action in parser.options.items():
            before = [option] if action.nargs == 0 else [option, "grids"]
            found, rest = split_command([*before, name, "x"])
            assert (found, rest) == (name, [*before, "x"]), (option, name)
