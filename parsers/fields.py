"""The labels printed before a letter's fields, found even where OCR has damaged them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from parsers.text import letter_table

# Thai vowels and tone marks above and below the line: what OCR loses, doubles and swaps first.
_MARKS = frozenset(
    "\u0e31" + "".join(map(chr, range(0x0E34, 0x0E3B))) + "".join(map(chr, range(0x0E47, 0x0E4F)))
)
_SILENT = frozenset(" .…_·:;-–—*•|'\"`‘’“”()[]{}<>/\\~,^") | _MARKS
_bare = letter_table({**dict.fromkeys(map(ord, _SILENT)), ord("ำ"): "า"})
_LEAD = re.compile(r"^[\s\-–—*•·|:.,'\"`~_^]{0,4}")
# A letter with the marks that it bears.
_BORNE = re.compile(f"[^{re.escape(''.join(sorted(_SILENT)))}][{''.join(sorted(_MARKS))}]*")
_AFTER_LABEL = re.compile(r"[\s.:…_;·\-–]*")
_BOUNDARY = re.compile(r"[\s.:…_;·\-–(\d“\"‘/]|$")


class FieldSpec(NamedTuple):
    """A field and the labels that announce it, longest first."""

    name: str
    labels: tuple[str, ...]
    not_before: tuple[str, ...] = ()  # words that show the label to be part of running text


class Label(NamedTuple):
    """A label found at the start of a text: its field, the words meant, where the value starts, how sure."""

    field: str
    label: str
    end: int
    trust: float


FIELDS = (
    FieldSpec("references", ("อ้างถึง", "อ้างอิง")),
    FieldSpec("enclosures", ("สิ่งที่ส่งมาด้วย", "สิ่งที่แนบมาด้วย", "เอกสารที่ส่งมาด้วย", "เอกสารแนบ", "สิ่งที่ส่งมา")),
    FieldSpec("subject", ("เรื่อง",), ("นี้", "ที่", "ราว", "ดังกล่าว", "การ", "ราว", "อื่น", "ของ", "ร้องเรียน")),
    FieldSpec(
        "addressee",
        ("ขอประทานกราบเรียน", "ขอประทานกราบทูล", "กราบเรียน", "กราบทูล", "ขอเจริญพร", "นมัสการ", "เจริญพร", "เรียน"),
        ("รู้", "การ", "เชิญ", "ท่าน", "มา", "จบ", "ต่อ", "ให้", "ว่า", "แจ้ง", "เสนอ", "ปรึกษา", "ฟรี"),
    ),
    FieldSpec("to", ("ถึง", "ภึง", "กึง"), ("แม้", "วัน", "แก่", "ที่", "เวลา")),
    FieldSpec("agency", ("ส่วนราชการ", "ส่วนงาน", "หน่วยงาน"), ("ที่", "ต่าง", "ใน", "ของ")),
    FieldSpec("copies", ("สำเนาส่ง", "สำเนาเรียน")),
    FieldSpec("fax", ("โทรสาร", "แฟกซ์", "Fax")),
    FieldSpec("phone", ("หมายเลขโทรศัพท์", "เบอร์โทรศัพท์", "โทรศัพท์", "โทร", "มือถือ", "Tel")),
    FieldSpec("email", ("ไปรษณีย์อิเล็กทรอนิกส์", "จดหมายอิเล็กทรอนิกส์", "อีเมลล์", "อีเมล", "E-mail")),
)


_MISREAD = frozenset({"ภึง", "กึง"})  # too short for `_match` to forgive a letter


@lru_cache(maxsize=16384)
def bones(text: str) -> str:
    """What is left of Thai text when marks, spaces and punctuation are gone: `เรื่อง` becomes `เรอง`."""
    return _bare(text).lower()


def bones_with_places(text: str) -> tuple[str, list[int]]:
    """The bones of a text, and for each the place in the text that it came from."""
    places = [at for at, char in enumerate(text) if char not in _SILENT]
    return "".join([_bone(text[at]) for at in places]), places


def _bone(letter: str) -> str:
    """What stands for a letter; never more than one letter, as the small form of İ would be."""
    return "า" if letter == "ำ" else letter.lower()[0]


@lru_cache(maxsize=8192)  # the same rows are asked by those who part a file and those who read its letters
def find_label(text: str, fields: frozenset[str] | None = None, *, glued: bool = False) -> Label | None:
    """The label that `text` starts with, None when there is none.

    `fields` narrows the search; `glued` also takes a rightly spelt label with no space behind it.
    """
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    best: tuple[float, int, Label] | None = None
    first = ""
    for char in text[start : start + 12]:
        if char not in _SILENT:
            first = char.lower()
            break
    for spec, label, want in _by_first().get(first, ()):  # the first letter is never forgiven
        if fields is not None and spec.name not in fields:
            continue
        found = _match(text, start, label, want, spec.not_before, glued=glued)
        if found is None:
            continue
        end, trust = found
        meant = spec.labels[0] if label in _MISREAD else label
        ranked = (trust, len(label), Label(spec.name, meant, end, trust * (1.0 if meant == label else 0.9)))
        if best is None or ranked[:2] > best[:2]:
            best = ranked
    return best[2] if best else None


@cache
def _by_first() -> dict[str, tuple[tuple[FieldSpec, str, str], ...]]:
    """The labels by their first letter, each with its bones."""
    found: dict[str, tuple[tuple[FieldSpec, str, str], ...]] = {}
    for spec in FIELDS:
        for label in spec.labels:
            first = _bones(label)[0]
            found[first] = (*found.get(first, ()), (spec, label, _bones(label)))
    return found


def guess_label(text: str, field: str) -> Label | None:
    """The label of a field known to stand here, too damaged for `find_label`; never trusted."""
    spec = next(spec for spec in FIELDS if spec.name == field)
    word = text.split(" ", 1)[0]
    got = bones(word)
    near = [label for label in spec.labels if Levenshtein.distance(got, _bones(label), score_cutoff=2) <= 2]
    if not near or not 2 <= len(got) <= 6 or len(word) == len(text):
        return None
    return Label(field, near[-1], _value_start(text, len(word)), 0.55)


def _match(
    text: str, start: int, label: str, want: str, not_before: tuple[str, ...], *, glued: bool
) -> tuple[int, float] | None:
    """Where the value starts after a label at `start`, and how surely the label is meant; `want` are its bones."""
    if text.startswith(label, start):
        after = start + len(label)
        free = _BOUNDARY.match(text, after) is not None
        if free or (glued and not text.startswith(not_before, after)):
            if free and _runs_on(text, after, not_before):
                return None
            return _value_start(text, after), 1.0 if free else 0.8
    got, ends = _opening(text, start)
    allowed, size = _allowed(want), len(want)
    # With a letter more or less it is one step nearer at most.
    if Levenshtein.distance(got[:size], want, score_cutoff=allowed + 1) > allowed + 1:
        return None
    best: tuple[float, int] | None = None
    for length in range(max(1, size - 1), min(len(got), size + 1) + 1):
        begins, end = ends[length - 1]
        if begins - start >= 4 * size + 8:
            break
        distance = Levenshtein.distance(got[:length], want, score_cutoff=2)
        if distance > allowed or _BOUNDARY.match(text, end) is None or got[:1] != want[:1]:
            continue
        trust = 0.95 - 0.15 * distance
        if best is None or trust > best[0]:
            best = (trust, end)
    if best is None or _runs_on(text, best[1], not_before):
        return None
    return _value_start(text, best[1]), best[0]


@lru_cache(maxsize=256)
def _bones(label: str) -> str:
    return bones(label)


def _allowed(want: str) -> int:
    """How many base characters may be wrong: none in the shortest, which could be another word."""
    return 0 if len(want) < 4 else 1 if len(want) < 8 else 2


@lru_cache(maxsize=1024)  # most labels are tried on the same few texts
def _opening(text: str, start: int) -> tuple[str, list[tuple[int, int]]]:
    """The bones of a text from `start` on, as many as the longest label may have.

    For each, where it begins, and where it ends with the marks behind it.
    """
    ends = [found.span() for found in islice(_BORNE.finditer(text, start), _longest())]
    return "".join([_bone(text[at]) for at, _ in ends]), ends


@cache
def _longest() -> int:
    """Letters of a label with one too many."""
    return 1 + max(len(_bones(label)) for spec in FIELDS for label in spec.labels)


def _runs_on(text: str, after: int, not_before: tuple[str, ...]) -> bool:
    """Whether what follows right behind one space still belongs to the label's word, as in `เรียน รู้`."""
    return (
        text[after : after + 1] == " "
        and not_before != ()
        and text[after + 1 :].startswith(("รู้", "ว่า", "ดังกล่าว", "นี้", "ข้างต้น"))
    )


def _value_start(text: str, after: int) -> int:
    found = _AFTER_LABEL.match(text, after)
    return found.end() if found else after
