"""The machine that a person sits at: its clipboard and its web browser.

Over SSH both are far away. What is copied is then sent through the terminal (OSC 52 of
xterm's control sequences), which reaches the right machine and never answers; a web
browser is started on no machine but the person's own.
"""

import asyncio
import base64
import os
import shutil
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from pkgtui.config import is_over_ssh

MAX_TERMINAL_CLIPBOARD_BYTES = 74_994
"""Bytes: more of them make a sequence of over 100,000, which some terminals drop
without a word."""
SCREEN_CHUNK = 512
"""GNU screen hands on no string longer than 768 bytes."""
COMMAND_TIMEOUT_S = 2.0
STILL_RUNNING = -1
_OPENERS = (("xdg-open",), ("gio", "open"), ("wslview",))
_WAYLAND_COPY = ("wl-copy", "--type", "text/plain;charset=utf-8")
_X11_COPIES = (
    ("xclip", "-selection", "clipboard", "-in"),
    ("xsel", "--clipboard", "--input"),
)


def is_remote(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> bool:
    """Whether the person sits elsewhere, or at no display at all."""
    if is_over_ssh(environ):
        return True
    if platform in {"darwin", "win32", "cygwin"}:
        return False
    return not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def clipboard_sequences(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """What to write to the terminal so that it puts `text` on its clipboard.

    A multiplexer swallows sequences that it is not asked to hand on, so that inside
    one the same is said in its own words, too (tmux and GNU screen: their manuals).
    """
    data = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{data}\a"
    term = environ.get("TERM", "")
    if environ.get("TMUX"):
        # With `set-clipboard on` the plain one does, with `allow-passthrough` this.
        return f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"
    if environ.get("STY") or term.startswith("screen"):
        parts = range(0, len(plain), SCREEN_CHUNK)
        wrapped = "".join(f"\x1bP{plain[at : at + SCREEN_CHUNK]}\x1b\\" for at in parts)
        return plain + wrapped
    return plain


def clipboard_commands(
    environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Iterator[Sequence[str]]:
    """The programs that reach a clipboard from here, the surest first."""
    if environ.get("TMUX"):
        # tmux sends it to its terminals, which needs no setting (tmux 3.2).
        yield "tmux", "load-buffer", "-w", "-"
    if is_remote(environ, platform):
        return
    if platform == "darwin":
        yield ("pbcopy",)
    elif platform in {"win32", "cygwin"}:
        yield ("clip.exe",)
    else:
        if environ.get("WAYLAND_DISPLAY"):
            yield _WAYLAND_COPY
        if environ.get("DISPLAY"):
            yield from _X11_COPIES


async def copy_with_commands(
    text: str, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> list[str]:
    """Give `text` to tmux and to one program of this machine; those that took it."""
    took: list[str] = []
    for command in clipboard_commands(environ, platform):
        name = command[0]
        if any(other != "tmux" for other in took):
            break
        path = shutil.which(name, path=environ.get("PATH"))
        if path is not None and await _feed([path, *command[1:]], text, name):
            took.append(name)
    return took


async def open_in_browser(
    url: str, environ: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> bool:
    """Open `url` in a web browser; whether one was started, as far as is known.

    It gets no terminal, so that nothing that it or its errors write is drawn over
    this program: Python's `webbrowser` would let it.
    """
    if platform == "win32":
        return (
            await _run([shutil.which("explorer") or "explorer", url], b"") is not None
        )
    for command in [("open",)] if platform == "darwin" else _OPENERS:
        path = shutil.which(command[0], path=environ.get("PATH"))
        if path is not None:
            code = await _run([path, *command[1:], url], b"", is_kept=True)
            if code in (0, STILL_RUNNING):
                return True
    return False


async def _feed(command: Sequence[str], text: str, name: str) -> bool:
    # Windows' program takes UTF-16, and nothing else beyond ASCII.
    encoding = "utf-16" if name == "clip.exe" else "utf-8"
    return await _run(command, text.encode(encoding, "replace")) == 0


async def _run(
    command: Sequence[str], data: bytes, *, is_kept: bool = False
) -> int | None:
    """The exit code of `command`, given `data`; None if it did not run to its end.

    What takes too long is ended, or goes on if it `is_kept`: STILL_RUNNING.
    """
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
        )
    except OSError:
        return None
    try:
        async with asyncio.timeout(COMMAND_TIMEOUT_S):
            await process.communicate(data)
    except TimeoutError:
        if is_kept:
            return STILL_RUNNING
    finally:
        if process.returncode is None and not is_kept:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return process.returncode
