"""Text as it is compared: without case and without accents, in any script."""

# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(text: str) -> str:
    """`text` for sorting and matching; the same for every spelling of the same words.

    Compatibility forms become plain and combining marks go, so that ``café`` is found
    by ``cafe`` and by itself in either normal form.
    """
    if text.isascii():
        return text.lower()
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", replace_surrogates(text))
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return kept.casefold().translate(_PLAIN)


def replace_surrogates(text: str) -> str:
    """`text` as SQLite takes it: without the surrogates of an argument not in UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
