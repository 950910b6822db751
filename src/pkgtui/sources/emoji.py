"""Emoji shortcodes turned into the emoji they stand for, as code hosts show them.

Only whole codes between other text are touched: words with colons in them, times and
codes that nobody knows stay as they are.
"""

import re

from pkgtui.text import sanitize_text

# One code or several in a row. What stands directly beside them must not be part of a
# word, a number or another colon: ``10:30:45``, ``a:on:b``, ``Foo::on::Bar``.
_SHORTCODES = re.compile(r"(?<![\w:])(?::[a-z0-9_+-]{1,60}:)+(?![\w:])")


def replace_shortcodes(text: str) -> str:
    """`text`, which is clean, with ``:couple:`` as the emoji."""
    if text.count(":") < 2 or not _SHORTCODES.search(text):
        return text
    # Rich takes 20 ms to load, and only few texts have a code.
    from rich.emoji import Emoji

    # Cleaned again because three flags are spelled with invisible tag characters.
    return _SHORTCODES.sub(lambda match: sanitize_text(Emoji.replace(match[0])), text)
