"""How long to wait for a server, and when to ask it again.

All durations of the network stand here, and all that has to do with time or chance can
be replaced, so that a test of an hour's wait takes none.
"""

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_SECONDS = re.compile(r"[0-9]+")
_MAX_DIGITS = 12


class RetryPolicy(NamedTuple):
    """The limits of one request; a page of a list is one request."""

    connect_s: float = 5
    silence_s: float = 10
    """How long the server may send nothing."""
    attempt_s: float = 20
    """How long one try may take, however steadily its answer drips."""
    give_up_s: float = 38
    """How long all tries and the waits between them may take."""
    tries: int = 3
    backoff_s: float = 0.5
    """The most to wait before the second try; it doubles with each further one."""
    retry_after_max_s: float = 30
    """The most that a server may ask to wait; what asks for more is not asked again."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Clock(NamedTuple):
    """Time and chance, as the machine provides them."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    """Seconds since any moment."""
    now: Callable[[], datetime] = _utc_now
    random: Callable[[], float] = random.random
    """From 0 to 1."""


def wait_s(
    patience: RetryPolicy,
    *,
    tries_made: int,
    elapsed_s: float,
    retry_after_s: float | None,
    random: float,
) -> float | None:
    """How long to wait before the next try; None where there is to be none.

    `retry_after_s` is what the server asked for; without it the wait grows
    exponentially, with full jitter by `random` (from 0 to 1), so that clients which
    failed together do not come back together.
    """
    if tries_made >= patience.tries:
        return None
    if retry_after_s is not None and retry_after_s > patience.retry_after_max_s:
        return None
    wait = retry_after_s or random * patience.backoff_s * 2 ** (tries_made - 1)
    return wait if elapsed_s + wait < patience.give_up_s else None


def retry_after_s(header: str | None, now: datetime) -> float | None:
    """The seconds that a ``Retry-After`` asks for (RFC 9110, 10.2.3); None for junk."""
    if header is None:
        return None
    header = header.strip()
    if _SECONDS.fullmatch(header):
        return float(header[:_MAX_DIGITS])
    try:
        then = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if then.tzinfo is None:  # "-0000": UTC, of an unknown place
        then = then.replace(tzinfo=UTC)
    return max(0.0, (then - now).total_seconds())
