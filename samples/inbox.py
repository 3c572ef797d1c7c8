"""The clerk's folder: letters each in one quality, and the files that no clerk wants but every clerk gets."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal, NamedTuple

from samples.content import Letter, Para, Quality, Sample
from samples.letters import SAMPLES
from samples.thai import digits, long_date, short_date

TRANSCRIPT = ("หนังสือเข้า 15-05 (ถอดความ).txt", "fault-year")  # what another OCR program made of it
TRUNCATED = ("scan_0011.pdf", "scan_0004.pdf")  # the first part of another file: the scanner was unplugged
EMPTY = "scan_0012.pdf"
DUPLICATE = ("สำเนา scan_0001.pdf", "scan_0001.pdf")
BROKEN = (TRANSCRIPT[0], TRUNCATED[0], EMPTY, DUPLICATE[0])


class InboxFile(NamedTuple):
    """A file of the clerk's folder and what should become of it."""

    name: str
    document: str | None  # the document's name in samples/truth
    quality: Quality | None  # None for the transcript and for what holds no document
    expected: Literal["read", "protected", "failed", "duplicate"]


def inbox_files() -> tuple[InboxFile, ...]:
    """All files of the folder, whether or not they are made already."""
    letters = [
        InboxFile(
            s.inbox[0], s.name, s.inbox[1], "protected" if any(x.secrecy for x in s.letters) else "read"
        )
        for s in SAMPLES
        if s.inbox is not None
    ]
    copied = next(file for file in letters if file.name == DUPLICATE[1])
    return (
        *letters,
        InboxFile(*TRANSCRIPT, None, "read"),
        InboxFile(TRUNCATED[0], None, None, "failed"),
        InboxFile(EMPTY, None, None, "failed"),
        InboxFile(DUPLICATE[0], copied.document, copied.quality, "duplicate"),
    )


def make_extras(inbox: Path, force: bool) -> int:
    """Write the transcript, the broken files and the duplicate that are missing; returns how many."""
    made = 0
    for name in BROKEN:
        path = inbox / name
        if force or not path.exists():
            _make_extra(path)
            made += 1
    return made


def _make_extra(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name == TRANSCRIPT[0]:
        path.write_text(transcript(_sample(TRANSCRIPT[1])), encoding="utf-8")
    elif path.name == TRUNCATED[0]:
        whole = (path.parent / TRUNCATED[1]).read_bytes()
        path.write_bytes(whole[: len(whole) * 2 // 5])
    elif path.name == EMPTY:
        path.write_bytes(b"")
    else:
        shutil.copyfile(path.parent / DUPLICATE[1], path)


def _sample(name: str) -> Sample:
    return next(sample for sample in SAMPLES if sample.name == name)


def transcript(sample: Sample) -> str:
    """A document as another OCR program would give it: markdown, stamps before the letter."""
    return "\f".join("\n\n".join(_parts(letter)) + "\n" for letter in sample.letters)


def _parts(letter: Letter) -> list[str]:
    parts = [f"# {letter.urgency}"] if letter.urgency else []
    for stamp in letter.receipts:
        rows = [stamp.agency, f"{stamp.labels[0]} {digits(stamp.number, stamp.thai_pen)}"]
        rows += [f"{stamp.labels[1]}..... {short_date(stamp.date)}"]
        rows += (
            [f"{stamp.labels[2]} {digits(f'{stamp.time:%H.%M}', stamp.thai_pen)} น."] if stamp.time else []
        )
        parts.append("\n".join(rows))
    parts.append(f"ที่ {letter.number_as or letter.number}")
    parts.append("\n".join(text for text in (letter.agency, *letter.address) if text))
    parts.append(long_date(letter.date) if letter.date else "")
    parts.append(f"**เรื่อง** {letter.subject}" if letter.subject else "")
    parts.append(f"เรียน {letter.addressee}")
    parts += [f"อ้างถึง {reference.text}" for reference in letter.references]
    parts += [f"สิ่งที่ส่งมาด้วย {e.title} จำนวน {e.quantity}" for e in letter.enclosures]
    parts += [block.text for block in letter.body if isinstance(block, Para)]
    parts += [letter.closing or "", *_signature(letter), *letter.owner]
    parts += [f"โทร. {letter.phone}"] if letter.phone else []
    parts += [f"ไปรษณีย์อิเล็กทรอนิกส์ {letter.email}"] if letter.email else []
    stamps = len(letter.receipts) + bool(letter.urgency)
    shown = parts[:stamps] + [digits(part, letter.thai) for part in parts[stamps:]]
    return [part for part in shown if part]


def _signature(letter: Letter) -> list[str]:
    signer = letter.signer
    if signer is None:
        return []
    acting = f" {signer.acting}\n\n{signer.acting_for}" if signer.acting_for else ""
    return [f"({signer.name})", signer.position + acting]
