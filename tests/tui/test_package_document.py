"""The package pane's text: every fact with its date, and what can be followed."""

from datetime import UTC, datetime, timedelta

import pytest

from pkgtui.domain.models import (
    Alternative,
    Category,
    GridRef,
    Package,
    PackageDetail,
)
from pkgtui.text import cell_width
from pkgtui.tui.browse.links import (
    ContributorTarget,
    GridTarget,
    LinkTarget,
    PackageTarget,
    WeekTarget,
)
from pkgtui.tui.browse.package_document import PackageView, package_document
from pkgtui.tui.widgets.document_view import Document, Stop
from tests.support.store import UNKNOWN_FACTS, package
from tests.support.tui import SEEDED, line_texts, seed

LOOKED = datetime(2026, 2, 15, 12, tzinfo=UTC)
NOW = LOOKED + timedelta(days=2)
APP = Category(1, "apps", "App", "Apps", "")
WEB_URL = "https://djangopackages.org/packages/p/package-1/"


def view(
    record: Package,
    *,
    grids: tuple[GridRef, ...] = (),
    alternatives: tuple[Alternative, ...] = (),
    people_filter: str = "",
    now: datetime = NOW,
) -> PackageView:
    detail = PackageDetail(record, APP, grids, NOW - timedelta(hours=3))
    return PackageView(detail, alternatives, WEB_URL, now, people_filter)


def document(shown: PackageView, width: int = 80, target: object = None) -> Document:
    return package_document(shown, width, target)


def text(shown: PackageView, width: int = 80, target: object = None) -> str:
    return "\n".join(line_texts(document(shown, width, target).lines))


def stop_text(made: Document, stop: Stop) -> str:
    """What stands at a stop, of a text of narrow characters."""
    return line_texts(made.lines)[stop.line][stop.start : stop.end]


def targets(made: Document, kind: type) -> dict[str, object]:
    """The stops of a kind by the text that stands there."""
    return {
        stop_text(made, stop): stop.target
        for stop in made.stops
        if isinstance(stop.target, kind)
    }


def test_a_record_is_told_in_full() -> None:
    told = text(view(seed("django-organizations")), 100)

    for fact in (
        "django-organizations",
        "Multi-user accounts for Django projects",
        "★ 1\u00a0352   219 forks   42 contributors   PyPI 2.5.0",
        "last commit 4 Dec 2025, 10 weeks before the data's date · active",
        "data from 15 Feb 2026 · cached 3 hours ago",
        "on Django Packages since 13 Aug 2012",
        "repository  https://github.com/bennylope/django-organizations",
        "docs        https://django-organizations.readthedocs.io/",
        "PyPI        https://pypi.org/project/django-organizations/",
        f"web page    {WEB_URL}",
        "Contributors  42",
    ):
        assert fact in told
    assert told.splitlines()[0].endswith("App · by bennylope")


def test_the_unknown_is_said_and_never_drawn_as_zero() -> None:
    told = text(view(package(1, **UNKNOWN_FACTS)))

    for fact in (
        "no description",
        "★ unknown   forks unknown   contributors unknown   no PyPI version",
        "last commit unknown",
        "never fetched by Django Packages · cached 3 hours ago",
        "Commits  not known: the site has no chart",
        "Contributors  unknown",
        "Grids  in no grid",
        "repository  none",
        "docs        none",
        "PyPI        none",
    ):
        assert fact in told
    assert "0" not in told


def test_zero_is_told_as_zero() -> None:
    told = text(view(package(1, stars=0, forks=0, contributors=())))
    assert "★ 0   0 forks   0 contributors" in told
    assert "Contributors  0" in told


def test_what_the_site_saw_long_ago_is_judged_and_marked_as_of_then() -> None:
    old = package(1, fetched_at=LOOKED, last_commit_at=LOOKED - timedelta(days=10))

    fresh = text(view(old, now=LOOKED + timedelta(days=2)))
    months_later = text(view(old, now=LOOKED + timedelta(days=120)))
    years_later = text(view(old, now=LOOKED + timedelta(days=800)))

    assert "10 days before the data's date · active\n" in fresh
    assert "active as of 15 Feb 2026" in months_later
    assert "last looked" not in months_later
    assert "The site last looked 2 years ago: all figures are of that day." in (
        years_later
    )


def test_a_commit_after_the_sites_look_is_not_told_as_one_before_it() -> None:
    record = package(1, fetched_at=LOOKED, last_commit_at=LOOKED + timedelta(days=3))
    told = text(view(record, now=LOOKED + timedelta(days=4)))
    assert "last commit 18 Feb 2026, after the data's date" in told


def test_grids_are_stops_whether_held_or_not() -> None:
    grids = (GridRef(41, "authentication", "Authentication"), GridRef(287, None, None))
    made = document(view(package(1), grids=grids))

    assert targets(made, GridTarget) == {
        "Authentication": GridTarget(41, is_held=True),
        "Grid 287 (not cached)": GridTarget(287, is_held=False),
    }


