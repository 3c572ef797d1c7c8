"""Announcements of contests and their kin, as transcripts give them. Every name in them is invented."""

from __future__ import annotations

from pathlib import Path

TEXTS = Path(__file__).parent / "contest_texts"


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


SCHOOL, PROVINCE, MINISTRY = _text("school"), _text("province"), _text("ministry")
HEALTH, SERVICES = _text("health"), _text("services")
PRESS, RESULTS, RESULT_TABLE = _text("press"), _text("results"), _text("result_table")
ORDINARY = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((TEXTS / "ordinary").glob("*.txt"))
}
"""Papers that announce no contest and list no award, though they speak of such things."""
