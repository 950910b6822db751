"""Single fields of a record, each read on its own: what cannot be read is unknown.

No function here raises for any JSON value. Shapes and oddities are those of the
Django Packages API, version 4 (and 3, where it gives lists as text with commas).
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from urllib.parse import urlsplit

from pkgtui.domain.commits import WEEKS_IN_CHART
from pkgtui.domain.contributors import merge_duplicates
from pkgtui.text import cell_width, sanitize_line, sanitize_text

# One code or several in a row. What stands directly beside them must not be part of a
# word, a number or another colon: ``10:30:45``, ``a:on:b``, ``Foo::on::Bar``.
_SHORTCODES = re.compile(r"(?<![\w:])(?::[a-z0-9_+-]{1,60}:)+(?![\w:])")


def replace_shortcodes(text: str) -> str:
    """`text`, which is clean, with ``:couple:`` as the emoji."""
    if text.count(":") < 2 or not _SHORTCODES.search(text):
        return text
    # Rich takes 20 ms to load, and only few texts have a code.
    from rich.emoji import Emoji

    # Cleaned again because three flags are spelled with invisible tag characters.
    return _SHORTCODES.sub(lambda match: sanitize_text(Emoji.replace(match[0])), text)


MAX_TITLE_CHARS = 500
MAX_DESCRIPTION_CHARS = 10_000
MAX_URL_CHARS = 2_000
MAX_NAME_CHARS = 200
MAX_CONTRIBUTORS = 5_000
_MAX_INTEGER = 2**63 - 1  # SQLite's, and the site's own database's
_MAX_TIME_CHARS = 64
# Raw text is cut before it is cleaned too, so that a huge one costs no more than this.
_RAW_FACTOR = 4

_ID_IN_LINK = re.compile(r"(?:^|/)([0-9]{1,19})(?:\.[a-z]+)?/?$")
_NUMBER = re.compile(r"[0-9]{1,19}")
# The replacement character stands for what could not be read.
_NOT_IN_A_PATH_SEGMENT = re.compile("[\\s/?#\ufffd]")
_BARE_URL = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
# PEP 508, as the packaging guide words it.
_PYPI_NAME = re.compile(r"[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?", re.IGNORECASE)
_PYPI_URL = re.compile(
    r"(?:https?:)?(?://)?(?:www\.)?pypi\.(?:python\.)?org(?::[0-9]+)?"
    r"/(?:pypi|project|simple|p)/([^/?#]+)",
    re.IGNORECASE,
)


def whole_number(value: object) -> int | None:
    """A count: an int from 0 that fits 63 bits; None for anything else."""
    if type(value) is int and 0 <= value <= _MAX_INTEGER:
        return value
    return None


def record_id(value: object) -> int | None:
    """An id: a positive int that fits 63 bits; None for anything else."""
    return whole_number(value) or None


def slug(value: object) -> str | None:
    """What can stand as one segment in a path; None for anything else."""
    text = _line(value, MAX_NAME_CHARS + 1)
    if (
        not text
        or len(text) > MAX_NAME_CHARS
        or text in {".", ".."}
        or not text.isprintable()
        or _NOT_IN_A_PATH_SEGMENT.search(text)
    ):
        return None
    return text


def title(value: object, fallback: str) -> str:
    """One line with emoji; `fallback` where nothing of it can be seen."""
    text = replace_shortcodes(_line(value, MAX_TITLE_CHARS))
    # Joiners and variation selectors alone take no column and show nothing.
    return text if cell_width(text) > 0 else fallback


def line(value: object) -> str:
    """A description on one line, with emoji; empty where there is none."""
    return replace_shortcodes(_line(value, MAX_DESCRIPTION_CHARS))


def paragraphs(value: object) -> str:
    """A description with its lines kept, with emoji; empty where there is none."""
    if not isinstance(value, str):
        return ""
    text = sanitize_text(value[: MAX_DESCRIPTION_CHARS * _RAW_FACTOR])
    if len(text) > MAX_DESCRIPTION_CHARS:
        text = sanitize_text(text[:MAX_DESCRIPTION_CHARS])
    return replace_shortcodes(text)


def linked_id(value: object) -> int | None:
    """The id that a link ends in; nothing else of the link counts."""
    if not isinstance(value, str) or len(value) > MAX_URL_CHARS:
        return None
    path = re.split(r"[?#]", value, maxsplit=1)[0]
    match = _ID_IN_LINK.search(path.strip())
    return record_id(int(match[1])) if match else None


def linked_ids(value: object) -> tuple[int, ...]:
    """The ids of a list of links, each once; members that are no links are dropped."""
    if not isinstance(value, list):
        return ()
    ids = dict.fromkeys(linked_id(member) for member in value)
    return tuple(number for number in ids if number is not None)


def weekly_commits(value: object) -> tuple[int, ...] | None:
    """The chart, at most the last 52 weeks; None if a single week is unreadable."""
    if isinstance(value, str):
        texts = [part.strip() for part in value.split(",")]
        if not all(_NUMBER.fullmatch(text) for text in texts):
            return None
        value = [int(text) for text in texts]
    # By built-ins alone, because a page of the list has 26,000 weeks.
    if not isinstance(value, list) or set(map(type, value)) != {int}:
        return None
    if min(value) < 0 or max(value) > _MAX_INTEGER:
        return None
    return tuple(value[-WEEKS_IN_CHART:])


def contributors(value: object) -> tuple[str, ...] | None:
    """The names, each once; None if there is no list of them."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list):
        return None
    names = (_line(member, MAX_NAME_CHARS) for member in value)
    return merge_duplicates(name for name in names if name)[:MAX_CONTRIBUTORS]


def moment(value: object) -> datetime | None:
    """A time in UTC from any form of ISO 8601; without an offset it is New York's."""
    if not isinstance(value, str):
        return None
    text = value[:_MAX_TIME_CHARS].strip().upper()
    try:
        parsed = datetime.fromisoformat(text)
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=_new_york())
        return parsed.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def web_url(value: object) -> str | None:
    """An address with http or https and a host; None for anything else."""
    if not isinstance(value, str) or len(value) > MAX_URL_CHARS:
        return None
    text = sanitize_line(value)
    if _BARE_URL.fullmatch(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname)
        _ = parts.port  # raises ValueError where it is not a number
    except ValueError:
        return None
    return text if is_good and " " not in text else None


def pypi_name(value: object) -> str | None:
    """The name on PyPI, from an address there or as it is; None for anything else."""
    text = _line(value, MAX_URL_CHARS)
    match = _PYPI_URL.match(text)
    name = match[1] if match else text
    if len(name) <= MAX_NAME_CHARS and _PYPI_NAME.fullmatch(name):
        return name
    return None


def version(value: object) -> str | None:
    """A version as it is written; None where there is none."""
    return _line(value, MAX_NAME_CHARS) or None


def _line(value: object, longest: int) -> str:
    if not isinstance(value, str):
        return ""
    text = sanitize_line(value[: longest * _RAW_FACTOR])
    # Cleaned again, since a cut may part what an emoji is joined of.
    return text if len(text) <= longest else sanitize_line(text[:longest])


@cache
def _new_york() -> tzinfo:
    """The site's own time zone; its winter time where the machine knows no zones."""
    # Imported here because hardly any time comes without its offset.
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo("America/New_York")
    except (KeyError, OSError, ValueError):
        return timezone(timedelta(hours=-5))
