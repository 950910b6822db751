"""A bug ends in one line and a report that tells where, and nothing of anyone's."""

import os
import re
import stat
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

import pkgtui
from pkgtui.cli.commands import paths as paths_command
from pkgtui.crash_report import MAX_KEPT, report_text, write_report
from tests.support.cli import Cli, Ran
from tests.support.pseudo_terminal import PseudoTerminal
from tests.support.store import NOW
from tests.system.test_terminal import TITLE, assert_is_restored, environment

SECRET = "hunter2"


def caught(action: Callable[[], object]) -> Exception:
    """What `action` raises."""
    try:
        action()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def failed(error: Exception, **_values: object) -> Exception:
    """`error` as it comes out of a call that may have been given a secret."""

    def fail() -> NoReturn:
        raise error

    return caught(fail)


def test_it_tells_the_system_and_the_place() -> None:
    report = report_text(failed(ValueError("x")), NOW)

    assert f"pkgtui: {pkgtui.__version__}\n" in report
    assert "time: 2026-08-08T12:00:00Z\n" in report
    assert f"python: CPython {sys.version_info[0]}.{sys.version_info[1]}." in report
    assert re.search(r"^platform: \S+", report, re.MULTILINE)
    assert re.search(r"^size: (\d+x\d+|no terminal)$", report, re.MULTILINE)
    assert re.search(r"^TERM: ", report, re.MULTILINE)
    assert re.search(
        r"^ValueError\n  \S*test_crash_report\.py:\d+ in caught\n    action\(\)\n"
        r"  \S*test_crash_report\.py:\d+ in failed\.<locals>\.fail\n    raise error$",
        report,
        re.MULTILINE,
    )


def test_it_tells_the_textual_version_where_there_is_one() -> None:
    import textual

    assert f"textual: {textual.__version__}\n" in report_text(ValueError(), NOW)


def test_words_that_code_chose_and_values_are_left_out() -> None:
    inner = failed(KeyError(SECRET), password=SECRET)
    outer = failed(TypeError(f"cannot take https://ann:{SECRET}@x/"))
    outer.__cause__ = inner
    group = ExceptionGroup(SECRET, [failed(RuntimeError(SECRET))])
    inner.__context__ = group

    report = report_text(outer, NOW)

    assert SECRET not in report
    assert "\nTypeError\n" in report
    assert "\ncaused by KeyError\n" in report
    assert "\nwhile handling ExceptionGroup\n" in report
    assert "\none of the group: RuntimeError\n" in report


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (lambda: None.slug, "AttributeError: 'NoneType' object has no attribute"),  # type: ignore[attr-defined]
        (lambda: [][0], "IndexError: list index out of range"),
        (lambda: 1 + None, "TypeError: unsupported operand type(s) for +: 'int' and"),  # type: ignore[operator]
        (lambda: {"": 1}[SECRET], "KeyError\n"),
        (lambda: int(SECRET), "ValueError\n"),
    ],
)
def test_words_of_the_interpreter_stay_where_they_name_no_value(
    action: Callable[[], object], words: str
) -> None:
    report = report_text(caught(action), NOW)
    assert words in report
    assert SECRET not in report


def test_no_folder_is_told() -> None:
    report = report_text(caught(Path("/nowhere/at/all").stat), NOW)

    assert str(Path(__file__).parent) not in report
    assert str(Path.home()) + os.sep not in report
    assert "/nowhere" not in report


def test_what_the_environment_says_moves_no_cursor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "\x1b]0;x\x07" + "y" * 999)
    monkeypatch.setenv("TMUX", SECRET)

    report = report_text(ValueError(), NOW)

    assert "\x1b" not in report
    assert SECRET not in report
    assert "TMUX: set\n" in report
    assert max(map(len, report.splitlines())) < 200


def test_a_bottomless_traceback_is_cut() -> None:
    def fall() -> None:
        fall()

    report = report_text(caught(fall), NOW)

    assert re.search(r"… \d{3,} frames …", report)
    assert len(report) < 10_000
    assert "RecursionError: maximum recursion depth exceeded" in report


def test_causes_that_go_in_a_circle_come_to_an_end() -> None:
    one, two = failed(ValueError()), failed(KeyError())
    one.__cause__, two.__cause__ = two, one

    assert report_text(one, NOW).count("caused by") == 1


