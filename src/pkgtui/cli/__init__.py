"""The headless face: it answers on stdout and exits; all talk goes to stderr."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line `argv` (without the program's name); the exit code."""
    raise NotImplementedError(argv)
