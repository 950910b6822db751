"""Paths of the program's files; the only module that imports platformdirs.

`PKGTUI_HOME` puts everything below one directory. Directories are made when something
is written, never by reading a path.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from pkgtui.errors import UsageError

APP_NAME = "pkgtui"
_CACHE_ENDINGS = (".sqlite3", ".sqlite3-journal", ".lock")
_MAX_HOST_CHARS = 48
"""Of a file's name, which has 255 bytes at most, and a damaged file's has more."""


class Paths(NamedTuple):
    """The directories and files of one user."""

    data: Path
    """Cache and marks."""
    config: Path
    state: Path
    """What may be lost: the saved session and crash reports."""

    @property
    def marks(self) -> Path:
        """The user's own marks: never part of the cache."""
        return self.data / "marks.json"

    @property
    def session(self) -> Path:
        """Where the browser was left; may be lost."""
        return self.state / "session.json"

    @property
    def settings(self) -> Path:
        """The settings file; optional."""
        return self.config / "config.toml"

    def cache(self, api_url: str, *, is_sample: bool = False) -> Path:
        """The database of one API: one file per host, and the sample's own."""
        name = "sample" if is_sample else _file_stem(api_url)
        return self.data / f"{name}.sqlite3"

    def are_for(self, path: Path) -> bool:
        """Whether `path` is for one of these files, so that nothing else goes there."""
        place = Path(os.path.realpath(path))
        named = (self.marks, self.session, self.settings)
        return str(place) in map(os.path.realpath, named) or (
            place.name.endswith(_CACHE_ENDINGS)
            and str(place.parent) == os.path.realpath(self.data)
        )


def user_paths(home: str | None = None) -> Paths:
    """The paths of this user; `home` stands for ``PKGTUI_HOME`` if it is not given."""
    home = home or os.environ.get("PKGTUI_HOME")
    if home:
        try:
            root = Path(home).expanduser().absolute()
        except RuntimeError as error:
            raise UsageError(f"PKGTUI_HOME is '{home}': no such user") from error
        except FileNotFoundError as error:
            raise UsageError(
                f"PKGTUI_HOME is '{home}', and the directory that this starts from is "
                "gone; change to another, or give it a whole path"
            ) from error
        return Paths(data=root, config=root, state=root)
    plain = _plain_xdg_paths(os.environ)
    if plain is not None:
        return plain
    import platformdirs

    return Paths(
        data=platformdirs.user_data_path(APP_NAME, appauthor=False),
        config=platformdirs.user_config_path(APP_NAME, appauthor=False),
        state=platformdirs.user_state_path(APP_NAME, appauthor=False),
    )


def _plain_xdg_paths(environ: Mapping[str, str]) -> Paths | None:
    """What platformdirs answers on Linux where nothing is out of the ordinary.

    It costs a tenth of a cached lookup to import. The rules are those of the XDG base
    directory specification 0.8; None leaves every other case to platformdirs.
    """
    home = environ.get("HOME", "")
    below = home.rstrip("/")
    data = environ.get("XDG_DATA_HOME", f"{below}/.local/share")
    config = environ.get("XDG_CONFIG_HOME", f"{below}/.config")
    state = environ.get("XDG_STATE_HOME", f"{below}/.local/state")
    is_plain = (
        sys.platform == "linux"
        and "ANDROID_DATA" not in environ
        and all(map(_is_plain_absolute, (home, data, config, state)))
    )
    if not is_plain:
        return None
    return Paths(*(Path(root, APP_NAME) for root in (data, config, state)))


def _is_plain_absolute(path: str) -> bool:
    return path.startswith("/") and path == path.strip()


def _file_stem(api_url: str) -> str:
    parts = urlsplit(api_url)
    host = parts.hostname or "unknown"
    stem = "".join(c if c.isalnum() or c in ".-" else "-" for c in host)
    stem = stem[:_MAX_HOST_CHARS]
    # The bundled sample has its name, and what ends in a number looks like a port.
    is_host_told = (
        stem == host and host != "sample" and not host.rpartition("-")[2].isdigit()
    )
    if parts.port is not None:
        stem += f"-{parts.port}"
    path = "" if parts.path.rstrip("/") == "/api/v4" else parts.path
    if path or not is_host_told:
        import hashlib  # loads OpenSSL: 9 ms that the usual address need not pay

        told_apart = path if is_host_told else f"{host}{path}"
        stem += "-" + hashlib.sha256(told_apart.encode()).hexdigest()[:8]
    return stem
