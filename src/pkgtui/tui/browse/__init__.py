"""The browse screen and its parts."""
