"""Fields whose value is their own text: subject, salutation, addressee, closing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.headfields import Field
from parsers.kinds import Heading, closing_of
from parsers.passages import Passage, join
from parsers.rows import Ink, Row, reading
from parsers.zones import Zones
from schemas.reading import Reading

# A mark or single letter behind a blank at the end: dirt, or a stamp's border.
_SCRAP_BEHIND = re.compile(r"\s[^\w\sๆฯ)”\"'’]*[\u0e01-\u0e2e\u0e32]?[^\w\sๆฯ)”\"'’]*$")


def label_ink(field: Field) -> Ink:
    """The ink of a field's label."""
    return field.row.ink(0, field.label.end).stripped()


def subject_of(zones: Zones, heading: Heading | None) -> Reading[str] | None:
    """What a letter is about (เรื่อง), or a regulation (ว่าด้วย …)."""
    if heading is not None and heading.form == "rule" and "subject" not in zones.fields:
        rows = [heading.ink.row, *zones.head[heading.at + 1 :], *zones.body[:3]]
        return _rule_subject(rows)
    return plain_of(zones.fields.get("subject"))


def _rule_subject(rows: Sequence[Row]) -> Reading[str] | None:
    """What a regulation is about: from ว่าด้วย to its year."""
    inks: list[Ink] = []
    for row in rows[:8]:
        at = row.text.find("ว่าด้วย")
        if not inks and at >= 0:
            inks.append(row.ink(at))
        elif (
            inks and re.match(r"^\W{0,2}(?:\(ฉบับ|พ\.?\s?ศ\.?\s?[0-9๐-๙]{4})", row.text) and len(row.text) < 40
        ):
            inks.append(row.ink())
        elif inks:
            break
    passage = join(inks)
    return reading(passage.text, passage.inks) if passage.text else None


def plain_of(field: Field | None) -> Reading[str] | None:
    """A field's whole text; None value when the label has no readable text behind it."""
    if field is None:
        return None
    passage = field.text
    text = _SCRAP_BEHIND.sub("", passage.text.strip(" .…_"))
    if not re.search(r"[\u0e01-\u0e4eA-Za-z]{2}", text):
        return reading(None, [field.row.ink()], trust=0.5)
    return reading(text, passage.inks, trust=field.label.trust)


def salutation_of(field: Field | None) -> Reading[str] | None:
    """The words of greeting (คำขึ้นต้น), rightly spelt."""
    if field is None:
        return None
    return reading(field.label.label, [label_ink(field)], trust=field.label.trust)


def said_closing(row: Row | None) -> Reading[str] | None:
    """The closing formula (คำลงท้าย), rightly spelt."""
    found = closing_of(row.text) if row is not None else None
    return (
        reading(found[0], [row.ink().stripped()], trust=found[1])
        if row is not None and found is not None
        else None
    )


def text_of(field: Field | None) -> Passage | None:
    """A field's passage, where it is there."""
    return field.text if field is not None else None
