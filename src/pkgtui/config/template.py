"""A settings file that says what holds anyhow, to be changed where one likes."""

from collections.abc import Mapping
from textwrap import wrap

from pkgtui.config.schema import SETTINGS, Setting
from pkgtui.key_names import key_name
from pkgtui.keys import Scope, keys_in

_MAX_IN_DIGITS = 10**100


def toml_text(value: object) -> str:
    """`value` on one line; what is in a table is told by its keys alone."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{"".join(map(_escaped, value))}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_text, value))}]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(map(str, value)) + "}"
    if isinstance(value, int) and abs(value) > _MAX_IN_DIGITS:
        return hex(value)  # as TOML may write it too; Python refuses the digits
    return f"{value:g}" if isinstance(value, float) else str(value)


def _escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_WIDTH = 88


def default_file() -> str:
    """The commented file, in TOML: its values are the defaults."""
    settings = [_setting(one) for one in SETTINGS if one.is_in_file]
    blocks = [_HEAD, *settings, _KEYS_HEAD, *map(_keys, Scope)]
    return "\n\n".join(blocks) + "\n"


_HEAD = """\
# The settings of pkgtui. All are optional, and these are the defaults.
# An environment variable goes before this file, and an option before both;
# "pkgtui config" tells what holds and why."""

_KEYS_HEAD = """\
# The keys: an action, and a key or a list of keys instead of its own. A key is a
# character ("c", "G", "?"), a name ("enter", "esc", "tab", "space", "up", "pgdn",
# "f5"), or either after ctrl+, alt+ or shift+. Without the part before the dot an
# action is meant wherever it is: down = ["n", "down"]. No two actions of one place can
# have the same key.
[keys]"""


def _keys(scope: Scope) -> str:
    lines = [f"# {scope}:"]
    for key in keys_in(scope):
        names = [_ascii_name(name) for name in key.keys]
        value = names[0] if len(names) == 1 else names
        lines.append(f'# "{key.id}" = {toml_text(value)}')
    return "\n".join(lines)


def _ascii_name(key: str) -> str:
    name = key_name(key)
    return name if name.isascii() else key


def _setting(setting: Setting) -> str:
    spoken = " or ".join(filter(None, (setting.option, setting.environment)))
    lines = wrap(f"{setting.about} Also: {spoken}.", _WIDTH - 2)
    comment = "\n".join(f"# {line}" for line in lines)
    return f"{comment}\n{setting.name} = {toml_text(setting.default)}"
