"""Tests of the user data."""
