"""How active a package is: a fact with a rule, judged on a stated day.

The bands are by the last commit. Where the site itself has not looked for over 60 days
the record says nothing of today, so it is judged on the day of the site's look.
"""

from datetime import datetime, timedelta
from enum import StrEnum

ACTIVE_WITHIN = timedelta(days=90)
MAINTAINED_WITHIN = timedelta(days=365)
QUIET_WITHIN = timedelta(days=3 * 365)
STALE_FETCH_AFTER = timedelta(days=60)
LOOK_IS_ANCIENT_AFTER = timedelta(days=365)


class Activity(StrEnum):
    """The bands, busiest first."""

    ACTIVE = "active"
    MAINTAINED = "maintained"
    QUIET = "quiet"
    DORMANT = "dormant"
    UNKNOWN = "unknown"


def activity_as_of(fetched_at: datetime | None, now: datetime) -> datetime:
    """When a package is judged: `now`, or the site's last look if that is old."""
    if fetched_at is not None and now - fetched_at > STALE_FETCH_AFTER:
        return fetched_at
    return now


def is_stale_fetch(fetched_at: datetime | None, now: datetime) -> bool:
    """Whether the site looked so long ago that its ages would be taken for today's."""
    return fetched_at is not None and now - fetched_at > LOOK_IS_ANCIENT_AFTER


def activity(
    last_commit_at: datetime | None, fetched_at: datetime | None, now: datetime
) -> Activity:
    """The band of a package with its last commit at `last_commit_at`."""
    if last_commit_at is None:
        return Activity.UNKNOWN
    age = activity_as_of(fetched_at, now) - last_commit_at
    if age <= ACTIVE_WITHIN:
        return Activity.ACTIVE
    if age <= MAINTAINED_WITHIN:
        return Activity.MAINTAINED
    if age <= QUIET_WITHIN:
        return Activity.QUIET
    return Activity.DORMANT
