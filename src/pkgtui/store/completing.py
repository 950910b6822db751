"""Slugs by their beginning, for a shell that completes what is typed.

A key pressed in a shell makes no file, migrates and repairs none, and waits for no
lock: the file is opened for reading alone, and where anything is wrong there are no
names. The cost does not grow with the catalog.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from pkgtui.domain.normalize import replace_surrogates
from pkgtui.store.types import Name, Table

MAX_NAMES = 100
"""Bash asks before it lists more."""
MAX_CANDIDATES = 2_000
"""How far down the most starred packages are searched for a beginning."""
LOCK_TIMEOUT_S = 0.1

# Categories are few, and have no column of slugs without case.
_KEYS: dict[Table, str] = {
    "package": "slug_key",
    "grid": "slug_key",
    "category": "lower(slug)",
}
_LAST_CHARACTER = "\U0010ffff"


def names_beginning(path: Path, table: Table, prefix: str) -> list[Name]:
    """At most `MAX_NAMES` records of `table` in the cache file `path`, by slug.

    `prefix` is compared without case. Of more, the most starred are taken; the first
    and the last are always among them, so that what all of these begin with is what
    really all begin with, and a shell may insert it.
    """
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=LOCK_TIMEOUT_S)) as opened:
            rows = find_rows(opened, table, replace_surrogates(prefix).casefold())
    except (sqlite3.Error, OSError, ValueError):
        return []
    names = {
        slug: Name(slug, title)
        for slug, title in rows
        if isinstance(slug, str) and isinstance(title, str)
    }
    return [names[slug] for slug in sorted(names)]


def find_rows(
    connection: sqlite3.Connection, table: Table, prefix: str
) -> list[tuple[object, object]]:
    """Slugs and titles as they are stored; `prefix` is without case."""
    key = _KEYS[table]
    is_wanted = f"{key} >= :first AND {key} <= :last"
    found = f"SELECT slug, title FROM {table} WHERE {is_wanted} ORDER BY {key}"
    wanted = {"first": prefix, "last": prefix + _LAST_CHARACTER, "most": MAX_NAMES}
    rows = connection.execute(f"{found} LIMIT :most + 1", wanted).fetchall()
    if len(rows) <= MAX_NAMES:
        return rows
    (last,) = connection.execute(f"{found} DESC LIMIT 1", wanted)
    starred: list[tuple[object, object]] = []
    if table == "package":
        starred = connection.execute(
            f"""
            SELECT slug, title FROM (
                SELECT slug, title, slug_key FROM package
                ORDER BY stars DESC, sort_title, id LIMIT {MAX_CANDIDATES}
            ) WHERE {is_wanted} LIMIT :most
            """,
            wanted,
        ).fetchall()
    chosen = dict.fromkeys([rows[0], last, *starred, *rows])
    return list(chosen)[:MAX_NAMES]
