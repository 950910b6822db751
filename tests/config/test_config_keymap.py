"""The file's keys: what they change, and every mistake that Textual would not tell."""

import re
from pathlib import Path

import pytest

from pkgtui.config import Settings
from pkgtui.config.loader import Configuration, Source, resolve
from pkgtui.config.template import default_file
from pkgtui.keys import KEYS, Scope, keys_in


def read(tmp_path: Path, text: str, *, head: str = "[keys]\n") -> Configuration:
    """What holds with a file of `text` in its table of keys."""
    path = tmp_path / "config.toml"
    path.write_text(head + text, encoding="utf-8")
    return resolve(path, {})


def keymap(tmp_path: Path, text: str) -> dict[str, tuple[str, ...]]:
    """The keys that `text` gives, without any mistake."""
    found = read(tmp_path, text)
    assert found.problems == ()
    return dict(found.settings.keymap)


def problem(tmp_path: Path, text: str) -> str:
    """The one mistake in `text`, which changes nothing; from its line on."""
    found = read(tmp_path, text)
    assert found.settings == Settings()
    (told,) = found.problems
    return told.removeprefix(str(tmp_path / "config.toml"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ('"browse.compare" = "C"', {"browse.compare": ("C",)}),
        ("browse.compare = 'C'", {"browse.compare": ("C",)}),
        ("browse = {compare = 'C'}", {"browse.compare": ("C",)}),
        ("[keys.browse]\ncompare = ['C', 'F6']", {"browse.compare": ("C", "f6")}),
        ("compare = 'C'", {"browse.compare": ("C",)}),
        ("help = '?'", {"app.help": ("question_mark",)}),
        (
            "down = ['n', '↓', 'n']",
            dict.fromkeys(("list.down", "package.down"), ("n", "down"))
            | {"compare.down": ("n", "down")},
        ),
        (
            "'compare.down' = 'm'\ndown = 'n'",
            {"list.down": ("n",), "package.down": ("n",), "compare.down": ("m",)},
        ),
        # Only what is not typed: the search's own way back stays.
        ("back = 'B'", {"browse.back": ("B",), "compare.back": ("B",)}),
        # Two that change places.
        (
            "'browse.sort' = 'f'\n'browse.filter' = 's'",
            {"browse.sort": ("f",), "browse.filter": ("s",)},
        ),
        # The same key where the two never work at once.
        (
            "'compare.sort' = 'v'\n'browse.sort' = 'v'",
            {"compare.sort": ("v",), "browse.sort": ("v",)},
        ),
        # As the defaults have it: the nearer one works.
        (
            "'package.left' = 'b'\n'browse.back' = ['escape', 'b']\nsample = 'B'",
            {
                "package.left": ("b",),
                "browse.back": ("escape", "b"),
                "browse.sample": ("B",),
            },
        ),
        ("'filter.undo' = 'ctrl+g'", {"filter.undo": ("ctrl+g",)}),
        ("'search.mark' = 'm'", {"search.mark": ("m",)}),
        ("'app.interrupt' = 'f10'", {"app.interrupt": ("f10",)}),
    ],
)
def test_actions_get_other_keys(
    tmp_path: Path, text: str, expected: dict[str, tuple[str, ...]]
) -> None:
    assert keymap(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n'browse.comparr' = 'c'", ':3: browse.comparr = "c": no action is called'),
        ("'browse.comparr' = 'c'", "did you mean browse.compare? 'pkgtui config"),
        ("comparr = 'c'", "did you mean compare? "),
        ("zzz = 'c'", "no action is called that; 'pkgtui config --default' lists"),
        ("theme = 'nord'", ':2: theme = "nord": a setting, not an action; put it ab'),
        ("browse = {}", ":2: browse = {}: no action is called that"),
        ("help = 5", ":2: help = 5: it may be a key"),
        ("help = []", ":2: help = []: it may be a key"),
        ("help = ['h', 5]", ':2: help = ["h", 5]: it may be a key'),
        ("help = true", ":2: help = true: it may be a key"),
        ("help = 'ctr+h'", ':2: help = "ctr+h": no key is called "ctr+h"; it may be '),
        ("help = ''", 'no key is called ""; it may be a character as "c", "G" or "?"'),
        ("help = ['F1', 'x,y']", 'no key is called "x,y"'),
        # Clashes, with a default and with another one that was given.
        ("sort = 'c'", 'browse.sort = ["c"]: c is the key of browse.compare; br'),
        ("'browse.sort' = 'j'", "j is the key of list.down; browse.sort stays s"),
        ("'list.down' = ['n', 's']", "s is the key of browse.sort; list.down stays ↓"),
        ("'compare.sort' = 'q'", "q is the key of app.quit; compare.sort stays s"),
        ("'app.quit' = 'd'", "d is the key of compare.differences; app.quit stays q"),
        ("'browse.sort' = 'ctrl+c'", "ctrl+c is the key of app.interrupt"),
        ("'browse.sort' = 'ctrl+m'", "enter is the key of list.enter"),
        ("'package.first' = 's'", "s is the key of browse.sort; package.first stays g"),
        ("'search.mark' = 'j'", "j is the key of list.down; search.mark stays space"),
        # What is typed, and what edits what is typed.
        ("'filter.undo' = 'x'", "x is typed there; it may be a key that types nothing"),
        ("'filter.keep' = ['enter', '?']", "? is typed there; it may be a key that"),
        ("'search.back' = 'space'", "space is typed there; it may be a key that"),
        ("'filter.keep' = 'left'", "left edits the line there; it may be another key"),
        ("'search.go' = 'ctrl+w'", "ctrl+w edits the line there; it may be another"),
        ("'search.go' = 'down'", "↓ moves there; it may be another key; search.go st"),
        ("'filter.undo' = 'ctrl+p'", "ctrl+p is the key of app.palette; filter.undo"),
    ],
)
def test_a_mistake_is_told_and_the_default_holds(
    tmp_path: Path, text: str, told: str
) -> None:
    if text.startswith("sort"):
        text = text.replace("sort", "'browse.sort'")
    assert told.replace("left edits", "← edits") in problem(tmp_path, text)


