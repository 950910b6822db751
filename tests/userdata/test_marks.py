"""The file of marks: the user's own, so nothing in it is ever lost."""

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkgtui.errors import StoreError
from pkgtui.userdata import marks
from pkgtui.userdata.marks import MAX_BYTES, Marks


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "marks.json"


def keep(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def names_beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir())


def test_without_a_file_nothing_is_marked_and_nothing_is_written(path: Path) -> None:
    assert Marks(path).slugs() == ()
    assert not path.parent.exists()


def test_marks_are_kept_between_runs_in_the_order_they_were_made(path: Path) -> None:
    assert Marks(path).toggle("b")
    assert Marks(path).toggle("a")
    assert Marks(path).slugs() == ("b", "a")
    assert not Marks(path).toggle("b")
    assert Marks(path).slugs() == ("a",)


def test_the_file_is_plain_json_of_the_owners(path: Path) -> None:
    Marks(path).toggle("django-otp")

    document = json.loads(path.read_text(encoding="utf-8"))
    assert document == {"version": 1, "packages": ["django-otp"]}
    assert path.stat().st_mode & 0o777 == 0o600


def test_clearing_takes_all_away_and_adding_puts_them_back(path: Path) -> None:
    marks = Marks(path)
    marks.toggle("a")
    marks.toggle("b")
    former = marks.slugs()

    marks.clear()
    assert marks.slugs() == ()
    marks.toggle("c")
    marks.toggle("b")
    marks.add(former)
    assert marks.slugs() == ("c", "b", "a")


def test_marks_of_another_program_are_kept(path: Path) -> None:
    one, other = Marks(path), Marks(path)
    one.toggle("a")
    other.toggle("b")
    one.toggle("c")

    assert one.slugs() == other.slugs() == ("a", "b", "c")


def test_a_slug_that_stands_there_twice_is_marked_once(path: Path) -> None:
    keep(path, '{"version": 1, "packages": ["a", "b", "a"]}')

    assert Marks(path).slugs() == ("a", "b")


def test_a_byte_order_mark_is_no_damage(path: Path) -> None:
    keep(path, b"\xef\xbb\xbf" + b'{"version": 1, "packages": ["a"]}')

    assert Marks(path).slugs() == ("a",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        '{"version": 1, "packages": ["a", ',
        "[]",
        "null",
        "\x00\x01\x02",
        b"\xff\xfe\x00",
        '{"packages": ["a"]}',
        '{"version": 0, "packages": ["a"]}',
        '{"version": "1", "packages": ["a"]}',
        '{"version": 1}',
        '{"version": 1, "packages": "a"}',
        '{"version": 1, "packages": ["a", 5]}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_not_understood_is_moved_aside_whole(
    path: Path, text: str | bytes
) -> None:
    keep(path, text)
    marks = Marks(path)

    assert marks.slugs() == ()
    assert "moved aside as marks.json.damaged-1" in marks.notice
    assert str(path) in marks.notice
    marks.toggle("new")
    assert marks.slugs() == ("new",)
    aside = path.with_name("marks.json.damaged-1").read_bytes()
    assert aside == (text if isinstance(text, bytes) else text.encode())


def test_what_was_moved_aside_before_is_not_overwritten(path: Path) -> None:
    for text in ("first", "second"):
        keep(path, text)
        assert Marks(path).slugs() == ()

    assert path.with_name("marks.json.damaged-1").read_text() == "first"
    assert path.with_name("marks.json.damaged-2").read_text() == "second"


@pytest.mark.parametrize(
    "change", [lambda m: m.slugs(), lambda m: m.toggle("a"), lambda m: m.clear()]
)
def test_marks_of_a_newer_program_are_left_alone(path: Path, change: Any) -> None:
    text = '{"version": 2, "packages": {"a": "since Monday"}}'
    keep(path, text)

    with pytest.raises(StoreError, match="are of a newer pkgtui; update this one"):
        change(Marks(path))

    assert path.read_text() == text
    assert names_beside(path) == ["marks.json"]


def fail_with(number: int) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_file_that_may_not_be_read_is_told_and_left_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(path, '{"version": 1, "packages": ["a"]}')
    with monkeypatch.context() as patch:
        patch.setattr(marks, "read_regular_file", fail_with(errno.EACCES))
        with pytest.raises(StoreError) as caught:
            Marks(path).toggle("b")

    assert str(caught.value) == f"cannot read the marks in {path}: permission denied"
    assert Marks(path).slugs() == ("a",)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "no space left on device"),
        (errno.EROFS, "read-only file system"),
    ],
)
def test_what_cannot_be_kept_is_told_and_the_old_marks_stay(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    Marks(path).toggle("a")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_with(number))
        with pytest.raises(StoreError) as caught:
            Marks(path).toggle("b")

    assert str(caught.value) == f"cannot keep the marks in {path}: {reason}"
    assert Marks(path).slugs() == ("a",)
    assert names_beside(path) == ["marks.json"]


def test_damage_that_cannot_be_moved_aside_is_told_and_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(path, "damaged")
    monkeypatch.setattr(Path, "replace", fail_with(errno.EACCES))

    with pytest.raises(StoreError, match="permission denied"):
        Marks(path).toggle("a")

    assert path.read_text() == "damaged"


def test_a_folder_in_the_place_of_the_file_is_told(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(StoreError, match="is a directory; it has to be a file"):
        Marks(path).slugs()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_told_and_not_waited_for(path: Path) -> None:
    path.parent.mkdir(parents=True)
    os.mkfifo(path)

    with pytest.raises(StoreError, match="is no plain file"):
        Marks(path).toggle("a")

    assert path.is_fifo()


def test_a_huge_file_is_told_and_left_alone(path: Path) -> None:
    keep(path, "")
    os.truncate(path, MAX_BYTES + 1)

    with pytest.raises(StoreError, match="is larger than 16384 KiB"):
        Marks(path).toggle("a")

    assert names_beside(path) == [path.name]


def test_a_file_in_the_place_of_the_folder_is_told(path: Path) -> None:
    path.parent.parent.mkdir(exist_ok=True)
    path.parent.write_text("")

    with pytest.raises(StoreError, match="not a directory"):
        Marks(path).toggle("a")


@given(st.lists(st.text(min_size=1)))
def test_whatever_is_marked_is_read_back(slugs: list[str]) -> None:
    # Surrogates are none of a slug's letters; the file could not hold them.
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        marks = Marks(Path(folder) / "marks.json")
        marks.add(slugs)

        assert marks.slugs() == tuple(dict.fromkeys(slugs))
