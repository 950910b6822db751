"""What a run is to do, once everything that has a say in it was asked."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from pkgtui.errors import UsageError

DEFAULT_API_URL = "https://djangopackages.org/api/v4/"


def check_api_url(url: str) -> str:
    """`url` as a base: http or https, a host, one slash at the end."""
    try:
        parts = urlsplit(url.strip())
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname)
        # It is told as it is. Nor can be asked for what came from other than UTF-8.
        is_good = is_good and url.strip().isprintable()
        _ = parts.port  # raises ValueError where it is not a number
    except ValueError:
        is_good = False
    if not is_good:
        raise UsageError(
            f"not an API address: {without_credentials(url)!r}; "
            f"it looks like {DEFAULT_API_URL}"
        )
    return urlunsplit(
        (parts.scheme, parts.netloc, parts.path.rstrip("/") + "/", "", "")
    )


def without_credentials(url: str) -> str:
    """`url` to show: without the name and password that it may carry."""
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, separator, _ = head.partition("://")
    return f"{scheme}{separator}{tail}" if separator else tail


DEFAULT_CACHE_AGE_H = 24.0
"""The site refreshes its own data once a day."""

DEFAULT_COLUMNS = ("stars", "commits", "last_commit", "version")

LOG_LEVELS = ("debug", "info", "warning")


class Settings(NamedTuple):
    """What a run was asked to do."""

    api_url: str = DEFAULT_API_URL
    """Base of an API v4; ends with a slash, without query."""
    is_offline: bool = False
    is_sample: bool = False
    is_ascii: bool = False
    """Nothing outside ASCII is written."""
    is_ascii_asked: bool = False
    """ASCII was asked for, rather than found to be all that the terminal takes."""
    cache_age_h: float = DEFAULT_CACHE_AGE_H
    """How old what is cached may be before it is asked for again, in hours."""
    theme: str | None = None
    """One of `themes.THEMES`; None leaves it to what was chosen in the browser."""
    has_mouse: bool = True
    """The mouse is the program's, not the terminal's own to select with."""
    has_animations: bool = True
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    """Of `domain.facts.LIST_COLUMNS`, in the order of the packages' table."""
    keymap: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Actions with other keys than `keys.KEYS` gives them: id, and Textual's names."""
    log_path: Path | None = None
    log_level: str = "info"
    is_log_asked: bool = False
    """The log was asked for this very run: without it there is no run."""

    @property
    def max_age(self) -> timedelta:
        """How old what is cached may be before it is asked for again."""
        return timedelta(hours=self.cache_age_h)
