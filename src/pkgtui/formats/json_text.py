"""One JSON document: indented for a person, compact for a program."""

import json


def render_json(value: object, *, is_indented: bool, is_ascii: bool) -> str:
    """`value` as JSON with a newline at its end; `is_ascii` escapes, it never loses."""
    separators = None if is_indented else (",", ":")
    indent = 2 if is_indented else None
    text = json.dumps(
        value, ensure_ascii=is_ascii, indent=indent, separators=separators
    )
    return f"{text}\n"
