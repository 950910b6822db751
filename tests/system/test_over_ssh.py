"""The program on the far side of a real sshd, and of a real tmux or screen there."""

import base64
import json
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("termios", reason="a terminal of POSIX")

from tests.support.pseudo_terminal import DEADLINE_S, PseudoTerminal
from tests.support.ssh_server import SshServer, find_sshd
from tests.system.test_terminal import SHOWN_AT_REST, assert_is_restored, environment

MISSING = [name for name in ("ssh", "ssh-keygen") if shutil.which(name) is None]
if find_sshd() is None:
    MISSING.append("sshd")
pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"
)
with_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed"
)
with_gnu_screen = pytest.mark.skipif(
    shutil.which("screen") is None, reason="GNU screen is not installed"
)

SLUG = "django-pageviews"
"""The one package of the sample's second grid."""
REPOSITORY = "https://github.com/renyi/django-pageviews"
COPIED = re.compile(rb"\x1b\]52;[a-z]*;([A-Za-z0-9+/=]*)\a")
LINK = re.compile(rb"\x1b\]8;[^;]*;([^\x1b]+)\x1b\\")
REACHES_FAR = ("xdg-open", "gio", "xclip", "xsel", "wl-copy")
"""Programs that would act on the far side's desktop."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    with SshServer(tmp_path_factory.mktemp("sshd")) as server:
        yield server


class FarSide:
    """A home for the program over there, and traps for what it must not start."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.started = folder / "started"
        self.life = folder / "life"
        self._programs = folder / "programs"
        self._programs.mkdir()
        for name in REACHES_FAR:
            program = self._programs / name
            program.write_text(f"#!/bin/sh\necho {name} >> {self.started}\n")
            program.chmod(0o755)
        os.mkfifo(self.life)

    def command(self, arguments: str) -> str:
        """Run pkgtui there, at a desktop that is not the person's."""
        python = shlex.quote(sys.executable)
        return (
            f"env LANG=C.UTF-8 PKGTUI_HOME={self.home} DISPLAY=:99"
            f" PATH={self._programs}:$PATH {python} -m pkgtui {arguments}"
        )

    def holding_on_to_life(self, command: str) -> str:
        """`command`, keeping `life` open for writing until it has ended."""
        return f"exec 9>{self.life}; exec {command}"

    def place(self) -> dict[str, object]:
        """Where the browser was left, by its session file."""
        document = json.loads((self.home / "session.json").read_text(encoding="utf-8"))
        place: dict[str, object] = document["catalogs"]["sample"]
        return place


@pytest.fixture
def far_side(tmp_path: Path) -> FarSide:
    return FarSide(tmp_path)


