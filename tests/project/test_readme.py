"""What the README says is what the program has."""

import re
import runpy
from pathlib import Path

from pkgtui.cli.args import COMMANDS
from pkgtui.keys import KEYS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_key_table_is_the_table_of_keys() -> None:
    script = runpy.run_path(str(ROOT / "docs" / "make_key_table.py"))
    assert script["with_key_table"](README) == README, "run docs/make_key_table.py"
    for key in KEYS:
        assert f"| {key.help} |" in README


def test_every_command_is_told_of() -> None:
    for name in COMMANDS:
        assert re.search(rf"^pkgtui {name}\b", README, re.MULTILINE), name


def test_pictures_and_files_that_are_named_are_there() -> None:
    for path in re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (ROOT / path).is_file(), path
    assert (ROOT / "src/pkgtui/sample/README.md").is_file()
    assert (ROOT / "LICENSE").is_file()


def test_the_continuous_check_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    command = re.search(r"^(python3 -m venv .* -m pytest)$", README, re.MULTILINE)
    assert command is not None
    assert "'.[dev]'" in command[1]
    assert "'.[dev]'" in script
    assert "-m pytest" in script
