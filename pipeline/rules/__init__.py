"""Rules over letters, one family a file. `judge` runs them all; importing this package registers them."""

from pipeline.rules import dates, fields, files, numbers, readings, receipts  # noqa: F401  each registers its rules
from pipeline.rules.registry import RULES, judge, rule

__all__ = ["RULES", "judge", "rule"]
