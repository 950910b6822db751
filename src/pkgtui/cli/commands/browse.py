"""``pkgtui [TARGET]``: the browser. Textual is imported here and nowhere else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pkgtui.cli.args import add_browser_options, near_command, unknown_command
from pkgtui.cli.console import is_terminal
from pkgtui.cli.context import CommandResult, Context
from pkgtui.errors import UsageError

if TYPE_CHECKING:
    from pkgtui.catalog import Catalog
    from pkgtui.cli.args import Parser


def add_arguments(parser: Parser) -> None:
    """Take where to open it; more than one word is somebody's misspelt command."""
    import argparse

    add_browser_options(parser)
    parser.add_argument("words", nargs="*", metavar="TARGET", help=argparse.SUPPRESS)


def run(context: Context) -> CommandResult:
    """Open the browser; raises `UsageError` where there is no terminal for it."""
    words: list[str] = context.options.words
    target = words[0] if words else None
    if len(words) > 1 or (target and _is_misspelt_command(target, context)):
        raise unknown_command(words[0])
    _check_terminal(target)
    from pkgtui.tui import run_browser

    catalog = _open_catalog(context)
    try:
        return CommandResult(None, run_browser(catalog, target, context.problems))
    finally:
        catalog.close()


def _is_misspelt_command(target: str, context: Context) -> bool:
    """Whether `target` is nearly a command's name and, as far as is known, no record's.

    After ``--`` it is taken as it stands.
    """
    if context.options.is_literal or near_command(target) is None:
        return False
    catalog = _open_catalog(context)
    try:
        return catalog.find(target) is None
    finally:
        catalog.close()


def _open_catalog(context: Context) -> Catalog:
    from pkgtui.catalog import Catalog

    return Catalog.open(
        context.settings, context.paths, now=context.now, connect=context.connect
    )


def _check_terminal(target: str | None) -> None:
    """Keys come from stdin and the picture goes to stderr: Textual needs both."""
    if is_terminal(sys.stdin) and is_terminal(sys.stderr):
        return
    instead = f"'pkgtui show {target}'" if target else "'pkgtui --help' tells what"
    raise UsageError(
        f"the browser needs a terminal for its keys and its picture; {instead} "
        "answers without one"
    )
