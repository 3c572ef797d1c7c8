"""Names that strangers give to files, made harmless."""

from __future__ import annotations

import re

_LONGEST = 150  # bytes, of 255 that most systems allow
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe_name(name: str) -> str:
    """A file name without folders, control characters or leading dots; never empty.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\scans\\\\หนังสือ.pdf"), safe_name("..")
    ('passwd', 'หนังสือ.pdf', 'file')
    """
    name = _CONTROL.sub("", re.split(r"[/\\]", name)[-1]).strip().lstrip(".~ ")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    ending = ending if len(ending.encode()) <= 10 else ""
    stem = stem.encode("utf-8", "ignore")[:_LONGEST].decode("utf-8", "ignore")
    return (f"{stem}.{ending}" if ending else stem) or "file"
