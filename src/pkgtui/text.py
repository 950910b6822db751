"""Text from outside made harmless, and text measured and cut in terminal cells.

`sanitize_line` and `sanitize_text` are called once, where remote text is decoded:
after them no control, bidirectional or invisible formatting character is left, so that
nothing in the catalog can move the cursor, retitle the window or turn a line around.
"""

import re
from collections.abc import Iterable

# Plain strings: `re` compiles (and keeps) them when one is needed, not at start.
_NEWLINES = r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]"
# An escape sequence goes as a whole: without its ESC the rest would be left as litter.
# A string sequence must be closed, and its one-byte form must look like one, or a stray
# byte (UTF-8 read as Latin-1 is full of them) would take the text behind it along.
_ESCAPE_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    r"|(?:\x1b[\]PX^_]|\x9d[0-9]+;)[^\x07\x1b\x9c\x9d]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
_CUT = ".{0,2}…"
# C0 and C1 controls, soft hyphen, bidi marks and overrides, invisible operators, tags.
# The zero-width joiner and the variation selectors stay: emoji are spelled with them.
_UNSEEN = (
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# Anywhere else a joiner makes Rich count two characters as one, and terminals do not.
_EMOJI = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LOOSE_JOINER = f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
# Joiner, variation selectors, skin tones: what they join is one glyph of two cells to
# some terminals, and to others several, or one of one cell (tmux 3.3, GNU screen 4.9).
_DISPUTED = "[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"
_SURROGATE = "[\ud800-\udfff]"
_SPACES = r"\s+"
# One cell wide, so that measuring needs no Rich: ASCII, glyphs of ours, and letters of
# the Latin, Greek and Cyrillic blocks but for their combining marks.
_NARROW = (
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f"
    "▁▂▃▄▅▆▇█★●○◆·–—…│┤┼─↗→↘▲▼▸◂›×⑂]*"
)

_ASCII = str.maketrans(
    {
        **dict(zip("▁▂▃▄▅▆▇█", "_.::=+##", strict=True)),
        **dict(zip("★●○◆·–—│┃┤┼─↗→↘↑↓←", "**o*.--|||+-/>\\^v<", strict=True)),
        **dict(zip("▲▼▸◂›×⑂\N{NO-BREAK SPACE}", "^v><>xY ", strict=True)),
        "…": "...",
    }
)


def sanitize_line(text: str) -> str:
    """`text` on one line: newlines become spaces, runs of spaces one, ends stripped."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return re.sub(_SPACES, " ", sanitize_text(text)).strip()


def sanitize_text(text: str) -> str:
    """`text` with its lines kept and everything that could act on a terminal gone."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = re.sub(_ESCAPE_SEQUENCE, "", text)
    text = re.sub(_NEWLINES, "\n", text).replace("\t", " ")
    text = re.sub(_UNSEEN, "", text)
    text = re.sub(_LOOSE_JOINER, "", text)
    return re.sub(_SURROGATE, "\N{REPLACEMENT CHARACTER}", text).strip()


def strip_emoji_modifiers(text: str) -> str:
    """`text` with each emoji in its plain form, of which all terminals know the width.

    A family becomes its members, a brown thumb a yellow one.
    """
    return text if text.isascii() else re.sub(_DISPUTED, "", text)


def cell_width(text: str) -> int:
    """How many terminal columns `text` takes, its emoji being plain."""
    if re.fullmatch(_NARROW, text):
        return len(text)
    # Rich is loaded for wide text only: a lookup of a plain package needs none of it.
    from rich.cells import cell_len

    return cell_len(strip_emoji_modifiers(text))


def fits(text: str, width: int) -> bool:
    """Whether `text` takes at most `width` columns."""
    # No character takes more than two, which mostly decides it without measuring.
    at_most = len(text) + len(re.sub(_NARROW, "", text))
    return at_most <= width or cell_width(text) <= width


def truncate(text: str, width: int) -> str:
    """`text` in at most `width` columns; what was cut off is marked with ``…``."""
    text = strip_emoji_modifiers(text)
    if fits(text, width):
        return text
    if width <= 0:
        return ""
    if re.fullmatch(_NARROW, text):
        return text[: width - 1].rstrip() + "…"
    from rich.cells import set_cell_size

    return set_cell_size(text, width - 1).rstrip() + "…"


def pad(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` columns, cut or filled; `right` aligns to the right."""
    text = truncate(text, width)
    fill = " " * (width - cell_width(text))
    return fill + text if right else text + fill


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, broken at spaces where there are any."""
    lines: list[str] = []
    for paragraph in strip_emoji_modifiers(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            candidate = f"{line} {word}" if line else word
            if fits(candidate, width):
                line = candidate
                continue
            if line:
                lines.append(line)
            pieces = _chop(word, width)
            lines += pieces[:-1]
            line = pieces[-1]
        lines.append(line)
    return lines


def flow(parts: Iterable[str], separator: str, width: int) -> list[str]:
    """`parts` joined, on as many lines as they need; none is broken inside."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{separator}{part}" if lines else part
        if lines and cell_width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def _chop(word: str, width: int) -> list[str]:
    if fits(word, width):
        return [word]
    from rich.cells import chop_cells

    return chop_cells(word, max(width, 2)) or [""]


def group_thousands(number: int) -> str:
    """``3 310``: digits in groups of three, by a no-break space."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def pluralize(count: int, noun: str) -> str:
    """``1 package``, ``3 310 packages``, ``2 matches``."""
    ending = "es" if noun.endswith("ch") else "s"
    return f"{group_thousands(count)} {noun}{'' if count == 1 else ending}"


def to_ascii(text: str) -> str:
    """`text` in ASCII: glyphs by a table, letters without accents, the rest ``?``."""
    if text.isascii():
        return text
    text = strip_emoji_modifiers(text).translate(_ASCII)
    if text.isascii():
        return text
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return kept.encode("ascii", "replace").decode("ascii")


def as_drawn(text: str, *, is_ascii: bool) -> str:
    """`text` as a terminal is given it: in ASCII, or with its emoji plain."""
    return to_ascii(text) if is_ascii else strip_emoji_modifiers(text)


def to_ascii_in_place(text: str) -> str:
    """`text` in ASCII and in as many columns as before: what is aligned stays so."""
    if text.isascii():
        return text
    width = cell_width(text)
    # Three dots take the place of the letters before them.
    text = to_ascii(re.sub(_CUT, lambda cut: "." * len(cut[0]), text))
    return text[:width].ljust(width)
