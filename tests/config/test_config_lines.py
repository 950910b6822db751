"""The line of a key in a TOML file: the right one, or none."""

import tomllib

import pytest

from pkgtui.config.toml_lines import lines_of_keys


def lines(text: str) -> dict[str, int]:
    """The lines of `text`'s keys, by paths with slashes."""
    found = lines_of_keys(text, tomllib.loads(text))
    return {"/".join(path): line for path, line in found.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {}),
        ("a = 1\nb = 2", {"a": 1, "b": 2}),
        ("# a = 0\n\n  a = 1 # b = 2\r\nb = 3", {"a": 3, "b": 4}),
        ("a = 'b = 1'\nb = \"a = 2\"", {"a": 1, "b": 2}),
        ('a = """\nb = 1\n\\"""\n"quoted""""\nb = 2', {"a": 1, "b": 5}),
        ("a = '''\nb = 1\nx''y'''\nb = 2", {"a": 1, "b": 4}),
        ('a = """"""\nb = 2', {"a": 1, "b": 2}),
        ('a = "\\"\\\\"\nb = 1', {"a": 1, "b": 2}),
        ("a = [1, # ]\n 'b = 1',\n]\nb = 2", {"a": 1, "b": 4}),
        ("a = 1.5\nb = 2020-01-01 10:00:00\nc = -inf", {"a": 1, "b": 2, "c": 3}),
        ("[t]\na = 1\n[u]\na = 2", {"t": 1, "t/a": 2, "u": 3, "u/a": 4}),
        ("[t.u]\na = 1", {"t": 1, "t/u": 1, "t/u/a": 2}),
        ("t.a = 1\nt . 'b c' = 2", {"t": 1, "t/a": 1, "t/b c": 2}),
        ("t = {a = 1, b = {c = 2}}", {"t": 1, "t/a": 1, "t/b": 1, "t/b/c": 1}),
        ("t = [\n{a = 1},\n{b = 2}]", {"t": 1, "t/a": 2, "t/b": 3}),
        ("t = [[{a = 1}]]", {"t": 1, "t/a": 1}),
        ("[[t]]\na = 1\n[[t]]\nb = 2", {"t": 1, "t/a": 2, "t/b": 4}),
        ('"a.b" = 1\n\'c#\' = 2\n"\\u0064" = 3', {"a.b": 1, "c#": 2, "d": 3}),
        ('"" = 1', {"": 1}),
    ],
)
def test_each_key_has_its_line(text: str, expected: dict[str, int]) -> None:
    assert lines(text) == expected


def test_where_it_is_not_sure_no_line_is_told() -> None:
    assert lines_of_keys("a = 1", {"b": 1}) == {}
    assert lines_of_keys("a = 1\nb = 2", {"a": 1}) == {}
    assert lines_of_keys('a = "', {"a": 1}) == {}
    assert lines_of_keys("[[", {"a": 1}) == {}
    assert lines_of_keys("a", {"a": 1}) == {}


def test_nesting_as_deep_as_the_reader_takes_is_no_matter() -> None:
    text = "a = " + "[" * 200 + "]" * 200
    assert lines(text) in ({"a": 1}, {})
