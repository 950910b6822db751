"""Tests of pkgtui, and the servers they run against."""
