"""What the README and the documentation say is what the program has."""

import re
import runpy
from pathlib import Path

from pkgtui.cli.args import COMMANDS
from pkgtui.keys import KEYS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAX_README_LINES = 200


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_readme_length_stays_short() -> None:
    assert len(README.splitlines()) <= MAX_README_LINES


def test_key_page_has_the_table_of_keys() -> None:
    keys = page("docs/keys.md")
    script = runpy.run_path(str(ROOT / "docs" / "make_key_table.py"))
    assert script["with_key_table"](keys) == keys, "run docs/make_key_table.py"
    for key in KEYS:
        assert f"| {key.help} |" in keys


def test_command_line_page_names_every_command() -> None:
    text = page("docs/command-line.md")
    for name in COMMANDS:
        assert re.search(rf"^pkgtui {name}\b", text, re.MULTILINE), name


def test_links_of_all_pages_lead_to_files() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (path.parent / link).is_file(), (path.name, link)


def test_recipes_name_files_that_exist() -> None:
    text = page("CONTRIBUTING.md")
    named = re.findall(r"`((?:src|tests|styles|docs|\.ci|\.github)/[\w./-]+)`", text)
    assert len(named) > 10
    for name in named:
        if "NAME" not in name:
            assert (ROOT / name).exists(), name


def test_continuous_check_runs_the_steps_of_the_readme() -> None:
    (line,) = re.findall(r"^python3 -m venv .* -m pytest$", README, re.MULTILINE)
    script = page(".ci/run")
    assert line.split(" && ") == [
        "python3 -m venv .venv",
        ".venv/bin/pip install -e '.[dev]'",
        ".venv/bin/python -m pytest",
    ]
    assert '"$1" -m venv "$2"' in script
    assert "/python\" -m pip install -e '.[dev]'" in script
    assert '/python" -m pytest --numprocesses auto' in script
    assert line in page("CONTRIBUTING.md")