def test_grids_without_title_follow_in_the_cache_and_are_counted_in_the_sample() -> (
    None
):
    grids = (GridRef(287, None, None), GridRef(41, "a", "Auth"), GridRef(9, None, None))
    cached = view(package(1), grids=grids)
    sample = cached._replace(is_sample=True)

    assert "Auth · Grid 287 (not cached) · Grid 9 (not cached)" in text(cached)
    assert "Auth · 2 more not in the sample" in text(sample)
    assert list(targets(document(sample), GridTarget)) == ["Auth"]
    only_unknown = view(package(1), grids=grids[:1])._replace(is_sample=True)
    assert "Grids     1 not in the sample" in text(only_unknown)


def test_links_are_stops() -> None:
    made = document(view(seed("django-organizations")))
    links = targets(made, LinkTarget)
    assert all(link == LinkTarget(url) for url, link in links.items())
    assert len(links) == 4


def test_alternatives_tell_how_many_grids_they_share() -> None:
    others = (
        Alternative(2, "two", "Two", 2, None),
        Alternative(3, "three", "Three " * 20, 1, None),
    )
    made = document(view(package(1), alternatives=others), 40)
    shown = targets(made, PackageTarget)

    assert shown["Two (2 shared grids)"] == PackageTarget(2)
    (cut,) = (name for name, target in shown.items() if target == PackageTarget(3))
    assert cut.endswith("… (1 shared grid)")


def test_contributors_are_in_order_counted_and_bots_are_marked() -> None:
    names = ("zoe", "ann", "dependabot[bot]", "Bob", "weblate")
    made = document(view(package(1, contributors=names)))

    assert "Contributors  5, 2 of them bots" in line_texts(made.lines)
    assert list(targets(made, ContributorTarget).values()) == [
        ContributorTarget(name) for name in names
    ]
    assert list(targets(made, ContributorTarget)) == [
        "zoe",
        "ann",
        "dependabot[bot] (bot)",
        "Bob",
        "weblate (bot)",
    ]


def test_contributors_that_the_api_names_twice_are_merged() -> None:
    record = seed("django-organizations")
    assert record.contributors is not None
    folded = [name.casefold() for name in record.contributors]
    assert len(folded) == len(set(folded))
    made = document(view(record))
    assert list(targets(made, ContributorTarget).values()) == [
        ContributorTarget(name) for name in record.contributors
    ]


def test_a_long_name_keeps_its_bot_mark() -> None:
    made = document(view(package(1, contributors=("n" * 60 + "[bot]",))), 40)
    (shown,) = targets(made, ContributorTarget)
    assert shown.endswith("… (bot)")


def test_contributors_can_be_narrowed() -> None:
    names = ("zoe", "ann", "Anna")
    made = document(view(package(1, contributors=names), people_filter="AN"))
    assert list(targets(made, ContributorTarget)) == ["ann", "Anna"]
    assert "Contributors  2 of 3" in line_texts(made.lines)


def test_the_week_under_the_cursor_is_told_with_the_facts_around_it() -> None:
    record = seed("django-modelcluster")
    assert record.commits_52w is not None
    week = WeekTarget(record.commits_52w.index(3))
    assert "week of 1 Dec 2025: 3 commits" in text(view(record), target=week)
    assert "week of" not in text(view(record))


def test_stops_are_in_reading_order() -> None:
    made = document(view(seed("django-shop")))
    places = [(stop.line, stop.start) for stop in made.stops]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [10, 20, 37, 38, 57, 77, 80, 117, 160])
@pytest.mark.parametrize("slug", SEEDED)
def test_no_line_is_wider_than_the_pane_and_no_stop_is_outside(
    slug: str, width: int
) -> None:
    made = document(view(seed(slug)), width)
    lines = line_texts(made.lines)
    if width >= 37:
        assert [line for line in lines if cell_width(line) > width] == []
    for stop in made.stops:
        assert stop.start < stop.end
        if width >= 37:
            assert stop.end <= width
            if not isinstance(stop.target, WeekTarget):
                assert stop_text(made, stop).strip()


@pytest.mark.parametrize("width", range(30, 80, 7))
def test_nothing_but_names_titles_and_addresses_is_ever_cut(width: int) -> None:
    people = tuple(f"person{number}" for number in range(20))
    made = document(view(package(1, contributors=people)), width)
    cut = [line for line in line_texts(made.lines) if "…" in line]
    assert all("https://" in line for line in cut)


def test_wide_names_stand_where_their_stops_are() -> None:
    names = ("漢字" * 10, "Ann", "e\u0301" * 40, "🦄" * 40)
    made = document(view(package(1, contributors=names)), 60)
    for stop in made.stops:
        if isinstance(stop.target, ContributorTarget):
            spans = made.lines[stop.line]
            starts = {}
            x = 0
            for part, _ in spans:
                starts[x] = x + cell_width(part)
                x = starts[x]
            assert starts[stop.start] == stop.end
            assert stop.end - stop.start <= 28
