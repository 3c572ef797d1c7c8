"""The API for other systems, under /api/v1."""
