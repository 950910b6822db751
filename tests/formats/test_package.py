"""One package as text: what it says, what it says of the unknown, and its width."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pkgtui.domain.models import Category, GridRef, Package, PackageDetail
from pkgtui.formats.package_text import PackagePage, package_text
from pkgtui.formats.style import TextStyle
from pkgtui.text import cell_width
from tests.support.store import package

LOOKED = datetime(2026, 2, 15, 22, 15, tzinfo=UTC)
NOW = LOOKED + timedelta(hours=5)
WIDE = "漢字" * 25


def whole(**fields: Any) -> Package:
    return package(
        1412,
        114,
        243,
        **{
            "slug": "django-organizations",
            "title": "django-organizations",
            "description": "Multi-user accounts for Django projects",
            "stars": 1352,
            "forks": 219,
            "contributors": ("bennylope", "mgrdcm", "dependabot[bot]"),
            "commits_52w": (0,) * 16 + (1,) + (0,) * 24 + (1,) + (0,) * 10,
            "last_commit_at": datetime(2025, 12, 4, 16, tzinfo=UTC),
            "fetched_at": LOOKED,
            "added_at": datetime(2012, 8, 13, 16, tzinfo=UTC),
            "pypi_name": "django-organizations",
            "pypi_version": "2.5.0",
            "repo_url": "https://github.com/bennylope/django-organizations",
            "documentation_url": "https://django-organizations.readthedocs.io/",
            **fields,
        },
    )


def page(is_sample: bool = False, **fields: Any) -> PackagePage:
    grids = (GridRef(114, None, None), GridRef(243, "tenancy", "Multi-tenancy"))
    detail = PackageDetail(
        whole(**fields), Category(1, "apps", "App", "Apps", ""), grids, LOOKED
    )
    return PackagePage(detail, "https://example.org/packages/p/x/", NOW, is_sample)


def text(width: int = 80, is_sample: bool = False, **fields: Any) -> str:
    return "\n".join(package_text(page(is_sample, **fields), TextStyle(width)))


def test_everything_is_told() -> None:
    assert text().splitlines() == [
        "django-organizations 2.5.0" + " " * 51 + "App",
        "Multi-user accounts for Django projects",
        "",
        "  stars 1\u00a0352   forks 219   contributors 3   active",
        "  last commit   4 Dec 2025 · 10 weeks before the data's date, 15 Feb 2026",
        "  commits       2 commits in 52 weeks to 15 Feb 2026",
        "                1 in the last 13, 1 in the 39 before: rising ↗",
        "                2 of 52 weeks with commits, none in the last 10 weeks",
        "",
        "  1┤" + " " * 16 + "█" + " " * 24 + "█",
        "  0┼" + "─" * 52,
        "      Mar  Apr May Jun  Jul Aug Sep  Oct Nov Dec  Jan",
        "",
        "  grids         Multi-tenancy · 1 more not cached",
        "  repository    https://github.com/bennylope/django-organizations",
        "  documentation https://django-organizations.readthedocs.io/",
        "  PyPI          https://pypi.org/project/django-organizations/",
        "  web page      https://example.org/packages/p/x/",
        "  owner         bennylope",
        "  added         on Django Packages since 13 Aug 2012",
        "  contributors  bennylope, mgrdcm, dependabot[bot] (bot)",
        "",
        "  data from 15 Feb 2026 · cached 5 hours ago",
    ]


def test_the_unknown_is_said_to_be_unknown_and_is_never_zero() -> None:
    lines = text(
        description="",
        stars=None,
        forks=None,
        contributors=None,
        commits_52w=None,
        last_commit_at=None,
        fetched_at=None,
        added_at=None,
        pypi_name=None,
        pypi_version=None,
        repo_url=None,
        documentation_url=None,
    ).splitlines()

    told = "\n".join(lines)
    assert "(no description)" in told
    assert (
        "stars unknown   forks unknown   contributors unknown   activity unknown"
    ) in told
    assert "  last commit   unknown" in lines
    assert (
        "  commits       unknown: the site has no weekly chart of this package"
    ) in lines
    for label in ("repository", "documentation", "PyPI"):
        assert f"  {label:<14}none known" in lines
    assert "  added         unknown" in lines
    assert "  contributors  unknown" in lines
    assert "never fetched by Django Packages · cached" in lines[-1]
    assert "0" not in told.replace("2.5.0", "").replace("Grid 114", "")


def test_zeros_that_are_known_are_told_as_zeros() -> None:
    told = text(stars=0, forks=0, contributors=(), commits_52w=(0,) * 52)

    assert "stars 0   forks 0   contributors 0" in told
    assert "no commits in these 52 weeks to 15 Feb 2026" in told
    assert "  contributors  none" in told


def test_no_data_no_commits_and_a_steady_five_look_different() -> None:
    nothing = text(commits_52w=None)
    zeros = text(commits_52w=(0,) * 52)
    steady = text(commits_52w=(5,) * 52)

    assert "┼" not in nothing
    assert "┼" in zeros
    assert "┤" not in zeros
    assert "█" not in zeros
    assert steady.count("█") == 4 * 52
    assert "  5┤" in steady


def test_a_trend_is_told_in_words_and_numbers() -> None:
    falling = text(commits_52w=(10,) * 39 + (1,) * 13)
    steady = text(commits_52w=(2,) * 52)

    assert "13 in the last 13, 390 in the 39 before: falling ↘" in falling
    assert "52 of 52 weeks with commits\n" in falling
    assert "26 in the last 13, 78 in the 39 before: steady →" in steady


def test_a_short_chart_is_told_as_short() -> None:
    told = text(commits_52w=(1, 0))

    assert "1 commit in 2 weeks to 15 Feb 2026" in told
    assert "in the last 13" not in told
    assert "1 of 2 weeks with commits, none in the last week\n" in told


def test_a_narrow_chart_says_how_many_weeks_a_bar_is() -> None:
    assert "one bar is 2 weeks" in text(40)
    assert "one bar" not in text(80)


def test_an_old_look_dates_the_activity() -> None:
    looked = NOW - timedelta(days=400)

    told = text(fetched_at=looked, last_commit_at=looked - timedelta(hours=3))

    assert "active as of 12 Jan 2025" in told
    assert "on the day of the data" in told


def test_a_commit_after_the_sites_look_is_told_as_that() -> None:
    told = text(fetched_at=NOW - timedelta(days=3), last_commit_at=NOW)

    assert "· after the data's date, " in told


def test_the_sample_is_labelled() -> None:
    last = text(is_sample=True).splitlines()[-1]

    assert last == "  sample catalog · data from 15 Feb 2026"


def test_a_version_without_a_known_project_is_still_told() -> None:
    told = text(pypi_name=None)

    assert told.startswith("django-organizations 2.5.0")
    assert "  PyPI          none known" in told
    assert "(version unknown)" in text(pypi_version=None)


def test_prose_is_not_spread_over_a_wide_terminal() -> None:
    lines = text(300, description="word " * 100).splitlines()

    assert max(map(len, lines)) <= 100


HOSTILE = {
    "title": WIDE,
    "description": "[/] [bold]x[/bold] " + WIDE * 4 + " " + "w" * 300,
    "contributors": ("n" * 120, "山田 太郎", "[/]", "José María Ñandú", "🦄" * 30),
    "pypi_version": "1" * 50,
    "pypi_name": "漢字" * 20,
    "repo_url": "https://example.org/" + "a/" * 100,
}


@pytest.mark.parametrize("is_ascii", [False, True])
@pytest.mark.parametrize("width", [*range(20, 64), 79, 80, 81, 100, 120, 200])
@pytest.mark.parametrize("fields", [{}, HOSTILE], ids=["plain", "hostile"])
def test_no_line_is_wider_than_the_terminal(
    width: int, fields: dict[str, Any], is_ascii: bool
) -> None:
    lines = package_text(page(**fields), TextStyle(width, is_ascii=is_ascii))

    assert max(map(cell_width, lines)) <= width


def test_color_changes_no_letter() -> None:
    import re

    colored = package_text(page(), TextStyle(is_color=True))
    plain = package_text(page(), TextStyle())

    assert colored != plain
    assert [re.sub(r"\x1b\[\d*m", "", line) for line in colored] == plain
    assert colored[0].startswith("\x1b[1mdjango-organizations\x1b[0m 2.5.0")
