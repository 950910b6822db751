"""`python -m benchmarks [NAME...] [--large]`: measure, and tell what is missed."""

import argparse
import sys
from collections.abc import Callable, Iterator

from benchmarks import (
    compare,
    first_paint,
    keys,
    memory,
    search,
    show,
    sync,
    typed_search,
)
from benchmarks.measuring import Finding, table

BENCHMARKS: dict[str, Callable[..., Iterator[Finding]]] = {
    "first_paint": first_paint.measure,
    "show": show.measure,
    "sync": sync.measure,
    "keys": keys.measure,
    "compare": compare.measure,
    "search": search.measure,
    "typed_search": typed_search.measure,
    "memory": memory.measure,
}


def main() -> int:
    """Run the benchmarks that were asked for; 1 if a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--large", action="store_true", help="also with a catalog of 100,000"
    )
    options = parser.parse_args()
    if unknown := set(options.names) - BENCHMARKS.keys():
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    findings: list[Finding] = []
    for name in options.names or BENCHMARKS:
        for finding in BENCHMARKS[name](is_large=options.large):
            findings.append(finding)
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(table(findings))
    return 0 if all(finding.is_met for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
