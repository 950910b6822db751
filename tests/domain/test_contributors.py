"""Whom a contributor list names."""

import pytest

from pkgtui.domain.contributors import is_bot, merge_duplicates


@pytest.mark.parametrize(
    ("names", "merged"),
    [
        ([], ()),
        (["b", "a"], ("b", "a")),
        (["Ann", "bob", "ann", "ANN"], ("Ann", "bob")),
        (["Straße", "STRASSE"], ("Straße",)),
        (["1234", "1234"], ("1234",)),
    ],
)
def test_each_name_once_at_its_first_place(
    names: list[str], merged: tuple[str, ...]
) -> None:
    assert merge_duplicates(names) == merged
    assert merge_duplicates(iter(names)) == merged


@pytest.mark.parametrize(
    "name",
    ["dependabot[bot]", "Renovate[BOT]", "pyup-bot", "pre-commit-ci", "Dependabot"],
)
def test_programs(name: str) -> None:
    assert is_bot(name)


@pytest.mark.parametrize("name", ["jezdez", "abbot", "robot", "bot", "", "Bot Smith"])
def test_persons(name: str) -> None:
    assert not is_bot(name)
