"""Files that belong to the user: marks and the saved session."""
