"""``pkgtui completion SHELL``: the script that makes a shell complete.

The script asks this command again at every tab, with the line as it was typed, and so
never grows old: ``pkgtui completion bash -- LINE [BREAKS]``. That answers from the
cache or not at all, and says nothing of what is wrong.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pkgtui.cli.context import CommandResult, Context
from pkgtui.errors import PkgtuiError

if TYPE_CHECKING:
    from pkgtui.catalog import Name, Table
    from pkgtui.cli.args import Parser
    from pkgtui.cli.completion import TypedWords
    from pkgtui.config import Settings

SCRIPTS = Path(__file__).parents[1] / "completions"
SHELLS = ("bash", "zsh", "fish")


def add_arguments(parser: Parser) -> None:
    """Take the shell; and what the script asks with, which is no one else's."""
    import argparse

    parser.add_argument(
        "shell",
        metavar="SHELL",
        choices=SHELLS,
        help=f"{', '.join(SHELLS)}; the script's first lines say where it belongs",
    )
    parser.add_argument("line", nargs="?", metavar="LINE", help=argparse.SUPPRESS)
    parser.add_argument("breaks", nargs="?", metavar="BREAKS", help=argparse.SUPPRESS)


def run(context: Context) -> CommandResult:
    """Print the script, or what the line can go on with, one a line."""
    options = context.options
    if options.line is None:
        script = SCRIPTS / f"pkgtui.{options.shell}"
        context.console.write(script.read_text(encoding="utf-8"), "utf-8")
    else:
        with suppress(PkgtuiError):
            context.console.write("".join(_answer(context)), "utf-8")
    return CommandResult(None)


def _answer(context: Context) -> list[str]:
    from pkgtui.cli.completion import candidates, quoted, read_line, read_words

    options = context.options
    line = read_line(options.line, options.breaks or "")
    typed = read_words(line.words[1:])
    settings = _settings(context.settings, typed)

    def names(table: Table, prefix: str) -> list[Name]:
        from pkgtui.catalog import names_beginning

        return names_beginning(settings, context.paths, table, prefix)

    found = candidates(typed, line.last, names)
    if options.shell == "bash":
        start = len(line.head)
        return [f"{quoted(one.word[start:], line.quote)}\n" for one in found]
    return [f"{word}\t{about}\n" if about else f"{word}\n" for word, about in found]


def _settings(settings: Settings, typed: TypedWords) -> Settings:
    """Those of this run, but for the catalog that the line asks for."""
    from pkgtui.config import check_api_url

    api_url = typed.values.get("api_url")
    return settings._replace(
        api_url=check_api_url(api_url) if api_url else settings.api_url,
        is_sample=settings.is_sample or "sample" in typed.values,
    )
