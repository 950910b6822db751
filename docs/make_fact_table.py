"""Print `docs/facts.md`: the facts of a package, from `pkgtui.domain.facts`."""

import sys

from pkgtui.domain.facts import FACTS

HEAD = """# Facts of a package

One line for each fact: its key in JSON, its label in tables and comparisons, its key
for `--sort`, its name in the setting `columns`, and the fact that dates it. This page
is written by `python docs/make_fact_table.py > docs/facts.md`.

| JSON key | label | kind | `--sort` | `columns` | as of |
| --- | --- | --- | --- | --- | --- |
"""


def fact_page() -> str:
    """Write the page, with its newlines."""
    lines = []
    for fact in FACTS:
        key = f"`{fact.key}`" if fact.value else ""
        sort = f"`{fact.sort}`" if fact.sort else ""
        column = f"`{fact.column.name}`" if fact.column else ""
        as_of = f"`{fact.as_of}`" if fact.as_of else ""
        cells = (key, fact.label, fact.kind.value, sort, column, as_of)
        lines.append(f"| {' | '.join(cells)} |\n")
    return HEAD + "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(fact_page())
