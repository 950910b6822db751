"""The weekly commits in words, the same on the command line and in the browser."""

from pkgtui.domain.commits import RECENT_WEEKS, TREND_ARROWS, CommitFacts
from pkgtui.text import group_thousands, pluralize


def commit_sentences(facts: CommitFacts, until: str = "") -> list[str]:
    """How many, of late against before, in how many weeks; `until` ends the first."""
    weeks = pluralize(facts.weeks, "week")
    if facts.weeks_since_commit is None:
        return [f"no commits in these {weeks}{until}"]
    sentences = [f"{pluralize(facts.total, 'commit')} in {weeks}{until}"]
    if facts.weeks > RECENT_WEEKS:
        recent, before = map(group_thousands, (facts.last_13w, facts.before_13w))
        sentences.append(
            f"{recent} in the last {RECENT_WEEKS}, "
            f"{before} in the {facts.weeks - RECENT_WEEKS} before: "
            f"{facts.trend} {TREND_ARROWS[facts.trend]}"
        )
    busy = f"{facts.weeks_active} of {weeks} with commits"
    quiet = facts.weeks_since_commit
    if quiet:
        busy += (
            f", none in the last {pluralize(quiet, 'week') if quiet > 1 else 'week'}"
        )
    return [*sentences, busy]
