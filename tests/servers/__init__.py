"""Tests of the test servers."""
