"""Rules over letters, one family a file. `judge` runs them all; importing this package registers them."""

from pipeline.rules import (  # noqa: F401  each registers its rules
    bundles,
    contacts,
    contest,
    dates,
    enclosures,
    events,
    fields,
    files,
    notice,
    numbers,
    parties,
    readings,
    receipts,
    series,
    signing,
    spelling,
    urgency,
)
from pipeline.rules.registry import RULES, Known, Numbered, judge, put_in_order, rule

_FAMILIES = (
    *("DATE", "NUM", "FIELD", "PARTY", "SIGN", "ENC", "REF", "URG", "RCPT", "REG", "TWICE", "PAGE"),
    *("SUM", "TALLY", "CONTEST", "LINK", "MAIL", "CALL", "FILE", "TEXT", "READ"),
)
put_in_order(_FAMILIES)

__all__ = ["RULES", "Known", "Numbered", "judge", "rule"]
