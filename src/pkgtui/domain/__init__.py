"""What the facts of the catalog mean: models and pure rules. No I/O, no clock."""
