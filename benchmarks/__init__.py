"""Ratios against named floors, measured side by side in one run.

Absolute times depend on the machine and on its day; what is compared here is started
the same way, in turns, and judged by medians.
"""
