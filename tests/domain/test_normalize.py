"""Text as it is compared: one form for every spelling of the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.domain.normalize import fold, replace_surrogates


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Django-CMS 3.0", "django-cms 3.0"),
        ("Émile", "emile"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "cafe"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("ﬁelds", "fields"),
        ("日本語", "日本語"),
        ("", ""),
    ],
)
def test_case_accents_and_forms_make_no_difference(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_is_stable_and_storable(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert replace_surrogates(folded) == folded


@given(st.text("aBÉß x"), st.text("aBÉß x"))
def test_a_part_of_a_text_stays_a_part_of_it(start: str, rest: str) -> None:
    assert fold(start + rest) == fold(start) + fold(rest)


def test_what_utf_8_cannot_hold_is_replaced() -> None:
    assert replace_surrogates("a\udcffb") == "a?b"
    assert fold("É\udcff") == "e?"
    assert replace_surrogates("É") == "É"
