"""Where copies go and what opens addresses, by what the environment tells."""

import base64
import os
import re
from pathlib import Path

import pytest

from pkgtui.tui.clipboard import (
    MAX_TERMINAL_CLIPBOARD_BYTES,
    SCREEN_CHUNK,
    clipboard_commands,
    clipboard_sequences,
    copy_with_commands,
    is_remote,
    open_in_browser,
)

OVER_SSH = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "DISPLAY": ":10"}
X11 = {"DISPLAY": ":0"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
TMUX = {"TMUX": "/run/tmux,1,0", "TERM": "tmux-256color"}
TEXT = "pip install django-otp – ü 漢"
ENCODED = base64.b64encode(TEXT.encode()).decode()


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        (OVER_SSH, "linux", True),
        ({"SSH_TTY": "/dev/pts/1"}, "darwin", True),
        ({}, "linux", True),
        (X11, "linux", False),
        (WAYLAND, "linux", False),
        ({}, "darwin", False),
        ({}, "win32", False),
    ],
)
def test_who_sits_elsewhere(
    environ: dict[str, str], platform: str, expected: bool
) -> None:
    assert is_remote(environ, platform) is expected


def test_a_terminal_is_told_in_one_sequence() -> None:
    assert clipboard_sequences(TEXT, {"TERM": "xterm"}) == f"\x1b]52;c;{ENCODED}\a"


def test_tmux_is_asked_to_hand_it_on_as_well() -> None:
    plain = clipboard_sequences(TEXT, {})
    expected = f"{plain}\x1bPtmux;\x1b\x1b]52;c;{ENCODED}\a\x1b\\"
    assert clipboard_sequences(TEXT, TMUX) == expected


@pytest.mark.parametrize("environ", [{"STY": "1.pts"}, {"TERM": "screen-256color"}])
def test_screen_gets_pieces_that_it_hands_on(environ: dict[str, str]) -> None:
    text = "x" * 5_000
    plain = clipboard_sequences(text, {})
    written = clipboard_sequences(text, environ)
    assert written.startswith(plain)
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", written.removeprefix(plain), re.DOTALL)
    assert "".join(pieces) == plain
    assert max(map(len, pieces)) <= SCREEN_CHUNK < 768


def test_what_no_encoding_has_is_copied_as_a_question_mark() -> None:
    data = base64.b64encode(b"a?b").decode()
    assert clipboard_sequences("a\ud800b", {}) == f"\x1b]52;c;{data}\a"


def test_the_largest_is_within_what_terminals_take() -> None:
    assert len(clipboard_sequences("x" * MAX_TERMINAL_CLIPBOARD_BYTES, {})) <= 100_000


@pytest.mark.parametrize(
    ("environ", "platform", "names"),
    [
        (X11, "linux", ["xclip", "xsel"]),
        (WAYLAND | X11, "linux", ["wl-copy", "xclip", "xsel"]),
        ({}, "linux", []),
        (OVER_SSH, "linux", []),
        (OVER_SSH | TMUX, "linux", ["tmux"]),
        ({}, "darwin", ["pbcopy"]),
        ({}, "win32", ["clip.exe"]),
    ],
)
def test_which_programs_reach_a_clipboard(
    environ: dict[str, str], platform: str, names: list[str]
) -> None:
    assert [one[0] for one in clipboard_commands(environ, platform)] == names


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def with_path(folder: Path, environ: dict[str, str]) -> dict[str, str]:
    return {**environ, "PATH": str(folder)}


async def test_the_first_program_that_takes_it_has_it(tmp_path: Path) -> None:
    copy = tmp_path / "copied"
    program(tmp_path, "wl-copy", "exit 1")
    program(tmp_path, "xclip", f"/bin/cat > '{copy}'")
    program(tmp_path, "xsel", f"/bin/cat > '{copy}.twice'")
    environ = with_path(tmp_path, WAYLAND | X11)
    assert await copy_with_commands(TEXT, environ, "linux") == ["xclip"]
    assert copy.read_text(encoding="utf-8") == TEXT
    assert not copy.with_suffix(".twice").exists()


async def test_tmux_has_it_besides(tmp_path: Path) -> None:
    program(tmp_path, "tmux", f'/bin/cat > "{tmp_path}/$1 $2"')
    program(tmp_path, "xclip", f"/bin/cat > '{tmp_path}/x'")
    environ = with_path(tmp_path, TMUX | X11)
    assert await copy_with_commands(TEXT, environ, "linux") == ["tmux", "xclip"]
    assert (tmp_path / "load-buffer -w").read_text(encoding="utf-8") == TEXT
    assert (tmp_path / "x").read_text(encoding="utf-8") == TEXT


async def test_a_program_that_hangs_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pkgtui.tui.clipboard.COMMAND_TIMEOUT_S", 0.05)
    pid = tmp_path / "pid"
    program(tmp_path, "xclip", f"echo $$ > '{pid}'; exec /bin/sleep 60")
    environ = with_path(tmp_path, X11)
    assert await copy_with_commands(TEXT, environ, "linux") == []
    if pid.exists():  # it may have been ended before it wrote that
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid.read_text(encoding="ascii")), 0)


async def test_without_programs_nothing_is_claimed(tmp_path: Path) -> None:
    environ = with_path(tmp_path, X11 | TMUX)
    assert await copy_with_commands(TEXT, environ, "linux") == []
    assert not await open_in_browser("https://example.org/", environ, "linux")


async def test_a_program_that_cannot_be_run_is_none(tmp_path: Path) -> None:
    (tmp_path / "xclip").write_text("no program", encoding="utf-8")
    (tmp_path / "xclip").chmod(0o755)
    assert await copy_with_commands(TEXT, with_path(tmp_path, X11), "linux") == []


async def test_a_web_browser_gets_the_address_and_no_terminal(tmp_path: Path) -> None:
    told = tmp_path / "told"
    program(tmp_path, "xdg-open", "exit 3")
    program(
        tmp_path,
        "gio",
        f'test -t 1 || test -t 2 || echo "$1 $2" > "{told}"',
    )
    environ = with_path(tmp_path, X11)
    assert await open_in_browser("https://example.org/?a=b;c", environ, "linux")
    assert told.read_text(encoding="utf-8") == "open https://example.org/?a=b;c\n"
