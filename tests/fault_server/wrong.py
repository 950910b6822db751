"""JSON that is wrong, at every level: not JSON, not a page, not a record."""

from __future__ import annotations

import json
from typing import Any

MISSING: Any = object()
"""Stands for a field that is left out."""

HUGE = "9" * 5_000
"""An integer of more digits than Python converts by default."""

DEPTH = 100_000
"""How deep the nested ones are."""


def _page(results: str, *, count: str = "1", following: str = "null") -> bytes:
    return (
        f'{{"count":{count},"next":{following},"previous":null,"results":{results}}}'
    ).encode()


NOT_JSON: dict[str, bytes] = {
    "empty": b"",
    "blank": b"   \n",
    "words": b"upstream connect error or disconnect/reset before headers",
    "html": b"<!DOCTYPE html><html><body>Sign in to the network</body></html>",
    "truncated": b'{"count":2,"next":null,"previous":null,"results":[{"id":1,"ti',
    "trailing": b'{"count":0,"next":null,"previous":null,"results":[]}<!-- cached -->',
    "twice": _page("[]", count="0") * 2,
    "invalid_utf8": _page('["\xff\xfe"]').decode().encode("latin-1"),
    "utf16": _page("[]", count="0").decode().encode("utf-16"),
    "single_quotes": b"{'count': 0, 'results': []}",
    "deep_lists": b"[" * DEPTH,
    "deep_lists_closed": b"[" * DEPTH + b"]" * DEPTH,
    "deep_objects": b'{"a":' * DEPTH,
}
"""Bodies that are no JSON, or cannot be read as such."""

NOT_A_PAGE: dict[str, bytes] = {
    "null": b"null",
    "true": b"true",
    "number": b"42",
    "huge_number": HUGE.encode(),
    "nan": b"NaN",
    "string": b'"packages"',
    "bare_list": b"[]",
    "list_of_objects": b'[{"id":1}]',
    "empty_object": b"{}",
    "detail": b'{"detail":"Request was throttled."}',
    "results_missing": b'{"count":1,"next":null,"previous":null}',
    "results_null": _page("null"),
    "results_object": _page('{"0":{"id":1}}'),
    "results_string": _page('"many"'),
    "results_number": _page("7"),
    "results_deep": _page("[" * DEPTH + "]" * DEPTH),
    "count_missing": b'{"next":null,"previous":null,"results":[]}',
    "count_null": _page("[]", count="null"),
    "count_string": _page("[]", count='"12"'),
    "count_negative": _page("[]", count="-1"),
    "count_fraction": _page("[]", count="1.5"),
    "count_nan": _page("[]", count="NaN"),
    "count_infinity": _page("[]", count="Infinity"),
    "count_huge": _page("[]", count=HUGE),
    "count_true": _page("[]", count="true"),
    "next_number": _page("[]", following="3"),
    "next_object": _page("[]", following="{}"),
    "next_junk": _page("[]", following='"::not a url::"'),
    "next_port": _page("[]", following='"http://127.0.0.1:99999999/"'),
    "next_bracket": _page("[]", following='"http://[::1/api/v4/packages/"'),
}
"""Bodies that are JSON and no list answer of the API."""

NOT_A_RECORD: dict[str, Any] = {
    "null": None,
    "string": "django-shop",
    "number": 631,
    "list": ["django-shop", 631],
    "empty": {},
    "only_id": {"id": 1},
}
"""What stands in ``results`` in place of a record."""

WRONG_FIELDS: dict[str, dict[str, Any]] = {
    "id_missing": {"id": MISSING},
    "id_null": {"id": None},
    "id_string": {"id": "12"},
    "id_negative": {"id": -3},
    "id_zero": {"id": 0},
    "id_true": {"id": True},
    "id_fraction": {"id": 1.5},
    "id_too_big": {"id": 2**70},
    "slug_missing": {"slug": MISSING},
    "slug_null": {"slug": None},
    "slug_empty": {"slug": ""},
    "slug_path": {"slug": "../../etc/passwd"},
    "slug_number": {"slug": 12},
    "title_missing": {"title": MISSING},
    "title_null": {"title": None},
    "title_list": {"title": ["a"]},
    "title_surrogate": {"title": "broken \ud83d"},
    "title_nul": {"title": "a\x00b"},
    "title_megabyte": {"title": "t" * 1_000_000},
    "category_missing": {"category": MISSING},
    "category_null": {"category": None},
    "category_number": {"category": 1},
    "category_junk": {"category": "not a link"},
    "category_unknown": {"category": "http://127.0.0.1/api/v4/categories/999/"},
    "grids_null": {"grids": None},
    "grids_string": {"grids": "41"},
    "grids_mixed": {"grids": [None, 3, "junk", {}, "/api/v4/grids/1/"]},
    "stars_null": {"repo_watchers": None},
    "stars_string": {"repo_watchers": "many"},
    "stars_negative": {"repo_watchers": -5},
    "stars_fraction": {"repo_watchers": 12.5},
    "stars_nan": {"repo_watchers": float("nan")},
    "stars_infinity": {"repo_watchers": float("inf")},
    "stars_too_big": {"repo_watchers": 10**30},
    "forks_missing": {"repo_forks": MISSING},
    "commits_null": {"commits_over_52": None},
    "commits_string": {"commits_over_52": "0,1,2"},
    "commits_mixed": {"commits_over_52": [1, None, "3", 2.5, -1, True, [], 10**30]},
    "commits_too_many": {"commits_over_52": [1] * 5_000},
    "commits_nan": {"commits_over_52": [float("nan")] * 52},
    "participants_null": {"participants": None},
    "participants_string": {"participants": "ana,ben"},
    "participants_mixed": {"participants": ["ana", None, 3, {}, ""]},
    "participants_crowd": {"participants": ["ana"] * 50_000},
    "time_junk": {"last_updated": "yesterday"},
    "time_number": {"last_updated": 1_700_000_000},
    "time_empty": {"last_updated": "", "last_fetched": ""},
    "time_bare": {"last_updated": "2026-02-15T18:13:49.575476"},
    "time_zulu": {"last_updated": "2026-02-15T18:13:49Z"},
    "time_date": {"last_updated": "2026-02-15"},
    "time_future": {"last_updated": "9999-12-31T23:59:59-05:00"},
    "time_past": {"last_updated": "0001-01-01T00:00:00+14:00"},
    "time_missing": {"created": MISSING, "modified": MISSING},
    "repo_null": {"repo_url": None},
    "repo_script": {"repo_url": "javascript:alert(1)"},
    "repo_file": {"repo_url": "file:///etc/passwd"},
    "repo_escape": {"repo_url": "https://github.com/a/b\x1b]52;c;YQ==\x07"},
    "description_null": {"repo_description": None},
    "version_number": {"pypi_version": 1.2},
    "pypi_null": {"pypi_url": None},
    "documentation_list": {"documentation_url": []},
    "unknown_fields": {"usage": 12, "licence": {"spdx": "MIT"}},
}
"""Changes to a package's record; a client should survive each, alone."""


def with_fields(record: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """Return a record with fields replaced, or left out where ``MISSING``."""
    merged = record | fields
    return {key: value for key, value in merged.items() if value is not MISSING}


def page(*records: Any) -> bytes:
    """Return a list answer holding the given values, whatever they are."""
    return _page(json.dumps(list(records)), count=str(len(records)))
