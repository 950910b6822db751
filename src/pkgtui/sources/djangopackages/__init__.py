"""The Django Packages API, version 4."""
