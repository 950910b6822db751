"""The panes of the browse screen."""
