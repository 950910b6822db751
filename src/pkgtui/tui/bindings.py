"""Turns the table of keys into Textual's bindings."""

from textual.binding import Binding

from pkgtui.keys import Scope, keys_in


def bindings_in(scope: Scope) -> list[Binding]:
    """The bindings of `scope`; hints are drawn by the status line, not by a Footer."""
    return [
        Binding(",".join(key.keys), key.action, key.label, show=False, id=key.id)
        for key in keys_in(scope)
    ]
