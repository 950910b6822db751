"""The parts of a screen: each gets its facts as arguments and gives messages."""
