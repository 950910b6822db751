"""The packages that the user has marked: a file of the user's own, never disposable.

It is read again right before each change and replaced in one step, so that another
program's marks are kept and a cut leaves the old file. A file that cannot be
understood is put aside, not overwritten, and one of a newer program is left alone.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from pkgtui.errors import StoreError
from pkgtui.files import atomic_write_text, read_regular_file

VERSION = 1
MAX_BYTES = 16 * 2**20
"""Room for a hundred times as many packages as there are."""


class Marks:
    """Slugs of marked packages, oldest mark first."""

    def __init__(self, path: Path) -> None:
        """Keep marks in the file `path`; nothing is read or written yet."""
        self._path = path
        self.notice = ""
        """A sentence about a file that was put aside; empty otherwise."""

    def slugs(self) -> tuple[str, ...]:
        """Read the marks; none where there is no file.

        Raises StoreError where the file is there and cannot be read.
        """
        try:
            text = read_regular_file(self._path, MAX_BYTES).decode("utf-8-sig")
        except FileNotFoundError:
            return ()
        except UnicodeDecodeError:
            self._put_aside()
            return ()
        except OSError as error:
            raise self._unreadable(error) from error
        slugs = self._slugs_in(text)
        if slugs is None:
            self._put_aside()
            return ()
        return tuple(dict.fromkeys(slugs))

    def toggle(self, slug: str) -> bool:
        """Mark `slug`, or take its mark away; whether it is marked now."""

        def change(slugs: list[str]) -> None:
            if slug in slugs:
                slugs.remove(slug)
            else:
                slugs.append(slug)

        return slug in self._change(change)

    def add(self, slugs: Iterable[str]) -> None:
        """Mark all of `slugs`, those that are marked already staying where they are."""
        self._change(lambda held: held.extend(s for s in slugs if s not in held))

    def clear(self) -> None:
        """Take all marks away."""
        self._change(lambda slugs: slugs.clear())

    def _change(self, change: Callable[[list[str]], None]) -> list[str]:
        slugs = list(self.slugs())
        change(slugs)
        self._write(slugs)
        return slugs

    def _write(self, slugs: list[str]) -> None:
        document = json.dumps({"version": VERSION, "packages": slugs}, indent=2)
        try:
            atomic_write_text(self._path, f"{document}\n", is_private=True)
        except OSError as error:
            raise StoreError(
                f"cannot keep the marks in {self._path}: {_reason(error)}"
            ) from error

    def _put_aside(self) -> None:
        number = 1
        while (aside := self._aside(number)).exists():
            number += 1
        try:
            self._path.replace(aside)
        except OSError as error:
            raise self._unreadable(error) from error
        self.notice = (
            f"the marks in {self._path} could not be read; the file was moved aside as "
            f"{aside.name}"
        )

    def _aside(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.damaged-{number}")

    def _unreadable(self, error: OSError) -> StoreError:
        return StoreError(f"cannot read the marks in {self._path}: {_reason(error)}")

    def _slugs_in(self, text: str) -> list[str] | None:
        """The marks in a file's text; None where it is not a file of marks.

        Raises StoreError where it is one of a newer version.
        """
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(document, dict):
            return None
        version, slugs = document.get("version"), document.get("packages")
        if isinstance(version, int) and version > VERSION:
            raise StoreError(
                f"the marks in {self._path} are of a newer pkgtui; update this one, or "
                "move the file away"
            )
        if version != VERSION or not isinstance(slugs, list):
            return None
        return slugs if all(isinstance(slug, str) for slug in slugs) else None


def _reason(error: OSError) -> str:
    words = error.strerror or str(error)
    return f"{words[:1].lower()}{words[1:]}"
