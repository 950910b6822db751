"""Where facts rest: SQLite files and the only SQL of the program."""
