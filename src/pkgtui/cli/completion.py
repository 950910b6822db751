"""What can stand at the end of a command line, as the parsers and the cache have it.

Everything comes from the tables that the commands themselves are read by, so whatever
is added there is completed too.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pkgtui.cli.args import (
    COMMANDS,
    Parser,
    load_command,
    shown_arguments,
    split_command,
)
from pkgtui.domain.facts import SORTS
from pkgtui.domain.identifiers import RecordKind

if TYPE_CHECKING:
    from pkgtui.catalog import Name, Table

Names = Callable[["Table", str], "Iterable[Name]"]
"""From a table of the cache and a beginning to slugs and titles."""


class Candidate(NamedTuple):
    """One way to go on."""

    word: str
    about: str = ""


class TypedWords(NamedTuple):
    """The words before the one that is completed, as the program would read them."""

    name: str | None
    """The command, if there is one yet."""
    parser: Parser
    values: Mapping[str, str]
    """The options so far, by the name of the setting."""
    pending: argparse.Action | None
    """The option whose value comes next."""
    positional_count: int
    is_literal: bool
    """Whether there was a ``--``, after which nothing is an option."""


def read_words(words: Sequence[str]) -> TypedWords:
    """Read `words`, those after the program's name; what is wrong is passed over."""
    name, rest = split_command(words)
    _, parser = load_command(name)
    known = parser.options
    values: dict[str, str] = {}
    pending: argparse.Action | None = None
    count, is_literal = 0, False
    for word in rest:
        option, equals, value = word.partition("=")
        if pending is not None:
            values[pending.dest] = word
            pending = None
        elif is_literal or word == "-" or not word.startswith("-"):
            count += 1
        elif word == "--":
            is_literal = True
        elif (action := known.get(option)) is not None:
            if action.nargs == 0 or equals:
                values[action.dest] = value
            else:
                pending = action
    return TypedWords(name, parser, values, pending, count, is_literal)


def candidates(typed: TypedWords, last: str, names: Names) -> list[Candidate]:
    """How `last`, the word after `typed`, can go on; `names` looks into the cache."""
    if typed.pending is not None:
        found = _values(typed.pending, last, names)
    elif typed.is_literal or not last.startswith("-"):
        found = _positionals(typed, last, names)
    elif "=" in last:
        option, _, value = last.partition("=")
        action = typed.parser.options.get(option)
        found = [
            Candidate(f"{option}={word}", about)
            for word, about in (_values(action, value, names) if action else ())
        ]
    else:
        shown = shown_arguments(typed.parser.arguments)
        found = [
            Candidate(option, action.help or "")
            for action in shown
            for option in action.option_strings
        ]
    beginning = last.casefold()
    # What a terminal would act on cannot be typed either.
    return [
        one
        for one in found
        if one.word.casefold().startswith(beginning) and one.word.isprintable()
    ]


def _positionals(typed: TypedWords, last: str, names: Names) -> list[Candidate]:
    found: list[Candidate] = []
    if typed.name is None:
        if typed.positional_count:
            return []  # the browser takes one target
        if not typed.is_literal:
            found = [Candidate(name, one.summary) for name, one in COMMANDS.items()]
            if not last:
                return found
    left = typed.positional_count
    for action in typed.parser.arguments:
        if action.option_strings:
            continue
        if left == 0 or action.nargs in {"*", "+"}:
            return found + _values(action, last, names)
        left -= 1
    return found


def _values(action: argparse.Action, last: str, names: Names) -> list[Candidate]:
    if action.choices is not None:
        return [Candidate(str(choice)) for choice in action.choices]
    complete = BY_METAVAR.get(str(action.metavar))
    return list(complete(last, names)) if complete else []


def _of(*tables: "Table") -> Callable[[str, Names], Iterable[Candidate]]:
    """Completes the slugs of `tables`."""
    return lambda last, names: (
        Candidate(slug, "" if title == slug else title)
        for table in tables
        for slug, title in names(table, last)
    )


def _sort_keys(last: str, _names: Names) -> Iterable[Candidate]:
    way = "-" if last.startswith("-") else ""
    return (Candidate(f"{way}{key}") for key in SORTS)


def _kinds(_last: str, _names: Names) -> Iterable[Candidate]:
    return map(Candidate, RecordKind)


def _themes(_last: str, _names: Names) -> Iterable[Candidate]:
    from pkgtui.config.themes import THEMES

    return map(Candidate, THEMES)


BY_METAVAR: dict[str, Callable[[str, Names], Iterable[Candidate]]] = {
    "PACKAGE": _of("package"),
    "GRID": _of("grid"),
    "CATEGORY": _of("category"),
    "TARGET": _of("package", "grid"),
    "KEY": _sort_keys,
    "KIND": _kinds,
    "THEME": _themes,
}
"""What the help calls an argument tells what it takes, where it has no choices."""


_BLANKS = " \t\n"
_ASSIGNMENT = r"[A-Za-z_][A-Za-z_0-9]*="
# What no shell reads as anything but itself; beyond ASCII there is nothing to quote.
_PLAIN = r"[^\x00-\x7f]|[A-Za-z0-9@%+=:,./_-]"


class Line(NamedTuple):
    """A command line as far as the cursor."""

    words: list[str]
    """What was typed before the last word, without its quotes; the command first."""
    last: str
    """What there is of the last word, without its quotes; may be empty."""
    quote: str
    """The quote in which the last word is still open, or nothing."""
    head: str
    """The beginning of `last` that a shell does not take back when it completes."""


def read_line(text: str, breaks: str = "") -> Line:
    """Take `text` apart; after an unquoted one of `breaks` a completion begins anew.

    That is bash's ``COMP_WORDBREAKS``: of ``--format=js`` it replaces ``js`` alone.
    """
    words: list[str] = []
    last, quote, head = "", "", ""
    is_open = False
    characters = iter(text)
    for character in characters:
        if quote == "'" and character != "'":
            last += character
        elif character == "\\" and quote != "'":
            following = next(characters, "")
            if quote and following not in '"\\$`':
                last += character
            last += following
            is_open = True
        elif character in {"'", '"'} and quote in {"", character}:
            quote = "" if quote else character
            head = last if quote else ""
            is_open = True
        elif character in _BLANKS and not quote:
            if is_open:
                words.append(last)
            last, head, is_open = "", "", False
        else:
            last += character
            is_open = True
            if not quote and character in breaks:
                head = last
    while words and re.match(_ASSIGNMENT, words[0]):
        del words[0]
    return Line(words, last, quote, head)


def quoted(text: str, quote: str = "") -> str:
    """`text` so that a shell reads it back as it is, within `quote` if one is open."""
    if quote == "'":
        return text.replace("'", "'\\''")
    if quote:
        # No backslash keeps bash from history in here, so it stands between others.
        return re.sub(r'(["\\$`])', r"\\\1", text).replace("!", "\"'!'\"")
    return re.sub(rf"({_PLAIN})|(.)", _escape, text, flags=re.DOTALL)


def _escape(match: re.Match[str]) -> str:
    return match[1] or f"\\{match[2]}"
