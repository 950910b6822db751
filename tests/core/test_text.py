"""Text from outside is harmless once cleaned, and text is cut by what it takes."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from pkgtui import text
from tests.reference_server import hostile
from tests.support.harmless import assert_counted_alike

HOSTILE = [
    *hostile.TITLES,
    *hostile.DESCRIPTIONS,
    *hostile.NAMES,
    "\x1b]0;never closed",
    "\x9b",
    "\x1b",
    "\x1b[",
    "a\x1b[31",
    "\ud800 half a pair",
    "\U000e0041 tag",
    "\U0001d173 beam",
]
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b[]()0;mA\x07\x9b\x9d\x9c\\\r\n\t \u200b\u202e\u200d"),
        st.characters(categories=["Cs"]),
    )
)
PRINTED = st.text(
    st.one_of(st.sampled_from("ab c字漢🎉é\u0301\u200d\ufe0f👩💻★…"), st.characters())
)


def harmful(line: str) -> list[str]:
    """What should never reach a terminal, newlines apart."""
    return [
        character
        for character in line
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
        or (
            unicodedata.bidirectional(character)
            in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        )
        or character in "\u00ad\u061c\u200b\u200e\u200f\ufeff"
        or "\U000e0000" <= character <= "\U000e007f"
    ]


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_text_is_harmless_on_one_line(raw: str) -> None:
    line = text.sanitize_line(raw)
    assert harmful(line) == []
    assert "  " not in line
    assert line == line.strip()


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_text_is_harmless_and_cleaning_again_changes_nothing(raw: str) -> None:
    for clean in (text.sanitize_line, text.sanitize_text):
        cleaned = clean(raw)
        assert harmful(cleaned.replace("\n", "")) == []
        assert clean(cleaned) == cleaned
    assert "\n" not in text.sanitize_line(raw)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("plain text", "plain text"),
        ("  spaces   inside  ", "spaces inside"),
        ("two\nlines", "two lines"),
        ("windows\r\n\r\nlines", "windows lines"),
        ("tab\tstop", "tab stop"),
        ("line\u2028separator\x85next", "line separator next"),
        ("no\u00a0break", "no break"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[?1049lscreen\x1b[2J\x1b[H", "screen"),
        ("\x1b]0;owned\x07title", "title"),
        ("\x1b]8;;http://x/\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;b3duZWQ=\x9cclip", "clip"),
        ("\x1bPdcs\x1b\\after", "after"),
        ("\x1b(Bcharset \x1bcreset", "charset reset"),
        ("\x9b31mone byte", "one byte"),
        ("\x9d0;owned\x9cone byte", "one byte"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("back\x08space\x00", "backspace"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("שלום", "שלום"),
        ("👩\u200d💻 ❤\ufe0f\u200d🔥", "👩\u200d💻 ❤\ufe0f\u200d🔥"),
        ("\u200da\u200db 漢\u200d字\u200d👩\u200d x👩\u200d", "ab 漢字👩 x👩"),
        ("🏴\U000e0067\U000e007f", "🏴"),
        ("[bold]markup[/] stays", "[bold]markup[/] stays"),
        ("&amp; <b> stays", "&amp; <b> stays"),
        ("", ""),
    ],
)
def test_clean_line(raw: str, line: str) -> None:
    assert text.sanitize_line(raw) == line


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("\x1b]0;never closed, and all the rest", "never closed, and all the rest"),
        ("a \x9d stray byte and a \x9c later", "stray byte and a"),
        (
            "\u00e2\x80\x9cquoted\u00e2\x80\x9d and \u00e2\x80\x9cmore",
            "quoted\u00e2 and",
        ),
        ("\u00d0\x90\u00d0\x98 mojibake \u00d0\x9c", "mojibake"),
    ],
)
def test_a_stray_control_does_not_take_the_text_behind_it_along(
    raw: str, kept: str
) -> None:
    assert kept in text.sanitize_line(raw)


def test_clean_text_keeps_lines() -> None:
    assert text.sanitize_text(" one\r\ntwo\rthree\x0bfour\n\nfive ") == (
        "one\ntwo\nthree\nfour\n\nfive"
    )


def test_cleaning_is_linear_in_what_a_hostile_server_sends() -> None:
    # A pattern that backtracks would take minutes over any of these.
    for piece in ("\x1b]", "\x9d0;", "\x1b[0", "\x1b[ ", "\x9b0", "\x1b ", "\r", " \t"):
        assert harmful(text.sanitize_line(piece * 200_000)) == []


def test_what_is_called_narrow_is_one_cell_wide() -> None:
    narrow = [chr(c) for c in range(0x110000) if re.fullmatch(text._NARROW, chr(c))]
    assert len(narrow) > 800
    assert [c for c in narrow if cell_len(c) != 1] == []


@pytest.mark.parametrize(
    ("string", "width"),
    [("", 0), ("abc", 3), ("é★…", 3), ("漢字", 4), ("🎉", 2), ("e\u0301", 1)],
)
def test_cell_width(string: str, width: int) -> None:
    assert text.cell_width(string) == width


@pytest.mark.parametrize(
    ("string", "width", "cut"),
    [
        ("short", 5, "short"),
        ("shorter", 5, "shor…"),
        ("cut at space", 5, "cut…"),
        ("x", 0, ""),
        ("xy", 1, "…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字", 7, "漢字漢…"),
        ("漢字漢字", 6, "漢字…"),
        ("漢字", 1, "…"),
    ],
)
def test_truncate(string: str, width: int, cut: str) -> None:
    assert text.truncate(string, width) == cut


@settings(deadline=None)
@given(PRINTED.map(text.sanitize_line), st.integers(0, 30))
def test_cut_and_padded_text_fits(line: str, width: int) -> None:
    assert text.cell_width(text.truncate(line, width)) <= width
    assert text.cell_width(text.pad(line, width)) == width
    assert text.cell_width(text.pad(line, width, right=True)) == width
    assert text.fits(line, width) == (cell_len(line) <= width)


@given(PRINTED.map(text.sanitize_line))
def test_what_comes_after_a_text_is_measured_as_if_it_stood_alone(line: str) -> None:
    assert text.cell_width(f"{line} x") == text.cell_width(line) + 2


def test_pad_aligns_either_way() -> None:
    assert text.pad("ab", 4) == "ab  "
    assert text.pad("ab", 4, right=True) == "  ab"


@pytest.mark.parametrize(
    ("paragraphs", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one\n\ntwo", 9, ["one", "", "two"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh b", 3, ["a", "abc", "def", "gh", "b"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("", 5, [""]),
    ],
)
def test_wrap(paragraphs: str, width: int, lines: list[str]) -> None:
    assert text.wrap(paragraphs, width) == lines


@settings(deadline=None)
@given(PRINTED.map(text.sanitize_text), st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_no_character(paragraphs: str, width: int) -> None:
    lines = text.wrap(paragraphs, width)
    assert all(text.cell_width(line) <= width for line in lines)

    def seen(string: str) -> str:
        return "".join(c for c in string if not c.isspace() and cell_len(c))

    assert seen("".join(lines)) == seen(paragraphs)


def test_flow_breaks_between_parts_only() -> None:
    assert text.flow(["ab", "cd", "efghij"], " · ", 8) == ["ab · cd", "efghij"]
    assert text.flow([], ", ", 8) == []


@pytest.mark.parametrize(
    ("number", "grouped"), [(0, "0"), (999, "999"), (3310, "3\u00a0310")]
)
def test_group_thousands(number: int, grouped: str) -> None:
    assert text.group_thousands(number) == grouped


@pytest.mark.parametrize(
    ("string", "ascii_text"),
    [
        ("plain", "plain"),
        ("▁█ ★ → …", "_# * > ..."),
        ("3\u00a0310", "3 310"),
        ("José Ñandú", "Jose Nandu"),
        ("漢", "?"),
    ],
)
def test_to_ascii(string: str, ascii_text: str) -> None:
    assert text.to_ascii(string) == ascii_text


@given(st.text())
def test_to_ascii_is_ascii(string: str) -> None:
    assert text.to_ascii(string).isascii()


@pytest.mark.parametrize(
    ("count", "noun", "told"),
    [
        (0, "package", "0 packages"),
        (1, "package", "1 package"),
        (1, "match", "1 match"),
        (2, "match", "2 matches"),
        (3310, "star", "3\N{NO-BREAK SPACE}310 stars"),
    ],
)
def test_counted(count: int, noun: str, told: str) -> None:
    assert text.pluralize(count, noun) == told


@pytest.mark.parametrize(
    ("spelled", "plain", "width"),
    [
        ("\N{HEAVY BLACK HEART}\ufe0f", "\N{HEAVY BLACK HEART}", 1),
        ("1\ufe0f\u20e3", "1\u20e3", 1),
        ("👩\u200d💻", "👩💻", 4),
        ("👍\U0001f3fd", "👍", 2),
        ("🇳🇱", "🇳🇱", 2),
        ("漢 é", "漢 é", 4),
    ],
)
def test_emoji_are_as_wide_as_all_terminals_think(
    spelled: str, plain: str, width: int
) -> None:
    assert text.strip_emoji_modifiers(spelled) == plain
    assert text.cell_width(spelled) == width
    assert text.truncate(spelled, width) == plain
    assert text.pad(spelled, width + 1) == plain + " "
    assert text.wrap(f"a {spelled}", 9) == [f"a {plain}"]
    assert_counted_alike(plain)


@given(PRINTED.map(text.sanitize_line), st.integers(0, 12))
def test_what_is_cut_is_counted_alike_by_all_terminals(raw: str, width: int) -> None:
    assert_counted_alike(text.pad(raw, width))
