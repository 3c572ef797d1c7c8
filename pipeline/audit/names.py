"""File names as a contest asks for them: <agency>_form1.pdf. What is wrong with one, in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

_AGENCY = re.compile(r"<[^<>]*>|\{[^{}]*\}|ชื่อหน่วยงาน")
_PLAIN = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4d\u0e50-\u0e59A-Za-z0-9._()\-]")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_ODD_THAI = (("\u0e4d\u0e32", "\u0e33"), ("\u0e40\u0e40", "\u0e41"))  # ํ + า for ำ, เ + เ for แ


@dataclass(frozen=True)
class NameFault:
    """One thing that is wrong with a file name."""

    id: str
    th: str
    en: str


@dataclass(frozen=True)
class NameRead:
    """A file name held against the patterns: its faults, and the agency it names."""

    faults: tuple[NameFault, ...]
    agency: str | None
    expected: str  # as it should be, with <หน่วยงาน> for the agency


def read_name(name: str, patterns: Sequence[str]) -> NameRead:
    """Hold a name against the patterns that are allowed; the closest one counts.

    >>> [fault.id for fault in read_name("อบต.นาข้าว_form2.pdf", ["<agency>_form1.pdf"]).faults]
    ['number']
    """
    bare = PurePosixPath(name).name
    reads = [_against(bare, pattern) for pattern in patterns]
    best = min(reads, key=lambda one: len(one.faults))
    suffixes = " หรือ ".join(dict.fromkeys(PurePosixPath(pattern).suffix for pattern in patterns))
    stem = _AGENCY.sub("ชื่อหน่วยงาน", PurePosixPath(patterns[0]).stem)
    return NameRead(best.faults, best.agency, f"{stem}{suffixes}")


def _against(name: str, pattern: str) -> NameRead:
    wanted = PurePosixPath(pattern)
    before, _, after = _parts(wanted.stem)
    faults = list(_letters(name))
    found = _SUFFIX.search(name)  # อบต. has a dot, too
    suffix = found[0] if found else ""
    stem = _clean(name.removesuffix(suffix))
    if suffix != wanted.suffix:
        if suffix.lower() == wanted.suffix:
            faults.append(
                NameFault("capitals", f"นามสกุลเป็นตัวพิมพ์ใหญ่ ({suffix})", f"its suffix has capitals ({suffix})")
            )
        else:
            shown = suffix or "(ไม่มี)"
            faults.append(
                NameFault("suffix", f"นามสกุลไฟล์เป็น {shown}", f"its suffix is {suffix or 'missing'}")
            )
    agency, rest = _split(stem, before, after)
    faults += rest
    return NameRead(tuple(faults), agency, wanted.name)


def _parts(stem: str) -> tuple[str, str, str]:
    """What stands before and after the agency in a pattern."""
    found = _AGENCY.search(stem)
    if found is None:
        return stem, "", ""
    return stem[: found.start()], found[0], stem[found.end() :]


def _split(stem: str, before: str, after: str) -> tuple[str | None, list[NameFault]]:
    """The agency in a name, and what is wrong around it."""
    if before and not stem.startswith(before):
        return None, [NameFault("form", f"ไม่ขึ้นต้นด้วย “{before}”", f"it does not begin with “{before}”")]
    inner = stem[len(before) :]
    if not after:
        return inner or None, []
    if inner.endswith(after):
        return _agency(inner[: -len(after)])
    if inner.casefold().endswith(after.casefold()):
        agency, faults = _agency(inner[: -len(after)])
        return agency, [*faults, NameFault("capitals", "มีตัวพิมพ์ใหญ่ในชื่อ", "it has capital letters")]
    word = re.sub(r"\d+$", "", after)
    number = re.search(re.escape(word) + r"[\s_\-]*([0-9๐-๙]*)\s*(?:\(\d+\))?$", inner, re.IGNORECASE)
    if number:
        agency, faults = _agency(inner[: number.start()])
        copy = re.search(r"\(\d+\)$", inner)
        told = f"ลงท้ายด้วย “{inner[number.start() :]}” ไม่ใช่ “{after}”"
        kind = "copy" if copy and inner[: copy.start()].strip().endswith(after) else "number"
        return agency, [
            *faults,
            NameFault(kind, told, f"it ends in “{inner[number.start() :]}”, not “{after}”"),
        ]
    loose = re.search(
        r"[_\-\s]*" + re.escape(word.strip("_- ")) + r"[_\-\s]*([0-9๐-๙]*)$", inner, re.IGNORECASE
    )
    if loose and loose.start() > 0:
        agency, faults = _agency(inner[: loose.start()])
        return agency, [*faults, NameFault("form", f"ต้องลงท้ายด้วย “{after}”", f"it must end in “{after}”")]
    return None, [NameFault("form", f"ไม่ลงท้ายด้วย “{after}”", f"it does not end in “{after}”")]


def _agency(text: str) -> tuple[str | None, list[NameFault]]:
    if text.strip(" _-"):
        return text.strip(" _-"), []
    return None, [NameFault("no_agency", "ไม่มีชื่อหน่วยงาน", "it does not name the agency")]


def _letters(name: str) -> Iterator[NameFault]:
    """Spaces, and letters that only look like the right ones."""
    if any(char == " " for char in name):
        yield NameFault("spaces", "มีช่องว่างในชื่อไฟล์", "it has spaces")
    odd = [char for char in name if char != " " and not _PLAIN.match(char)]
    odd_thai = any(wrong in name for wrong, _ in _ODD_THAI)
    if odd or odd_thai or unicodedata.normalize("NFC", name) != name:
        shown = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(odd))[:60]
        yield NameFault(
            "lookalike",
            f"มีอักขระที่หน้าตาคล้ายแต่ไม่ใช่ตัวเดียวกัน{f' ({shown})' if shown else ''}",
            f"it has letters that only look right{f' ({shown})' if shown else ''}",
        )


def _clean(stem: str) -> str:
    """The name with look-alikes in their plain form, so that the rest can be judged."""
    text = unicodedata.normalize("NFKC", stem).translate(_LOOKALIKES)
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    for wrong, right in _ODD_THAI:
        text = text.replace(wrong, right)
    return text.replace("\u00a0", " ")


_LOOKALIKES = str.maketrans(
    {
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "у": "y", "і": "i", "ј": "j", "ѕ": "s",
        "ⅿ": "m", "ｍ": "m", "г": "r", "ᴏ": "o", "ο": "o", "ι": "i", "＿": "_", "‗": "_", "–": "-",
        "—": "-", "‐": "-",
    }
)  # fmt: skip