@pytest.mark.parametrize("depth", [9, 3000])
def test_a_key_of_however_many_parts_is_a_mistake(tmp_path: Path, depth: int) -> None:
    told = problem(tmp_path, f"{'.'.join('a' * depth)} = 'x'")
    assert "no action is called that" in told
    assert len(told) < 400


@pytest.mark.parametrize("form", ["{}", "[{}]"])
def test_a_number_beyond_all_digits_is_no_key(tmp_path: Path, form: str) -> None:
    told = problem(tmp_path, f"'browse.sort' = {form.format('0x' + 'f' * 4000)}")
    assert "it may be a key" in told
    assert len(told) < 400


@pytest.mark.parametrize("text", ["keys = 5", "keys = ['a']", "[[keys]]\nhelp = 'h'"])
def test_keys_that_are_no_table_are_told(tmp_path: Path, text: str) -> None:
    found = read(tmp_path, text, head="")
    assert found.settings == Settings()
    (told,) = found.problems
    assert "config.toml:1: keys = " in told
    assert "it may be a table of actions" in told


def test_of_two_on_one_key_the_later_goes(tmp_path: Path) -> None:
    found = read(tmp_path, "'browse.sort' = 'v'\n'browse.zoom' = 'v'")
    assert dict(found.settings.keymap) == {"browse.sort": ("v",)}
    (told,) = found.problems
    assert "config.toml:3: browse.zoom = " in told
    assert "v is the key of browse.sort; browse.zoom stays z" in told


def test_what_clashes_only_once_another_went_goes_too(tmp_path: Path) -> None:
    """`zoom` would take the key that `sort` gives up, and does not."""
    text = "'browse.zoom' = 's'\n'browse.sort' = 'c'"
    found = read(tmp_path, text)
    assert found.settings.keymap == ()
    assert [one.partition(": ")[2][:11] for one in found.problems] == [
        "browse.sort",
        "browse.zoom",
    ]


def test_right_entries_hold_beside_wrong_ones(tmp_path: Path) -> None:
    found = read(tmp_path, "helpp = 'h'\n'browse.zoom' = 'Z'\n'list.up' = 'ups'")
    assert dict(found.settings.keymap) == {"browse.zoom": ("Z",)}
    assert len(found.problems) == 2
    (choice,) = [one for one in found.choices if one.name.startswith("keys.")]
    assert (choice.name, choice.value) == ("keys.browse.zoom", ("Z",))
    assert choice.source is Source.FILE
    assert found.place(choice).endswith("config.toml:3")


def test_any_file_leaves_no_key_with_two_meanings(tmp_path: Path) -> None:
    """Each action on each other action's key: taken or told, and never both."""
    names = [key.keys[0] for key in KEYS]
    for shift in range(1, len(KEYS), 7):
        text = "\n".join(
            f'"{key.id}" = "{names[(at + shift) % len(names)]}"'
            for at, key in enumerate(KEYS)
        )
        found = read(tmp_path, text)
        given = dict(found.settings.keymap)
        for scope in Scope:
            there = [
                name
                for key in KEYS
                if key.scope in {scope, Scope.APP}
                for name in given.get(key.id, key.keys)
            ]
            if scope is not Scope.APP:
                assert len(there) == len(set(there)), scope


def test_the_default_file_names_every_action_with_its_keys(tmp_path: Path) -> None:
    text = default_file()
    commented = re.findall(r'^# ("[a-z_.]+" = .*)$', text, re.MULTILINE)
    assert len(commented) == len(KEYS)
    given = keymap(tmp_path, "\n".join(commented))
    assert given == {key.id: key.keys for key in KEYS}
    for scope in Scope:
        assert all(f'# "{key.id}" = ' in text for key in keys_in(scope))
