"""pkgtui: a terminal browser of Django Packages.

The version is a literal: reading it from the installed metadata costs 33 ms at start.
"""

__version__ = "0.1.0"
