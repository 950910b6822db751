"""Every record we have of the site, decoded and compared with its JSON field by field.

What is expected is worked out here in another way than the decoder does it.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pkgtui.domain.models import Package
from pkgtui.sources.djangopackages.decode import (
    decode_category,
    decode_grid,
    decode_package,
    decode_page,
)

DATA = Path(__file__).parents[1] / "data"
SAMPLE = Path(__file__).parents[2] / "src" / "pkgtui" / "sample"
EMOJI = {
    ":couple:": "👫",
    ":gear:": "⚙",
    ":snake:": "🐍",
    ":pill:": "💊",
    ":construction:": "🚧",
    ":hammer_and_wrench:": "🛠",
    ":rainbow:": "🌈",
    ":tada:": "🎉",
}


def rows(path: Path) -> list[dict[str, Any]]:
    answer: dict[str, Any] = json.loads(path.read_text("utf-8"))
    results: list[dict[str, Any]] = answer.get("results", [answer])
    return results


def packages() -> Iterator[Any]:
    paths = [
        *sorted((DATA / "seeds").glob("*.json")),
        DATA / "recorded" / "packages_page1_default.json",
        SAMPLE / "packages.json",
    ]
    for path in paths:
        for row in rows(path):
            yield pytest.param(row, id=f"{path.stem}-{row['id']}")


def one_line(text: str) -> str:
    for code, emoji in EMOJI.items():
        text = text.replace(code, emoji)
    return " ".join(text.split())


def number_at_end(link: str) -> int:
    return int(link.partition("?")[0].rstrip("/").split("/")[-1])


def as_utc(text: str | None) -> datetime | None:
    if text is None:
        return None
    assert text[-6:] in {"-05:00", "-04:00"}
    # The clock as it is written, taken for UTC, and then the hours that it lags.
    return datetime.fromisoformat(f"{text[:-6]}+00:00") + timedelta(
        hours=int(text[-5:-3])
    )


def expected(row: dict[str, Any]) -> Package:
    was_looked_at = row["last_updated"] is not None
    names: list[str] = []
    for name in row["participants"]:
        if name.lower() not in [known.lower() for known in names]:
            names.append(name)
    return Package(
        id=row["id"],
        slug=row["slug"],
        title=one_line(row["title"]),
        description=one_line(row["repo_description"]),
        category_id=number_at_end(row["category"]),
        grid_ids=tuple(number_at_end(link) for link in row["grids"]),
        stars=row["repo_watchers"] if was_looked_at or row["repo_watchers"] else None,
        forks=row["repo_forks"] if was_looked_at or row["repo_forks"] else None,
        contributors=tuple(names) if was_looked_at or names else None,
        commits_52w=tuple(row["commits_over_52"]) or None,
        last_commit_at=as_utc(row["last_updated"]),
        fetched_at=as_utc(row["last_fetched"]),
        added_at=as_utc(row["created"]),
        pypi_name=row["pypi_url"].rstrip("/").split("/")[-1] or None,
        pypi_version=row["pypi_version"] or None,
        repo_url=row["repo_url"] or None,
        documentation_url=row["documentation_url"] or None,
    )


@pytest.mark.parametrize("row", list(packages()))
def test_package(row: dict[str, Any]) -> None:
    assert decode_package(row) == expected(row)


@pytest.mark.parametrize(
    "path",
    [DATA / "recorded" / "grids_page1.json", SAMPLE / "grids.json"],
    ids=["recorded", "sample"],
)
def test_grids(path: Path) -> None:
    for row in rows(path):
        grid = decode_grid(row)
        assert (grid.id, grid.slug, grid.title) == (
            *(row["id"], row["slug"]),
            one_line(row["title"]),
        )
        assert grid.package_ids == tuple(map(number_at_end, row["packages"]))
        description = one_line(row["description"].replace("\r\n", "\n"))
        assert grid.description.split() == description.split()
        lines = row["description"].strip().splitlines()
        assert len(grid.description.split("\n")) == max(1, len(lines))


@pytest.mark.parametrize(
    "path",
    [DATA / "recorded" / "categories.json", SAMPLE / "categories.json"],
    ids=["recorded", "sample"],
)
def test_categories(path: Path) -> None:
    for row in rows(path):
        assert decode_category(row) == (
            *(row["id"], row["slug"], row["title"]),
            row["title_plural"] or row["title"],
            row["description"],
        )


def test_the_seed_that_shows_every_form() -> None:
    """One record written out by hand, so that nothing is worked out by a program."""
    row = rows(DATA / "seeds" / "package-1412.json")[0]
    package = decode_package(row)
    weeks = [0] * 52
    weeks[16] = weeks[41] = 1
    assert package._replace(contributors=None) == Package(
        id=1412,
        slug="django-organizations",
        title="django-organizations",
        description="👫 Multi-user accounts for Django projects",
        category_id=1,
        grid_ids=(114, 243),
        stars=1352,
        forks=219,
        contributors=None,
        commits_52w=tuple(weeks),
        last_commit_at=datetime(2025, 12, 4, 16, 19, 34, tzinfo=UTC),
        fetched_at=datetime(2026, 2, 15, 22, 15, 22, 834530, tzinfo=UTC),
        added_at=datetime(2012, 8, 13, 16, 13, 58, 949977, tzinfo=UTC),
        pypi_name="django-organizations",
        pypi_version="2.5.0",
        repo_url="https://github.com/bennylope/django-organizations",
        documentation_url="https://django-organizations.readthedocs.io/en/latest/",
    )
    assert package.contributors is not None
    assert len(package.contributors) == 42
    assert package.contributors[:2] == ("bennylope", "mgrdcm")


def test_a_page_past_the_end_is_empty() -> None:
    body = (DATA / "recorded" / "packages_offset_past_end.json").read_bytes()
    assert decode_page(body, decode_package) == ((), 5400, 0, (), 0)


def test_a_whole_generated_catalog_can_be_read() -> None:
    from tests.reference_server import generate_catalog

    catalog = generate_catalog(2_000, 150)
    body = json.dumps(
        {"count": len(catalog.packages), "results": catalog.packages}
    ).encode()
    page = decode_page(body, decode_package)
    assert (page.unreadable_ids, page.unnamed_count) == ((), 0)
    for row, package in zip(catalog.packages, page.records, strict=True):
        assert (package.id, package.slug) == (row["id"], row["slug"])
        assert package.commits_52w == (tuple(row["commits_over_52"]) or None)
        assert package.repo_url == (row["repo_url"] or None)
        assert package.pypi_version == (row["pypi_version"] or None)
        assert package.title
        assert "\n" not in package.title + package.description
