"""From what a person types to the record that it names, or to the names near it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from pkgtui.domain.identifiers import (
    RecordKind,
    Target,
    normalize_pypi_name,
    parse_target,
    repository_key,
)
from pkgtui.domain.normalize import fold, replace_surrogates
from pkgtui.store.database import Database
from pkgtui.store.types import Name, Table

# Plain strings: `re` compiles (and keeps) them when one is needed, not at start.
_PYPI_URL = r"(?i)(?:https?://)?pypi\.(?:python\.)?org/(?:project|pypi)/([^/?#]+)"
_COMMON_PREFIX = r"(?:django-?|dj-)(?=.)"
_NEAR_ENOUGH = 0.6


def find_package(database: Database, text: str) -> int | None:
    """The package that `text` names, by slug, PyPI name, id or address."""
    target = parse_target(replace_surrogates(text))
    if target.kind is RecordKind.GRID:
        return None
    if not target.is_id:
        found = (
            _by_slug(database, "package", target.text)
            or _one(
                database,
                "SELECT id FROM package WHERE pypi_key = ?"
                " ORDER BY stars DESC, id LIMIT 1",
                normalize_pypi_name(_pypi_name(target.text)),
            )
            or _by_repository(database, target.text)
        )
        if found is not None:
            return found
    return _by_id(database, "package", target)


def find_grid(database: Database, text: str) -> int | None:
    """The grid that `text` names, by slug, id or address."""
    target = parse_target(replace_surrogates(text))
    if target.kind is RecordKind.PACKAGE:
        return None
    if not target.is_id:
        found = _by_slug(database, "grid", target.text)
        if found is not None:
            return found
    return _by_id(database, "grid", target)


def find(database: Database, text: str) -> tuple[RecordKind, int] | None:
    """The package that `text` names, or else the grid."""
    package_id = find_package(database, text)
    if package_id is not None:
        return RecordKind.PACKAGE, package_id
    grid_id = find_grid(database, text)
    return None if grid_id is None else (RecordKind.GRID, grid_id)


def nearest(database: Database, kind: RecordKind, text: str, limit: int) -> list[str]:
    """Slugs that `text` could have meant, the nearest first.

    Those that begin with it or hold it come before those that are merely spelled alike.
    """
    wanted = _key(parse_target(text).text)
    if not wanted or limit <= 0:
        return []
    scores: dict[str, float] = {}
    names = _names(database, kind)
    for slug, name in names:
        if wanted in name:
            # Over every ratio; the less there is besides, the nearer.
            score = 2.0 + name.startswith(wanted) + len(wanted) / (len(name) + 1)
            scores[slug] = max(score, scores.get(slug, 0.0))
    if len(scores) < limit:
        for slug, ratio in _alike(wanted, names):
            scores[slug] = max(ratio, scores.get(slug, 0.0))
    return sorted(scores, key=lambda slug: (-scores[slug], slug))[:limit]


def _alike(wanted: str, names: list[tuple[str, str]]) -> list[tuple[str, float]]:
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    found: list[tuple[str, float]] = []
    for slug, name in names:
        matcher.set_seq1(name)
        if (
            matcher.real_quick_ratio() >= _NEAR_ENOUGH
            and matcher.quick_ratio() >= _NEAR_ENOUGH
        ):
            ratio = matcher.ratio()
            if ratio >= _NEAR_ENOUGH:
                found.append((slug, ratio))
    return found


def _names(database: Database, kind: RecordKind) -> list[tuple[str, str]]:
    """Every slug with each name under which it may be meant."""
    names: list[tuple[str, str]] = []
    rows = database.rows(f"SELECT slug, sort_title FROM {kind.value}", types=(str, str))
    for slug, title in rows:
        by_slug = _key(slug)
        by_title = _key(title)
        names.append((slug, by_slug))
        if by_title != by_slug:
            names.append((slug, by_title))
    return names


def _key(text: str) -> str:
    """A name without what nearly all have in common, so that the rest decides."""
    return re.sub(
        f"^{_COMMON_PREFIX}", "", re.sub(r"[-_. ]+", "-", fold(text)).strip("-")
    )


def _by_slug(database: Database, table: str, slug: str) -> int | None:
    newest = "cached_at" if table == "package" else "run_id"
    return _one(
        database,
        # Until a sync ends, a slug that has moved to another id is held twice.
        f"SELECT id FROM {table} WHERE slug_key = ?"
        f" ORDER BY slug = ? DESC, {newest} DESC, id DESC LIMIT 1",
        slug.casefold(),
        slug,
    )


def _by_repository(database: Database, text: str) -> int | None:
    if "/" not in text:
        return None
    is_whole = "://" in text or text.startswith("git@")
    key = repository_key(text if is_whole else f"https://{text}")
    # A page inside the repository (its issues, a file) names it just as well.
    while key is not None and "/" in key:
        found = _one(
            database,
            "SELECT id FROM package WHERE repo_key = ? ORDER BY stars DESC, id LIMIT 1",
            key,
        )
        if found is not None:
            return found
        key = key.rpartition("/")[0]
    return None


def _by_id(database: Database, table: str, target: Target) -> int | None:
    if target.id is None:
        return None
    return _one(database, f"SELECT id FROM {table} WHERE id = ?", target.id)


def _pypi_name(text: str) -> str:
    match = re.match(_PYPI_URL, text)
    return match[1] if match else text


def _one(database: Database, sql: str, *parameters: str | int) -> int | None:
    row = database.row(sql, parameters)
    return None if row is None else int(row[0])


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
