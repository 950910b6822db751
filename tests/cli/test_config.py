"""`pkgtui config`: the settings in force, where each is from, and a file to start."""

import csv
import io
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pkgtui.config import DEFAULT_API_URL
from pkgtui.config.schema import SETTINGS
from pkgtui.config.template import toml_text
from tests.support.cli import Cli
from tests.support.store import FakeSource, package

NAMES = [setting.name for setting in SETTINGS]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings file is, below the home that every test has."""
    return tmp_path / "config.toml"


def test_without_a_file_all_are_defaults(cli: Cli, file: Path) -> None:
    ran = cli("config", "--format", "json")

    assert (ran.exit_code, ran.err) == (0, "")
    assert ran.json["file"] == str(file)
    assert ran.json["problems"] == []
    told = {one["name"]: one for one in ran.json["settings"]}
    assert list(told) == NAMES
    assert {one["source"] for one in told.values()} == {"default"}
    assert {one["where"] for one in told.values()} == {None}
    assert told["api_url"]["value"] == DEFAULT_API_URL
    assert told["cache_age"]["value"] == 24
    assert told["ascii"] == {
        "name": "ascii",
        "value": "auto",
        "in_force": False,
        "source": "default",
        "where": None,
    }
    assert not file.exists()


def test_each_setting_tells_who_said_it(
    cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('\ntheme = "nord"\nmouse = false\nascii = false', encoding="utf-8")
    monkeypatch.setenv("PKGTUI_CACHE_AGE", "2")

    ran = cli("config", "--offline", "--theme", "dracula", "--no-animation")

    assert (ran.exit_code, ran.err) == (0, "")
    told = {line.split()[0]: line.split()[1:] for line in ran.lines}
    assert list(told) == NAMES
    assert told["theme"] == ['"dracula"', "--theme"]
    assert told["animations"] == ["false", "--no-animation"]
    assert told["offline"] == ["true", "--offline"]
    assert told["mouse"] == ["false", f"{file}:3"]
    assert told["cache_age"] == ["2", "PKGTUI_CACHE_AGE"]
    assert told["ascii"] == ["false", f"{file}:4"]
    assert told["log_level"] == ['"info"', "default"]


def test_what_is_left_to_the_terminal_tells_what_that_comes_to(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/0")
    lines = cli("config").lines
    assert [line.split()[:3] for line in lines if line.startswith("a")][1:] == [
        ["ascii", '"auto",', "false"],
        ["animations", '"auto",', "false"],
    ]


def test_tables_have_a_line_for_each(cli: Cli, file: Path) -> None:
    file.write_text("offline = true", encoding="utf-8")

    rows = list(csv.reader(io.StringIO(cli("config", "--format", "csv").out)))

    assert rows[0] == ["setting", "value", "source", "where"]
    assert [row[0] for row in rows[1:]] == NAMES
    assert ["offline", "true", "file", f"{file}:1"] in rows
    markdown = cli("config", "--format", "markdown").lines
    assert markdown[0] == "| setting | value | source | where |"
    assert len(markdown) == 2 + len(NAMES)


def test_the_default_file_is_written_out_and_holds_what_holds_anyhow(
    cli: Cli, file: Path
) -> None:
    before = cli("config", "--format", "json").json["settings"]
    ran = cli("config", "--default")

    assert (ran.exit_code, ran.err) == (0, "")
    assert set(tomllib.loads(ran.out)) >= set(NAMES) - {"sample"}
    file.write_text(ran.out, encoding="utf-8")
    after = cli("config", "--format", "json").json
    assert after["problems"] == []
    assert {one["name"]: one["value"] for one in after["settings"]} == {
        one["name"]: one["value"] for one in before
    }


def test_the_default_file_has_one_format(cli: Cli) -> None:
    ran = cli("config", "--default", "--format", "json")

    assert (ran.exit_code, ran.out) == (2, "")
    assert ran.err == "pkgtui: config: --default writes TOML; leave --format out\n"


def test_a_password_in_the_address_is_not_told(cli: Cli, file: Path) -> None:
    file.write_text('api_url = "https://me:secret@example.org/"', encoding="utf-8")
    for form in ("text", "json", "csv", "markdown"):
        ran = cli("config", "--format", form)
        assert "example.org" in ran.out
        assert "secret" not in ran.out + ran.err


@pytest.mark.parametrize("form", ["text", "csv", "markdown"])
def test_a_value_cannot_act_on_a_terminal(cli: Cli, file: Path, form: str) -> None:
    log = 'no/a\x1b]0;x\x07\n\u202e\x9b\U000e0001"\\'
    file.write_text(f"log = {toml_text(log)}", encoding="utf-8")

    ran = cli("config", "--format", form)

    assert cli("config", "--format", "json").json["settings"][-2]["value"] == log
    assert "\\u001b" in ran.out.replace("\\\\", "\\")
    assert all(line.isprintable() for line in ran.out.splitlines())


def test_what_is_wrong_is_told_and_the_answer_given_all_the_same(
    cli: Cli, file: Path
) -> None:
    cli.source = FakeSource([package(1, slug="tidy")])
    assert cli("sync").exit_code == 0
    file.write_text('theme = "nrod"\nofline = true', encoding="utf-8")

    ran = cli("show", "tidy", "--format", "json")

    assert ran.exit_code == 0
    assert ran.json["slug"] == "tidy"
    first, second = ran.err.splitlines()
    assert first.startswith(f'pkgtui: {file}:2: no setting is called "ofline": did')
    assert second.startswith(f'pkgtui: {file}:1: theme = "nrod": did you mean nord?')


def test_problems_are_in_the_json_too(cli: Cli, file: Path) -> None:
    file.write_text("theme = ", encoding="utf-8")
    ran = cli("config", "--format", "json")
    assert ran.exit_code == 0
    assert [f"pkgtui: {one}\n" for one in ran.json["problems"]] == [ran.err]


def test_a_wrong_theme_as_option_is_wrong_usage(cli: Cli) -> None:
    ran = cli("config", "--theme", "nrod")
    assert (ran.exit_code, ran.out) == (2, "")
    assert ran.err.startswith('pkgtui: --theme = "nrod": did you mean nord? It may be')


def test_the_file_says_where_and_how_to_ask(cli: Cli, file: Path) -> None:
    cli.source = FakeSource([package(1, slug="tidy")])
    file.write_text(
        'api_url = "http://packages.example/api/v4/"\nascii = true', encoding="utf-8"
    )
    assert cli("sync").exit_code == 0

    assert cli("cache", "--format", "json").json["api_url"] == (
        "http://packages.example/api/v4/"
    )
    file.write_text(
        'api_url = "http://packages.example/api/v4/"\noffline = true', encoding="utf-8"
    )
    ran = cli("show", "unheard-of")
    assert ran.exit_code == 3
    assert "the network is not used" in ran.err


def test_csv_keeps_to_ascii_where_the_file_asks_for_it(cli: Cli, file: Path) -> None:
    cli.source = FakeSource([package(1, slug="tidy", title="Tïdy")])
    cli("sync")
    assert "Tïdy" in cli("show", "tidy", "--format", "csv").out
    file.write_text("ascii = true", encoding="utf-8")
    assert "Tidy" in cli("show", "tidy", "--format", "csv").out


def test_the_age_that_a_cached_answer_may_have_is_set(cli: Cli, file: Path) -> None:
    cli.source = FakeSource([package(1, slug="tidy")])
    cli("sync")
    cli.clock.advance(hours=3)
    cli("show", "tidy")
    assert "packages/tidy" not in cli.source.asked
    file.write_text("cache_age = 2.5", encoding="utf-8")
    cli("show", "tidy")
    assert "packages/tidy" in cli.source.asked
    asked = len(cli.source.asked)
    cli("grids")
    assert len(cli.source.asked) > asked


PROBE = """
import sys
from pkgtui.cli import main
code = main(["paths"])
assert code == 0
print(sorted({"tomllib", "difflib", "logging"} & set(sys.modules)))
"""


@pytest.mark.usefixtures("unmeasured")
@pytest.mark.parametrize(
    ("text", "loaded"),
    [(None, "[]"), ("", "['tomllib']"), ("mouse = false", "['tomllib']")],
)
def test_the_reader_of_the_file_is_loaded_only_for_a_file(
    file: Path, text: str | None, loaded: str
) -> None:
    if text is not None:
        file.write_text(text, encoding="utf-8")

    ran = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=True
    )

    assert ran.stdout.splitlines()[-1] == loaded
    assert ran.stderr == ""
