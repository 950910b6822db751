"""How answers are written down: pure functions from values to text, no I/O.

The command line prints what they return and the browser exports it.
"""
