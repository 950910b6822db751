"""The settings: what can be set, where it is read from, and who has the last word.

A run for which nobody has set anything pays for none of that: what reads the file and
the environment is loaded only if there is something to read.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from pkgtui.config.environment import (
    is_over_ssh,
    terminal_is_ascii,
    wants_tracebacks,
)
from pkgtui.config.settings import (
    DEFAULT_API_URL,
    Settings,
    check_api_url,
    without_credentials,
)

__all__ = [
    "DEFAULT_API_URL",
    "Settings",
    "check_api_url",
    "is_over_ssh",
    "settings_of_run",
    "wants_tracebacks",
    "without_credentials",
]

_PLAIN_OPTIONS = frozenset({"api_url", "offline", "sample", "ascii"})
_NOT_SETTINGS = frozenset({"PKGTUI_HOME", "PKGTUI_DEBUG"})


def settings_of_run(
    path: Path,
    environ: Mapping[str, str] = os.environ,
    options: Mapping[str, object] | None = None,
) -> tuple[Settings, tuple[str, ...]]:
    """Settings from the file `path`, `environ` and `options`, and what is wrong there.

    `options` are by the names of settings, None for one that was not given. Raises
    `UsageError` for one that is wrong.
    """
    given = {name: said for name, said in (options or {}).items() if said is not None}
    if (
        given.keys() - _PLAIN_OPTIONS
        or any(name.startswith("PKGTUI_") for name in environ.keys() - _NOT_SETTINGS)
        or os.path.lexists(path)
    ):
        from pkgtui.config.loader import resolve

        configuration = resolve(path, environ, given)
        return configuration.settings, configuration.problems
    settings = Settings(
        api_url=check_api_url(str(given.get("api_url", DEFAULT_API_URL))),
        is_offline=given.get("offline") is True,
        is_sample=given.get("sample") is True,
        is_ascii=given.get("ascii") is True or terminal_is_ascii(environ),
        is_ascii_asked=given.get("ascii") is True,
        has_animations=not is_over_ssh(environ),
    )
    return settings, ()
