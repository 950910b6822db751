"""Taking a comparison along: to the clipboard or to a file, as it is shown."""

import csv
import errno
import io
import json
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from pkgtui.tui.clipboard import MAX_TERMINAL_CLIPBOARD_BYTES
from pkgtui.tui.compare.screen import CompareScreen
from pkgtui.tui.dialogs.export import ExportDialog, proposed_name
from tests.support.cli import PACKAGE_KEYS
from tests.support.harmless import assert_harmless
from tests.support.store import grid, package
from tests.support.tui import ScriptedSource, widget_lines
from tests.support.tui_compare import CROWD, Comparer, comparing, crowd

FORMS = {"Markdown": 0, "CSV": 1, "JSON": 2, "plain text": 3}
TO_FILE = 4


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program was started in."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def take(compare: Comparer, form: str, *, is_file: bool) -> None:
    """Open the dialog and choose."""
    steps = FORMS[form] + (TO_FILE if is_file else 0)
    await compare.press("e", *["j"] * steps, "enter")


async def copied(compare: Comparer, form: str) -> str:
    """What goes to the clipboard in `form`."""
    await take(compare, form, is_file=False)
    return compare.browser.app.clipboard


@asynccontextmanager
async def asking(
    compare: Comparer, form: str = "Markdown", name: str | None = None
) -> AsyncIterator[ExportDialog]:
    """The dialog at the file's name, which is replaced by `name`."""
    await take(compare, form, is_file=True)
    screen = compare.browser.app.screen
    assert isinstance(screen, ExportDialog)
    if name is not None:
        screen.field.value = name
        await compare.settle()
    yield screen


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def note(screen: ExportDialog) -> str:
    return widget_lines(screen.note)[0].strip()


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


# What


