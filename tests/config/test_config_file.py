"""The settings file: what it says holds; what is wrong in it is told with its line."""

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.config import DEFAULT_API_URL, Settings
from pkgtui.config.loader import MAX_BYTES, MAX_PROBLEMS, Source, resolve
from pkgtui.config.schema import SETTINGS
from pkgtui.config.template import default_file

WHOLE = """\
api_url = "http://127.0.0.1:8000/api/v4"
cache_age = 0.5
offline = true
theme = "gruvbox"   # warm
ascii = true
mouse = false
animations = false
columns = [
    "forks",
    "version",
]
log = "run.log"
log_level = "warning"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is, if a test writes one."""
    return tmp_path / "config.toml"


def problems(path: Path, text: str) -> list[str]:
    """What is told of a file that holds `text`, all of whose settings are defaults."""
    path.write_text(text, encoding="utf-8")
    found = resolve(path, {})
    assert found.settings == Settings()
    for problem in found.problems:
        assert problem.startswith(str(path))
        assert "\n" not in problem
    return [problem.removeprefix(str(path)) for problem in found.problems]


def test_everything_can_be_set(path: Path) -> None:
    path.write_text(WHOLE, encoding="utf-8")
    found = resolve(path, {})
    assert found.problems == ()
    assert found.settings == Settings(
        api_url="http://127.0.0.1:8000/api/v4/",
        is_offline=True,
        is_ascii=True,
        is_ascii_asked=True,
        cache_age_h=0.5,
        theme="gruvbox",
        has_mouse=False,
        has_animations=False,
        columns=("forks", "version"),
        log_path=path.parent / "run.log",
        log_level="warning",
    )
    places = {choice.name: found.place(choice) for choice in found.choices}
    assert places["api_url"] == f"{path}:1"
    assert places["columns"] == f"{path}:8"
    assert places["log_level"] == f"{path}:13"
    assert places["sample"] == ""


def test_environment_goes_before_it_and_an_option_before_both(path: Path) -> None:
    path.write_text('theme = "nord"\noffline = true\nmouse = false', encoding="utf-8")
    environ = {"PKGTUI_THEME": "monokai", "PKGTUI_OFFLINE": "0"}
    found = resolve(path, environ, {"theme": "dracula"})
    assert found.settings.theme == "dracula"
    assert not found.settings.is_offline
    assert not found.settings.has_mouse
    sources = {choice.name: choice.source for choice in found.choices}
    assert sources["theme"] is Source.OPTION
    assert sources["offline"] is Source.ENVIRONMENT
    assert sources["mouse"] is Source.FILE


def test_a_wrong_variable_leaves_the_say_to_the_file(path: Path) -> None:
    path.write_text('theme = "nord"', encoding="utf-8")
    found = resolve(path, {"PKGTUI_THEME": "x"})
    assert found.settings.theme == "nord"
    assert len(found.problems) == 1


def test_a_log_elsewhere_is_there(path: Path, tmp_path: Path) -> None:
    path.write_text(f'log = "{tmp_path}/a/b.log"', encoding="utf-8")
    assert resolve(path, {}).settings.log_path == tmp_path / "a" / "b.log"
    path.write_text('log = "~/b.log"', encoding="utf-8")
    assert resolve(path, {}).settings.log_path == Path.home() / "b.log"


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing", "\ufeff# marked"])
def test_an_empty_file_says_nothing(path: Path, text: str) -> None:
    assert problems(path, text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\ntheme = "nrod"', ':2: theme = "nrod": did you mean nord? It may be auto, '),
        ("# theme = 1\ntheme = 1", ":2: theme = 1: it may be auto, textual-dark"),
        ("mouse = 1", ":1: mouse = 1: it may be true or false"),
        ('mouse = "auto"', ':1: mouse = "auto": it may be true or false'),
        ('ascii = "yes"', ':1: ascii = "yes": it may be true, false or "auto"'),
        ("cache_age = true", ":1: cache_age = true: it may be a number of hours"),
        ("cache_age = -1", ":1: cache_age = -1: it may be"),
        ("cache_age = nan", ":1: cache_age = nan: it may be"),
        ("cache_age = 1e400", ":1: cache_age = inf: it may be"),
        ('columns = "stars"', ':1: columns = "stars": it may be a list of stars'),
        ('columns = ["star"]', ':1: columns = ["star"]: it may be a list of stars'),
        ("columns = [[1], {}]", ":1: columns = [[1], {}]: it may be"),
        ('columns = ["stars", "stars"]', "each once; the default is used"),
        ("api_url = 5", ":1: api_url = 5: it may be the address of an API v4"),
        ('log = "a\\u0000b"', "it may be the path of a file"),
        ("log_level = 2020-01-01", ":1: log_level = 2020-01-01: it may be one of"),
        ("[theme]\nname = 1", ":1: theme = {name}: it may be"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(path: Path, text: str, told: str) -> None:
    (problem,) = problems(path, text)
    assert told in problem
    assert problem.endswith("; the default is used")


def test_a_password_in_a_wrong_address_is_not_shown(path: Path) -> None:
    (problem,) = problems(path, 'api_url = "ftp://me:secret@example.org/"')
    assert "secret" not in problem
    assert 'api_url = "ftp://example.org/": it may be' in problem


@pytest.mark.parametrize("name", ["cache_age", "theme", "columns", "mouse", "log"])
@pytest.mark.parametrize("form", ["{}", "[{}]", "[[{}]]"])
def test_a_number_beyond_all_digits_is_told(path: Path, name: str, form: str) -> None:
    # Python writes no number of over 4300 digits.
    (told,) = problems(path, f"{name} = {form.format('0x' + 'f' * 4000)}")
    assert told.startswith(f":1: {name} = ")
    assert len(told) < 500


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("them = 1", ':1: no setting is called "them": did you mean theme? There are'),
        ("\n[them]\na=1", ':2: no section is called "them": did you mean theme?'),
        ("zzz = 1", ':1: no setting is called "zzz": there are api_url, cache_age'),
        ("sample = true", ':1: no setting is called "sample": there are api_url'),
        ('"a\\nb\\u001b[2J" = 1', ":1: no setting is called"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(
    path: Path, text: str, told: str
) -> None:
    (problem,) = problems(path, text)
    assert told in problem
    assert problem.endswith("; it is ignored")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"theme = \n", ":1: is not TOML: Invalid value"),
        (b"a = 1\nb = [1,\n", ":3: is not TOML: "),
        (b"a = 1\na = 2\n", ":2: is not TOML: Cannot overwrite a value"),
        (b"\nmouse = true\n\xff\xfe", ":3: is not UTF-8"),
        (b"\x00", ":1: is not TOML: "),
        (b"a = " + b"[" * 100_000, ": is nested too deep"),
        (b"a = " + b"9" * 100_000, ": is not TOML: "),
        (b"#" * (MAX_BYTES + 1), ": is larger than 256 KiB"),
    ],
)
def test_a_file_of_no_use_is_told_and_the_defaults_hold(
    path: Path, content: bytes, told: str
) -> None:
    path.write_bytes(content)
    found = resolve(path, {})
    assert found.settings == Settings()
    (problem,) = found.problems
    assert problem.startswith(f"{path}{told}")
    assert problem.endswith("; the defaults are used")
    assert problem.isprintable()


