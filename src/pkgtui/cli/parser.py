"""The commands and the options that all of them take.

Each command is a module of `pkgtui.cli.commands` with ``add_arguments(parser)`` and
``run(context)``; only the module of the command that was asked for is imported.
"""

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from pkgtui import __version__
from pkgtui.cli.arguments import Parser, PrintAction
from pkgtui.cli.context import CommandResult, Context
from pkgtui.config import DEFAULT_API_URL
from pkgtui.config.settings import LOG_LEVELS
from pkgtui.errors import UsageError

FORMATS = ("text", "json", "csv", "markdown")
COLOR_CHOICES = ("auto", "always", "never")


class CommandModule(Protocol):
    """What a module of `pkgtui.cli.commands` offers."""

    def add_arguments(self, parser: Parser) -> None:
        """Add what this command takes besides the options of all."""

    def run(self, context: Context) -> CommandResult:
        """Find the answer; raises `PkgtuiError`."""


class Command(NamedTuple):
    """What the help tells of a command."""

    usage: str
    """What follows its name."""
    summary: str
    examples: tuple[str, ...]


COMMANDS = {
    "show": Command(
        "PACKAGE...",
        "one package in full: facts, weekly commits, links",
        ("django-organizations", "40 --format json", "dj-sesame django-otp"),
    ),
    "search": Command(
        "[QUERY...]",
        "packages and grids, best match first",
        ("two factor --min-stars 100", "--category apps --sort=-updated"),
    ),
    "categories": Command(
        "", "the categories, with their package counts", ("", "--format csv")
    ),
    "grids": Command("", "the grids, with their package counts", ("", "--format json")),
    "grid": Command(
        "GRID",
        "every package of a grid, side by side",
        ("authentication", "41 --sort updated", "forms --format markdown"),
    ),
    "compare": Command(
        "PACKAGE...",
        "any packages, side by side",
        ("dj-sesame django-otp", "django-otp 1412 --sort=-stars --format csv"),
    ),
    "sync": Command("", "bring the whole catalog up to date", ("",)),
    "completion": Command(
        "SHELL",
        "a script that completes all of this in bash, zsh or fish",
        ("bash", "zsh", "fish"),
    ),
    "cache": Command(
        "[clear]", "what is stored; 'clear' forgets it", ("", "clear", "--format json")
    ),
    "config": Command(
        "",
        "the settings in force, and where each comes from",
        ("", "--format json", "--default"),
    ),
    "paths": Command(
        "", "every file and folder the program uses", ("", "--format json")
    ),
}
"""All that can be asked without the browser, in the order of the help."""

_BROWSE = "browse"


class Request(NamedTuple):
    """A command line, read."""

    module: CommandModule
    options: argparse.Namespace


def read_command_line(argv: Sequence[str]) -> Request:
    """Read `argv`; raises `UsageError`, and `PrintAndExit` for help and version."""
    name, rest = split_command(argv)
    module, parser = load_command(name)
    return Request(module, parser.read(rest))


def load_command(name: str | None) -> tuple[CommandModule, Parser]:
    """The module of the command `name`, or of the browser, and its whole parser."""
    module: CommandModule = import_module(f"pkgtui.cli.commands.{name or _BROWSE}")
    parser = command_parser(name) if name else main_parser()
    module.add_arguments(parser)
    return module, parser


def split_command(argv: Sequence[str]) -> tuple[str | None, list[str]]:
    """The command's name, if the first word that is no option is one, and the rest.

    After ``--`` nothing is a command: so is a package called ``show`` reached.
    """
    words = iter(enumerate(argv))
    for at, word in words:
        if word == "--":
            break
        if word in _TAKING_VALUES:
            next(words, None)
        elif not word.startswith("-"):
            if word in COMMANDS:
                return word, [*argv[:at], *argv[at + 1 :]]
            break
    return None, list(argv)


def main_parser() -> Parser:
    """The parser of ``pkgtui [TARGET]``, whose help tells of everything."""
    parser = Parser(
        prog="pkgtui",
        usage="pkgtui [TARGET] [options]    or    pkgtui COMMAND ... [options]",
        description=(
            "browse, at TARGET: a slug, package:40, grid:41 or a page's address"
        ),
        examples=(
            "pkgtui django-otp     pkgtui show django-otp --format json     man pkgtui",
        ),
        commands={
            f"{name} {command.usage}".rstrip(): command.summary
            for name, command in COMMANDS.items()
        },
    )
    _add_common_options(parser)
    return parser


def command_parser(name: str) -> Parser:
    """The parser of one command, but for what its module adds."""
    command = COMMANDS[name]
    prog = f"pkgtui {name}"
    parser = Parser(
        prog=prog,
        usage=f"{prog} {command.usage}".rstrip() + " [options]",
        description=command.summary,
        examples=[f"{prog} {example}".rstrip() for example in command.examples],
    )
    _add_common_options(parser)
    return parser


def unknown_command(word: str) -> UsageError:
    """What to say where `word` must have been meant as a command."""
    near = near_command(word)
    hint = f"did you mean 'pkgtui {near}'?" if near else "see 'pkgtui --help'"
    return UsageError(f"there is no command '{word}'; {hint}")


def near_command(word: str) -> str | None:
    """The command that `word` is a misspelling of, if any."""
    if not word.isalpha():
        return None
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1, cutoff=0.7)
    return near[0] if near else None


_TAKING_VALUES = frozenset(
    {
        *("--api-url", "--format", "--color", "--sort"),
        *("--category", "--grid", "--active-within", "--min-stars"),
        *("--host", "--kind", "--limit"),
        *("--theme", "--log", "--log-level"),
    }
)
"""Those of the options below after which a word is a value and not a command."""


def _add_common_options(parser: Parser) -> None:
    add = parser.add_argument
    add("--api-url", metavar="URL", help=f"an API v4; {DEFAULT_API_URL} if left out")
    add("--offline", action="store_true", help="never touch the network")
    add(
        "--sample",
        action="store_true",
        help="use the bundled sample catalog, without network",
    )
    add(
        "--format",
        choices=FORMATS,
        metavar="FMT",
        default="text",
        help=f"{', '.join(FORMATS)}; text if left out",
    )
    add(
        "--color",
        choices=COLOR_CHOICES,
        metavar="WHEN",
        default="auto",
        help=f"{', '.join(COLOR_CHOICES)}; NO_COLOR and pipes mean never",
    )
    add("--ascii", action="store_true", help="write nothing outside ASCII")
    add("--log", metavar="FILE", help="append a log of what is done to FILE")
    add(
        "--log-level",
        choices=LOG_LEVELS,
        metavar="LEVEL",
        help=f"{', '.join(LOG_LEVELS)}; info if left out",
    )
    add(
        "--version",
        action=PrintAction,
        const=lambda _parser: f"pkgtui {__version__}\n",
        help="show the version",
    )
    add("-h", "--help", action=PrintAction, const=_help, help="show this help")
    parser.common_options = tuple(parser.arguments)


def _help(parser: Parser) -> str:
    from pkgtui.cli.help import help_text

    return help_text(parser)
