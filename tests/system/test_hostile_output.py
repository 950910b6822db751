"""Whatever the catalog holds, every command's output is harmless and parses back.

Catalogs go the whole way: JSON, decoder, sync, store, command, format.
"""

import csv
import io
import json
import os
import re
import shlex
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.cli.program import run
from pkgtui.text import cell_width, group_thousands, strip_emoji_modifiers, to_ascii
from tests.support.examples import examples
from tests.support.harmless import OUR_CODES, assert_counted_alike, assert_harmless
from tests.support.hostile_json import (
    Catalog,
    Lists,
    lists_of_all,
    read_catalog,
    texts,
)
from tests.support.store import FakeClock, FakeSource, package


class Look(NamedTuple):
    """The options that say how an answer looks."""

    form: str
    is_ascii: bool
    color: str
    width: int

    @property
    def options(self) -> list[str]:
        """As they are typed."""
        ascii_option = ["--ascii"] if self.is_ascii else []
        return ["--format", self.form, "--color", self.color, *ascii_option]


class Answer(NamedTuple):
    """What one command line came to."""

    exit_code: int
    out: str
    err: str


looks = st.builds(
    Look,
    st.sampled_from(("text", "json", "csv", "markdown")),
    st.booleans(),
    st.sampled_from(("always", "never")),
    st.integers(20, 200),
)
commands = st.one_of(
    st.sampled_from(("categories", "grids", "cache", "config", "paths")).map(
        lambda one: [one]
    ),
    st.just(["search"]),
    st.sampled_from(("title", "-updated", "commits")).map(
        lambda key: ["search", "--sort", key]
    ),
    st.builds(lambda text: ["search", "--", text], texts),
    st.lists(st.integers(1, 6), min_size=1, max_size=7).map(
        lambda ids: ["show", *map(str, ids)]
    ),
    st.lists(st.integers(1, 6), min_size=1, max_size=7).map(
        lambda ids: ["compare", *map(str, ids), "--sort", "stars"]
    ),
    st.integers(1, 6).map(lambda id_: ["grid", str(id_)]),
    st.builds(
        lambda name, text: [name, "--", text],
        st.sampled_from(("show", "grid", "compare")),
        texts,
    ),
)