def test_50_megabytes_are_not_read(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    (problem,) = resolve(path, {}).problems
    assert "is larger than 256 KiB" in problem


def test_a_folder_a_pipe_and_a_loop_are_told(path: Path) -> None:
    path.mkdir()
    assert resolve(path, {}).problems == (
        f"{path}: is a directory; it has to be a file; the defaults are used",
    )
    path.rmdir()
    os.mkfifo(path)
    assert resolve(path, {}).problems == (
        f"{path}: is no plain file; the defaults are used",
    )
    path.unlink()
    path.symlink_to(path)
    (problem,) = resolve(path, {}).problems
    assert problem.startswith(f"{path}: cannot be read: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_told(path: Path) -> None:
    path.write_text(WHOLE, encoding="utf-8")
    path.chmod(0)
    (problem,) = resolve(path, {}).problems
    assert problem.startswith(f"{path}: cannot be read: Permission denied")


def test_a_folder_that_is_a_file_holds_no_settings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert resolve(tmp_path / "file" / "config.toml", {}).problems == ()


def test_a_thousand_problems_are_told_in_a_few_lines(path: Path) -> None:
    told = "".join(f"unknown{number} = 1\n" for number in range(1000))
    path.write_text(told, encoding="utf-8")
    found = resolve(path, {}).problems
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == f"and {1000 - MAX_PROBLEMS} more of the kind"


def test_the_default_file_changes_nothing(path: Path) -> None:
    path.write_text(default_file(), encoding="utf-8")
    found = resolve(path, {})
    assert found.problems == ()
    assert found.settings == Settings()
    in_file = {c.name for c in found.choices if c.source is Source.FILE}
    assert in_file == {one.name for one in SETTINGS if one.is_in_file}
    assert found.settings.api_url == DEFAULT_API_URL


def test_the_default_file_can_be_read_at_80_columns_and_in_ascii() -> None:
    text = default_file()
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 88


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(default_file())),
            st.integers(0, 12),
            st.text(alphabet="\n\t \"'=[]{}#.,\\abc019é\x00\x1b", max_size=8),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_file_changed_anywhere_never_ends_a_run(
    changes: list[tuple[int, int, str]],
) -> None:
    text = re.sub(r'^# (")', r"\1", default_file(), flags=re.MULTILINE)
    for at, length, inserted in changes:
        text = text[:at] + inserted + text[at + length :]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(text, encoding="utf-8")
        found = resolve(path, {})
        places = [found.place(choice) for choice in found.choices]
    for problem in found.problems:
        assert problem.isprintable()
        assert problem.startswith((f"{path}", "and "))
    lines = text.split("\n")
    for choice, place in zip(found.choices, places, strict=True):
        _, colon, line = place.rpartition(":")
        if choice.source is Source.FILE and colon and line.isdigit():
            assert choice.said_by[-1].split(".")[-1][:2] in lines[int(line) - 1]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_file_of_some_use_or_none(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_bytes(content)
        found = resolve(path, {})
    assert all(problem.isprintable() for problem in found.problems)
