"""Records and pages: what is odd costs its field, what has no key costs its record."""

import json
from typing import Any

import pytest

from pkgtui.domain.models import Category, Grid
from pkgtui.sources.djangopackages.decode import (
    DecodeError,
    UnreadableRecordError,
    decode_category,
    decode_grid,
    decode_package,
    decode_page,
    parse_json,
)
from tests.fault_server.wrong import (
    NOT_A_PAGE,
    NOT_A_RECORD,
    NOT_JSON,
    WRONG_FIELDS,
    page,
    with_fields,
)

GOOD: dict[str, Any] = {
    "category": "https://djangopackages.org/api/v4/categories/2/",
    "grids": ["https://djangopackages.org/api/v4/grids/41/"],
    "id": 631,
    "title": "django SHOP",
    "slug": "django-shop",
    "last_updated": "2021-02-28T13:04:57-05:00",
    "last_fetched": "2026-02-15T18:13:49.575476-05:00",
    "repo_url": "https://github.com/awesto/django-shop",
    "pypi_version": "1.2.4",
    "created": "2011-02-12T20:04:57.388326-05:00",
    "modified": "2026-01-28T14:34:12.564553-05:00",
    "repo_forks": 1045,
    "repo_description": "A Django based shop system",
    "pypi_url": "http://pypi.python.org/pypi/django-shop",
    "documentation_url": "https://readthedocs.org/projects/django-shop/",
    "repo_watchers": 3310,
    "commits_over_52": [1, 2, 3],
    "participants": ["jrief"],
}
UNREADABLE = {
    *("id_missing", "id_null", "id_string", "id_negative", "id_zero", "id_true"),
    *("id_fraction", "id_too_big"),
    *("slug_missing", "slug_null", "slug_empty", "slug_path", "slug_number"),
}
# What a wrong field makes of the model; where nothing stands here it stays as it was.
UNKNOWN: dict[str, dict[str, Any]] = {
    "title_missing": {"title": "django-shop"},
    "title_null": {"title": "django-shop"},
    "title_list": {"title": "django-shop"},
    "title_surrogate": {"title": "broken \ufffd"},
    "title_nul": {"title": "ab"},
    "title_megabyte": {"title": "t" * 500},
    "category_missing": {"category_id": None},
    "category_null": {"category_id": None},
    "category_number": {"category_id": None},
    "category_junk": {"category_id": None},
    "category_unknown": {"category_id": 999},
    "grids_null": {"grid_ids": ()},
    "grids_string": {"grid_ids": ()},
    "grids_mixed": {"grid_ids": (1,)},
    "stars_null": {"stars": None},
    "stars_string": {"stars": None},
    "stars_negative": {"stars": None},
    "stars_fraction": {"stars": None},
    "stars_too_big": {"stars": None},
    "forks_missing": {"forks": None},
    "commits_null": {"commits_52w": None},
    "commits_string": {"commits_52w": (0, 1, 2)},
    "commits_mixed": {"commits_52w": None},
    "commits_too_many": {"commits_52w": (1,) * 52},
    "participants_null": {"contributors": None},
    "participants_string": {"contributors": ("ana", "ben")},
    "participants_mixed": {"contributors": ("ana",)},
    "participants_crowd": {"contributors": ("ana",)},
    "time_junk": {"last_commit_at": None},
    "time_number": {"last_commit_at": None},
    "time_empty": {"last_commit_at": None, "fetched_at": None},
    "time_future": {"last_commit_at": None},
    "time_past": {"last_commit_at": None},
    "time_missing": {"added_at": None},
    "repo_null": {"repo_url": None},
    "repo_script": {"repo_url": None},
    "repo_file": {"repo_url": None},
    "repo_escape": {"repo_url": "https://github.com/a/b"},
    "description_null": {"description": ""},
    "version_number": {"pypi_version": None},
    "pypi_null": {"pypi_name": None},
    "documentation_list": {"documentation_url": None},
    "unknown_fields": {},
}
NOT_ANY_JSON = {"stars_nan", "stars_infinity", "commits_nan"}


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_a_record_without_its_keys_is_unreadable(name: str) -> None:
    record = with_fields(GOOD, WRONG_FIELDS[name])
    with pytest.raises(UnreadableRecordError) as caught:
        decode_package(record)
    assert caught.value.record_id == (None if name.startswith("id_") else 631)


@pytest.mark.parametrize("name", sorted(UNKNOWN))
def test_a_wrong_field_costs_nothing_but_itself(name: str) -> None:
    expected = decode_package(GOOD)._replace(**UNKNOWN[name])
    assert decode_package(with_fields(GOOD, WRONG_FIELDS[name])) == expected


def test_every_wrong_field_has_an_expectation() -> None:
    times = {"time_bare", "time_zulu", "time_date"}  # tests/test_decode_values.py
    assert {*UNREADABLE, *UNKNOWN, *NOT_ANY_JSON, *times} == set(WRONG_FIELDS)


@pytest.mark.parametrize("field", GOOD)
@pytest.mark.parametrize(
    "value", [None, "", 0, -1, 1.5, True, [], {}, [None], {"a": 1}, "\x00", 10**40]
)
def test_no_field_whatsoever_breaks_a_record(field: str, value: Any) -> None:
    record = {**GOOD, field: value}
    if field in {"id", "slug"}:
        with pytest.raises(UnreadableRecordError):
            decode_package(record)
    else:
        assert decode_package(record).slug == "django-shop"


