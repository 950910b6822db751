"""The settings of one run: defaults, then the environment, then the command line."""

import os
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from pkgtui.errors import UsageError

DEFAULT_API_URL = "https://djangopackages.org/api/v4/"
_TRUE = frozenset({"1", "true", "yes", "on"})
_SET_BY_PYTHON = frozenset({"C.UTF-8", "C.utf8", "UTF-8"})


class Settings(NamedTuple):
    """What a run was asked to do."""

    api_url: str = DEFAULT_API_URL
    """Base of an API v4; ends with a slash, without query."""
    is_offline: bool = False
    is_sample: bool = False
    is_ascii: bool = False
    """Nothing outside ASCII is written."""


def resolve_settings(
    environ: Mapping[str, str] = os.environ,
    *,
    api_url: str | None = None,
    offline: bool = False,
    sample: bool = False,
    ascii_only: bool = False,
) -> Settings:
    """Settings from options (the arguments) and, where those are not given, `environ`.

    Raises `UsageError` for an API URL that is not one.
    """
    return Settings(
        api_url=check_api_url(
            api_url or environ.get("PKGTUI_API_URL") or DEFAULT_API_URL
        ),
        is_offline=offline or _is_true(environ.get("PKGTUI_OFFLINE")),
        is_sample=sample or _is_true(environ.get("PKGTUI_SAMPLE")),
        is_ascii=ascii_only or terminal_is_ascii(environ),
    )


def check_api_url(url: str) -> str:
    """`url` as a base: http or https, a host, one slash at the end."""
    try:
        parts = urlsplit(url.strip())
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname)
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


def terminal_is_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the terminal takes only ASCII, by its type or by the locale as set.

    Python itself turns ``LANG=C`` into UTF-8 (PEP 538), so the interpreter's own
    encoding does not tell, nor does the ``LC_CTYPE`` that it sets in doing so.
    """
    if environ.get("TERM") in {"linux", "dumb"}:
        return True
    all_of_it, letters, usual = map(environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))
    if letters in _SET_BY_PYTHON and usual:
        letters = None
    locale = all_of_it or letters or usual
    if not locale:
        return False
    return "utf" not in locale.lower()


def wants_tracebacks(environ: Mapping[str, str]) -> bool:
    """Whether a bug shows its traceback (``PKGTUI_DEBUG=1``) instead of one line."""
    return _is_true(environ.get("PKGTUI_DEBUG"))


def _is_true(value: str | None) -> bool:
    return value is not None and value.strip().lower() in _TRUE
