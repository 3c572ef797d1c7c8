"""Measurements: each prints a table, with its peers in the same run."""
