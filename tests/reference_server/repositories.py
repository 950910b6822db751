"""Where generated packages live: repositories, PyPI projects, documentation."""

from __future__ import annotations

import random


def repository_url(rng: random.Random, owner: str, slug: str) -> str:
    """Return a repository's address; the host may be long dead, or there is none."""
    chance = rng.random()
    end = "/" if rng.random() < 0.1 else ""
    if chance < 0.88:
        return f"https://github.com/{owner}/{slug}{end}"
    if chance < 0.9:
        return f"https://gitlab.com/{owner}/{slug}{end}"
    if chance < 0.92:
        return f"https://gitlab.com/{owner}/tools/web/{slug}{end}"
    if chance < 0.95:
        return f"https://bitbucket.org/{owner}/{slug}{end}"
    if chance < 0.97:
        return f"https://codeberg.org/{owner}/{slug}{end}"
    if chance < 0.99:
        return rng.choice(
            (
                f"http://code.google.com/p/{slug}/",
                f"https://launchpad.net/{slug}",
                f"https://git.example.org/{owner}/{slug}.git",
                f"http://{slug}.example.com",
            )
        )
    return ""


def pypi_name(rng: random.Random, slug: str) -> str:
    """Return the project's name on PyPI, often not the slug; "" for none."""
    chance = rng.random()
    if chance < 0.12:
        return ""
    if chance < 0.75:
        return slug
    return rng.choice(
        (
            slug.replace("-", "_"),
            slug.title(),
            slug.replace("-", ""),
            slug.removeprefix("django-"),
            f"{slug}-redux",
        )
    )


def pypi_url(rng: random.Random, name: str) -> str:
    """Return a project's address in one of the forms that the site stores."""
    if not name:
        return ""
    return rng.choice(
        (
            f"http://pypi.python.org/pypi/{name}",
            f"http://pypi.python.org/pypi/{name}",
            f"https://pypi.org/project/{name}/",
            f"https://pypi.org/project/{name}",
            name,
        )
    )


def version(rng: random.Random) -> str | None:
    """Return a version; now and then none, or one outside PEP 440."""
    chance = rng.random()
    if chance < 0.03:
        return None
    if chance < 0.05:
        return rng.choice(("0.1-2", "1.2adev", "v1.0", "latest", "1.0.final", ""))
    major, minor, patch = (
        rng.choice((0, 0, 1, 2, 5)),
        rng.randrange(30),
        rng.randrange(9),
    )
    if chance < 0.12:
        return f"{major}.{minor}{rng.choice(('a1', 'b2', 'rc1', '.dev4', '.post1'))}"
    return f"{major}.{minor}.{patch}"


def documentation_url(rng: random.Random, slug: str) -> str | None:
    """Return where the manual is; null and "" both mean nowhere."""
    return rng.choice(
        (
            None,
            None,
            "",
            "",
            f"https://{slug}.readthedocs.io/en/latest/",
            f"http://{slug}.readthedocs.org",
            f"https://readthedocs.org/projects/{slug}/",
        )
    )
