"""A command line as a shell has it, taken apart and quoted, without running any of it.

Bash tells its completions what was typed and no more: quotes, backslashes and all.
Nothing is expanded here: ``$(x)`` are four characters.
"""

import re
from typing import NamedTuple

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
