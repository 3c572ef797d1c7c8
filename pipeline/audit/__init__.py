"""The contest audit: what entrants sent, held against what the announcement asks."""
