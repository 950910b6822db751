"""The full-screen face, and the only part that imports Textual."""