@pytest.fixture
def tmux() -> Iterator[str]:
    """The command of a tmux server of its own; sockets need short paths."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "conf").touch()
        tmux = f"tmux -S {folder}/socket -f {folder}/conf"
        yield tmux
        subprocess.run([*tmux.split(), "kill-server"], capture_output=True, check=False)


def copied_texts(written: bytes | bytearray) -> list[str]:
    """What has been put on the clipboard of the terminal."""
    return [base64.b64decode(data).decode() for data in COPIED.findall(written)]


def go_to_the_second_grid(terminal: PseudoTerminal) -> None:
    terminal.wait_for("bundled sample, data from")
    terminal.wait_for("django SHOP")
    press(terminal, "2", "›Admin Interface")
    press(terminal, "j", f"Package · {SLUG}")
    press(terminal, "\r", "Packages · Analytics")


def press(terminal: PseudoTerminal, keys: str, then: str) -> bytes:
    """What is written for `keys` until `then` is."""
    start = len(terminal.written)
    terminal.press(keys)
    terminal.wait_for(then, start=start)
    return bytes(terminal.written[start:])


def test_browse_compare_copy_open_and_quit(
    server: SshServer, far_side: FarSide
) -> None:
    command = server.command(far_side.command("--sample"), has_terminal=True)
    with PseudoTerminal(command, environment()) as terminal:
        go_to_the_second_grid(terminal)
        press(terminal, "c", f"{SLUG} · activity")
        press(terminal, "y", f"Copy of {SLUG}")
        assert copied_texts(terminal.written) == []
        press(terminal, "s", "Copied to the terminal's clipboard")
        assert copied_texts(terminal.written) == [SLUG]

        press(terminal, "o", f"Open a page of {SLUG}")
        shown = press(terminal, "r", "on a remote host")
        assert {link.decode() for link in LINK.findall(shown)} == {REPOSITORY}
        assert copied_texts(terminal.written) == [SLUG, REPOSITORY]

        terminal.press("\x7fq")
        assert terminal.wait_for_end() == 0
        assert_is_restored(terminal)
    assert far_side.place()["package_id"]
    assert not far_side.started.exists()


def test_a_cached_lookup_needs_no_terminal(
    server: SshServer, far_side: FarSide
) -> None:
    lookup = far_side.command(f"show {SLUG} --sample --format json")
    command = server.command(lookup, has_terminal=False)
    for _ in range(2):
        done = subprocess.run(
            command, capture_output=True, timeout=DEADLINE_S, check=True
        )
        assert json.loads(done.stdout)["repo_url"] == REPOSITORY
        assert done.stderr.startswith(b"pkgtui: ")


def test_a_connection_that_is_closed_ends_it(
    server: SshServer, far_side: FarSide
) -> None:
    life = os.open(far_side.life, os.O_RDONLY | os.O_NONBLOCK)
    try:
        browse = far_side.holding_on_to_life(far_side.command("--sample"))
        command = server.command(browse, has_terminal=True)
        with PseudoTerminal(command, environment()) as terminal:
            go_to_the_second_grid(terminal)
            terminal.send_signal(signal.SIGKILL)

        ended, _, _ = select.select([life], [], [], DEADLINE_S)
        assert ended
        assert os.read(life, 1) == b""
    finally:
        os.close(life)
    assert far_side.place()["package_id"]


def in_tmux(tmux: str, arguments: str) -> str:
    """A tmux over there; its own terminal is one of UTF-8."""
    return f"env LANG=C.UTF-8 {tmux} {arguments}"


@with_tmux
@pytest.mark.parametrize(
    ("setting", "times"), [("set-clipboard on", 2), ("set-clipboard external", 1)]
)
def test_in_tmux(
    server: SshServer, far_side: FarSide, tmux: str, setting: str, times: int
) -> None:
    browse = shlex.quote(far_side.command("--sample"))
    session = in_tmux(tmux, f"new-session {browse} ';' set -g {setting}")
    command = server.command(session, has_terminal=True)
    with PseudoTerminal(command, environment()) as terminal:
        go_to_the_second_grid(terminal)
        press(terminal, "c", f"{SLUG} · activity")
        press(terminal, "y", f"Copy of {SLUG}")
        press(terminal, "s", "Copied to tmux and the")
        assert copied_texts(terminal.written) == [SLUG] * times

        press(terminal, "o", f"Open a page of {SLUG}")
        press(terminal, "r", "on a remote host")
        assert copied_texts(terminal.written)[times:] == [REPOSITORY] * times
        terminal.press("\x7fq")
        assert terminal.wait_for_end() == 0
        modes = terminal.modes()
        assert modes == {mode: SHOWN_AT_REST.get(mode, False) for mode in modes}
        assert terminal.attributes == terminal.attributes_before
    assert not far_side.started.exists()


@with_tmux
def test_in_tmux_it_outlives_a_connection_that_is_closed(
    server: SshServer, far_side: FarSide, tmux: str
) -> None:
    browse = shlex.quote(far_side.command("--sample"))
    session = in_tmux(tmux, f"new-session {browse}")
    command = server.command(session, has_terminal=True)
    with PseudoTerminal(command, environment()) as terminal:
        go_to_the_second_grid(terminal)
        terminal.send_signal(signal.SIGKILL)

    attach = in_tmux(tmux, "attach-session")
    command = server.command(attach, has_terminal=True)
    with PseudoTerminal(command, environment()) as terminal:
        terminal.wait_for("Packages · Analytics")
        terminal.press("q")
        assert terminal.wait_for_end() == 0


@with_gnu_screen
def test_in_gnu_screen(server: SshServer, far_side: FarSide) -> None:
    browse = shlex.quote(far_side.command("--sample"))
    with tempfile.TemporaryDirectory() as sockets:
        session = f"env LANG=C.UTF-8 SCREENDIR={sockets} screen -U -c /dev/null"
        command = server.command(f"{session} sh -c {browse}", has_terminal=True)
        with PseudoTerminal(command, environment()) as terminal:
            go_to_the_second_grid(terminal)
            press(terminal, "y", f"Copy of {SLUG}")
            press(terminal, "G\r", "Copied to the terminal's clipboard")
            (facts,) = copied_texts(terminal.written)
            # More than screen hands on in one string.
            assert len(facts.encode()) > 768
            assert facts.startswith(SLUG)
            assert REPOSITORY in facts
            terminal.press("q")
            assert terminal.wait_for_end() == 0
            modes = terminal.modes()
            assert modes == {mode: SHOWN_AT_REST.get(mode, False) for mode in modes}
            assert terminal.attributes == terminal.attributes_before
    assert not far_side.started.exists()
