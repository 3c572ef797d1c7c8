"""What entrants sent: submissions in a folder, what each file is by its content, and when it came."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import filetype

from parsers.dates import parse_thai_date
from parsers.text import to_arabic
from pipeline.errors import BadInputError, ToolError
from pipeline.intake import identify, read_text, sha256_of
from pipeline.settings import Settings
from schemas.audit import SentFile
from schemas.ink import Record

BANGKOK = dt.timezone(dt.timedelta(hours=7))
PRESENTATIONS = frozenset(
    ("pptx", "ppt", "odp", "key", "mp4", "mov", "avi", "mkv", "webm", "wmv", "m4v", "3gp")
)
_DULL = (".ds_store", "thumbs.db", "desktop.ini")
_PREFIX = re.compile(
    r"^(?P<agency>.+?)[_\-]+(?:form|แบบ|ใบ|present|slide|ppt|clip|video|นำเสนอ)", re.IGNORECASE
)
_COLUMNS = {
    "file": (
        "file",
        "filename",
        "name",
        "path",
        "entry",
        "folder",
        "ไฟล์",
        "ชื่อไฟล์",
        "แฟ้ม",
        "โฟลเดอร์",
        "รหัส",
        "id",
    ),
    "arrived": (
        "arrived",
        "arrival",
        "received",
        "time",
        "date",
        "timestamp",
        "เวลา",
        "วันที่",
        "วันเวลา",
        "เวลาที่ส่ง",
        "รับเมื่อ",
    ),
    "agency": ("agency", "entrant", "หน่วยงาน", "ชื่อหน่วยงาน"),
    "work": ("work", "project", "title", "ผลงาน", "ชื่อผลงาน", "โครงการ"),
}


class Arrival(Record):
    """One row of the manifest: what came, when, and whose it is as far as the organiser's own system says."""

    arrived: dt.datetime | None = None
    agency: str | None = None
    work: str | None = None


