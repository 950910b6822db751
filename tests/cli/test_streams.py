"""What comes out where and in which bytes: terminals, pipes, locales, lost streams."""

import io
import json
from datetime import datetime
from typing import Any

import pytest

from pkgtui.cli.console import Console, Encoding, terminal_width, wants_color
from pkgtui.cli.program import run
from pkgtui.errors import StoreError
from tests.formats.test_tables import read_csv
from tests.support.cli import Cli
from tests.support.store import FakeClock, FakeSource, category, grid, package

WIDE = "漢字" * 25
HOSTILE = package(
    40,
    slug="tidy",
    title=f"[/] {WIDE}",
    description="👫 café | `x` [bold]y[/bold]",
    contributors=("José", "山田 太郎", "[/]"),
)


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def held(cli: Cli) -> Cli:
    """A command line whose cache holds a package of difficult text."""
    cli.source = FakeSource([HOSTILE])
    cli("sync")
    return cli


def run_on_terminal(monkeypatch: pytest.MonkeyPatch, *argv: str) -> str:
    """The answer as a terminal gets it."""
    buffer = io.BytesIO()
    stream = Terminal(buffer, encoding="utf-8")
    monkeypatch.setattr("sys.stdout", stream)
    assert run(argv, now=FakeClock()) == 0
    return buffer.getvalue().decode()


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_ascii_is_ascii_in_every_format(held: Cli, form: str) -> None:
    ran = held("show", "tidy", "--ascii", "--format", form)

    assert ran.out.isascii()
    assert "[/]" in ran.out.replace("\\", "")
    if form == "json":
        assert ran.json["title"] == HOSTILE.title
        assert ran.json["contributors"] == ["José", "山田 太郎", "[/]"]
    else:
        assert "Jose" in ran.out


def test_what_is_told_is_ascii_too(held: Cli) -> None:
    ran = held("show", "café", "--ascii")

    assert ran.exit_code == 3
    assert "'cafe'" in ran.err


def test_ascii_text_is_still_aligned_and_within_the_width(held: Cli) -> None:
    ran = held("show", "tidy", "--ascii")

    assert max(map(len, ran.lines)) <= 80
    assert "?? Multi" not in ran.out
    assert any(line.startswith("  0+") for line in ran.lines)


@pytest.mark.parametrize(
    ("variable", "value"), [("LC_ALL", "C"), ("TERM", "linux"), ("TERM", "dumb")]
)
def test_a_terminal_without_unicode_gets_ascii_but_data_stays_exact(
    held: Cli, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    assert held("show", "tidy").out.isascii()
    assert held("show", "tidy", "--format", "json").json["title"] == HOSTILE.title
    (row,) = read_csv(held("show", "tidy", "--format", "csv").out)
    assert row["title"] == HOSTILE.title


def test_json_is_indented_on_a_terminal_and_compact_in_a_pipe(
    held: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = held("show", "tidy", "--format", "json").out
    shown = run_on_terminal(monkeypatch, "show", "tidy", "--format", "json")

    assert piped.count("\n") == 1
    assert shown.startswith('{\n  "id": 40,\n')
    assert json.loads(shown) == json.loads(piped)


@pytest.mark.parametrize(
    ("argv", "environ", "is_colored"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"TERM": "dumb"}, False),
        (("--color", "never"), {}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--format", "json"), {}, False),
        (("--format", "markdown", "--color", "always"), {}, False),
    ],
)
@pytest.mark.usefixtures("held")
def test_color_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
    argv: tuple[str, ...],
    environ: dict[str, str],
    is_colored: bool,
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    shown = run_on_terminal(monkeypatch, "show", "tidy", *argv)

    assert ("\x1b[" in shown) == is_colored


def test_a_pipe_is_colored_only_if_asked_for(held: Cli) -> None:
    assert "\x1b" not in held("show", "tidy").out
    assert "\x1b[1m" in held("show", "tidy", "--color", "always").out


def test_color_of_a_stream_that_is_gone() -> None:
    stream = io.StringIO()
    stream.close()

    assert not wants_color("auto", stream, {})
    assert not wants_color("auto", None, {})


@pytest.mark.parametrize(
    ("columns", "width"),
    [("120", 120), ("", 80), ("junk", 80), ("0", 80), ("-5", 80), ("7", 20)],
)
def test_the_width_is_that_of_columns_or_80_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setattr("sys.__stdout__", None)

    assert terminal_width({"COLUMNS": columns}) == width


def test_the_width_of_a_terminal_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import os
    import sys

    assert sys.__stdout__ is not None
    monkeypatch.setattr(
        "os.get_terminal_size", lambda _descriptor: os.terminal_size((132, 40))
    )

    assert terminal_width({}) == 132


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 200])
def test_text_is_never_wider_than_the_terminal(
    held: Cli, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    from pkgtui.text import cell_width

    monkeypatch.setenv("COLUMNS", str(width))

    for argv in (["show", "tidy"], ["grids"], ["categories"]):
        assert max(map(cell_width, held(*argv).lines)) <= width


def written(text: str, how: Encoding, encoding: str) -> bytes:
    """The bytes of `text` on a stdout of `encoding`."""
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding=encoding)
    Console(stream).write(text, how)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_text_that_cannot_be_encoded_is_replaced(encoding: str) -> None:
    assert written("a 漢 b\n", "terminal", encoding) == b"a ? b\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-16"])
