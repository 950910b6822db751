"""Widths that are decided without Rich are the ones that Rich would tell."""

import pytest
from rich.cells import cell_len

from pkgtui.text import fits, wrap


@pytest.mark.parametrize(
    "text", ["plain", "漢字", "a漢", "👫 two", "José", "Дмитрий", "e\u0301\u0301", ""]
)
def test_a_text_fits_if_it_is_no_wider(text: str) -> None:
    width = cell_len(text)

    assert fits(text, width)
    assert fits(text, width + 1)
    assert not fits(text, width - 1)


@pytest.mark.parametrize("width", range(2, 30))
def test_wrapping_keeps_every_word_within_the_width(width: int) -> None:
    text = "👫 Multi-user accounts für Дмитрий " + "漢字" * 9

    lines = wrap(text, width)

    assert max(map(cell_len, lines)) <= width
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
