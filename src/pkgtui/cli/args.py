"""The commands and the options that all of them take.

Each command is a module of `pkgtui.cli.commands` with ``add_arguments(parser)`` and
``run(context)``; only the module of the command that was asked for is imported.
"""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol

from pkgtui import __version__
from pkgtui.cli.context import CommandResult, Context
from pkgtui.config import DEFAULT_API_URL
from pkgtui.errors import UsageError

if TYPE_CHECKING:
    from pkgtui.domain.sorting import Sort


class PrintAndExit(Exception):
    """The command line asked for a text (help, version) instead of an answer."""

    def __init__(self, text: str) -> None:
        """Carry `text`, with its newline."""
        super().__init__(text)
        self.text = text


class Parser(argparse.ArgumentParser):
    """An argument parser that raises what it has to say."""

    def __init__(
        self,
        prog: str,
        usage: str,
        description: str,
        examples: Sequence[str],
        *,
        commands: Mapping[str, str] | None = None,
    ) -> None:
        """Parse for `prog`; the others are for the help.

        `usage` is what follows ``usage:``, `commands` are explained beneath it.
        """
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            formatter_class=_plain_formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.examples = examples
        self.commands = commands or {}
        self.common_options: Sequence[argparse.Action] = ()
        """Those of its arguments that every other command takes too."""

    @property
    def arguments(self) -> Sequence[argparse.Action]:
        """Everything it takes, options and others, in the order they were added."""
        return self._actions

    @property
    def options(self) -> Mapping[str, argparse.Action]:
        """What it takes by name, under each name."""
        return {
            name: action for action in self._actions for name in action.option_strings
        }

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Parse all of `argv`; raises `UsageError` and `PrintAndExit`.

        Besides the options, `is_literal` says whether there was a ``--``.
        """
        options, extras = self.parse_known_args(self._in_order(argv))
        if extras:
            self.error(f"one argument too many: '{extras[0]}'")
        options.is_literal = "--" in argv
        return options

    def error(self, message: str) -> NoReturn:
        """Raise `message` as one line that names the help."""
        command = self.prog.partition(" ")[2]
        prefix = f"{command}: " if command else ""
        raise UsageError(f"{prefix}{message}; see '{self.prog} --help'")

    def _in_order(self, argv: Sequence[str]) -> list[str]:
        """Options first, each joined to its value, then ``--`` and what is left.

        Argparse itself takes positionals in one run only.
        """
        known = self.options
        options: list[str] = []
        others: list[str] = []
        rest = iter(argv)
        for argument in rest:
            name, equals, _ = argument.partition("=")
            if argument == "--":
                others.extend(rest)
            elif argument == "-" or not argument.startswith("-"):
                others.append(argument)
            elif name not in known:
                self._refuse(argument, known)
            elif equals or known[name].nargs == 0:
                options.append(argument)
            else:
                value = next(rest, None)
                options.append(argument if value is None else f"{argument}={value}")
        needs_dashes = any(other.startswith("-") for other in others)
        return [*options, *(["--"] if needs_dashes else []), *others]

    def _refuse(self, option: str, known: Iterable[str]) -> NoReturn:
        from difflib import get_close_matches

        # The dashes are alike in all of them, and would make strangers look near.
        names = {name.lstrip("-"): name for name in known}
        near = get_close_matches(option.partition("=")[0].lstrip("-"), names, n=1)
        hint = f"; did you mean {names[near[0]]}?" if near else ""
        self.error(f"unrecognized option '{option}'{hint}")


class PrintAction(argparse.Action):
    """An option that asks for a text: ``--version``, ``--help``."""

    def __init__(self, option_strings: Sequence[str], dest: str, **kwargs: Any) -> None:
        """Take no value; `const` makes the text from the parser."""
        super().__init__(option_strings, dest, nargs=0, **kwargs)

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002  argparse's signature
        values: object,  # noqa: ARG002
        option_string: str | None = None,  # noqa: ARG002
    ) -> NoReturn:
        """Stop parsing with the text."""
        raise PrintAndExit(self.const(parser))


def shown_arguments(arguments: Iterable[argparse.Action]) -> list[argparse.Action]:
    """Those that are no secret."""
    return [action for action in arguments if action.help != argparse.SUPPRESS]


def _plain_formatter(prog: str) -> argparse.HelpFormatter:
    """What argparse asks for with every argument that is added.

    Without a width it would ask shutil for one: 4 ms of imports.
    """
    return argparse.HelpFormatter(prog, width=80)


FORMATS = ("text", "json", "csv", "markdown")
COLOR_CHOICES = ("auto", "always", "never")


class CommandModule(Protocol):
    """What a module of `pkgtui.cli.commands` offers."""

    def add_arguments(self, parser: Parser) -> None:
        """Add what this command takes besides the options of all."""

    def run(self, context: Context) -> CommandResult:
        """Find the answer; raises `PkgtuiError`."""


class Command(NamedTuple):
    """Help of one command."""

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
        "", "every file and directory the program uses", ("", "--format json")
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
        if word.startswith("-"):
            if "=" not in word and _takes_value(word):
                next(words, None)
        else:
            if word in COMMANDS:
                return word, [*argv[:at], *argv[at + 1 :]]
            break
    return None, list(argv)


def main_parser() -> Parser:
    """The parser of ``pkgtui [TARGET]``, whose help lists every command."""
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


def _takes_value(option: str) -> bool:
    """Return whether the word after `option` is its value, for any command."""
    common = main_parser()
    if option in common.options:
        return common.options[option].nargs != 0
    # Rare, an option of one command before its name: only then load them all.
    parsers = (load_command(name)[1] for name in (None, *COMMANDS))
    return any(
        parser.options[option].nargs != 0
        for parser in parsers
        if option in parser.options
    )


def _add_common_options(parser: Parser) -> None:
    add = parser.add_argument
    add(
        "--api-url", metavar="URL", help=f"API v4 base URL (default: {DEFAULT_API_URL})"
    )
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
        help=f"{', '.join(FORMATS)}; default: text",
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
        "--version",
        action=PrintAction,
        const=lambda _parser: f"pkgtui {__version__}\n",
        help="show the version",
    )
    add("-h", "--help", action=PrintAction, const=_help, help="show this help")
    parser.common_options = tuple(parser.arguments)


def _help(parser: Parser) -> str:

    return help_text(parser)


def add_browser_options(parser: Parser) -> None:
    """Take what only the browser heeds."""
    add = parser.add_argument
    add("--theme", metavar="THEME", help="the browser's colors; see 'pkgtui config'")
    add("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    add("--no-animation", action="store_true", help="disable animations")


def options_of(options: Namespace) -> dict[str, object]:
    """What `options` say of settings; None for what they leave to others."""
    return {
        "api_url": options.api_url,
        "offline": options.offline or None,
        "sample": options.sample or None,
        "ascii": options.ascii or None,
        "log": options.log or None,
        "theme": getattr(options, "theme", None),
        "mouse": False if getattr(options, "no_mouse", False) else None,
        "animations": False if getattr(options, "no_animation", False) else None,
    }


_MAX_WIDTH = 90
_MAX_LINES = 24
_USAGE = "usage: "
_EXAMPLES = "e.g.  "
_OWN = "options of the browser:"
_COMMON = "options of every command:"
_MIN_HELP_WIDTH = 16


def help_text(parser: Parser) -> str:
    """All that there is to know of calling `parser`, with its newlines."""
    from pkgtui.cli.console import terminal_width

    # A line that fills the terminal makes some of them wrap.
    width = min(terminal_width(), _MAX_WIDTH) - 1
    lines = _help_lines(parser, width, is_short=False)
    if len(lines) > _MAX_LINES:
        lines = _help_lines(parser, width, is_short=True)
    return "".join(f"{line}\n" for line in lines)


def signature(action: argparse.Action) -> str:
    """How an argument is written: ``--sort KEY``, ``-h, --help``, ``PACKAGE``."""
    if not action.option_strings:
        return str(action.metavar)
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {action.metavar}"


def _help_lines(parser: Parser, width: int, *, is_short: bool) -> list[str]:
    from pkgtui.text import flow

    common = shown_arguments(parser.common_options)
    own = [one for one in shown_arguments(parser.arguments) if one not in common]
    explained, named = [own, common], {}
    if is_short and parser.commands:
        explained, named = [], {_OWN: own, _COMMON: common}
    elif is_short:
        explained, named = [own], {_COMMON: common}
    tables = [parser.commands, *map(_meanings, explained)]
    lines = _under(_USAGE, [parser.usage or ""], width)
    lines += _under(" " * len(_USAGE), (parser.description or "").split("\n"), width)
    column = max((len(name) for table in tables for name in table), default=0)
    for table in filter(None, tables):
        lines += ["", *_table_lines(table, column, width)]
    if named:
        lines.append("")
    for heading, actions in named.items():
        names = flow(map(_short_signature, actions), "  ", width - 2)
        lines += [heading, *(f"  {line}" for line in names)]
    return [*lines, "", *_under(_EXAMPLES, parser.examples, width)]


def _meanings(actions: Iterable[argparse.Action]) -> dict[str, str]:
    return {signature(action): action.help or "" for action in actions}


def _short_signature(action: argparse.Action) -> str:
    if action.choices is None:
        return signature(action)
    return f"{action.option_strings[0]} {'|'.join(map(str, action.choices))}"


def _under(head: str, texts: Sequence[str], width: int) -> list[str]:
    """`texts`, each from a new line on, with `head` before the first of them."""
    from pkgtui.text import wrap

    lines = [line for text in texts for line in wrap(text, width - len(head))]
    heads = [head, *[" " * len(head)] * len(lines)]
    return [before + line for before, line in zip(heads, lines, strict=False)]


def _table_lines(table: Mapping[str, str], column: int, width: int) -> list[str]:
    """Names and what they mean, the meanings in a column of their own."""
    from pkgtui.text import wrap

    lines = []
    room = max(_MIN_HELP_WIDTH, width - column - 4)
    for name, meaning in table.items():
        first, *others = wrap(meaning, room)
        lines.append(f"  {name:<{column}}  {first}".rstrip())
        lines += [" " * (column + 4) + line for line in others]
    return lines


def add_sort_option(parser: Parser, default: str) -> None:
    """Take ``--sort KEY``; `default` says what holds without it."""
    from pkgtui.domain.facts import SORTS

    parser.add_argument(
        "--sort",
        metavar="KEY",
        help=f"{', '.join(SORTS)}; -KEY reverses; {default}",
    )


def read_sort(text: str | None) -> Sort | None:
    """The sort that was asked for; raises `UsageError` for an unknown key."""
    from pkgtui.domain.facts import SORTS
    from pkgtui.domain.sorting import Sort

    if text is None:
        return None
    try:
        return Sort.parse(text)
    except ValueError:
        keys = ", ".join(SORTS)
        raise UsageError(f"cannot sort by '{text}'; the keys are {keys}") from None
