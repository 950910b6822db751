"""Widgets that know nothing of packages."""
