"""The bands of activity, at their edges and on the day that they are judged."""

from datetime import UTC, datetime, timedelta

import pytest

from pkgtui.domain.activity import Activity, activity, activity_as_of

NOW = datetime(2026, 8, 8, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (-5 * DAY, Activity.ACTIVE),
        (0 * DAY, Activity.ACTIVE),
        (90 * DAY, Activity.ACTIVE),
        (90 * DAY + MOMENT, Activity.MAINTAINED),
        (365 * DAY, Activity.MAINTAINED),
        (365 * DAY + MOMENT, Activity.QUIET),
        (3 * 365 * DAY, Activity.QUIET),
        (3 * 365 * DAY + MOMENT, Activity.DORMANT),
        (9999 * DAY, Activity.DORMANT),
    ],
)
@pytest.mark.parametrize("fetched_at", [None, NOW, NOW - 60 * DAY])
def test_bands_by_the_age_of_the_last_commit(
    age: timedelta, band: Activity, fetched_at: datetime | None
) -> None:
    assert activity(NOW - age, fetched_at, NOW) is band


@pytest.mark.parametrize("fetched_at", [None, NOW, NOW - 400 * DAY])
def test_without_a_last_commit_the_band_is_unknown(fetched_at: datetime | None) -> None:
    assert activity(None, fetched_at, NOW) is Activity.UNKNOWN


def test_an_old_look_is_judged_on_its_own_day() -> None:
    looked = NOW - 60 * DAY - MOMENT
    assert activity_as_of(looked, NOW) == looked
    assert activity(looked - 90 * DAY, looked, NOW) is Activity.ACTIVE
    assert activity(looked - 91 * DAY, looked, NOW) is Activity.MAINTAINED


@pytest.mark.parametrize("fetched_at", [None, NOW, NOW - 60 * DAY, NOW + DAY])
def test_a_recent_look_is_judged_today(fetched_at: datetime | None) -> None:
    assert activity_as_of(fetched_at, NOW) == NOW


def test_bands_are_spelled_as_in_the_json_busiest_first() -> None:
    assert list(Activity) == ["active", "maintained", "quiet", "dormant", "unknown"]
