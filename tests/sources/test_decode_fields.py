"""Each field of a record on its own: good forms are read, anything else is unknown."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pkgtui.sources.djangopackages import converters as fields
from pkgtui.sources.djangopackages.converters import replace_shortcodes

JSON_VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
    ),
    max_leaves=10,
)
READERS = [
    fields.whole_number,
    fields.record_id,
    fields.slug,
    lambda value: fields.title(value, fallback="slug"),
    fields.line,
    fields.paragraphs,
    fields.linked_id,
    fields.linked_ids,
    fields.weekly_commits,
    fields.contributors,
    fields.moment,
    fields.web_url,
    fields.pypi_name,
    fields.version,
]
ODD: list[Any] = [None, True, 1.5, "", " ", [], {}, [[]], "\x00", "\ud800", -1, 10**30]


@settings(deadline=None)
@given(JSON_VALUES)
def test_no_value_makes_a_reader_fail(value: Any) -> None:
    for read in READERS:
        hash(read(value))


@pytest.mark.parametrize("value", [0, 1, 3310, 2**63 - 1])
def test_whole_number_takes_counts(value: int) -> None:
    assert fields.whole_number(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, False, -1, 2**63, 10**30, 12.0, 12.5, "12", "many", [], [12], {}),
        *(float("nan"), float("inf")),
    ],
)
def test_whole_number_takes_nothing_else(value: Any) -> None:
    assert fields.whole_number(value) is None


def test_an_id_is_positive() -> None:
    assert fields.record_id(1) == 1
    assert fields.record_id(0) is None
    assert fields.record_id("1") is None


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("django-shop", "django-shop"),
        ("A_b-9", "A_b-9"),
        ("2024", "2024"),
        (" padded \n", "padded"),
        ("django.contrib", "django.contrib"),
        ("ünï-字", "ünï-字"),
        ("100%", "100%"),
        ("x" * 200, "x" * 200),
    ],
)
def test_slug(value: str, slug: str) -> None:
    assert fields.slug(value) == slug


@pytest.mark.parametrize(
    "value",
    [
        *ODD,
        *("a/b", "../../etc/passwd", "a?b", "a#b", "a b", ".", "..", "x" * 201),
        *("\u202e", "a👩\u200d💻b", 12, "a\u00a0b"),
    ],
)
def test_no_slug(value: Any) -> None:
    assert fields.slug(value) is None


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("django SHOP", "django SHOP"),
        ("Django Mptt Comments ", "Django Mptt Comments"),
        ("two\nlines", "two lines"),
        (":tada: Party", "🎉 Party"),
        ("\x1b[31mred", "red"),
        ("a\x00b", "ab"),
        ("broken \ud83d", "broken \ufffd"),
        ("t" * 1_000_000, "t" * 500),
        ("", "the-slug"),
        (" \n ", "the-slug"),
        ("\u200b\u202e", "the-slug"),
        ("\u200d\ufe0f", "the-slug"),
        (None, "the-slug"),
        (["a"], "the-slug"),
    ],
)
def test_title(value: Any, title: str) -> None:
    assert fields.title(value, fallback="the-slug") == title


def test_descriptions_keep_their_lines_only_where_there_is_room() -> None:
    text = ":gear: one\r\n\r\ntwo\x1b[2J [bold]"
    assert fields.line(text) == "⚙ one two [bold]"
    assert fields.paragraphs(text) == "⚙ one\n\ntwo [bold]"
    assert fields.line(None) == fields.paragraphs(None) == ""
    assert fields.line(["x"]) == fields.paragraphs(12) == ""


def test_long_descriptions_are_cut() -> None:
    assert fields.line("word " * 10_000) == ("word " * 2_000).rstrip()
    assert fields.paragraphs("line\n" * 10_000) == ("line\n" * 2_000).rstrip()


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        (":couple: Multi-user", "👫 Multi-user"),
        (":tada::rocket: both", "🎉🚀 both"),
        (":tada::unheard_of: one", "🎉:unheard_of: one"),
        ("(:snake:)", "(🐍)"),
        ("at the end :+1:", "at the end 👍"),
        (":hammer_and_wrench:", "🛠"),
        (":wales: flag", "🏴 flag"),
        ("10:30:45", "10:30:45"),
        ("a:on:b", "a:on:b"),
        ("a:on: b", "a:on: b"),
        ("Foo::on::Bar", "Foo::on::Bar"),
        (":on:a", ":on:a"),
        (":on:: a", ":on:: a"),
        ("1:100:1", "1:100:1"),
        (":unheard_of:", ":unheard_of:"),
        ("a: b: c", "a: b: c"),
        ("::", "::"),
        ("http://host:8000/:8", "http://host:8000/:8"),
        (":ON:", ":ON:"),
        ("", ""),
    ],
)
def test_shortcodes(text: str, replaced: str) -> None:
    assert replace_shortcodes(text) == replaced


@pytest.mark.parametrize(
    "link",
    [
        "https://djangopackages.org/api/v4/grids/41/",
        "https://djangopackages.org/api/v4/grids/41/?format=api",
        "https://djangopackages.org/api/v4/grids/41.json",
        "http://elsewhere.example:8000/grids/41#fragment",
        "ftp://user:pw@host/41/",
        "/api/v4/grids/41/",
        " /grids/41/ ",
        "41",
    ],
)
def test_a_link_is_its_id(link: str) -> None:
    assert fields.linked_id(link) == 41


@pytest.mark.parametrize(
    "link",
    [
        *(
            *ODD,
            41,
            "not a link",
            "/grids/",
            "/grids/x41/",
            "/grids/4.1/",
            "/grids/-4/",
        ),
        *("/grids/0/", "/grids/9223372036854775808/", "/grids/٤١/", "?id=41"),
        "/" * 2_000 + "41",
    ],
)
def test_no_link(link: Any) -> None:
    assert fields.linked_id(link) is None


@pytest.mark.parametrize(
    ("links", "ids"),
    [
        ([], ()),
        (["/g/3/", "/g/1/", "/g/3/?format=api", "/g/2/"], (3, 1, 2)),
        ([None, 3, "junk", {}, "/api/v4/grids/1/", []], (1,)),
        ("41", ()),
        (None, ()),
        ({"0": "/g/1/"}, ()),
    ],
)
def test_linked_ids(links: Any, ids: tuple[int, ...]) -> None:
    assert fields.linked_ids(links) == ids


@pytest.mark.parametrize(
    ("value", "weeks"),
    [
        ([0] * 52, (0,) * 52),
        ([0, 3, 1], (0, 3, 1)),
        ([9, *range(52)], tuple(range(52))),
        ([1] * 5_000, (1,) * 52),
        ("0,1, 2", (0, 1, 2)),
        ("7", (7,)),
    ],
)
def test_weekly_commits(value: Any, weeks: tuple[int, ...]) -> None:
    assert fields.weekly_commits(value) == weeks


@pytest.mark.parametrize(
    "value",
    [
        *(None, [], "", {}, 12, "a,b", "1,,2", "1,-2", "1.5", "0,x"),
        *([1, None], [1, "3"], [1, 2.5], [1, -1], [1, True], [[]], [10**30]),
        [float("nan")] * 52,
    ],
)
def test_a_chart_with_one_unreadable_week_is_unknown(value: Any) -> None:
    assert fields.weekly_commits(value) is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ([], ()),
        (["ana", "ben"], ("ana", "ben")),
        (["b", "a", "B", "b", "A", "c"], ("b", "a", "c")),
        (
            ["ana", None, 3, {}, "", " ", "\x1b[31mred", "\u202etxet"],
            ("ana", "red", "txet"),
        ),
        (["dependabot[bot]", "123456"], ("dependabot[bot]", "123456")),
        (["name\nbreak", "trailing "], ("name break", "trailing")),
        (["n" * 500], ("n" * 200,)),
        (["ana"] * 50_000, ("ana",)),
        ("ana, ben,,ana", ("ana", "ben")),
        ("", ()),
    ],
)
def test_contributors(value: Any, names: tuple[str, ...]) -> None:
    assert fields.contributors(value) == names


def test_there_is_an_end_to_contributors() -> None:
    names = fields.contributors([f"person{n}" for n in range(6_000)])
    assert names is not None
    assert (len(names), names[-1]) == (5_000, "person4999")


@pytest.mark.parametrize("value", [None, 3, {}, True, 1.5])
def test_without_a_list_contributors_are_unknown(value: Any) -> None:
    assert fields.contributors(value) is None
