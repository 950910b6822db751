"""The help of the program and of each command, laid out for one screen of 80 by 24.

What a command takes of its own is told in full, and so are the options of every command
where the screen has room for them, else by their names alone. The help of the program
itself has the commands to tell of, and of its own options the names, too.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence

from pkgtui.cli.arguments import Parser, shown_arguments
from pkgtui.cli.terminal import terminal_width
from pkgtui.text import flow, wrap

_WIDEST = 90
_MOST_LINES = 24
_USAGE = "usage: "
_EXAMPLES = "e.g.  "
_OWN = "options of the browser:"
_COMMON = "options of every command:"
_NARROWEST_HELP = 16


def help_text(parser: Parser) -> str:
    """All that there is to know of calling `parser`, with its newlines."""
    # A line that fills the terminal makes some of them wrap.
    width = min(terminal_width(), _WIDEST) - 1
    lines = _help_lines(parser, width, is_short=False)
    if len(lines) > _MOST_LINES:
        lines = _help_lines(parser, width, is_short=True)
    return "".join(f"{line}\n" for line in lines)


def signature(action: argparse.Action) -> str:
    """How an argument is written: ``--sort KEY``, ``-h, --help``, ``PACKAGE``."""
    if not action.option_strings:
        return str(action.metavar)
    names = ", ".join(action.option_strings)
    return names if action.nargs == 0 else f"{names} {action.metavar}"


def _help_lines(parser: Parser, width: int, *, is_short: bool) -> list[str]:
    common = shown_arguments(parser.common_options)
    own = [one for one in shown_arguments(parser.arguments) if one not in common]
    told, named = [own, common], {}
    if is_short and parser.commands:
        told, named = [], {_OWN: own, _COMMON: common}
    elif is_short:
        told, named = [own], {_COMMON: common}
    tables = [parser.commands, *map(_meanings, told)]
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
    lines = [line for text in texts for line in wrap(text, width - len(head))]
    heads = [head, *[" " * len(head)] * len(lines)]
    return [before + line for before, line in zip(heads, lines, strict=False)]


def _table_lines(table: Mapping[str, str], column: int, width: int) -> list[str]:
    """Names and what they mean, the meanings in a column of their own."""
    lines = []
    room = max(_NARROWEST_HELP, width - column - 4)
    for name, meaning in table.items():
        first, *others = wrap(meaning, room)
        lines.append(f"  {name:<{column}}  {first}".rstrip())
        lines += [" " * (column + 4) + line for line in others]
    return lines
