"""The one table of keys: bindings, hints, help and the README are all made from it.

Ids are public: settings name actions by them. No key here needs more than a plain
terminal sends (no ctrl+shift, ctrl+digit, ctrl+enter), and nothing essential stands on
a control letter that terminal multiplexers take as their prefix.
"""

from enum import StrEnum
from typing import NamedTuple


class Scope(StrEnum):
    """Where a key works."""

    APP = "everywhere"
    BROWSE = "browse screen"
    LIST = "any list"
    PACKAGE = "package pane"
    COMPARE = "compare screen"
    SEARCH = "search screen"
    FILTER = "while filtering"


class Key(NamedTuple):
    """One action and the keys that start it."""

    id: str
    """``scope.action``; stable."""
    keys: tuple[str, ...]
    """As Textual names them; the first is the one that hints show."""
    action: str
    """The Textual action."""
    label: str
    """One or two words, for hints."""
    help: str
    """A short sentence."""
    scope: Scope


KEYS: tuple[Key, ...] = (
    Key("list.down", ("down", "j"), "cursor_down", "down", "One row down", Scope.LIST),
    Key("list.up", ("up", "k"), "cursor_up", "up", "One row up", Scope.LIST),
    Key(
        "list.page_down",
        ("ctrl+d", "pagedown"),
        "page_down",
        "page down",
        "One page down",
        Scope.LIST,
    ),
    Key(
        "list.page_up",
        ("ctrl+u", "pageup"),
        "page_up",
        "page up",
        "One page up",
        Scope.LIST,
    ),
    Key("list.first", ("g", "home"), "first", "first", "To the first row", Scope.LIST),
    Key("list.last", ("G", "end"), "last", "last", "To the last row", Scope.LIST),
    Key(
        "list.enter",
        ("enter", "l", "right"),
        "choose",
        "open",
        "Go in: to the packages, to the package",
        Scope.LIST,
    ),
    Key(
        "package.down",
        ("down", "j"),
        "stop_down",
        "links",
        "To the next link below, or scroll",
        Scope.PACKAGE,
    ),
    Key(
        "package.up",
        ("up", "k"),
        "stop_up",
        "up",
        "To the next link above, or scroll",
        Scope.PACKAGE,
    ),
    Key(
        "package.left",
        ("left", "h"),
        "stop_left",
        "left",
        "To the link on the left: a week earlier in the chart",
        Scope.PACKAGE,
    ),
    Key(
        "package.right",
        ("right", "l"),
        "stop_right",
        "right",
        "To the link on the right: a week later in the chart",
        Scope.PACKAGE,
    ),
    Key(
        "package.page_down",
        ("ctrl+d", "pagedown"),
        "page_down",
        "page down",
        "One page down",
        Scope.PACKAGE,
    ),
    Key(
        "package.page_up",
        ("ctrl+u", "pageup"),
        "page_up",
        "page up",
        "One page up",
        Scope.PACKAGE,
    ),
    Key("package.first", ("g", "home"), "first", "top", "To the top", Scope.PACKAGE),
    Key("package.last", ("G", "end"), "last", "end", "To the end", Scope.PACKAGE),
    Key(
        "package.enter",
        ("enter",),
        "choose",
        "go",
        "Go to the grid, package or contributor under the cursor",
        Scope.PACKAGE,
    ),
    Key(
        "browse.back",
        ("escape", "backspace", "left", "h"),
        "back",
        "back",
        "Clear filter, or go back",
        Scope.BROWSE,
    ),
    Key(
        "browse.history_back",
        ("left_square_bracket",),
        "step_history(-1)",
        "go back",
        "Back through where you have been, as in a web browser",
        Scope.BROWSE,
    ),
    Key(
        "browse.history_forward",
        ("right_square_bracket",),
        "step_history(1)",
        "go forward",
        "Forward again",
        Scope.BROWSE,
    ),
    Key(
        "browse.next_pane",
        ("tab",),
        "next_pane",
        "next pane",
        "To the next pane",
        Scope.BROWSE,
    ),
    Key(
        "browse.previous_pane",
        ("shift+tab",),
        "previous_pane",
        "previous pane",
        "To the previous pane",
        Scope.BROWSE,
    ),
    Key(
        "browse.categories",
        ("1",),
        "go_to('categories')",
        "categories",
        "To the categories",
        Scope.BROWSE,
    ),
    Key(
        "browse.grids", ("2",), "go_to('grids')", "grids", "To the grids", Scope.BROWSE
    ),
    Key(
        "browse.packages",
        ("3",),
        "go_to('packages')",
        "packages",
        "To the packages",
        Scope.BROWSE,
    ),
    Key(
        "browse.package",
        ("4",),
        "go_to('package')",
        "package",
        "To the package",
        Scope.BROWSE,
    ),
    Key(
        "browse.search",
        ("slash",),
        "search",
        "search",
        "Search packages, grids and contributors as you type",
        Scope.BROWSE,
    ),
    Key(
        "browse.filter",
        ("f",),
        "filter",
        "filter",
        "Filter the focused list as you type",
        Scope.BROWSE,
    ),
    Key(
        "browse.sort",
        ("s",),
        "sort_next",
        "sort",
        "Sort the packages, or the grids in focus, by the next column",
        Scope.BROWSE,
    ),
    Key(
        "browse.reverse",
        ("S",),
        "sort_reverse",
        "reverse",
        "Reverse sort",
        Scope.BROWSE,
    ),
    Key(
        "browse.active",
        ("a",),
        "toggle_active",
        "active only",
        "Show only active packages (toggle)",
        Scope.BROWSE,
    ),
    Key(
        "browse.refresh",
        ("r",),
        "refresh_package",
        "refresh",
        "Fetch this package again",
        Scope.BROWSE,
    ),
    Key(
        "browse.sync",
        ("R",),
        "sync",
        "sync",
        "Sync the full catalog",
        Scope.BROWSE,
    ),
    Key(
        "browse.mark",
        ("space",),
        "mark",
        "mark",
        "Mark the package under the cursor (toggle)",
        Scope.BROWSE,
    ),
    Key(
        "browse.clear_marks",
        ("X",),
        "clear_marks",
        "clear marks",
        "Clear all marks (again: undo)",
        Scope.BROWSE,
    ),
    Key(
        "browse.compare",
        ("c",),
        "compare",
        "compare",
        "Compare the marked packages; without marks, those of the grid",
        Scope.BROWSE,
    ),
    Key(
        "browse.copy",
        ("y",),
        "copy",
        "copy",
        "Copy of the package or grid: name, install line, addresses, facts",
        Scope.BROWSE,
    ),
    Key(
        "browse.open_address",
        ("o",),
        "open_address",
        "web",
        "Open its repository, PyPI, documentation or Django Packages page",
        Scope.BROWSE,
    ),
    Key(
        "browse.zoom",
        ("z",),
        "zoom",
        "zoom",
        "Zoom pane (toggle)",
        Scope.BROWSE,
    ),
    Key(
        "browse.sample",
        ("b",),
        "browse_sample",
        "browse sample",
        "Browse the bundled sample, where there is no catalog yet",
        Scope.BROWSE,
    ),
    Key("compare.down", ("down", "j"), "move(1, 0)", "down", "Down", Scope.COMPARE),
    Key("compare.up", ("up", "k"), "move(-1, 0)", "up", "Up", Scope.COMPARE),
    Key("compare.left", ("left", "h"), "move(0, -1)", "left", "Left", Scope.COMPARE),
    Key("compare.right", ("right", "l"), "move(0, 1)", "right", "Right", Scope.COMPARE),
    Key(
        "compare.page_down",
        ("ctrl+d", "pagedown"),
        "page(1)",
        "page down",
        "One page down",
        Scope.COMPARE,
    ),
    Key(
        "compare.page_up",
        ("ctrl+u", "pageup"),
        "page(-1)",
        "page up",
        "One page up",
        Scope.COMPARE,
    ),
    Key(
        "compare.first",
        ("g", "home"),
        "edge(-1)",
        "first",
        "To the first line",
        Scope.COMPARE,
    ),
    Key(
        "compare.last",
        ("G", "end"),
        "edge(1)",
        "last",
        "To the last line",
        Scope.COMPARE,
    ),
    Key(
        "compare.leftmost",
        ("0",),
        "side(-1)",
        "leftmost",
        "To the first column",
        Scope.COMPARE,
    ),
    Key(
        "compare.rightmost",
        ("dollar_sign",),
        "side(1)",
        "rightmost",
        "To the last column",
        Scope.COMPARE,
    ),
    Key(
        "compare.sort",
        ("s",),
        "sort",
        "sort",
        "Sort the packages by the fact under the cursor; again to reverse",
        Scope.COMPARE,
    ),
    Key(
        "compare.differences",
        ("d",),
        "toggle_differences",
        "differences",
        "Show only differences (toggle)",
        Scope.COMPARE,
    ),
    Key(
        "compare.turn",
        ("t",),
        "turn",
        "turn",
        "Transpose table",
        Scope.COMPARE,
    ),
    Key(
        "compare.drop",
        ("x",),
        "drop",
        "drop",
        "Drop the package under the cursor",
        Scope.COMPARE,
    ),
    Key(
        "compare.undrop",
        ("u",),
        "undrop",
        "undrop",
        "Restore the last dropped package",
        Scope.COMPARE,
    ),
    Key("compare.add", ("plus",), "add", "add", "Add a package by name", Scope.COMPARE),
    Key(
        "compare.export",
        ("e",),
        "export",
        "export",
        "Export: Markdown, CSV, JSON or text",
        Scope.COMPARE,
    ),
    Key(
        "compare.active",
        ("a",),
        "toggle_active",
        "active only",
        "Show only active packages (toggle)",
        Scope.COMPARE,
    ),
    Key(
        "compare.pin",
        ("p",),
        "pin",
        "pin",
        "Pin the package first and in view (toggle)",
        Scope.COMPARE,
    ),
    Key(
        "compare.mark",
        ("space",),
        "mark",
        "mark",
        "Mark the package under the cursor (toggle)",
        Scope.COMPARE,
    ),
    Key(
        "compare.copy",
        ("y",),
        "copy",
        "copy",
        "Copy of the package under the cursor",
        Scope.COMPARE,
    ),
    Key(
        "compare.open_address",
        ("o",),
        "open_address",
        "web",
        "Open a web page of the package under the cursor",
        Scope.COMPARE,
    ),
    Key(
        "compare.open",
        ("enter",),
        "open",
        "open",
        "Show the package under the cursor; escape returns here",
        Scope.COMPARE,
    ),
    Key(
        "compare.back",
        ("escape", "backspace", "c"),
        "back",
        "back",
        "Back to where you were",
        Scope.COMPARE,
    ),
    Key(
        "search.go",
        ("enter",),
        "go",
        "go",
        "Go to what is under the cursor; the arrows move it while you type",
        Scope.SEARCH,
    ),
    Key(
        "search.results",
        ("tab", "shift+tab"),
        "toggle_focus",
        "to the results",
        "From the input to the results, and back",
        Scope.SEARCH,
    ),
    Key(
        "search.mark",
        ("space",),
        "mark",
        "mark",
        "Mark the package under the cursor, once tab has left the input",
        Scope.SEARCH,
    ),
    Key(
        "search.copy",
        ("y",),
        "copy",
        "copy",
        "Copy of what is under the cursor, once tab has left the input",
        Scope.SEARCH,
    ),
    Key(
        "search.open_address",
        ("o",),
        "open_address",
        "web",
        "Open a web page of what is under the cursor, the same way",
        Scope.SEARCH,
    ),
    Key(
        "search.back",
        ("escape",),
        "back",
        "back",
        "Back to where you were",
        Scope.SEARCH,
    ),
    Key(
        "filter.keep",
        ("enter", "down", "tab"),
        "close(False)",
        "keep",
        "Back to the list, filtered",
        Scope.FILTER,
    ),
    Key(
        "filter.undo",
        ("escape",),
        "close(True)",
        "undo",
        "Back to the list, filter cleared",
        Scope.FILTER,
    ),
    Key("app.help", ("question_mark",), "help", "help", "Show all keys", Scope.APP),
    Key(
        "app.palette",
        ("ctrl+p",),
        "command_palette",
        "palette",
        "All actions, packages and grids by name",
        Scope.APP,
    ),
    Key("app.quit", ("q", "ctrl+q"), "quit", "quit", "Quit", Scope.APP),
    Key(
        "app.interrupt",
        ("ctrl+c",),
        "interrupt",
        "quit",
        "Copy what is selected; twice to quit",
        Scope.APP,
    ),
    Key(
        "app.suspend",
        ("ctrl+z",),
        "suspend_process",
        "suspend",
        "Suspend; fg brings it back",
        Scope.APP,
    ),
)

_BY_ID = {key.id: key for key in KEYS}


def key_by_id(key_id: str) -> Key:
    """The key of an action id; KeyError where there is none."""
    return _BY_ID[key_id]


def keys_in(scope: Scope) -> tuple[Key, ...]:
    """The keys that work in `scope`, in the table's order."""
    return tuple(key for key in KEYS if key.scope is scope)
