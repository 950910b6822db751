"""Dates and ages in words, short enough for a column or plain enough for a sentence."""

from datetime import date, datetime, timedelta

_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_DAY = 86_400
_DAYS_PER_MONTH = 30.44
_DAYS_PER_YEAR = 365.25


def format_date(day: date | datetime) -> str:
    """``4 Dec 2025``: the same in every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_month(day: date | datetime) -> str:
    """``Dec 2025``, of what was looked at over several days."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def month_name(day: date) -> str:
    """``Dec``."""
    return _MONTHS[day.month - 1]


def short_age(then: datetime, now: datetime) -> str:
    """How long ago in at most four columns: ``5d``, ``2w``, ``13mo``, ``13y``."""
    number, unit = _age_parts(now - then)
    return f"{number}{unit}"


def long_age(then: datetime, now: datetime) -> str:
    """How long ago in words: ``3 hours ago``, ``10 weeks ago``, ``just now``.

    Of a clock that was set back: ``3 days ahead of this clock``.
    """
    if then - now >= timedelta(minutes=1):
        return f"{age_in_words(then - now)} ahead of this clock"
    if now - then < timedelta(minutes=1):
        return "just now"
    return f"{age_in_words(now - then)} ago"


def against_data(then: datetime, data_of: datetime) -> str:
    """When something was, by the site's look: ``10 weeks before the data's date``."""
    relation = "after" if then > data_of else f"{age_in_words(data_of - then)} before"
    return f"{relation} the data's date"


def age_in_words(age: timedelta) -> str:
    """A span in its largest sensible unit: ``1 hour``, ``10 weeks``, ``13 years``."""
    number, unit = _age_parts(age)
    name = {
        "m": "minute",
        "h": "hour",
        "d": "day",
        "w": "week",
        "mo": "month",
        "y": "year",
    }[unit]
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _age_parts(age: timedelta) -> tuple[int, str]:
    seconds = max(0, int(age.total_seconds()))
    days = seconds // _DAY
    if seconds < 3600:
        return seconds // 60, "m"
    if days < 1:
        return seconds // 3600, "h"
    if days < 14:
        return days, "d"
    if days < 90:
        return days // 7, "w"
    if days < 2 * _DAYS_PER_YEAR:
        return int(days / _DAYS_PER_MONTH), "mo"
    return int(days / _DAYS_PER_YEAR), "y"
