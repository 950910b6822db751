"""Measuring in turns, and what came of it as lines of a table."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple


class Finding(NamedTuple):
    """One measured value, and the most that it should be."""

    name: str
    value: float
    unit: str
    """``x`` for a ratio, else ``ms``, ``B``, ``MB``; empty for a count."""
    target: float | None = None
    """None where the value is only told."""
    detail: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the value is within its target."""
        return self.target is None or self.value <= self.target


def in_turns(
    measures: Mapping[str, Callable[[], float]], runs: int
) -> dict[str, list[float]]:
    """What each of `measures` gave, `runs` times, one after the other in turns.

    A first turn, which fills caches, does not count.
    """
    values: dict[str, list[float]] = {name: [] for name in measures}
    for turn in range(runs + 1):
        for name, measure in measures.items():
            value = measure()
            if turn:
                values[name].append(value)
    return values


def ratio(
    name: str,
    seconds: Sequence[float],
    floor_seconds: Sequence[float],
    floor: str,
    target: float | None = None,
) -> Finding:
    """The ratio of two medians of seconds."""
    value = statistics.median(seconds) / statistics.median(floor_seconds)
    detail = f"{in_words(seconds)}; {floor}: {in_words(floor_seconds)}"
    return Finding(name, value, "x", target, f"{detail}; {len(seconds)} runs")


def median(
    name: str,
    values: Sequence[float],
    unit: str,
    target: float | None = None,
) -> Finding:
    """The median of `values`, with the least and the most of them."""
    detail = f"min {min(values):,.4g}, max {max(values):,.4g}, {len(values)} times"
    return Finding(name, statistics.median(values), unit, target, detail)


def slowest_in_20(values: Sequence[float]) -> float:
    """The value that nineteen in twenty do not exceed."""
    return statistics.quantiles(values, n=20)[-1]


def in_words(seconds: Sequence[float]) -> str:
    """Median and least, in milliseconds."""
    return f"{statistics.median(seconds) * 1000:.0f} ms (min {min(seconds) * 1000:.0f})"


def table(findings: Sequence[Finding]) -> str:
    """Lines of name, value, target, verdict and detail."""
    rows = [("what", "value", "target", "", "how")]
    for finding in findings:
        target = "" if finding.target is None else f"{finding.target:,g} {finding.unit}"
        verdict = "" if finding.target is None else "ok" if finding.is_met else "MISSED"
        value = (
            f"{finding.value:,.2f}" if finding.unit == "x" else _plain(finding.value)
        )
        rows.append(
            (finding.name, f"{value} {finding.unit}", target, verdict, finding.detail)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}"
        f"  {row[3]:<{widths[3]}}  {row[4]}".rstrip()
        for row in rows
    )


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.3g}"
