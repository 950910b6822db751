"""Files of the user's, written whole or not at all."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pkgtui.files import NotARegularFileError, atomic_write_text


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    former = os.umask(0o022)
    yield
    os.umask(former)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    atomic_write_text(path, "é,日本\r\nb\n")

    assert path.read_bytes() == "é,日本\r\nb\n".encode()
    assert os.listdir(tmp_path) == ["a.csv"]  # noqa: PTH208


def test_an_old_file_is_replaced_whole_and_keeps_its_permissions(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a longer text than the new one")
    path.chmod(0o640)

    atomic_write_text(path, "new")

    assert path.read_text() == "new"
    assert mode_of(path) == 0o640


def test_a_new_file_is_as_open_as_the_user_has_it(tmp_path: Path) -> None:
    atomic_write_text(tmp_path / "a", "x")
    os.umask(0o077)
    atomic_write_text(tmp_path / "b", "x")

    assert mode_of(tmp_path / "a") == 0o644
    assert mode_of(tmp_path / "b") == 0o600


def test_a_private_file_and_its_folder_are_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a"

    atomic_write_text(path, "x", is_private=True)

    assert mode_of(path) == 0o600
    assert mode_of(path.parent) == 0o700


def test_a_file_that_is_not_private_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        atomic_write_text(tmp_path / "none" / "a", "x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
@pytest.mark.parametrize("is_private", [True, False])
def test_what_is_no_file_stays(tmp_path: Path, is_private: bool) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)

    for path in (pipe, link):
        with pytest.raises(NotARegularFileError, match="is no plain file"):
            atomic_write_text(path, "x", is_private=is_private)

    assert pipe.is_fifo()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "pipe"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "kept" / "a"
    target.parent.mkdir()
    target.write_text("old")
    link = tmp_path / "link"
    link.symlink_to(target)

    atomic_write_text(link, "new", is_private=True)

    assert link.is_symlink()
    assert target.read_text() == "new"
    assert [path.name for path in target.parent.iterdir()] == ["a"]


def test_a_name_may_be_as_long_as_names_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 255)

    atomic_write_text(path, "x")

    assert path.read_text() == "x"


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "a"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(step, fail)
    with pytest.raises(OSError, match="No space left on device"):
        atomic_write_text(path, "new")

    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
