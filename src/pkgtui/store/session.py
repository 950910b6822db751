"""Where the browser was left, per catalogue: a small file that may be lost.

Unlike the marks it is no work of the user's: what cannot be read is forgotten, and a
failure to write it is nobody's concern.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pkgtui.files import write_whole

VERSION = 1


class Session:
    """Plain values by name, kept for each catalogue by its host."""

    def __init__(self, path: Path) -> None:
        """Keep values in the file `path`; nothing is read or written yet."""
        self._path = path

    def read(self, catalogue: str) -> Mapping[str, object]:
        """The values of `catalogue`; none where nothing readable is kept."""
        values = self._catalogues().get(catalogue)
        return values if isinstance(values, dict) else {}

    def write(self, catalogue: str, values: Mapping[str, object]) -> None:
        """Keep `values` (of JSON's types) for `catalogue`, if that is possible."""
        catalogues = {**self._catalogues(), catalogue: values}
        text = json.dumps({"version": VERSION, "catalogues": catalogues}, indent=2)
        with suppress(OSError):
            write_whole(self._path, f"{text}\n", is_private=True)

    def _catalogues(self) -> dict[str, object]:
        try:
            document = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(document, dict) or document.get("version") != VERSION:
            return {}
        catalogues = document.get("catalogues")
        return catalogues if isinstance(catalogues, dict) else {}
