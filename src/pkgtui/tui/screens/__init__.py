"""The screens: they own state and workers."""