async def test_each_form_goes_to_the_clipboard(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        markdown = await copied(compare, "Markdown")
        assert cells_of(markdown.splitlines()[0]) == ["", "Package 1", "Package 2"]
        assert compare.status().startswith(
            "Markdown: copied to the terminal's clipboard."
        )
        rows = read_csv(await copied(compare, "CSV"))
        assert [row["slug"] for row in rows] == ["package-1", "package-2"]
        document = json.loads(await copied(compare, "JSON"))
        assert list(document) == ["title", "packages", "rows"]
        assert [list(each) for each in document["packages"]] == [PACKAGE_KEYS] * 2
        assert document["packages"][0]["web_url"].endswith("/packages/p/package-1/")
        text = await copied(compare, "plain text")
        assert text.startswith("Crowd · 2 packages\n")
        assert max(map(len, text.splitlines())) <= 100
        assert isinstance(compare.browser.app.screen, CompareScreen)


async def test_what_is_taken_is_what_is_shown(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(5)) as compare:
        await compare.press(*"jjjjjjj")
        assert compare.cursor()[0] == "forks"
        await compare.press("s", "x", "a", "d")
        shown = ["Package 5", "Package 4", "Package 3", "Package 2"]
        labels = [row.label for row in compare.screen.comparing.rows]
        assert len(labels) < 18

        markdown = (await copied(compare, "Markdown")).splitlines()
        assert cells_of(markdown[0])[1:] == shown
        assert [cells_of(line)[0] for line in markdown[2:]] == labels
        rows = read_csv(await copied(compare, "CSV"))
        assert [row["title"] for row in rows] == shown
        document = json.loads(await copied(compare, "JSON"))
        assert [each["title"] for each in document["packages"]] == shown
        assert [row["label"] for row in document["rows"]] == labels


async def test_what_is_hidden_is_not_taken(tmp_path: Path) -> None:
    source = ScriptedSource(
        [
            package(1, CROWD, title="Package 1"),
            package(2, CROWD, title="Package 2", last_commit_at=None),
        ],
        [grid(CROWD, 1, 2, 77, title="Crowd")],
    )
    async with comparing(tmp_path, source) as compare:
        document = json.loads(await copied(compare, "JSON"))
        assert [each["id"] for each in document["packages"]] == [1, 2, 77]
        await compare.press("a")
        document = json.loads(await copied(compare, "JSON"))
        assert [each["id"] for each in document["packages"]] == [1]


async def test_text_has_the_scale_that_is_shown(tmp_path: Path) -> None:
    source = ScriptedSource(
        [
            package(1, CROWD, title="Busy", commits_52w=(8,) * 52),
            package(2, CROWD, title="Calm", commits_52w=(1,) * 52),
        ],
        [grid(CROWD, 1, 2, title="Crowd")],
    )
    async with comparing(tmp_path, source) as compare:
        assert "▁▁▁▁" in await copied(compare, "plain text")
        assert "▁▁▁▁" in await copied(compare, "Markdown")


async def test_hostile_text_stays_in_its_place(tmp_path: Path) -> None:
    nasty = "=1+1 | `x` <b> [/]\\"
    source = crowd(2, title=nasty, description="@SUM(A1)|x")
    async with comparing(tmp_path, source) as compare:
        markdown = (await copied(compare, "Markdown")).splitlines()
        assert {len(cells_of(line)) for line in markdown} == {3}
        assert re.sub(r"\\(.)", r"\1", cells_of(markdown[0])[1]) == nasty
        row = read_csv(await copied(compare, "CSV"))[0]
        assert (row["title"], row["description"]) == (f"'{nasty}", "'@SUM(A1)|x")
        document = json.loads(await copied(compare, "JSON"))
        assert document["packages"][0]["title"] == nasty


async def test_what_a_clipboard_may_not_take_is_told(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(60), size=(120, 40)) as compare:
        await compare.press("d", "d")
        text = await copied(compare, "JSON")
        assert len(text) > MAX_TERMINAL_CLIPBOARD_BYTES
        assert (
            f"({len(text.encode()) // 1000} kB: if nothing arrives" in compare.status()
        )
        await copied(compare, "Markdown")
        assert "kB" not in compare.status()


# Where


@pytest.fixture
def no_folder(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of who is in a folder that was removed."""
    folder.rmdir()
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


async def test_a_folder_that_is_gone_is_not_written_to(
    tmp_path: Path, no_folder: Path
) -> None:
    async with comparing(tmp_path) as compare, asking(compare) as screen:
        name = Path(screen.field.value).name
        await compare.press("enter")
    assert names_in(no_folder) == [name]


async def test_the_name_of_a_folder_acts_on_no_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a\x1b]0;mine\x07b\x9b31m\udcff"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with comparing(tmp_path) as compare:
        async with asking(compare) as screen:
            assert_harmless(compare.browser.text())
            name = screen.field.value
            screen.field.value = str(folder)
            await compare.settle()
            await compare.press("enter")
            assert note(screen)
            assert_harmless(note(screen))
            screen.field.value = name
            await compare.press("enter")
        assert_harmless(compare.browser.text())
    assert names_in(folder) == [name]


async def test_a_file_is_written_under_the_name_that_is_proposed(
    tmp_path: Path, folder: Path
) -> None:
    async with comparing(tmp_path, crowd(2), size=(200, 40)) as compare:
        async with asking(compare) as screen:
            assert screen.field.value == str(folder / "crowd.md")
            assert note(screen) == "enter save · esc cancel"
        await compare.press("enter")
        assert compare.status().startswith(f"Written to {folder}/crowd.md.")
        text = (folder / "crowd.md").read_text(encoding="utf-8")
        assert cells_of(text.splitlines()[0]) == ["", "Package 1", "Package 2"]


@pytest.mark.parametrize(
    ("form", "suffix"),
    [("Markdown", "md"), ("CSV", "csv"), ("JSON", "json"), ("plain text", "txt")],
)
async def test_each_form_goes_to_a_file(
    tmp_path: Path, folder: Path, form: str, suffix: str
) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        text = await copied(compare, form)
        async with asking(compare, form):
            await compare.press("enter")
        written = (folder / f"crowd.{suffix}").read_bytes()
        assert written == text.encode()


async def test_another_name_can_be_typed(tmp_path: Path, folder: Path) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        async with asking(compare, name=" other.md "):
            await compare.press("enter")
        assert names_in(folder) == ["other.md"]


async def test_the_users_home_can_be_named(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    async with comparing(tmp_path, crowd(2)) as compare:
        async with asking(compare, name="~/at-home.md"):
            await compare.press("enter")
        assert (folder / "at-home.md").exists()


async def test_an_existing_file_is_overwritten_only_after_a_second_enter(
    tmp_path: Path, folder: Path
) -> None:
    kept = folder / "crowd.md"
    kept.write_text("mine")
    async with comparing(tmp_path, crowd(2)) as compare:
        async with asking(compare) as screen:
            await compare.press("enter")
            assert note(screen) == "File exists. Press enter again to overwrite."
            assert kept.read_text() == "mine"
            await compare.press("enter")
        assert "Package 1" in kept.read_text(encoding="utf-8")


async def test_a_yes_to_one_name_is_none_to_another(
    tmp_path: Path, folder: Path
) -> None:
    (folder / "crowd.md").write_text("mine")
    (folder / "crowd.mdx").write_text("mine too")
    async with comparing(tmp_path, crowd(2)) as compare:
        async with asking(compare) as screen:
            await compare.press("enter", "x", "enter")
            assert note(screen) == "File exists. Press enter again to overwrite."
            await compare.press("backspace", "enter")
            assert note(screen) == "File exists. Press enter again to overwrite."
        assert (folder / "crowd.md").read_text() == "mine"
        assert (folder / "crowd.mdx").read_text() == "mine too"


async def test_escape_leads_back_step_by_step_and_writes_nothing(
    tmp_path: Path, folder: Path
) -> None:
    async with comparing(tmp_path, crowd(2)) as compare:
        async with asking(compare) as screen:
            await compare.press("escape")
            assert not screen.field.display
            assert screen.choices.has_focus
            await compare.press("escape")
        assert isinstance(compare.browser.app.screen, CompareScreen)
        assert names_in(folder) == []
        assert compare.cursor()[0] == "activity"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "That is a directory; add a name."),
        (".", "That is a directory; add a name."),
        ("none/x.md", "There is no directory none."),
        ("x.md/y.md", "There is no directory x.md."),
        ("~nobody-of-that-name/x.md", "Not written:"),
        ("/dev/null", "That is not a plain file."),
        ("x" * 300, "Not written: File name too long."),
    ],
)
async def test_a_place_that_will_not_do_is_told_in_plain_words(
    tmp_path: Path, folder: Path, name: str, reason: str
) -> None:
    (folder / "x.md").write_text("mine")
    async with comparing(tmp_path, crowd(2)) as compare:
        async with asking(compare, name=name) as screen:
            await compare.press("enter")
            assert reason in note(screen)
            screen.field.value = "good.md"
            await compare.press("enter")
        assert names_in(folder) == ["good.md", "x.md"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "Not written: No space left on device."),
        (errno.EACCES, "Not written: Permission denied."),
    ],
)
async def test_a_disk_that_refuses_is_told_and_nothing_is_lost(
    tmp_path: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    reason: str,
) -> None:
    kept = folder / "crowd.md"
    kept.write_text("mine")

    def fail(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    async with comparing(tmp_path, crowd(2)) as compare:
        async with asking(compare) as screen:
            with monkeypatch.context() as patch:
                patch.setattr(os, "fsync", fail)
                await compare.press("enter", "enter")
                assert note(screen) == reason
            assert kept.read_text() == "mine"
            assert names_in(folder) == ["crowd.md"]
            await compare.press("escape", "escape")
        assert compare.cursor()[0] == "activity"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Authentication", "authentication.md"),
        ("Django-CMS & more: a/b\\c", "django-cms-more-a-b-c.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("日本語", "日本語.md"),
        ("…", "packages.md"),
        ("x" * 200, f"{'x' * 60}.md"),
    ],
)
def test_a_name_is_made_of_the_title(title: str, name: str) -> None:
    assert proposed_name(title, "md") == name


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_the_dialog_is_whole_in_every_size(
    tmp_path: Path, folder: Path, size: tuple[int, int]
) -> None:
    async with comparing(tmp_path, crowd(2), size=size) as compare:
        await compare.press("e")
        text = compare.text()
        for form in FORMS:
            assert f"{form} to the clipboard" in text
            assert f"{form} to a file" in text
        assert "esc cancel" in text
        await compare.press("G", "enter")
        assert "Export · plain text to the file" in compare.text()
        assert "esc cancel" in compare.text()
        await compare.press("enter")
    assert (folder / "crowd.txt").exists()


async def test_a_comparison_of_nothing_can_be_taken_too(tmp_path: Path) -> None:
    async with comparing(tmp_path, crowd(1)) as compare:
        await compare.press("x")
        for form in FORMS:
            assert await copied(compare, form)
        assert json.loads(await copied(compare, "JSON"))["packages"] == []
