"""Where the browser was left, per catalog, and its looks: a file that may be lost.

Unlike the marks it is no work of the user's: what cannot be read is forgotten, and a
failure to write it is nobody's concern.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pkgtui.files import atomic_write_text, read_regular_file

VERSION = 1
MAX_BYTES = 2**20
_PARTS = ("catalogs", "choices")


class Session:
    """Plain values by name, kept for each catalog by its host, or for all."""

    def __init__(self, path: Path) -> None:
        """Keep values in the file `path`; nothing is read or written yet."""
        self._path = path

    def read(self, catalog: str) -> Mapping[str, object]:
        """The values of `catalog`; none where nothing readable is kept."""
        values = self._part("catalogs").get(catalog)
        return values if isinstance(values, dict) else {}

    def write(self, catalog: str, values: Mapping[str, object]) -> None:
        """Keep `values` (of JSON's types) for `catalog`, if that is possible."""
        self._keep("catalogs", catalog, values)

    def choice(self, name: str) -> object:
        """What was chosen for all catalogs; None where nothing readable is kept."""
        return self._part("choices").get(name)

    def choose(self, name: str, value: object) -> None:
        """Keep a choice (of JSON's types) for all catalogs, if that is possible."""
        self._keep("choices", name, value)

    def _keep(self, part: str, name: str, value: object) -> None:
        parts = {one: self._part(one) for one in _PARTS}
        parts[part] = {**parts[part], name: value}
        text = json.dumps({"version": VERSION, **parts}, indent=2)
        with suppress(OSError):
            atomic_write_text(self._path, f"{text}\n", is_private=True)

    def _part(self, name: str) -> dict[str, object]:
        try:
            document = json.loads(read_regular_file(self._path, MAX_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(document, dict) or document.get("version") != VERSION:
            return {}
        part = document.get(name)
        return part if isinstance(part, dict) else {}
