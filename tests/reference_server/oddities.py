"""What is odd about a catalog, each oddity put on some of its packages.

Ordinary packages come from elsewhere; here a few in every hundred are changed, so
that a small catalog has each oddity once and a large one has it in proportion.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import cycle, islice

from tests.reference_server import hostile as texts
from tests.reference_server.shapes import Record

EVERY = 400
"""An oddity is put on one package in this many, and on one at least."""


def never_fetched(record: Record) -> None:
    """The site could not reach the repository even once."""
    record.update(
        last_updated=None,
        last_fetched=None,
        commits_over_52=[],
        participants=[],
        repo_watchers=0,
        repo_forks=0,
        repo_description="",
    )


def no_chart(record: Record) -> None:
    """The commits of the year are not known."""
    record.update(commits_over_52=[])


def short_chart(record: Record) -> None:
    """A chart of fewer than 52 weeks."""
    record.update(commits_over_52=[0, 3, 1])


def no_last_commit(record: Record) -> None:
    """Looked at, but without a date of the last commit."""
    record.update(last_updated=None, commits_over_52=[0] * 52)


def no_repository(record: Record) -> None:
    """The package names no repository."""
    record.update(repo_url="")


def no_version(record: Record) -> None:
    """No version, in the form that is not null."""
    record.update(pypi_version="", pypi_url="", documentation_url="")


def digits_slug(record: Record) -> None:
    """A slug that a path takes for an id."""
    record.update(slug=str(900_000_000 + record["id"]))


def shadowed_slug(record: Record) -> None:
    """A slug that is another package's id: looking it up gives the other one."""
    record.update(slug="1" if record["id"] != 1 else "2")


def cased_slug(record: Record) -> None:
    """Slugs have capitals and underscores, and are case-sensitive."""
    record.update(slug=record["slug"].replace("-", "_").title()[:50])


def common_title(record: Record) -> None:
    """Titles are not unique."""
    record.update(title="django-blog")


def repeated_people(record: Record) -> None:
    """Contributors may be named twice, be bots, or have digits for a login."""
    named = ["twice", "123456", "dependabot[bot]", "twice", "Twice"]
    record.update(participants=[*named, *record["participants"]])


def crowd(record: Record) -> None:
    """Several hundred contributors, and the numbers that go with them."""
    record.update(
        participants=[f"person{number}" for number in range(450)],
        repo_watchers=80_000,
        repo_forks=31_000,
        commits_over_52=[40 + week for week in range(52)],
    )


ODDITIES: tuple[Callable[[Record], None], ...] = (
    never_fetched,
    never_fetched,
    never_fetched,
    no_chart,
    no_chart,
    no_chart,
    no_chart,
    short_chart,
    no_last_commit,
    no_repository,
    no_version,
    digits_slug,
    cased_slug,
    common_title,
    common_title,
    repeated_people,
    crowd,
)
"""What is put on packages; named as often as it is common."""


def apply(rng: random.Random, packages: list[Record], *, hostile: bool) -> None:
    """Put every oddity on some of the packages, as far as there are packages."""
    share = max(1, len(packages) // EVERY)
    changes = [change for change in ODDITIES for _ in range(share)]
    # Shuffled, so that a catalog too small for all has some of every kind.
    chosen = rng.sample(packages, len(packages))
    for record, change in zip(chosen, changes, strict=False):
        change(record)
    if packages:
        shadowed_slug(chosen[-1])
    if not hostile:
        return
    count = max(len(texts.TITLES), len(packages) // 8)
    some = chosen[len(changes) : -1][:count]
    hostile_text = zip(cycle(texts.TITLES), cycle(texts.DESCRIPTIONS), strict=False)
    for record, (title, description) in zip(some, hostile_text, strict=False):
        record.update(title=title, repo_description=description)
    people = cycle(texts.NAMES)
    for record in some[::3]:
        record["participants"] = [*islice(people, 3), *record["participants"]]


def apply_to_grids(
    rng: random.Random, grids: list[Record], packages: list[Record], *, hostile: bool
) -> None:
    """Give a grid a package's slug, one a slug of digits, some a hostile text."""
    chosen = rng.sample(grids, len(grids))
    if chosen and packages:
        chosen[0].update(slug=rng.choice(packages)["slug"])
    if len(chosen) > 1:
        chosen[1].update(slug=str(800_000_000 + chosen[1]["id"]))
    if hostile:
        some = chosen[2 : 2 + len(texts.TITLES)][: max(2, len(grids) // 4)]
        hostile_text = zip(texts.TITLES, cycle(texts.DESCRIPTIONS), strict=False)
        for record, (title, text) in zip(some, hostile_text, strict=False):
            record.update(title=title, description=text[:1000])