def test_a_record_of_nothing_but_its_keys_is_all_unknown() -> None:
    package = decode_package({"id": 1, "slug": "a"})
    assert package == (1, "a", "a", "", None, (), *[None] * 11)


@pytest.mark.parametrize(
    ("last_updated", "raw", "known"),
    [
        (None, (0, 0, []), (None, None, None)),
        (None, (2, 0, ["ana"]), (2, None, ("ana",))),
        (None, (0, 3, []), (None, 3, None)),
        ("2021-02-28T13:04:57-05:00", (0, 0, []), (0, 0, ())),
        ("2021-02-28T13:04:57-05:00", (None, None, None), (None, None, None)),
    ],
)
def test_nothing_is_known_of_a_package_never_looked_at(
    last_updated: str | None, raw: tuple[Any, ...], known: tuple[Any, ...]
) -> None:
    stars, forks, participants = raw
    package = decode_package(
        GOOD
        | {
            "last_updated": last_updated,
            "repo_watchers": stars,
            "repo_forks": forks,
            "participants": participants,
        }
    )
    assert (package.stars, package.forks, package.contributors) == known


@pytest.mark.parametrize("name", sorted(NOT_A_RECORD))
@pytest.mark.parametrize("decode", [decode_package, decode_grid, decode_category])
def test_what_is_no_record_is_unreadable(name: str, decode: Any) -> None:
    with pytest.raises(UnreadableRecordError):
        decode(NOT_A_RECORD[name])


def test_grid() -> None:
    grid = decode_grid(
        {
            "id": 41,
            "title": ":tada: Ecommerce ",
            "slug": "ecommerce",
            "description": "one\r\ntwo\x1b[2J",
            "is_locked": False,
            "packages": ["https://x/api/v4/packages/9/?format=api", 3, "/packages/2/"],
            "header": False,
        }
    )
    assert grid == Grid(41, "ecommerce", "🎉 Ecommerce", "one\ntwo", (9, 2))
    assert decode_grid({"id": 1, "slug": "a", "title": None, "packages": None}) == (
        Grid(1, "a", "a", "", ())
    )


@pytest.mark.parametrize(
    ("fields", "category"),
    [
        (
            {"title": "App", "title_plural": "Apps", "description": "Any\napp."},
            Category(1, "apps", "App", "Apps", "Any app."),
        ),
        ({"title": "App", "title_plural": ""}, Category(1, "apps", "App", "App", "")),
        ({"title": None}, Category(1, "apps", "apps", "apps", "")),
    ],
)
def test_category(fields: dict[str, Any], category: Category) -> None:
    assert decode_category({"id": 1, "slug": "apps", **fields}) == category


def test_a_page_keeps_what_can_be_read_and_counts_the_rest() -> None:
    body = page(GOOD, None, {"id": 7}, GOOD | {"id": 8}, {"slug": "x"}, {"id": 9})
    decoded = decode_page(body, decode_package)
    assert [package.id for package in decoded.records] == [631, 8]
    assert (decoded.total, decoded.row_count) == (6, 6)
    assert decoded.unreadable_ids == (7, 9)
    assert decoded.unnamed_count == 2


def test_an_empty_page_is_a_page() -> None:
    decoded = decode_page(b'{"count": 5400, "results": []}', decode_package)
    assert decoded == ((), 5400, 0, (), 0)


def test_a_byte_order_mark_is_no_harm() -> None:
    assert parse_json(b"\xef\xbb\xbf[1]") == [1]


ACCEPTED = {f"next_{name}" for name in ("number", "object", "junk", "port", "bracket")}


@pytest.mark.parametrize("name", sorted(NOT_A_PAGE.keys() - ACCEPTED))
def test_json_that_is_no_page_is_refused(name: str) -> None:
    with pytest.raises(DecodeError):
        decode_page(NOT_A_PAGE[name], decode_package)


@pytest.mark.parametrize("name", sorted(ACCEPTED))
def test_the_next_link_does_not_matter(name: str) -> None:
    assert decode_page(NOT_A_PAGE[name], decode_package).total == 1


def test_a_list_of_a_million_and_more_is_none_of_this_api() -> None:
    with pytest.raises(DecodeError, match="count"):
        decode_page(b'{"count": 1000001, "results": []}', decode_package)


@pytest.mark.parametrize("name", sorted(NOT_JSON))
def test_what_is_no_json_is_refused(name: str) -> None:
    with pytest.raises(DecodeError) as caught:
        parse_json(NOT_JSON[name])
    assert len(str(caught.value)) < 40


@pytest.mark.parametrize("name", sorted(NOT_ANY_JSON))
def test_numbers_that_json_has_not_are_refused(name: str) -> None:
    body = json.dumps(with_fields(GOOD, WRONG_FIELDS[name])).encode()
    with pytest.raises(DecodeError):
        parse_json(body)
    # In a record that came in another way they are unknown.
    package = decode_package(with_fields(GOOD, WRONG_FIELDS[name]))
    assert None in (package.stars, package.commits_52w)