def test_only_its_owner_reads_it_and_the_last_few_stay(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    kept = folder / "crash-mine.txt"
    written = []
    for number in range(MAX_KEPT + 3):
        moment = NOW + timedelta(seconds=number)
        written.append(write_report(ValueError(), folder, moment))
        kept.write_text("not ours", encoding="utf-8")

    assert {path.name for path in folder.iterdir()} == {
        kept.name,
        *(path.name for path in written[-MAX_KEPT:]),
    }
    assert stat.S_IMODE(written[-1].stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_reports_from_a_clock_that_was_ahead_do_not_oust_a_new_one(
    tmp_path: Path,
) -> None:
    for years in range(MAX_KEPT + 1):
        write_report(ValueError(), tmp_path, NOW + timedelta(days=365 * (1 + years)))
    path = write_report(ValueError(), tmp_path, NOW)
    assert path.exists()
    assert len(list(tmp_path.iterdir())) == MAX_KEPT


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command with a bug in it."""

    def run(_context: object) -> NoReturn:
        raise LookupError(SECRET)

    monkeypatch.setattr(paths_command, "run", run)


def told(ran: Ran) -> Path:
    """The report that the one line names."""
    assert (ran.exit_code, ran.out) == (1, "")
    line = re.fullmatch(
        r"pkgtui: internal error: LookupError\. Report saved to (.*)\n", ran.err
    )
    assert line, ran.err
    return Path(line[1])


@pytest.mark.usefixtures("broken")
def test_a_bug_in_a_command_is_one_line_and_a_report(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PKGTUI_DEBUG")

    report = told(cli("paths"))

    assert report.parent == tmp_path
    text = report.read_text(encoding="utf-8")
    assert "LookupError\n  " in text
    assert "raise LookupError(SECRET)" in text
    assert SECRET not in text


@pytest.mark.usefixtures("broken")
def test_the_traceback_is_let_through_where_it_is_asked_for(
    cli: Cli, tmp_path: Path
) -> None:
    with pytest.raises(LookupError, match=SECRET):
        cli("paths")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("broken")
def test_a_report_that_cannot_be_written_is_told_of(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PKGTUI_DEBUG")
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("PKGTUI_HOME", str(file / "below"))

    ran = cli("paths")

    assert (ran.exit_code, ran.out) == (1, "")
    assert re.fullmatch(
        r"pkgtui: internal error: LookupError; its report could not "
        r"be written \(.+\); PKGTUI_DEBUG=1 shows the traceback\n",
        ran.err,
    )


BROKEN_BROWSER = """
import sys
from pkgtui.cli import main
from pkgtui.tui.{module} import {where} as Broken

{kind} fail(self, *arguments):
    secret = "hunter2"
    raise LookupError(secret)

Broken.{method} = {decorator}(fail)
sys.exit(main(["--sample"]))
"""


def broken_browser(
    module: str, where: str, method: str, kind: str = "def", decorator: str = ""
) -> list[str]:
    """The command of a browser with a bug in one place."""
    names = {"module": module, "where": where, "method": method}
    script = BROKEN_BROWSER.format(**names, kind=kind, decorator=decorator)
    return [sys.executable, "-c", script]


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (
            broken_browser("browse.screen", "BrowseScreen", "action_sort_next"),
            "App._on_key",
        ),
        (
            broken_browser(
                "browse.screen",
                "BrowseScreen",
                "action_sort_next",
                "async def",
                "__import__('textual').work(group='x', exclusive=True)",
            ),
            "Worker._run_async",
        ),
        (
            broken_browser("browse.panes.packages_pane", "PackageTable", "row_line"),
            "LineList.line",
        ),
    ],
    ids=["key", "worker", "painting"],
)
def test_a_bug_in_the_browser_restores_the_terminal(
    command: list[str], frame: str, tmp_path: Path
) -> None:
    with PseudoTerminal(command, environment(), cwd=tmp_path) as terminal:
        if frame != "LineList.line":
            terminal.wait_for(TITLE)
            terminal.press("s")

        assert terminal.wait_for_end() == 1
        assert_is_restored(terminal)

    end = bytes(terminal.written).rpartition(b"\x1b[?1049l")[2]
    assert SECRET.encode() not in end
    assert b"Traceback" not in end
    told = re.search(rb"pkgtui: internal error: LookupError\. Report saved to ", end)
    assert told, end
    (report,) = tmp_path.glob("crash-*.txt")
    assert report.name.encode() in end
    text = report.read_text(encoding="utf-8")
    assert SECRET not in text
    assert "LookupError\n" in text
    assert "in fail\n" in text
    assert f" in {frame}\n" in text
    assert "textual: 8." in text
    assert "size: 120x40" in text
    assert "TERM: xterm-256color" in text
