"""Completion in the shells themselves, with names that would do harm if they could."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from pkgtui.catalog import utc_now
from pkgtui.cli.completion import quoted
from tests.support.cli import Cli
from tests.support.store import FakeClock, FakeSource, package

if sys.platform == "win32":
    pytest.skip("these are shells of POSIX", allow_module_level=True)

from tests.support.pseudo_terminal import PseudoTerminal

EVIL = r"""evil $(touch pwned) `touch pwned` "a" 'b' \c !! ~ ; touch pwned & a:b=c *"""
HOSTILE = [
    EVIL,
    "$(touch pwned)",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "~root",
    "two  spaces",
    "a\\ b",
    "per%cent",
    "ünïcödé ✓",
]
QUOTES = ("", '"', "'")
PROMPT = "ready> "
# Written so that the echo of setting it is not taken for it.
_PROMPT = 'rea""dy> '
# Fish is not interactive without a terminal that is its session's own.
IN_ITS_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SETTING_UP = {
    "bash": f'PS1="{_PROMPT}"; eval "$(pkgtui completion bash)"',
    "zsh": (
        f'PS1="{_PROMPT}"; autoload -Uz compinit; compinit -u -D;'
        " source <(pkgtui completion zsh)"
    ),
    "fish": (
        f'function fish_prompt; echo -n "{_PROMPT}"; end;'
        " pkgtui completion fish | source"
    ),
}


@pytest.fixture
def environ(cli: Cli, tmp_path: Path) -> dict[str, str]:
    """A shell's environment, with a cache of hostile names at hand."""
    cli.clock = FakeClock(utc_now())
    records = [package(i, slug=slug) for i, slug in enumerate(HOSTILE, 1)]
    cli.source = FakeSource([*records, package(99, slug="tidy")])
    assert cli("sync").exit_code == 0
    scripts = sysconfig.get_path("scripts")
    return {
        "PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "HOME": str(tmp_path),
        "PKGTUI_HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
    }


def in_bash(script: str, environ: dict[str, str], folder: Path) -> list[str]:
    """What `script` writes in bash after the completion, split at each NUL."""
    ran = subprocess.run(
        ["bash", "--norc", "--noprofile", "-euc", script],
        env=environ,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    return ran.stdout.split("\0")[:-1]


def test_bash_reads_every_name_back_as_it_is(
    environ: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    words = in_bash(
        """
        eval "$(pkgtui completion bash)"
        COMP_LINE='pkgtui show ' COMP_POINT=12
        _pkgtui
        for reply in "${COMPREPLY[@]}"; do
            eval "set -- $reply"
            printf '%s\\0' "$@"
        done
        """,
        environ,
        folder,
    )

    assert sorted(words) == sorted([*HOSTILE, "tidy"])
    assert list(folder.iterdir()) == []


def test_bash_reads_back_what_was_put_within_quotes(
    environ: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    lines = [
        f"{quote}{quoted(slug, quote)}{quote}" for quote in QUOTES for slug in HOSTILE
    ]

    words = in_bash("printf '%s\\0' " + " ".join(lines), environ, folder)

    assert words == HOSTILE * len(QUOTES)
    assert list(folder.iterdir()) == []


def test_bash_completes_up_to_the_cursor(
    environ: dict[str, str], tmp_path: Path
) -> None:
    words = in_bash(
        """
        eval "$(pkgtui completion bash)"
        COMP_LINE='pkgtui show --format=ma tidy' COMP_POINT=22
        _pkgtui
        printf '%s\\0' "${COMPREPLY[@]}"
        complete -p pkgtui >/dev/null
        """,
        environ,
        tmp_path,
    )

    assert words == ["markdown"]


def test_a_program_that_fails_completes_nothing(
    environ: dict[str, str], tmp_path: Path
) -> None:
    script = """
        eval "$(pkgtui completion bash)"
        pkgtui() { echo nobody asks a function; }
        export PKGTUI_API_URL=nonsense
        COMP_LINE='pkgtui show t' COMP_POINT=13
        _pkgtui
        printf '%s\\0' "${#COMPREPLY[@]}"
        """

    assert in_bash(script, environ, tmp_path) == ["0"]


@pytest.mark.parametrize(
    "typed", ["evil", '"evil', "'evil"], ids=["plain", "double", "single"]
)
@pytest.mark.parametrize("shell", SHELLS)
def test_tab_inserts_a_name_that_the_program_then_gets(
    environ: dict[str, str], tmp_path: Path, shell: str, typed: str
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    folder = tmp_path / "here"
    folder.mkdir()
    command = f"pkgtui show {typed}\t --format json > answer; echo d''one\n"

    start = [sys.executable, "-c", IN_ITS_TERMINAL, *SHELLS[shell]]

    with PseudoTerminal(start, environ, cwd=folder) as terminal:
        terminal.press(f"{SETTING_UP[shell]}\n")
        terminal.wait_for(PROMPT)
        terminal.press(command)
        terminal.wait_for("done")

    assert [path.name for path in folder.iterdir()] == ["answer"]
    assert json.loads((folder / "answer").read_text("utf-8"))["slug"] == EVIL
