"""Ordinary packages, generated: names, numbers, dates and charts that agree."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from tests.reference_server.people import People
from tests.reference_server.repositories import (
    documentation_url,
    pypi_name,
    pypi_url,
    repository_url,
    version,
)
from tests.reference_server.shapes import NEW_YORK, Record, link, timestamp
from tests.reference_server.words import PREFIXES, TAILS, TOPICS, VERBS

FIRST_ADDED = datetime(2010, 8, 14, 22, 47, 52, tzinfo=NEW_YORK)
"""When the site's first package was added."""

WEEKS = 52
"""The length of a commit chart."""

CATEGORY_WEIGHTS = {1: 70, 2: 10, 3: 8, 4: 10, 5: 2}
"""Category ids and how many packages in a hundred each has."""


def make_packages(
    rng: random.Random, count: int, *, now: datetime, base_url: str
) -> list[Record]:
    """Return ``count`` packages, oldest id first, in no grid yet."""
    categories = rng.choices(
        list(CATEGORY_WEIGHTS), weights=list(CATEGORY_WEIGHTS.values()), k=count
    )
    people = People(rng, max(8, count // 2))
    slugs: set[str] = set()
    records = []
    number = 0
    step = (now - FIRST_ADDED) / max(1, count)
    for index in range(count):
        number += rng.choice((1, 1, 1, 1, 2))
        added = FIRST_ADDED + step * index
        records.append(
            _package(rng, number, added, now, people, slugs)
            | {"category": link(base_url, "categories", categories[index])}
        )
    return records


def _package(
    rng: random.Random,
    number: int,
    added: datetime,
    now: datetime,
    people: People,
    slugs: set[str],
) -> Record:
    slug = new_slug(rng, slugs)
    title = slug
    if rng.random() < 0.3:
        title = slug.replace("-", " ").title()
    fetched = _fetched(rng, now)
    active = rng.random() < 1 / 3
    weeks = _weeks(rng) if active else [0] * WEEKS
    updated = _updated(rng, weeks, fetched)
    stars = min(90_000, int(rng.lognormvariate(3, 2))) if rng.random() < 0.9 else 0
    forks = int(stars * rng.uniform(0.02, 0.35))
    owner, participants = people.team(stars)
    name = pypi_name(rng, slug)
    changed = added + (now - added) * rng.random() * (rng.random() < 0.6)
    return {
        # Category and grids are put in later; they stand first in the record.
        "category": "",
        "grids": [],
        "id": number,
        "title": title,
        "slug": slug,
        "last_updated": timestamp(updated.replace(microsecond=0)),
        "last_fetched": timestamp(fetched),
        "repo_url": repository_url(rng, owner, slug),
        "pypi_version": version(rng) if name else rng.choice((None, "")),
        "created": timestamp(added),
        "modified": timestamp(changed),
        "repo_forks": forks,
        "repo_description": description(rng, slug),
        "pypi_url": pypi_url(rng, name),
        "documentation_url": documentation_url(rng, slug),
        "repo_watchers": stars,
        "commits_over_52": weeks,
        "participants": participants,
    }


def new_slug(rng: random.Random, taken: set[str]) -> str:
    """Return a slug that is not ``taken`` yet, and take it."""
    topics = rng.sample(TOPICS, rng.choice((1, 2, 2, 2, 3)))
    stem = (rng.choice(PREFIXES) + "-".join(topics))[:44]
    slug = stem
    suffix = 2
    # Each turn leaves with a suffix not tried before, so this ends.
    while slug in taken:
        slug = f"{stem}{suffix}"
        suffix += rng.randrange(1, 40)
    taken.add(slug)
    return slug


def description(rng: random.Random, slug: str) -> str:
    """Return a sentence or several about a package, sometimes nothing."""
    if rng.random() < 0.06:
        return ""
    about = slug.replace("-", " ")
    parts = [f"A Django app that {rng.choice(VERBS)} {about} {rng.choice(TAILS)}"]
    parts += [
        f"{rng.choice(VERBS)} {rng.choice(TOPICS)} {rng.choice(TAILS)}"
        for _ in range(rng.choice((0, 0, 0, 1, 2, 4)))
    ]
    return "; ".join(parts) + rng.choice((".", ""))


def _fetched(rng: random.Random, now: datetime) -> datetime:
    """Nearly always within a day, for a twentieth years ago."""
    age = timedelta(seconds=rng.uniform(600, 86_400))
    if rng.random() < 0.05:
        age += timedelta(days=rng.uniform(200, 3500))
    return now - age


def _weeks(rng: random.Random) -> list[int]:
    """Return 52 weeks of commits, the newest last, at least one of them not 0."""
    pace = rng.lognormvariate(0, 1.3)
    quiet = rng.random()
    weeks = [
        0 if rng.random() < quiet else min(500, int(rng.expovariate(1 / pace)))
        for _ in range(WEEKS)
    ]
    if not any(weeks):
        weeks[rng.randrange(WEEKS)] = rng.randrange(1, 4)
    return weeks


def _updated(rng: random.Random, weeks: list[int], fetched: datetime) -> datetime:
    """Return the last commit's time: in the chart's last busy week, or before it."""
    busy = [index for index, commits in enumerate(weeks) if commits]
    if busy:
        age = timedelta(weeks=WEEKS - 1 - busy[-1]) + timedelta(days=rng.uniform(0, 7))
        return fetched - age
    years = min(15.0, 1 + rng.lognormvariate(0.7, 0.9))
    # A few charts are empty although somebody committed: the site is late there.
    if rng.random() < 0.08:
        years = rng.uniform(0.05, 0.9)
    return max(fetched - timedelta(days=365.25 * years), _FIRST_COMMIT)


_FIRST_COMMIT = datetime(2008, 1, 1, tzinfo=NEW_YORK)
