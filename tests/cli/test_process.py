"""The command line as a process: pipes, locales and signals as a shell gives them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.fault_server import Hang
from tests.support.server_fixtures import Misbehave

PACKAGE = "django-organizations"
COMMAND = [sys.executable, "-m", "pkgtui"]


def environment(**variables: str) -> dict[str, str]:
    """The environment of a shell in UTF-8, with `variables`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == "PYTHONPATH" or not name.startswith(("LC_", "PYTHON"))
    }
    return kept | {"LANG": "en_US.UTF-8", "TERM": "xterm"} | variables


def pkgtui(
    *argv: str, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run `argv` without a terminal."""
    return subprocess.run(
        [*COMMAND, *argv],
        env=environment() if environ is None else environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def test_an_answer_goes_to_stdout_and_all_talk_to_stderr() -> None:
    ran = pkgtui("--sample", "show", PACKAGE, "--format", "json")

    assert ran.returncode == 0
    assert json.loads(ran.stdout)["title"] == "django-organizations"
    assert ran.stderr.decode().startswith("pkgtui: sample catalog")


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["--sample", "grids"],
        ["--sample", "grids", "--format", "csv"],
        ["--sample", "show", PACKAGE, "--format", "json"],
    ],
    ids=" ".join,
)
def test_a_closed_pipe_ends_quietly(argv: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(
            [*COMMAND, *argv],
            env=environment(),
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)

    assert ran.returncode == 0
    lines = ran.stderr.decode().splitlines()
    assert [line for line in lines if "sample catalog" not in line] == []


def test_no_garbage_is_looked_for_at_the_exit() -> None:
    """It would take longer than the answer."""
    watching = """
import gc, sys
from pkgtui.cli import main
assert main(["--version"]) == 0 and gc.isenabled()
print(gc.get_freeze_count() > 1000)
"""
    ran = subprocess.run(
        [sys.executable, "-c", watching], capture_output=True, text=True, check=True
    )

    assert ran.stdout.splitlines()[-1] == "True"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "paths"],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert ran.returncode == 1
    told = ran.stderr.decode()
    assert told.startswith("pkgtui: cannot write the answer: ")
    assert told.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize(("closed", "exit_code"), [(">&-", 1), ("2>&-", 0)])
def test_streams_may_be_closed_from_the_start(closed: str, exit_code: int) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {closed}', "sh", *COMMAND, "--sample", "categories"],
        env=environment(),
        capture_output=True,
        check=False,
    )

    assert ran.returncode == exit_code
    assert b"Traceback" not in ran.stderr


LOCALES = [
    {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX"},
    {"LANG": "C"},
    {"LANG": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "ascii"},
]


@pytest.mark.parametrize("variables", LOCALES)
def test_odd_locales_break_neither_text_nor_data(variables: dict[str, str]) -> None:
    environ = environment(**variables)

    text = pkgtui("--sample", "show", PACKAGE, environ=environ)
    as_json = pkgtui("--sample", "show", PACKAGE, "--format", "json", environ=environ)
    as_csv = pkgtui("--sample", "show", PACKAGE, "--format", "csv", environ=environ)

    assert [ran.returncode for ran in (text, as_json, as_csv)] == [0, 0, 0]
    assert text.stdout.isascii()
    assert b"? Multi-user accounts" in text.stdout
    assert json.loads(as_json.stdout)["description"].startswith("👫 Multi-user")
    assert "👫 Multi-user" in as_csv.stdout.decode()
    assert b"Traceback" not in text.stderr + as_json.stderr + as_csv.stderr


def test_csv_lines_end_as_the_rfc_says() -> None:
    out = pkgtui("--sample", "categories", "--format", "csv").stdout

    assert out.count(b"\r\n") == 5
    assert out.count(b"\n") == 5
    assert b"\r\r" not in out


def test_the_browser_without_a_terminal_is_wrong_usage() -> None:
    ran = pkgtui(PACKAGE)

    assert ran.returncode == 2
    assert ran.stdout == b""
    assert ran.stderr.count(b"\n") == 1


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Children can be interrupted, even where the tests run in the background."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("argv", [["sync"], ["show", "tidy"], ["grids"]])
@pytest.mark.usefixtures("interrupts")
def test_interrupted_while_waiting_for_the_server(
    misbehave: Misbehave, argv: list[str]
) -> None:
    server = misbehave(Hang())
    process = subprocess.Popen(
        [*COMMAND, *argv, "--api-url", server.api_url],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        server.wait_for_requests(1, timeout=30)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert (out, err) == (b"", b"")