class Program:
    """Command lines over one catalog, each in a home of its own."""

    def __init__(self, home: str, catalog: Catalog) -> None:
        self._home = home
        self._source = FakeSource(
            catalog.packages or (package(900),),
            catalog.grids,
            catalog.categories,
        )
        self._clock = FakeClock()

    def __call__(self, argv: list[str], width: int = 80) -> Answer:
        """Run `argv` as a pipe would see it, as UTF-8."""
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        environ = {
            "PKGTUI_HOME": self._home,
            "PKGTUI_DEBUG": "1",
            "COLUMNS": str(width),
            "LANG": "C.UTF-8",
            "TERM": "xterm",
        }
        with (
            patch.dict(os.environ, environ),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            os.environ.pop("LC_ALL", None)
            exit_code = run(argv, now=self._clock, connect=lambda: self._source)
        return Answer(exit_code, written(out), written(err))


def written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@examples(120)
@given(lists_of_all, st.lists(st.tuples(commands, looks), min_size=1, max_size=5))
def test_every_output_is_harmless_and_parses_back(
    lists: Lists, asked: list[tuple[list[str], Look]]
) -> None:
    with tempfile.TemporaryDirectory() as home:
        program = Program(home, read_catalog(lists))
        assert program(["sync"]).exit_code == 0
        for command, look in asked:
            check(program, command, look)


@examples(30)
@given(lists_of_all, st.sampled_from(("show", "compare")))
def test_completions_are_words_of_the_catalog(lists: Lists, command: str) -> None:
    catalog = read_catalog(lists)
    slugs = {one.slug for one in catalog.packages} or {package(900).slug}
    with tempfile.TemporaryDirectory() as home:
        program = Program(home, catalog)
        assert program(["sync"]).exit_code == 0
        for shell in ("bash", "zsh", "fish"):
            answer = program(["completion", shell, "--", f"pkgtui {command} "])
            assert (answer.exit_code, answer.err) == (0, "")
            lines = answer.out.split("\n")[:-1]
            if shell == "bash":
                words = [shlex.split(line) for line in lines]
                assert all(len(one) == 1 for one in words)
                assert {one[0] for one in words} == slugs
                assert_harmless(answer.out)
            else:
                assert {line.partition("\t")[0] for line in lines} == slugs
                for line in lines:
                    assert line.count("\t") <= 1
                    assert_harmless(line.replace("\t", ""))


def check(program: Program, command: list[str], look: Look) -> None:
    """Ask `program` in one way, and once more as JSON to compare with."""
    head, dashes, tail = split_at_dashes(command)
    answer = program([*head, *look.options, *dashes, *tail], look.width)
    # `config` tells of the options it is asked with.
    same = ["--ascii"] if look.is_ascii and command == ["config"] else []
    exact = program([*head, *same, "--format", "json", *dashes, *tail])
    assert answer.exit_code == exact.exit_code
    # 2: a name that is empty or no address; 3: a name that is not in the catalog.
    assert answer.exit_code in ({0, 2, 3} if tail else {0, 3})
    check_lines_told(answer.err, look)
    if look.is_ascii:
        assert answer.out.isascii()
    if not answer.out:
        assert answer.exit_code != 0
        assert not exact.out
        return
    value = json.loads(exact.out)
    for text in strings_in(value):
        assert_harmless(text)
    if look.form == "json":
        assert json.loads(answer.out) == value
    elif look.form == "csv":
        check_csv(answer.out, command[0], value, look)
    elif look.form == "markdown":
        check_markdown(answer.out, command[0], value, look)
    else:
        check_text(answer.out, command[0], value, look)


def split_at_dashes(command: list[str]) -> tuple[list[str], list[str], list[str]]:
    if "--" not in command:
        return command, [], []
    at = command.index("--")
    return command[:at], ["--"], command[at + 1 :]


def check_lines_told(err: str, look: Look) -> None:
    assert_harmless(err)
    for line in err.splitlines():
        assert line.startswith("pkgtui: ")
    if look.is_ascii:
        assert err.isascii()


def strings_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings_in(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings_in(one)]
    return []


def records_in(command: str, value: Any) -> list[dict[str, Any]]:
    """The packages, grids, categories or settings of a JSON answer, in their order."""
    listed = {"grid": "packages", "compare": "packages", "config": "settings"}
    if command in listed:
        records: list[dict[str, Any]] = value[listed[command]]
        return records
    return value if isinstance(value, list) else [value]


def check_csv(out: str, command: str, value: Any, look: Look) -> None:
    """As many cells in each line as there are labels, and the titles in them."""
    assert_harmless(out.replace("\r\n", "\n"))
    header, *lines = csv.reader(io.StringIO(out, newline=""), strict=True)
    assert all(len(line) == len(header) for line in lines)
    records = records_in(command, value)
    assert len(lines) == len(records)
    for line in lines:
        for cell in line:
            is_number = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", cell)
            assert is_number or not cell.startswith(tuple("=+-@\t\r＝＋－＠"))
    for label in ("slug", "title", "description"):
        if label not in header:
            continue
        for line, record in zip(lines, records, strict=True):
            cell = line[header.index(label)]
            expected = record[label] or ""
            expected = to_ascii(expected) if look.is_ascii else expected
            assert cell in {expected, f"'{expected}"}


def markdown_cells(line: str) -> list[str]:
    """The cells of one line of a table, as a reader of Markdown takes them apart."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    cells = re.split(r"(?<!\\)((?:\\\\)*)\|", line)
    joined = [
        "".join(pair) for pair in zip(cells[::2], [*cells[1::2], ""], strict=True)
    ]
    assert joined[0] == joined[-1] == ""
    return [cell.strip() for cell in joined[1:-1]]


def unescaped(cell: str) -> str:
    """What a reader sees of a cell of ours; nothing in it may be markup."""
    if re.fullmatch(r"<https?://[^<>\s|\\`]+>", cell):
        return cell[1:-1]
    cell = re.sub(r"^`[▁-█\u00a0_.:=+# ]+` ", "", cell)  # our bars
    cell = re.sub(r"^\*\*(.*)\*\*$", r"\1", cell)  # the best of a row
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", cell)
    assert not re.search(r"[`*_\[\]<>|~$&\\]", bare), cell
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", cell)


def check_markdown(out: str, command: str, value: Any, look: Look) -> None:
    """A table with as many cells in each line, and the titles in them."""
    assert_harmless(out)
    table = [line for line in out.splitlines() if line.startswith("|")]
    rows = [markdown_cells(line) for line in table]
    assert len({len(row) for row in rows}) == 1
    assert all(re.fullmatch("---:?", cell) for cell in rows[1])
    seen = {unescaped(cell) for row in [rows[0], *rows[2:]] for cell in row}
    for record in records_in(command, value):
        if record.get("title") is None:
            continue  # a package that is not held, or facts of the program
        title = " ".join(str(record["title"]).split())
        assert (to_ascii(title).strip() if look.is_ascii else title) in seen


def check_text(out: str, command: str, value: Any, look: Look) -> None:
    """No line over the width, numbers in their column, brackets as they are."""
    if look.color == "never":
        assert "\x1b" not in out
    plain = OUR_CODES.sub("", out)
    assert_harmless(plain)
    assert out.endswith("\n")
    lines = plain.removesuffix("\n").split("\n")
    if command not in {"cache", "config", "paths"}:  # a path that is cut is of no use
        for line in lines:
            assert cell_width(line) <= look.width, line
            assert_counted_alike(line)
    records = records_in(command, value)
    if command in {"grids", "categories"}:
        check_column(lines, "packages", [one["package_count"] for one in records])
    elif command == "search" and records:
        check_column(
            lines,
            "stars",
            [one.get("stars", one.get("package_count")) for one in records],
        )
    elif command == "show":
        solid = "".join(plain.split())
        for record in records:
            for text in (record["title"], record["description"] or ""):
                shown = to_ascii(text) if look.is_ascii else strip_emoji_modifiers(text)
                assert "".join(shown.split()) in solid


def check_column(lines: list[str], label: str, numbers: list[int | None]) -> None:
    """Under `label` stand `numbers`, cell by cell, aligned to the right."""
    head = re.search(rf" {label}(?: |$)", lines[0])
    if head is None:
        return  # there was no room for this column
    end = cell_width(lines[0][: head.start() + 1 + len(label)])
    for line, number in zip(lines[1:], numbers, strict=False):
        kept = ""
        for character in line:
            if cell_width(kept + character) > end:
                break
            kept += character
        forms = ["–"] if number is None else [str(number), group_thousands(number)]
        forms += [to_ascii(form) for form in forms]
        shown = kept.rpartition("  ")[2]
        uncut = shown.removesuffix("…").removesuffix("...")
        is_cut = uncut != shown and any(form.startswith(uncut) for form in forms)
        assert is_cut or shown.lstrip() in forms, line