def test_data_is_utf_8_whatever_the_locale(encoding: str) -> None:
    assert written('"漢"\n', "json", encoding) == '"漢"\n'.encode()
    assert written("漢,x\r\n", "utf-8", encoding) == "漢,x\r\n".encode()


def test_a_path_that_is_no_utf_8_stays_valid_json() -> None:
    text = written('"a\udcffb"\n', "json", "utf-8")

    assert json.loads(text) == "a\udcffb"


class Broken(io.StringIO):
    """A stream on which nothing can be written."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def write(self, _text: str) -> int:
        raise self._error


def test_an_answer_that_cannot_be_written_is_a_failure() -> None:
    full = OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="cannot write the answer: No space left"):
        Console(Broken(full)).write("x")


def test_a_closed_stdout_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", None)

    assert run(["paths"]) == 1
    assert "standard output is closed" in capsys.readouterr().err


def test_a_closed_pipe_ends_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", Broken(BrokenPipeError()))

    assert run(["paths"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("stderr", [None, Broken(OSError()), Broken(ValueError())])
def test_a_stderr_that_is_gone_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, stderr: Any
) -> None:
    monkeypatch.setattr("sys.stderr", stderr)

    assert run(["paths", "x"]) == 2


def test_what_is_told_is_one_harmless_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console = Console()

    console.tell("a\nb\x1b[31mc\u202e d")
    console.is_ascii = True
    console.tell("5 … é")

    assert capsys.readouterr().err == "pkgtui: a bc d\npkgtui: 5 ... e\n"


def test_progress_makes_way_for_what_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console = Console()

    console.show_progress("1 of 2")
    console.tell("done")
    console.clear_line()

    assert capsys.readouterr().err == "\rpkgtui: 1 of 2\x1b[K\r\x1b[Kpkgtui: done\n"


def test_interrupting_ends_quietly(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> datetime:
        raise KeyboardInterrupt

    assert run(["cache"], now=interrupted) == 130
    assert capsys.readouterr().err == ""


def test_slugs_of_other_alphabets_keep_to_the_width_in_ascii(cli: Cli) -> None:
    slug = "\ufdfa" * 40  # one column, and eighteen letters in ASCII
    cli.source = FakeSource(
        [package(1)], [grid(2, 1, slug=slug)], [category(3, slug=slug)]
    )
    for command in ("grids", "categories"):
        ran = cli(command, "--ascii")
        assert max(map(len, ran.lines)) <= 80
        assert any("..." in line for line in ran.lines)
