"""`python -m pkgtui` does what the `pkgtui` command does."""

import sys

from pkgtui.cli import main

if __name__ == "__main__":
    sys.exit(main())
