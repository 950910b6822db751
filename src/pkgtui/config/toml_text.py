"""Values as TOML writes them, for a person to read and mostly to write back."""

from collections.abc import Mapping

_LARGEST_IN_DIGITS = 10**100


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
    if isinstance(value, int) and abs(value) > _LARGEST_IN_DIGITS:
        return hex(value)  # as TOML may write it too; Python refuses the digits
    return f"{value:g}" if isinstance(value, float) else str(value)


def _escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
