"""The names of keys: as a person writes them, and as Textual does.

A name is Textual's own (``question_mark``, ``ctrl+d``, ``pagedown``), a character as it
stands on the key (``?``, ``G``), or one of ours (``esc``, ``pgdn``, an arrow).
"""

from contextlib import suppress

NAMED = (
    "escape",
    "enter",
    "tab",
    "space",
    "backspace",
    "delete",
    "insert",
    "home",
    "end",
    "pageup",
    "pagedown",
    "up",
    "down",
    "left",
    "right",
    *(f"f{number}" for number in range(1, 13)),
)
"""The keys that stand for no character."""

ALLOWED = (
    'a character as "c", "G" or "?", or one of '
    f"{', '.join(NAMED[:15])}, f1 to f12, or either after ctrl+, alt+ or shift+"
)
"""What a key may be, in words."""

_OURS = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "page_up": "pageup",
    "pgdn": "pagedown",
    "page_down": "pagedown",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
    " ": "space",
}
_SHOWN = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
# Where Textual's name of a character is not the one that Unicode gives it.
_OWN_NAMES = {
    "/": "slash",
    "\\": "backslash",
    "@": "at",
    "-": "minus",
    "+": "plus",
    "_": "underscore",
}
_OWN_CHARACTERS = {name: character for character, name in _OWN_NAMES.items()}
# What a terminal sends for both is one key.
_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "ctrl+space": "ctrl+@",
    "ctrl+at": "ctrl+@",
}


def read_key_name(text: str) -> str | None:
    """Textual's name of the key that `text` names; None if it names none."""
    if text == "+" or text.endswith("++"):
        modifiers, base = text[:-2], "+"
    else:
        modifiers, plus, base = text.rpartition("+")
        if plus and not modifiers:
            return None
    name = _base_name(base)
    given = {word.strip().lower() for word in modifiers.split("+") if word}
    if name is None or not given <= {"alt", "ctrl", "shift"}:
        return None
    if len(name) == 1 and name.isalpha():
        if given == {"shift"}:
            return name.upper()
        if given:
            name = name.lower()
    elif given == {"shift"} and key_character(name) is not None and name != "space":
        return None  # what shift makes of it is another character
    joined = "+".join((*sorted(given), name))
    return _SAME.get(joined, joined)


def key_name(key: str) -> str:
    """Textual's `key` as a person reads it: ``esc`` for ``escape``, ``ctrl+d``."""
    modifiers, plus, base = key.rpartition("+")
    if plus:
        return f"{modifiers}+{key_name(base)}"
    if key in _SHOWN or key in NAMED:
        return _SHOWN.get(key, key)
    return key_character(key) or key


def key_character(key: str) -> str | None:
    """The character that `key` (Textual's name) types; None if it types none."""
    if len(key) == 1:
        return key
    if key == "space":
        return " "
    if key in _OWN_CHARACTERS:
        return _OWN_CHARACTERS[key]
    if key in NAMED or "+" in key:
        return None
    import unicodedata

    spaced = key.replace("_", " ")
    # Some names in Unicode have a hyphen, which Textual's have lost.
    gaps = [at for at, letter in enumerate(spaced) if letter == " "]
    names = [spaced, *(f"{spaced[:at]}-{spaced[at + 1 :]}" for at in gaps)]
    for name in names:
        with suppress(KeyError):
            character = unicodedata.lookup(name)
            if len(character) == 1 and character.isprintable():
                return character
    return None


def _base_name(text: str) -> str | None:
    if text in _OURS:
        return _OURS[text]
    if len(text) == 1:
        return _character_name(text)
    name = text.strip().lower()
    name = _OURS.get(name, name)
    if name in NAMED:
        return name
    character = key_character(name)
    # Its name has to be the one that Textual gives it, or it would never be pressed.
    is_its_name = character is not None and _character_name(character) == name
    return name if is_its_name else None


def _character_name(character: str) -> str | None:
    if character.isalnum():
        return character
    if character in _OWN_NAMES:
        return _OWN_NAMES[character]
    if not character.isprintable():
        return None
    import unicodedata

    name = unicodedata.name(character, "").lower()
    return name.replace("-", "_").replace(" ", "_") or None
