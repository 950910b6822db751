"""The parser under all commands: one line for an error, options anywhere.

Options may stand before, between and after what they belong to, `--` ends them, and an
option's value may begin with a dash (``--sort -stars``). Nothing is printed from here:
help and version come back as `Printed`, errors as `UsageError`.
"""

import argparse
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from pkgtui.cli.terminal import terminal_width
from pkgtui.errors import UsageError

_WIDEST_HELP = 90


class Printed(Exception):
    """The command line asked for a text (help, version) instead of an answer."""

    def __init__(self, text: str) -> None:
        """Carry `text`, with its newline."""
        super().__init__(text)
        self.text = text


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Argparse's own, at the terminal's width.

    Argparse would ask shutil, and does so for every option added: 4 ms of imports.
    """

    def __init__(self, prog: str) -> None:
        """Format the help of `prog`."""
        width = min(terminal_width(), _WIDEST_HELP) - 2
        super().__init__(prog, width=width, max_help_position=22)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Add the usage lines, in lower case like the other headings."""
        super().add_usage(usage, actions, groups, prefix or "usage: ")


class Parser(argparse.ArgumentParser):
    """An argument parser that raises what it has to say."""

    def __init__(self, prog: str, usage: str, description: str, epilog: str) -> None:
        """Parse for `prog`; `usage` is what follows ``usage:``."""
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=HelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Parse all of `argv`; raises `UsageError` and `Printed`.

        Besides the options, `is_literal` tells whether there was a ``--``.
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
        known = {
            name: action for action in self._actions for name in action.option_strings
        }
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

        near = get_close_matches(option.partition("=")[0], list(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        self.error(f"there is no option '{option}'{hint}")


class PrintAction(argparse.Action):
    """An option that asks for a text: ``--version``, ``--help``."""

    def __init__(self, option_strings: Sequence[str], dest: str, **kwargs: Any) -> None:
        """Take no value; `const` is the text, the parser's help if left out."""
        super().__init__(option_strings, dest, nargs=0, **kwargs)

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,  # noqa: ARG002  argparse's signature
        values: object,  # noqa: ARG002
        option_string: str | None = None,  # noqa: ARG002
    ) -> NoReturn:
        """Stop parsing with the text."""
        raise Printed(self.const if self.const is not None else parser.format_help())
