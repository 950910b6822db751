"""What no output of the program may hold, whatever stands in the catalog."""

import re

from rich.cells import cell_len

ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u206f\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
"""Controls, bidi controls, invisible characters and lone surrogates."""
OUR_CODES = re.compile(r"\x1b\[[0-2]m")
"""Bold, dim and their end: all that the command line puts into a text."""


def assert_harmless(text: str) -> None:
    """Fail where `text`, without its line ends, could act on a terminal."""
    found = ACTING.search(text.replace("\n", ""))
    assert found is None, (found, text)


def assert_counted_alike(text: str) -> None:
    """Fail where terminals differ in how many columns `text` takes.

    Some put a sequence into one glyph of two columns, some count each character.
    """
    assert cell_len(text) == sum(map(cell_len, text)), text
