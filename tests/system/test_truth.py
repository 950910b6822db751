"""Every figure that is shown of the sample is the one that its raw record gives."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pkgtui.domain.facts import LIST_COLUMNS
from pkgtui.tui.browse.package_document import PackageView, package_document
from pkgtui.tui.browse.panes.packages_pane import MARK_WIDTH, PackageTable
from tests.support.cli import Cli
from tests.support.raw_facts import (
    Facts,
    age,
    day,
    grouped,
    iso,
    raw_packages,
    short,
    words,
)
from tests.support.store import FakeClock, open_catalog
from tests.support.tui import browsing, line_texts

FACTS = [Facts(raw) for raw in raw_packages()]
BY_SLUG = {facts.slug: facts for facts in FACTS}
SLUGS = list(BY_SLUG)
SOON = datetime(2026, 2, 17, 12, tzinfo=UTC)
"""A day after most of the sample was looked at."""
LATER = datetime(2026, 8, 8, 12, tzinfo=UTC)
"""So late that nothing is judged by it."""
YEARS_LATER = datetime(2029, 3, 1, 12, tzinfo=UTC)
"""So late that an age on the day of the look would be taken for today's."""
SORTED_BY: dict[str, Callable[[Facts], Any]] = {
    "stars": lambda facts: facts.stars,
    "forks": lambda facts: facts.forks,
    "commits": lambda facts: facts.total,
    "contributors": lambda facts: facts.people,
    "updated": lambda facts: facts.last,
    "added": lambda facts: facts.added,
}


@pytest.fixture(params=[SOON, LATER, YEARS_LATER], ids=["soon", "later", "years"])
def now(request: pytest.FixtureRequest) -> datetime:
    moment: datetime = request.param
    return moment


