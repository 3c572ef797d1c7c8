"""Text to values: pure functions and tables. No clock, no file, no settings."""
