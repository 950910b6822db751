"""The manual page: as the parsers have it, complete, and without a fault for roff."""

import re
import runpy
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import pkgtui
from pkgtui.cli.args import COMMANDS, load_command, shown_arguments
from pkgtui.errors import ExitCode
from pkgtui.paths import user_paths

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "pkgtui.1"
SECTIONS = [
    *("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT"),
    *("FILES", "EXIT STATUS", "EXAMPLES"),
]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "make_man_page.py"))


@pytest.fixture
def page() -> str:
    """The page without what is for roff: fonts, and dashes as such."""
    text = re.sub(r"\\f[BIR]", "", PAGE.read_text("utf-8"))
    return text.replace("\\-", "-").replace("\\(aq", "'").replace("\\(ti", "~")


def test_the_page_is_the_one_that_the_parsers_give(script: dict[str, Any]) -> None:
    assert PAGE.read_text("utf-8") == script["man_page"](), "run docs/make_man_page.py"


def test_it_has_the_usual_sections_and_no_date(page: str) -> None:
    assert re.findall(r"^\.SH (.*)$", page, re.MULTILINE) == SECTIONS
    assert page.startswith(f'.TH PKGTUI 1 "" "pkgtui {pkgtui.__version__}"')
    assert page.isascii()


def test_every_command_and_option_is_told_of(page: str) -> None:
    for name in (None, *COMMANDS):
        for action in shown_arguments(load_command(name)[1].arguments):
            assert action.help
            assert f"\n{action.help}\n".replace("`", "\\(ga") in page
    for name, command in COMMANDS.items():
        assert f"\npkgtui {name} {command.usage}".rstrip() in page
        assert f"\npkgtui {name} {command.examples[0]}".rstrip() in page


def test_every_variable_file_and_exit_code_is_told_of(page: str) -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    variables = {
        name for text in sources for name in re.findall("PKGTUI_[A-Z_]+", text)
    }
    assert variables
    for variable in variables:
        assert f".TP\n{variable}\n" in page
    paths = user_paths()
    for path in (paths.marks, paths.session, paths.settings):
        assert f"/pkgtui/{path.name}\n" in page
    for code in ExitCode:
        assert f".TP\n{int(code)}\n" in page


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (".SH", "\\&.SH"),
        ("'br", "\\(aqbr"),
        ("a-b \\n", "a\\-b \\en"),
        ("~/x `y` ^", "\\(ti/x \\(gay\\(ga \\(ha"),
    ],
)
def test_no_text_is_taken_for_a_request(
    script: dict[str, Any], text: str, written: str
) -> None:
    assert script["plain"](text) == written


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff here")
def test_groff_has_nothing_to_say_of_it() -> None:
    command = ["groff", "-man", "-ww", "-Tascii", "-P-c", "-rLL=80n", str(PAGE)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)

    assert ran.stderr == ""
    shown = re.sub(".\x08", "", ran.stdout)
    assert "pkgtui search [QUERY...] [options]" in shown
    assert "'pkgtui cache clear' deletes it." in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 80