@pytest.fixture
def sample(cli: Cli, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line on the sample, loaded three hours before `now`."""
    monkeypatch.setenv("PKGTUI_SAMPLE", "1")
    monkeypatch.setenv("COLUMNS", "200")
    cli.clock.moment = now
    cli.clock.advance(hours=-3)
    assert cli("sync").exit_code == 0
    cli.clock.advance(hours=3)
    return cli


def figures(facts: Facts, now: datetime) -> dict[str, object]:
    """What the JSON of a package has to say in numbers, times and versions."""
    return {
        "stars": facts.stars,
        "forks": facts.forks,
        "contributor_count": facts.people,
        "commits_52w": facts.weeks,
        "commits_total": facts.total,
        "commits_last_13w": facts.recent,
        "weeks_active": facts.busy,
        "weeks_since_commit": facts.idle,
        "last_commit_at": iso(facts.last),
        "pypi_version": facts.version,
        "added_at": iso(facts.added),
        "fetched_at": iso(facts.looked),
        "activity": facts.band(now),
        "activity_as_of": iso(facts.judged_at(now)),
    }


def test_the_sample_has_what_is_to_be_proved() -> None:
    never_seen = [facts for facts in FACTS if facts.last is None]
    assert {(f.stars, f.forks, f.people, f.total) for f in never_seen} == {(None,) * 4}
    years = {facts.looked.year for facts in FACTS if facts.looked}
    assert {2016, 2022, 2024, 2026} <= years
    assert len({facts.band(SOON) for facts in FACTS}) == 5


def test_json(sample: Cli, now: datetime) -> None:
    shown = sample("show", *SLUGS, "--format", "json").json

    assert [one["slug"] for one in shown] == SLUGS
    for one, facts in zip(shown, FACTS, strict=True):
        expected = figures(facts, now)
        assert {key: one[key] for key in expected} == expected
        assert one["cached_at"] == iso(sample.clock.moment.replace(hour=9))


def test_csv(sample: Cli, now: datetime) -> None:
    out = sample("show", *SLUGS, "--format", "csv").out

    rows = csv.DictReader(io.StringIO(out, newline=""))
    for row, facts in zip(rows, FACTS, strict=True):
        expected = {
            "stars": facts.stars,
            "forks": facts.forks,
            "contributors": facts.people,
            "commits, 52 weeks": facts.total,
            "last 13 weeks": facts.recent,
            "weeks with commits": facts.busy,
            "weeks since commit": facts.idle,
            "activity": facts.band(now),
            "PyPI version": facts.version,
            "data of": iso(facts.looked),
        }
        assert {label: row[label] for label in expected} == {
            label: "" if value is None else str(value)
            for label, value in expected.items()
        }


def spaced(lines: Iterable[str]) -> str:
    """`lines` as one, however they were broken."""
    return " ".join(" ".join(lines).split(" "))


def test_text_of_show(sample: Cli, now: datetime) -> None:
    for facts in FACTS:
        text = spaced(re.sub(r"\s*\n\s*", " ", sample("show", facts.slug).out).split())
        text = text.replace("\N{NO-BREAK SPACE}", " ")

        def number(value: int | None) -> str:
            return grouped(value, "unknown").replace("\N{NO-BREAK SPACE}", " ")

        band = facts.band(now)
        if facts.last is None:
            band = "activity unknown"
        elif facts.judged_at(now) != now:
            band += f" as of {day(facts.judged_at(now))}"
        assert (
            f"stars {number(facts.stars)} forks {number(facts.forks)} "
            f"contributors {number(facts.people)} {band} last commit "
        ) in text
        assert told_of_last_commit(facts) in text
        if facts.weeks is None or facts.looked is None:
            assert "commits unknown: the site has no weekly chart" in text
        elif not facts.total:
            assert f"no commits in these 52 weeks to {day(facts.looked)}" in text
        else:
            assert f"commits {of_commits(facts)} in 52 weeks to " in text
            assert f"{number(facts.recent)} in the last 13, " in text
            assert f" {number(facts.before)} in the 39 before: " in text
            assert f" {facts.busy} of 52 weeks with commits" in text
            if facts.idle and facts.idle > 1:
                assert f"none in the last {facts.idle} weeks" in text
        first = sample("show", facts.slug).lines[0]
        assert (facts.version or "") in first


def told_of_last_commit(facts: Facts) -> str:
    if facts.last is None or facts.looked is None:
        return "last commit unknown"
    if (facts.looked - facts.last).days < 1:
        return f"last commit {day(facts.last)} · on the day of the data"
    before = words(facts.looked - facts.last)
    return (
        f"last commit {day(facts.last)} · {before} before the data's date, "
        f"{day(facts.looked)}"
    )


COMPARED: dict[str, Callable[[Facts, datetime], int | str | None]] = {
    "activity": lambda facts, now: facts.band(now),
    "commits, 52 weeks": lambda facts, _: facts.total,
    "last 13 weeks": lambda facts, _: facts.recent,
    "weeks with commits": lambda facts, _: facts.busy,
    "weeks since commit": lambda facts, _: facts.idle,
    "stars": lambda facts, _: facts.stars,
    "forks": lambda facts, _: facts.forks,
    "contributors": lambda facts, _: facts.people,
    "PyPI version": lambda facts, _: facts.version,
}
"""Rows of a comparison whose cells are one word each, but for signs."""


def test_json_of_compare(sample: Cli, now: datetime) -> None:
    answer = sample("compare", *SLUGS, "--format", "json").json

    assert [one["slug"] for one in answer["packages"]] == SLUGS
    rows = {row["label"]: row["values"] for row in answer["rows"]}
    for label, value_of in COMPARED.items():
        expected = [value_of(facts, now) for facts in FACTS]
        assert rows[label] == [None if v == "unknown" else v for v in expected], label
    looked = [facts.looked for facts in FACTS]
    assert rows["data of"] == [one and one.date().isoformat() for one in looked]


def assert_compared(
    lines: list[str], compared: list[Facts], now: datetime, separator: str
) -> None:
    """In the lines of a comparison each package has its figures, in their order."""
    for label, value_of in COMPARED.items():
        (line,) = (line for line in lines if line.strip().startswith(label))
        cells = re.split(separator, line.strip().removeprefix(label).strip())
        if label == "commits, 52 weeks":
            cells = [cell for cell in cells if not re.fullmatch("[▁-█ ]*", cell)]
            cells = [re.sub("[▁-█ ]+", " ", cell).strip() for cell in cells]
        found = [re.sub(r"[ ›]*[*↗→↘›]", "", cell).strip() for cell in cells if cell]
        values = [value_of(facts, now) for facts in compared]
        assert found == [
            grouped(value) if isinstance(value, int) else value or "–"
            for value in values
        ], (label, line)


def test_text_of_compare(sample: Cli, now: datetime) -> None:
    for at in range(0, len(SLUGS), 3):
        slugs = SLUGS[at : at + 3]
        ran = sample("compare", *slugs)
        lines = [line for line in ran.lines if line]
        assert_compared(lines, [BY_SLUG[slug] for slug in slugs], now, " {2,}")
        ages = next(line for line in lines if line.startswith("last commit"))
        for slug in slugs:
            facts = BY_SLUG[slug]
            if facts.last is not None and facts.looked is not None:
                age_then = short(facts.looked - facts.last)
                assert f"{day(facts.last)} · {age_then}" in ages


def test_sorting(sample: Cli) -> None:
    for key, value_of in SORTED_BY.items():
        for option, is_reversed in ((key, False), (f"-{key}", True)):
            asked = ("search", "--sort", option, "--limit", "999", "--format", "json")
            found = sample(*asked).json

            values = [value_of(BY_SLUG[one["slug"]]) for one in found]
            known = [value for value in values if value is not None]
            assert len(values) == len(FACTS)
            assert values == [*known, *[None] * (len(values) - len(known))]
            assert known == sorted(known, reverse=not is_reversed)


@pytest.fixture
async def folder(tmp_path: Path, now: datetime) -> Path:
    """Where the sample was stored three hours before `now`."""
    clock = FakeClock(now)
    clock.advance(hours=-3)
    catalog = open_catalog(tmp_path, is_sample=True, now=clock)
    await catalog.sync()
    await catalog.aclose()
    return tmp_path


async def test_package_pane(folder: Path, now: datetime) -> None:
    catalog = open_catalog(folder, is_sample=True, now=FakeClock(now))
    try:
        for facts in FACTS:
            package_id = catalog.find_package(facts.slug)
            assert package_id is not None
            detail = catalog.package(package_id)
            assert detail is not None
            view = PackageView(detail, (), "https://x.org/", now)
            assert_pane(line_texts(package_document(view, 150, None).lines), facts, now)
    finally:
        catalog.close()


def assert_pane(lines: list[str], facts: Facts, now: datetime) -> None:
    def pluralize(number: int | None, noun: str) -> str:
        if number is None:
            return f"{noun}s unknown"
        return f"{grouped(number)} {noun}{'' if number == 1 else 's'}"

    version = f"PyPI {facts.version}" if facts.version else "no PyPI version"
    assert (
        f"★ {grouped(facts.stars, 'unknown')}   {pluralize(facts.forks, 'fork')}   "
        f"{pluralize(facts.people, 'contributor')}   {version}"
    ) in lines
    assert facts.looked is not None
    assert facts.added is not None
    if facts.last is None:
        assert "last commit unknown" in lines
    else:
        judged = facts.judged_at(now)
        as_of = "" if judged == now else f" as of {day(judged)}"
        assert (
            f"last commit {day(facts.last)}, {words(facts.looked - facts.last)} before "
            f"the data's date · {facts.band(now)}{as_of}"
        ) in lines
    assert (
        f"data from {day(facts.looked)} · cached 3 hours ago · "
        f"on Django Packages since {day(facts.added)}"
    ) in lines
    age_of_look = now - facts.looked
    warning = f"The site last looked {words(age_of_look)} ago: all figures are"
    is_told = any(line.startswith(warning) for line in lines)
    assert is_told == (age_of_look.days >= 365)
    if facts.weeks is None:
        assert "Commits  not known: the site has no chart" in lines
    elif not facts.total:
        assert f"Commits  52 weeks to {day(facts.looked)}" in lines
        assert "no commits in these 52 weeks" in lines
    else:
        told = " ".join(" · ".join(lines).split())
        assert f"{of_commits(facts)} in 52 weeks · " in told
        recent = f"{facts.recent} in the last 13, {facts.before} in the 39 before: "
        assert recent in told
        assert f" {facts.trend_sign} · {facts.busy} of 52 weeks with commits" in told
        weeks = f"{facts.idle} weeks" if facts.idle and facts.idle > 1 else "week"
        assert (f"with commits, none in the last {weeks} · " in told) == bool(
            facts.idle
        )


def of_commits(facts: Facts) -> str:
    """How many there were in the year."""
    return f"{grouped(facts.total)} commit{'' if facts.total == 1 else 's'}"


def age_in_table(facts: Facts, now: datetime) -> str:
    """The age on the day of the look; a year, if that is so long ago as to mislead."""
    if facts.looked is None or facts.last is None:
        return "–"
    if (now - facts.looked).days >= 365:
        return str(facts.last.year)
    return short(facts.looked - facts.last)


CELLS: dict[str, Callable[[Facts, datetime], str]] = {
    "stars": lambda facts, _: grouped(facts.stars),
    "forks": lambda facts, _: grouped(facts.forks),
    "commits": lambda facts, _: grouped(facts.total),
    "people": lambda facts, _: grouped(facts.people),
    "added": lambda facts, _: str(facts.added.year) if facts.added else "–",
    "trend": lambda facts, _: facts.trend_sign,
    "last": lambda facts, now: age_in_table(facts, now),
}


async def test_packages_table(folder: Path, now: datetime) -> None:
    async with browsing(
        folder,
        size=(230, 240),
        is_sample=True,
        is_synced=False,
        clock=FakeClock(now),
        columns=tuple(LIST_COLUMNS),
    ) as browser:
        await browser.press("3", "z")
        table = browser.screen.packages.table
        for y, row in enumerate(table.rows):
            facts = BY_SLUG[row.slug]
            cells = cells_of(table, y)
            assert {label: cells[label].strip() for label in CELLS} == {
                label: cell_of(facts, now) for label, cell_of in CELLS.items()
            }
            assert_chart(cells["52w commits"], facts)
            version = cells["version"].strip()
            if version.endswith("…"):
                assert (facts.version or "").startswith(version[:-1])
            else:
                assert version == (facts.version or "–")
        assert len(table.rows) == len(FACTS) <= table.page_height


def cells_of(table: PackageTable, y: int) -> dict[str, str]:
    """The cells of a line by the heading above them; each keeps its blanks."""
    strip = table.render_line(y)
    columns = table.columns(table.line_width - 1 - MARK_WIDTH)
    at = 1 + MARK_WIDTH + columns.title
    cells = {}
    for column, width in columns.others:
        cells[column.heading] = strip.crop(at + column.gap, at + width).text
        at += width
    return cells


def assert_chart(chart: str, facts: Facts) -> None:
    """A bar for two weeks, blank where neither has a commit; or a dash."""
    if facts.weeks is None:
        assert chart.strip() == "–"
        return
    if not facts.total:
        assert chart.strip() == "no commits"
        return
    assert len(chart) == 26
    pairs = zip(facts.weeks[::2], facts.weeks[1::2], strict=True)
    assert [bar != " " for bar in chart] == [sum(pair) > 0 for pair in pairs]


async def test_compare_screen(folder: Path, now: datetime) -> None:
    async with browsing(
        folder,
        size=(230, 50),
        is_sample=True,
        is_synced=False,
        clock=FakeClock(now),
        target="authentication",
    ) as browser:
        await browser.press("c")
        screen: Any = browser.app.screen
        lines = [re.sub("│", " ", line) for line in browser.lines()]
        shown = [entrant.slug for entrant in screen.comparing.entrants]
        assert len(shown) == 10
        count = len(screen.table.visible_columns().columns)
        assert_compared(lines, [BY_SLUG[slug] for slug in shown[:count]], now, " {2,}")


def test_an_age_in_every_unit_was_seen() -> None:
    units = {age(f.looked - f.last)[1] for f in FACTS if f.looked and f.last}
    assert units >= {"hour", "day", "week", "month", "year"}
