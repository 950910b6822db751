"""The headless face: it answers on stdout and exits; all talk goes to stderr."""

import gc


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv` (without the program's name); the exit code."""
    # What a start allocates stays: looking for garbage in it costs a lookup a
    # millisecond and the browser forty. The browser goes on to collect once it has
    # painted, and what reads from the network from its start.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        import sys

        from pkgtui.cli.program import run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        # Pressed while the program was still being imported.
        return 130
    finally:
        # Nor is it worth looking through once more at the exit, which is near: 5 ms.
        gc.freeze()
        if was_collecting:
            gc.enable()
