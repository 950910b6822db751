"""Start a reference server by hand: ``python -m tests.reference_server``."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
from pathlib import Path

from tests.reference_server.catalog import Catalog, generate_catalog
from tests.reference_server.loading import SAMPLE_DIR, load_sample, load_seeds
from tests.reference_server.server import ReferenceServer


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; the API's address goes to standard output."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.catalog == "sample" and not options.sample_dir.is_dir():
        parser.error(f"no sample in {options.sample_dir}; name it with --sample-dir")
    for number in (signal.SIGINT, signal.SIGTERM):
        # Set for both, because what a shell starts in the background ignores
        # interrupts unless it says otherwise.
        signal.signal(number, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        server = ReferenceServer(
            catalog=_catalog(options), host=options.host, port=options.port
        )
        with server:
            print(server.api_url, flush=True)
            threading.Event().wait()
    return 0


def _catalog(options: argparse.Namespace) -> Catalog:
    if options.catalog == "sample":
        return load_sample(options.sample_dir)
    if options.catalog == "seeds":
        return load_seeds()
    return generate_catalog(
        options.packages, options.grids, options.seed, hostile=options.hostile
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.reference_server", description=__doc__
    )
    parser.add_argument(
        "--catalog",
        choices=("sample", "seeds", "generated"),
        default="generated",
        help="what to serve (default: %(default)s)",
    )
    parser.add_argument("--sample-dir", type=Path, default=SAMPLE_DIR)
    parser.add_argument("--packages", type=int, default=5400)
    parser.add_argument("--grids", type=int, default=380)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--hostile",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether some generated texts are hostile to terminals",
    )
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=8800, help="0 picks a free one")
    return parser


if __name__ == "__main__":
    sys.exit(main())
