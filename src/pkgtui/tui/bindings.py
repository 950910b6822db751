"""Turns the table of keys into Textual's bindings, and tells the keys in force.

Bindings are made once, with the table's keys; Textual puts those of the settings in
their place, by the actions' ids. Whatever names a key to a person asks here.
"""

from collections.abc import Mapping

from textual.binding import Binding

from pkgtui.key_names import key_name
from pkgtui.keys import Key, Scope, key_by_id, keys_in

_other_keys: dict[str, tuple[str, ...]] = {}


def bindings_in(scope: Scope) -> list[Binding]:
    """The bindings of `scope`; hints are drawn by the status line, not by a Footer."""
    return [
        Binding(",".join(key.keys), key.action, key.label, show=False, id=key.id)
        for key in keys_in(scope)
    ]


def set_user_keymap(keymap: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """From now on tell the keys of `keymap`; gives it as Textual takes it."""
    _other_keys.clear()
    _other_keys.update(keymap)
    return {action_id: ",".join(keys) for action_id, keys in keymap.items()}


def keys_for(action_id: str) -> tuple[str, ...]:
    """The keys of an action, in Textual's names; never none."""
    return _other_keys.get(action_id) or key_by_id(action_id).keys


def hint(action_id: str) -> str:
    """The first key of an action, as a person reads it."""
    return key_name(keys_for(action_id)[0])


def active_keys(scope: Scope) -> list[Key]:
    """The keys that work in `scope`, in the table's order."""
    return [key._replace(keys=keys_for(key.id)) for key in keys_in(scope)]
