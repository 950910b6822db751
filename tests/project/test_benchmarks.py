"""The benchmarks' sums and verdicts; what they measure is measured by hand."""

from collections.abc import Callable

from benchmarks.measuring import Finding, in_turns, median, ratio, table


def test_measures_take_turns_and_the_first_turn_does_not_count() -> None:
    order: list[str] = []

    def measure(name: str) -> Callable[[], float]:
        def note() -> float:
            order.append(name)
            return len(order)

        return note

    values = in_turns({"a": measure("a"), "b": measure("b")}, runs=2)

    assert order == ["a", "b"] * 3
    assert values == {"a": [3, 5], "b": [4, 6]}


def test_a_ratio_is_one_of_medians() -> None:
    finding = ratio("it", [0.5, 0.25, 9.0], [0.125, 0.25, 0.01], "zero", target=3.9)

    assert finding.value == 4.0
    assert not finding.is_met
    assert finding.detail == "500 ms (min 250); zero: 125 ms (min 10); 3 runs"


def test_a_value_at_its_target_is_good_and_one_without_is_only_told() -> None:
    assert median("bytes", [1, 600, 9_000], "B", target=600).is_met
    assert Finding("bytes", 9_000, "B").is_met


def test_the_table_tells_what_is_missed() -> None:
    lines = table(
        [
            Finding("fast", 1.234, "x", 1.5, "how"),
            Finding("large", 4_771, "B", 600),
            Finding("told", 12.3, "ms"),
        ]
    ).splitlines()

    assert [line.split() for line in lines[1:]] == [
        ["fast", "1.23", "x", "1.5", "x", "ok", "how"],
        ["large", "4,771", "B", "600", "B", "MISSED"],
        ["told", "12.3", "ms"],
    ]
