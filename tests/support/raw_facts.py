"""Every figure of a package, counted from the raw JSON by code of its own.

Nothing of the program is used here: what the program shows is compared with this.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

SAMPLE = Path(__file__).parents[2] / "src" / "pkgtui" / "sample"
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
DAY = timedelta(days=1)


def raw_packages() -> list[dict[str, Any]]:
    """The packages of the sample as the API gave them."""
    text = (SAMPLE / "packages.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(text)["results"]
    return rows


class Facts(NamedTuple):
    """What is to be shown of one package; None is unknown."""

    raw: dict[str, Any]

    @property
    def slug(self) -> str:
        """The name in addresses."""
        return str(self.raw["slug"])

    @property
    def last(self) -> datetime | None:
        """The last commit."""
        return time_of(self.raw["last_updated"])

    @property
    def looked(self) -> datetime | None:
        """When the site looked."""
        return time_of(self.raw["last_fetched"])

    @property
    def added(self) -> datetime | None:
        """When it came to the site."""
        return time_of(self.raw["created"])

    @property
    def stars(self) -> int | None:
        """Unknown where the site has never seen the repository."""
        return self._unless_never_seen(self.raw["repo_watchers"])

    @property
    def forks(self) -> int | None:
        """As for stars."""
        return self._unless_never_seen(self.raw["repo_forks"])

    @property
    def people(self) -> int | None:
        """Contributors, each counted once."""
        logins = {name.lower() for name in self.raw["participants"]}
        return self._unless_never_seen(len(logins))

    @property
    def weeks(self) -> list[int] | None:
        """Commits a week; unknown where there is no chart."""
        return self.raw["commits_over_52"] or None

    @property
    def total(self) -> int | None:
        """Commits of the year."""
        return None if self.weeks is None else sum(self.weeks)

    @property
    def recent(self) -> int | None:
        """Commits of the last 13 weeks."""
        return None if self.weeks is None else sum(self.weeks[39:])

    @property
    def before(self) -> int | None:
        """Commits of the 39 weeks before those."""
        return None if self.weeks is None else sum(self.weeks[:39])

    @property
    def busy(self) -> int | None:
        """Weeks with any commit."""
        return None if self.weeks is None else len([n for n in self.weeks if n > 0])

    @property
    def idle(self) -> int | None:
        """Weeks since the last one with a commit; None if there is none."""
        if not any(self.weeks or ()):
            return None
        text = "".join("x" if n else "." for n in self.weeks or ())
        return len(text) - len(text.rstrip("."))

    @property
    def trend_sign(self) -> str:
        """An arrow up where the last quarter's rate is 5/4 of the rest's and more."""
        if self.recent is None or self.before is None:
            return "–"
        if self.recent + self.before == 0:
            return ""
        now, then = self.recent / 13, self.before / 39
        return "↗" if now > 1.25 * then else "↘" if now < 0.75 * then else "→"

    @property
    def version(self) -> str | None:
        """On PyPI."""
        return self.raw["pypi_version"] or None

    def judged_at(self, now: datetime) -> datetime:
        """The day on which its activity is judged."""
        if self.looked is None or now <= self.looked + 60 * DAY:
            return now
        return self.looked

    def band(self, now: datetime) -> str:
        """How active it is."""
        if self.last is None:
            return "unknown"
        age = self.judged_at(now) - self.last
        limits = (("active", 90), ("maintained", 365), ("quiet", 3 * 365))
        fitting = [name for name, days in limits if age <= days * DAY]
        return fitting[0] if fitting else "dormant"

    def _unless_never_seen(self, number: int) -> int | None:
        return None if self.last is None and number == 0 else number


def time_of(text: str | None) -> datetime | None:
    """A time of the API in UTC."""
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def iso(moment: datetime | None) -> str | None:
    """A time as the JSON tells it."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def day(moment: datetime) -> str:
    """``4 Dec 2025``."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def grouped(number: int | None, unknown: str = "–") -> str:
    """``3 310``, with a no-break space."""
    if number is None:
        return unknown
    digits, groups = str(number), list[str]()
    while digits:
        digits, group = digits[:-3], digits[-3:]
        groups.insert(0, group)
    return "\N{NO-BREAK SPACE}".join(groups)


def age(span: timedelta) -> tuple[int, str]:
    """A span as number and unit: minutes, hours, days, weeks, months or years."""
    minutes = max(span, timedelta(0)) // timedelta(minutes=1)
    days = minutes // (24 * 60)
    if minutes < 60:
        return minutes, "minute"
    if days == 0:
        return minutes // 60, "hour"
    if days < 14:
        return days, "day"
    if days < 90:
        return days // 7, "week"
    if days <= 730:
        return int(days // 30.44), "month"
    return int(days // 365.25), "year"


def short(span: timedelta) -> str:
    """``5d``, ``13mo``."""
    number, unit = age(span)
    return f"{number}{'mo' if unit == 'month' else unit[0]}"


def words(span: timedelta) -> str:
    """``10 weeks``."""
    number, unit = age(span)
    return f"{number} {unit}{'' if number == 1 else 's'}"
