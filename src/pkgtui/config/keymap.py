"""Gives actions other keys: reads the file's table of them, and what is wrong with it.

Textual takes a keymap without a word: an unknown action is left out, and of two actions
on one key one loses it. So all of that is looked at here, against the table of keys.
What is not taken leaves the action its default keys, and no clash is ever left.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pkgtui.config.template import toml_text
from pkgtui.key_names import ALLOWED, key_character, key_name, read_key_name
from pkgtui.keys import KEYS, Key, Scope, key_by_id

SECTION = "keys"
_MAX_PARTS = 8
"""Of a dotted key that are looked into: no action has so many, and a file may have
thousands."""

_TYPING = frozenset({Scope.SEARCH, Scope.FILTER})
"""Where these keys work, a line is typed."""
_EDITING = frozenset(
    {
        *("left", "right", "home", "end", "backspace", "delete"),
        *(f"ctrl+{letter}" for letter in "acdefkuvwx"),
        *("ctrl+left", "ctrl+right", "ctrl+backspace"),
    }
)
"""What edits a line."""
_MOVING = frozenset({"up", "down", "pageup", "pagedown"})
"""What moves among the results while one types a search."""
_TOGETHER = frozenset(
    frozenset(pair)
    for pair in (
        (Scope.LIST, Scope.BROWSE),
        (Scope.PACKAGE, Scope.BROWSE),
        (Scope.LIST, Scope.SEARCH),
    )
)
"""Scopes whose keys work at the same time, besides those that work everywhere."""


class KeyChoice(NamedTuple):
    """One action with the keys that the file gives it."""

    id: str
    keys: tuple[str, ...]
    """Textual's names; never empty."""
    path: tuple[str, ...]
    """The keys that lead to it in the file."""


class _Entry(NamedTuple):
    path: tuple[str, ...]
    value: object

    @property
    def name(self) -> str:
        """The action as it is named in the file."""
        return ".".join(self.path[1:])

    def __str__(self) -> str:
        return f"{self.name} = {_short(self.value)}"


Location = Callable[..., str]


def read_keymap(section: object, place: Location) -> tuple[list[KeyChoice], list[str]]:
    """The actions that `section` gives other keys, and a sentence for each mistake.

    `place` tells where in the file a path of keys stands.
    """
    if not isinstance(section, Mapping):
        sentence = "it may be a table of actions, as [keys]; it is ignored"
        return [], [f"{place(SECTION)}: {SECTION} = {_short(section)}: {sentence}"]
    problems: list[str] = []
    chosen: dict[str, KeyChoice] = {}
    entries = list(_entries(section, (SECTION,)))
    # What names an action in full goes before what names it wherever it is.
    for entry in sorted(entries, key=lambda one: "." in one.name):
        where = place(*entry.path)
        try:
            for choice in _choices(entry):
                chosen[choice.id] = choice
        except _MistakeError as error:
            problems.append(f"{where}: {entry}: {error}")
    order = {entry.path: at for at, entry in enumerate(entries)}
    choices = sorted(chosen.values(), key=lambda choice: order[choice.path])
    for choice, sentence in _without_clashes(choices):
        problems.append(f"{place(*choice.path)}: {sentence}")
    return choices, problems


class _MistakeError(Exception):
    """An entry that cannot be used; says why, and what is done."""


def _entries(table: Mapping[str, object], path: tuple[str, ...]) -> Iterator[_Entry]:
    for name, value in table.items():
        if isinstance(value, Mapping) and value and len(path) < _MAX_PARTS:
            yield from _entries(value, (*path, name))
        else:
            yield _Entry((*path, name), value)


def _choices(entry: _Entry) -> list[KeyChoice]:
    actions = _actions(entry.name)
    keys = _keys(entry.value)
    refusals = {action.id: _why_not(action, keys) for action in actions}
    usable = [action for action in actions if not refusals[action.id]]
    if not usable:
        action = actions[0]
        raise _MistakeError(f"{refusals[action.id]}; {_stays(action)}")
    return [KeyChoice(action.id, keys, entry.path) for action in usable]


def _actions(name: str) -> list[Key]:
    """The action of that id, or those of that name in any place."""
    found = [key for key in KEYS if key.id == name]
    found = found or [key for key in KEYS if key.id.partition(".")[2] == name]
    if not found:
        raise _MistakeError(_no_such_action(name))
    return found


def _no_such_action(name: str) -> str:
    from difflib import get_close_matches

    from pkgtui.config.schema import SETTINGS

    if any(setting.name == name and setting.is_in_file for setting in SETTINGS):
        return f"a setting, not an action; put it above [{SECTION}]; it is ignored"
    ids = [key.id for key in KEYS]
    names = dict.fromkeys(id_.partition(".")[2] for id_ in ids)
    near = get_close_matches(name[:60], [*ids, *names], n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    return (
        f"no action is called that; {hint}'pkgtui config --default' lists them; "
        "it is ignored"
    )


def _keys(value: object) -> tuple[str, ...]:
    keys: list[str] = []
    for name in value if isinstance(value, list) else [value]:
        if not isinstance(name, str):
            keys.clear()
            break
        key = read_key_name(name)
        if key is None:
            raise _MistakeError(
                f"no key is called {_short(name)}; it may be {ALLOWED}; it is ignored"
            )
        keys.append(key)
    if not keys:
        raise _MistakeError('it may be a key as "c", or a list of keys; it is ignored')
    return tuple(dict.fromkeys(keys))


def _why_not(action: Key, keys: tuple[str, ...]) -> str:
    """Why `action` cannot have `keys`, because a line is typed where it works."""
    if action.scope not in _TYPING or any(map(key_character, action.keys)):
        return ""  # one whose own key types something works beside the line
    for key in keys:
        if key_character(key) is not None:
            return f"{key_name(key)} is typed there; it may be a key that types nothing"
        if key in _EDITING and key not in action.keys:
            return f"{key_name(key)} edits the line there; it may be another key"
        if key in _MOVING and action.scope is Scope.SEARCH:
            return f"{key_name(key)} moves there; it may be another key"
    return ""


def _without_clashes(choices: list[KeyChoice]) -> Iterator[tuple[KeyChoice, str]]:
    """Take away from `choices` until no key has two meanings; tell what went, and why.

    What comes later in the file goes first, and a default never.
    """
    while True:
        given = {choice.id: choice for choice in choices}
        for choice in reversed(choices):
            action = key_by_id(choice.id)
            clash = _clash(action, choice.keys, given)
            if clash is not None:
                key, other = clash
                yield (
                    choice,
                    f"{choice.id} = {_short(list(choice.keys))}: {key_name(key)} is "
                    f"the key of {other.id}; {_stays(action)}",
                )
                choices.remove(choice)
                break
        else:
            return


def _clash(
    action: Key, keys: tuple[str, ...], given: Mapping[str, KeyChoice]
) -> tuple[str, Key] | None:
    for other in KEYS:
        if other.id == action.id or not _work_together(action, other):
            continue
        others = given[other.id].keys if other.id in given else other.keys
        shared = next((key for key in keys if key in others), None)
        if shared is not None:
            return shared, other
    return None


def _work_together(one: Key, other: Key) -> bool:
    if set(one.keys) & set(other.keys):
        return False  # meant so: where the nearer one works, the other does not
    scopes = frozenset({one.scope, other.scope})
    return len(scopes) == 1 or Scope.APP in scopes or scopes in _TOGETHER


def _stays(action: Key) -> str:
    return f"{action.id} stays {' '.join(map(key_name, action.keys))}"


def _short(value: object) -> str:
    text = toml_text(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
