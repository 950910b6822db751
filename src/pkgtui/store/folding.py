"""Text as it is compared: without case and without accents, in any script."""


def fold(text: str) -> str:
    """`text` for sorting and matching; the same for every spelling of the same words.

    Compatibility forms become plain and combining marks go, so that ``café`` is found
    by ``cafe`` and by itself in either normal form.
    """
    if text.isascii():
        return text.lower()
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", text)
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return kept.casefold()
