"""The headless face: it answers on stdout and exits; all talk goes to stderr."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv` (without the program's name); the exit code."""
    try:
        import sys

        from pkgtui.cli.program import run

        return run(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        # Pressed while the program was still being imported.
        return 130
