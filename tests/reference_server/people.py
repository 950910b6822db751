"""Contributors: logins, bots, display names, and teams with heavy tails."""

from __future__ import annotations

import random

from tests.reference_server.words import BOTS, FIRST_NAMES, LAST_NAMES, SYLLABLES

MAX_TEAM = 400
"""No generated package has more contributors than this."""


class People:
    """The contributors of one catalog, drawn from with a generator."""

    def __init__(self, rng: random.Random, count: int) -> None:
        """Make up ``count`` people."""
        self._rng = rng
        self._logins = [login(rng) for _ in range(count)]

    def team(self, stars: int) -> tuple[str, list[str]]:
        """Return an owner's login and the contributors, most commits first.

        Popular packages have more of them; some have none, a few name one twice.
        """
        rng = self._rng
        owner = rng.choice(self._logins)
        chance = rng.random()
        if chance < 0.04:
            return owner, []
        if chance < 0.06:
            # GitLab gives display names, not logins.
            count = rng.randrange(1, 6)
            return owner, [display_name(rng) for _ in range(count)]
        size = int(rng.lognormvariate(0.7, 1) * (1 + stars / 300) ** 0.5)
        team = [owner, *rng.choices(self._logins, k=min(MAX_TEAM, size))]
        if rng.random() < 0.25:
            team.insert(rng.randrange(len(team) + 1), rng.choice(BOTS))
        return owner, team


def login(rng: random.Random) -> str:
    """Return a login of a code host; one in a hundred is digits only."""
    if rng.random() < 0.01:
        return str(rng.randrange(1, 10**8))
    name = "".join(rng.choices(SYLLABLES, k=rng.randrange(2, 5)))
    style = rng.random()
    if style < 0.2:
        name += str(rng.randrange(1, 99))
    elif style < 0.35:
        name += "-" + "".join(rng.choices(SYLLABLES, k=2))
    elif style < 0.5:
        name = name.title()
    return name


def display_name(rng: random.Random) -> str:
    """Return a person's name as it is spoken."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
