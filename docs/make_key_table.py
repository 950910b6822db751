"""Write the table of keys in `docs/keys.md` from `pkgtui.keys`.

Run from the checkout: ``python docs/make_key_table.py``.
"""

from pathlib import Path

from pkgtui.key_names import key_name
from pkgtui.keys import Scope, keys_in

PAGE = Path(__file__).parent / "keys.md"
START, END = "<!-- keys -->\n", "<!-- /keys -->\n"


def key_table() -> str:
    """The table, a line a key, grouped by where they work."""
    lines = ["| where | key | does |", "| --- | --- | --- |"]
    for scope in Scope:
        where = str(scope)
        for key in keys_in(scope):
            names = " ".join(f"`{key_name(name)}`" for name in key.keys)
            lines.append(f"| {where} | {names} | {key.help} |")
            where = ""
    return "\n".join(lines) + "\n"


def with_key_table(readme: str) -> str:
    """`readme` with the table between its two marks."""
    before, _, rest = readme.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}{key_table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_key_table(PAGE.read_text("utf-8")), "utf-8")
