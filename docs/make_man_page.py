"""Writes the manual page from the parsers: commands, options and examples are theirs.

Run from the checkout: ``python docs/make_man_page.py``. What no parser knows - the
environment, the files, the exit codes - is told here. The page holds no date, so that
the same program always gives the same page.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pkgtui import __version__
from pkgtui.cli.args import COMMANDS, load_command, shown_arguments, signature
from pkgtui.config.schema import SETTINGS
from pkgtui.errors import ExitCode

PAGE = Path(__file__).with_name("pkgtui.1")

DESCRIPTION = (
    "pkgtui browses Django Packages (https://djangopackages.org/) in a terminal: "
    "categories, grids and packages, any packages side by side, and search. The "
    "first start reads the whole catalog; later ones show what is stored at once "
    "and refresh it behind.",
    "Without a COMMAND it opens the browser, at TARGET if there is one: a slug, "
    "package:40, grid:41 or an address of the site. The key ? shows all keys. A "
    "COMMAND answers from what is stored and exits, without starting the browser. "
    "What is older than a day is asked for again; if that fails, it is given all the "
    "same, and its age told.",
    "A package is named by its slug, its name on PyPI, its id or an address of it, a "
    "grid by its slug, its id or an address. The answer goes to standard output and "
    "everything else to standard error, in lines that begin with 'pkgtui: '.",
)
ENVIRONMENT = {
    **{
        setting.environment: " ".join(
            [setting.about, *([f"As {setting.option}."] if setting.option else [])]
        )
        for setting in SETTINGS
        if setting.environment
    },
    "PKGTUI_DEBUG": "If it is 1, a bug shows its traceback.",
    "PKGTUI_HOME": "The folder to keep every file below, instead of the user's own.",
    "NO_COLOR": "If it is not empty, no color codes are written.",
    "COLUMNS": "How wide the answers are, instead of as wide as the terminal.",
    "LC_ALL, LC_CTYPE, LANG": "A locale that is not UTF-8 means --ascii.",
    "TERM": "If it is linux or dumb, --ascii is meant.",
    "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY": "The proxies to use.",
    "SSL_CERT_FILE, SSL_CERT_DIR": "The certificates to trust.",
}
FILES = {
    "~/.local/share/pkgtui/HOST.sqlite3": (
        "The cache of one API host; 'pkgtui cache clear' deletes it."
    ),
    "~/.local/share/pkgtui/sample.sqlite3": "The bundled sample, once it was used.",
    "~/.local/share/pkgtui/marks.json": "The packages that were marked.",
    "~/.local/state/pkgtui/session.json": "Where the browser was left.",
    "~/.config/pkgtui/config.toml": "Settings; need not be there.",
}
FILES_NOTE = (
    "The folders are those of the XDG rules, or of the platform where it has others; "
    "'pkgtui paths' tells them."
)
EXIT_STATUS = {
    ExitCode.OK: "Answered.",
    ExitCode.FAILED: "Failed: a bad response, an unreadable cache, no way to write.",
    ExitCode.USAGE: "Wrong usage, also the browser without a terminal.",
    ExitCode.NOT_FOUND: "Nothing of that name.",
    ExitCode.NO_NETWORK: "No network, and nothing cached.",
    ExitCode.INTERRUPTED: "Interrupted.",
}


def man_page() -> str:
    """The page, in the macros of man(7)."""
    _, browser = load_command(None)
    heads = [browser.prog, *(f"{browser.prog} {name}" for name in COMMANDS)]
    usages = ["[TARGET]", *(command.usage for command in COMMANDS.values())]
    synopses = [
        f"{bold(head)} {italic(usage)} [{italic('options')}]".replace("  ", " ")
        for head, usage in zip(heads, usages, strict=True)
    ]
    examples = [f"{head} {example}" for head, example in _examples(browser.prog)]
    lines = [
        f'.TH PKGTUI 1 "" "pkgtui {__version__}" "User Commands"',
        *section("NAME", [f"{browser.prog} \\- a terminal browser of Django Packages"]),
        *section("SYNOPSIS", _joined(synopses, ".br")),
        *section("DESCRIPTION", _joined(map(plain, DESCRIPTION), ".PP")),
        *section("COMMANDS", _commands()),
        *section("OPTIONS", ["These go with every command, before or after its name."]),
        *_arguments(browser.common_options),
        *section("ENVIRONMENT", _table(ENVIRONMENT)),
        *section("FILES", [*_table(FILES), ".PP", plain(FILES_NOTE)]),
        *section(
            "EXIT STATUS", _table({str(int(c)): EXIT_STATUS[c] for c in ExitCode})
        ),
        *section("EXAMPLES", [".nf", *map(plain, examples), ".fi"]),
    ]
    return "".join(f"{line}\n" for line in lines)


def section(title: str, lines: Iterable[str]) -> list[str]:
    """A section of the page."""
    return [f".SH {title}", *lines]


def plain(text: str) -> str:
    """`text` so that roff takes it as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"['`^~]", lambda match: _GLYPHS[match[0]], text)
    return f"\\&{text}" if text.startswith(".") else text


def bold(text: str) -> str:
    """`text` as it is typed."""
    return f"\\fB{plain(text)}\\fR"


def italic(text: str) -> str:
    """`text` that stands for something else; nothing for nothing."""
    return f"\\fI{plain(text)}\\fR" if text else ""


_GLYPHS = {"'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}


def _commands() -> Iterator[str]:
    for name, command in COMMANDS.items():
        _, parser = load_command(name)
        yield from [".TP", f"{bold(name)} {italic(command.usage)}".rstrip()]
        yield plain(f"{command.summary[0].upper()}{command.summary[1:]}.")
        own = [one for one in parser.arguments if one not in parser.common_options]
        if own:
            yield from [".RS", *_arguments(own), ".RE"]


def _arguments(actions: Iterable[argparse.Action]) -> Iterator[str]:
    for action in shown_arguments(actions):
        names, _, value = signature(action).rpartition(" ")
        if action.nargs == 0:
            head = bold(signature(action))
        else:
            head = f"{bold(names)} {italic(value)}" if names else italic(value)
        yield from [".TP", head, plain(action.help or "")]


def _table(meanings: dict[str, str]) -> Iterator[str]:
    for name, meaning in meanings.items():
        yield from [".TP", bold(name), plain(meaning)]


def _examples(prog: str) -> Iterator[tuple[str, str]]:
    yield prog, "django-otp"
    for name, command in COMMANDS.items():
        yield f"{prog} {name}", command.examples[0]


def _joined(lines: Iterable[str], between: str) -> list[str]:
    """`lines` with the request `between` them."""
    return [one for line in lines for one in (between, line)][1:]


if __name__ == "__main__":
    PAGE.write_text(man_page(), "utf-8")
