"""The parser under all commands: one line for an error, options anywhere.

Options may stand before, between and after what they belong to, `--` ends them, and an
option's value may begin with a dash (``--sort -stars``). Nothing is printed from here:
help and version come back as `PrintAndExit`, errors as `UsageError`.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from pkgtui.errors import UsageError


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

        near = get_close_matches(option.partition("=")[0], list(known), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        self.error(f"there is no option '{option}'{hint}")


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
