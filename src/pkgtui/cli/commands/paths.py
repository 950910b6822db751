"""``pkgtui paths``: every file and directory the program uses, whether there or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkgtui.cli.context import CommandResult, Context
from pkgtui.cli.output import FactsAnswer

if TYPE_CHECKING:
    from pkgtui.cli.args import Parser


def add_arguments(parser: Parser) -> None:
    """Take nothing more."""


def run(context: Context) -> CommandResult:
    """Name the paths; nothing is read or made."""
    paths, settings = context.paths, context.settings
    names = {
        "data": str(paths.data),
        "config": str(paths.config),
        "state": str(paths.state),
        "cache": str(paths.cache(settings.api_url, is_sample=settings.is_sample)),
        "marks": str(paths.marks),
        "session": str(paths.session),
        "settings": str(paths.settings),
    }
    return CommandResult(FactsAnswer(names, list(names.items())))
