"""Names of keys, as a person writes them and as Textual does."""

import unicodedata

import pytest
from textual.keys import _character_to_key

from pkgtui.key_names import NAMED, key_character, key_name, read_key_name
from pkgtui.keys import KEYS

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~§°€«»–"


@pytest.mark.parametrize("character", [*PUNCTUATION, *"azAZ09äß界"])
def test_a_character_is_the_key_that_textual_names(character: str) -> None:
    key = _character_to_key(character)
    assert read_key_name(character) == key
    assert read_key_name(key) == key
    assert key_character(key) == character
    assert key_name(key) == character


@pytest.mark.parametrize("key", sorted({n for key in KEYS for n in key.keys}))
def test_every_key_of_the_table_is_read_as_it_stands_and_as_it_is_shown(
    key: str,
) -> None:
    assert read_key_name(key) == key
    assert read_key_name(key_name(key)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("esc", "escape"),
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("page_up", "pageup"),
        ("del", "delete"),
        ("return", "enter"),
        (" ", "space"),
        ("F5", "f5"),
        ("↓", "down"),
        ("Ctrl+D", "ctrl+d"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("shift+g", "G"),
        ("shift+tab", "shift+tab"),
        ("alt+.", "alt+full_stop"),
        ("ctrl++", "ctrl+plus"),
        ("ctrl+i", "tab"),
        ("ctrl+m", "enter"),
        ("ctrl+h", "backspace"),
        ("ctrl+[", "escape"),
        ("ctrl+space", "ctrl+@"),
    ],
)
def test_our_spelling_is_textuals_key(text: str, key: str) -> None:
    assert read_key_name(text) == key


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "ctr+c", "ctrl+", "+c", "ctrl+foo", "abc", "c,d", "f0", "f25"),
        *("shift+slash", "hyper+c", "no_such_character", "\x1b", "\n", "\u200b"),
        *("latin_small_letter_a", "plus_sign", "ctrl+ctrl", "<any>"),
    ],
)
def test_what_is_no_key_is_none(text: str) -> None:
    assert read_key_name(text) is None


def test_names_are_no_characters() -> None:
    typed = {name for name in NAMED if key_character(name)}
    assert typed == {"space"}
    assert key_character("ctrl+a") is None


def test_any_character_has_an_answer() -> None:
    for code in range(0x3000):
        character = chr(code)
        key = read_key_name(character)
        if unicodedata.category(character).startswith("C"):
            assert key is None
        elif key is not None and character not in " ←↑→↓":
            assert key == _character_to_key(character)