def submissions(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Files by submission: a subfolder each, or the files at the top by the beginning that they share."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if hidden or path.name.lower() in _DULL or (not path.is_file() and not path.is_symlink()):
            continue
        if path.is_symlink() and not path.exists():
            continue
        parts = path.relative_to(folder).parts
        found[parts[0] if len(parts) > 1 else _beginning(path)].append(path)
    return {name: tuple(paths) for name, paths in sorted(found.items())}


def _beginning(path: Path) -> str:
    """What the names of one entrant's files share: all before _form1, _slides and the like."""
    start = _PREFIX.match(path.stem)
    return start["agency"].strip() if start else path.stem


def look_at(path: Path, root: Path, settings: Settings) -> SentFile:
    """What one file is; trouble is told, never raised."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        size, sha256 = path.stat().st_size, sha256_of(path)
        kind = _other_kind(path)
        if kind is None:
            kind = identify(path, settings)
            _opens(path, kind)
        return SentFile(name=name, sha256=sha256, kind=kind, size=size)
    except BadInputError as error:
        return SentFile(name=name, trouble=error.message, trouble_en=error.message_en, code=error.code)
    except (OSError, ToolError) as error:
        return SentFile(
            name=name, trouble="อ่านไฟล์จากดิสก์ไม่ได้", trouble_en=f"The file could not be read ({error}).",
            code="file.unreadable",
        )  # fmt: skip


def _opens(path: Path, kind: str) -> None:
    """Raise BadInputError where a document cannot be opened at all."""
    from pipeline import pdf, pictures

    if kind == "pdf":
        pdf.page_count(path)
    elif kind == "text":
        read_text(path)
    else:
        pictures.page(path, 1)


def _other_kind(path: Path) -> str | None:
    """Presentations, videos and office files, by content; None for what the intake knows, or nobody does."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return {".ppt": "ppt", ".xls": "xls"}.get(path.suffix.lower(), "doc")
    guess = filetype.guess(head)
    if guess is not None and str(guess.mime).startswith("video/"):
        return str(guess.extension)
    return None


def _zipped(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:4000]
            if "mimetype" in names and b"presentation" in archive.open("mimetype").read(120):
                return "odp"
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None
    return next(
        (
            kind
            for start, kind in (("ppt/", "pptx"), ("word/", "docx"), ("xl/", "xlsx"))
            if any(n.startswith(start) for n in names)
        ),
        None,
    )


def when(paths: tuple[Path, ...]) -> dt.datetime | None:
    """The latest time of a submission's files, which is all that a folder alone can say of its arrival."""
    times = [path.stat().st_mtime for path in paths if path.exists()]
    return dt.datetime.fromtimestamp(max(times), BANGKOK) if times else None


# -- the manifest ------------------------------------------------------------------------------------------


def read_manifest(path: Path) -> dict[str, Arrival]:
    """Arrivals by file or folder name. Headings may be Thai or English, years of either era.

    Raises BadInputError where there is no column of names or of times, or a time cannot be understood.
    """
    try:
        text = decoded(path.read_bytes())
    except OSError as error:
        raise BadInputError(
            "audit.bad_manifest",
            f"อ่านไฟล์ {path.name} ไม่ได้",
            f"{path.name} cannot be read ({error.strerror}).",
        ) from error
    sample = text[:4000]
    mark = max(",;\t", key=sample.count)
    rows = list(csv.DictReader(io.StringIO(text), delimiter=mark))
    heads = list(rows[0]) if rows else []
    columns = {name: column_of(heads, words) for name, words in _COLUMNS.items()}
    if columns["file"] is None or columns["arrived"] is None:
        raise BadInputError(
            "audit.bad_manifest",
            f"{path.name} ต้องมีช่อง file และ arrived (ไฟล์, เวลา)",
            f"{path.name} needs the columns file and arrived.",
        )
    found = {}
    for number, row in enumerate(rows, 2):
        name = (row.get(columns["file"] or "") or "").strip()
        if name:
            found[name] = _arrival(row, columns, f"{path.name}:{number}")
    return found


def decoded(data: bytes) -> str:
    """The text of a table: UTF-8, else Thai Windows; what is neither keeps its sound part."""
    for code in ("utf-8-sig", "cp874"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def column_of(heads: list[str], words: tuple[str, ...]) -> str | None:
    """The heading of a table that is one of these words, in any case."""
    bare = {(head or "").strip().casefold(): head for head in heads}
    return next((bare[word] for word in words if word in bare), None)


def _arrival(row: Mapping[str, str | None], columns: Mapping[str, str | None], where: str) -> Arrival:
    def said(name: str) -> str | None:
        return (row.get(columns[name] or "") or "").strip() or None

    told = said("arrived")
    moment = moment_of(told) if told else None
    if told and moment is None:
        raise BadInputError(
            "audit.bad_manifest",
            f"ไม่เข้าใจเวลา “{told}” ใน {where} เขียนเช่น 2569-10-05 16:30",
            f"The time “{told}” in {where} is not understood. Write 2026-10-05 16:30.",
        )
    return Arrival(arrived=moment, agency=said("agency"), work=said("work"))


def moment_of(text: str) -> dt.datetime | None:
    """A moment as people write it, in Bangkok's time unless it says another.

    >>> moment_of("5/10/2569 16.30")
    datetime.datetime(2026, 10, 5, 16, 30, tzinfo=datetime.timezone(datetime.timedelta(seconds=25200)))
    """
    text = to_arabic(text).strip()
    iso = re.match(
        r"(\d{4})(-\d{1,2}-\d{1,2})(?:[T ]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?\s*(Z|[+-]\d{2}:?\d{2})?",
        text,
    )
    try:
        if iso:
            year = int(iso[1]) - (543 if int(iso[1]) > 2400 else 0)
            month, day = (int(part) for part in iso[2].strip("-").split("-"))
            hours = (int(iso[3] or 0), int(iso[4] or 0), int(iso[5] or 0))
            zone = dt.datetime.fromisoformat(f"2000-01-01T00:00:00{iso[6]}").tzinfo if iso[6] else BANGKOK
            return dt.datetime(year, month, day, *hours, tzinfo=zone)
        slashed = re.match(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)$", text)
        if slashed:
            year = int(slashed[3]) - (543 if int(slashed[3]) > 2400 else 0)
            found: dt.date | None = dt.date(year, int(slashed[2]), int(slashed[1]))
            rest = slashed[4]
        else:
            found, rest = parse_thai_date(text), text
        if found is None:
            return None
        clock = re.search(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(?:น\.?)?\s*$", rest)
        return dt.datetime.combine(
            found, dt.time(int(clock[1]), int(clock[2])) if clock else dt.time(), BANGKOK
        )
    except ValueError:
        return None
