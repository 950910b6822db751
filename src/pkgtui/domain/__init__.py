"""What the facts of the catalogue mean: models and pure rules. No I/O, no clock."""
