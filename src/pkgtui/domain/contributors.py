"""The contributor list: whom it names, once each, and which of them are bots."""

from collections.abc import Iterable

_BOT_SUFFIXES = ("[bot]", "-bot")
_KNOWN_BOTS = frozenset(
    {
        "dependabot",
        "dependabot-preview",
        "pre-commit-ci",
        "pyup-bot",
        "renovate",
        "renovate-bot",
        "bitdeli-chef",
        "gitter-badger",
        "github-actions",
        "allcontributors",
        "codacy-badger",
        "imgbot",
        "snyk-bot",
        "transifex-integration",
        "weblate",
        "web-flow",
    }
)


def merge_duplicates(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, at its first place; hosts compare logins without case."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
    return tuple(seen.values())


def is_bot(name: str) -> bool:
    """Whether a contributor is a program: by GitHub's ``[bot]`` or by a known name."""
    lowered = name.casefold()
    return lowered.endswith(_BOT_SUFFIXES) or lowered in _KNOWN_BOTS
