"""What a file is, by its content and never by its name; its hash; its text when it is a transcript."""

from __future__ import annotations

import codecs
import hashlib
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import filetype

from pipeline.errors import BadInputError, ToolError
from pipeline.settings import Settings

FileKind = Literal["pdf", "jpeg", "png", "tiff", "text"]

EXTENSIONS: dict[FileKind, str] = {
    "pdf": ".pdf",
    "jpeg": ".jpg",
    "png": ".png",
    "tiff": ".tif",
    "text": ".txt",
}
"""The extension under which we keep a file of each kind."""

_HEAD_BYTES = 64 * 1024
_BLOCK_BYTES = 1024 * 1024
_TEXT_BYTES = 20_000_000  # a transcript of 200 pages is under 2 MB

_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
)

_SAVE_AS_PDF = ("บันทึกเป็น PDF แล้วส่งใหม่", "Save it as PDF and send it again")
_SAVE_AS_IMAGE = ("บันทึกเป็น PDF, JPEG หรือ PNG แล้วส่งใหม่", "Save it as PDF, JPEG or PNG and send it again")
_UNPACK = ("แตกไฟล์แล้วส่งเอกสารข้างในทีละไฟล์", "Unpack it and send the documents inside one by one")

_NAMES: dict[str, tuple[str, str, tuple[str, str]]] = {
    "docx": ("Word (DOCX)", "a Word file (DOCX)", _SAVE_AS_PDF),
    "doc": ("Word รุ่นเก่า (DOC)", "an old Word file (DOC)", _SAVE_AS_PDF),
    "odt": ("OpenDocument (ODT)", "an OpenDocument text (ODT)", _SAVE_AS_PDF),
    "rtf": ("RTF", "an RTF file", _SAVE_AS_PDF),
    "xlsx": ("Excel (XLSX)", "an Excel file (XLSX)", _SAVE_AS_PDF),
    "xls": ("Excel รุ่นเก่า (XLS)", "an old Excel file (XLS)", _SAVE_AS_PDF),
    "ods": ("ตารางคำนวณ OpenDocument (ODS)", "an OpenDocument spreadsheet (ODS)", _SAVE_AS_PDF),
    "pptx": ("PowerPoint (PPTX)", "a PowerPoint file (PPTX)", _SAVE_AS_PDF),
    "ppt": ("PowerPoint รุ่นเก่า (PPT)", "an old PowerPoint file (PPT)", _SAVE_AS_PDF),
    "ole": ("Office รุ่นเก่า (DOC, XLS หรือ PPT)", "an old Office file (DOC, XLS or PPT)", _SAVE_AS_PDF),
    "ps": ("PostScript", "a PostScript file", _SAVE_AS_PDF),
    "html": ("หน้าเว็บ (HTML)", "a web page (HTML)", _SAVE_AS_PDF),
    "xml": ("XML", "an XML file", _SAVE_AS_PDF),
    "json": ("JSON", "a JSON file", _SAVE_AS_PDF),
    "csv": ("ตาราง CSV", "a CSV table", _SAVE_AS_PDF),
    "eml": (
        "อีเมล",
        "an e-mail message",
        ("แนบเอกสารข้างในมาเป็นไฟล์แยก", "Save its attachments and send those"),
    ),
    "tnef": (
        "ไฟล์ของ Outlook (winmail.dat) ซึ่งห่อไฟล์แนบไว้ข้างใน",
        "a file in which Outlook wraps attachments (winmail.dat)",
        ("ขอให้ผู้ส่งส่งอีเมลเป็น HTML หรือข้อความธรรมดา", "Ask the sender for the message as HTML or plain text"),
    ),
    "heic": ("ภาพ HEIC จากโทรศัพท์", "a HEIC photo from a phone", _SAVE_AS_IMAGE),
    "heif": ("ภาพ HEIC จากโทรศัพท์", "a HEIC photo from a phone", _SAVE_AS_IMAGE),
    "avif": ("ภาพ AVIF", "an AVIF image", _SAVE_AS_IMAGE),
    "webp": ("ภาพ WebP", "a WebP image", _SAVE_AS_IMAGE),
    "gif": ("ภาพ GIF", "a GIF image", _SAVE_AS_IMAGE),
    "bmp": ("ภาพ BMP", "a BMP image", _SAVE_AS_IMAGE),
    "jpx": ("ภาพ JPEG 2000", "a JPEG 2000 image", _SAVE_AS_IMAGE),
    "psd": ("ภาพ Photoshop", "a Photoshop image", _SAVE_AS_IMAGE),
    "zip": ("ZIP", "a ZIP archive", _UNPACK),
    "rar": ("RAR", "a RAR archive", _UNPACK),
    "7z": ("7-Zip", "a 7-Zip archive", _UNPACK),
    "gz": ("GZIP", "a GZIP archive", _UNPACK),
    "tar": ("TAR", "a TAR archive", _UNPACK),
}
"""What a wrong file is called, in Thai and English, and what to do about it."""

_TEXT_STARTS = (
    ("<!doctype html", "html"),
    ("<html", "html"),
    ("<?xml", "xml"),
    ("{\\rtf", "rtf"),
    ("%!ps", "ps"),
    ('{"', "json"),
    ('[{"', "json"),
    ("received: ", "eml"),
    ("return-path: ", "eml"),
)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, in lower-case hex."""
    _size_of(path)
    digest = hashlib.sha256()
    with _opened(path), path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def identify(path: Path, settings: Settings) -> FileKind:
    """What kind of document a file is; BadInputError says what is wrong with any other."""
    size = _size_of(path)
    if size == 0:
        raise BadInputError(
            "file.empty",
            "ไฟล์ว่างเปล่า (0 ไบต์) โปรดสแกนหรือส่งไฟล์ใหม่",
            "The file is empty (0 bytes). Scan it or send it again.",
        )
    if size > settings.max_bytes:
        raise _too_large(size, settings.max_bytes)
    with _opened(path), path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    kind = _kind_by_magic(head)
    if kind is not None:
        return kind
    named = _named_by_magic(path, head)
    if named is not None:
        raise _unknown(named)
    read_text(path)
    return "text"


def read_text(path: Path) -> str:
    """The text of a transcript: UTF-8, UTF-16 with its mark, or Thai Windows/TIS-620; else BadInputError."""
    size = _size_of(path)
    if size > _TEXT_BYTES:
        raise _unknown(None)
    with _opened(path):
        text = _decode(path.read_bytes())
    if text is None:
        raise _unknown(None)
    if not text.strip():
        raise BadInputError(
            "file.empty",
            "ไฟล์ข้อความไม่มีตัวอักษรเลย โปรดส่งไฟล์ใหม่",
            "The text file holds no letters at all. Send it again.",
        )
    named = _named_by_text(text)
    if named is not None:
        raise _unknown(named)
    return text


def _size_of(path: Path) -> int:
    """The size of a regular file; anything else is refused unopened, for a pipe would never end."""
    with _opened(path):
        found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise BadInputError(
            "file.directory",
            f"“{path.name}” เป็นโฟลเดอร์ ไม่ใช่ไฟล์ หากต้องการอ่านทั้งโฟลเดอร์ให้ใช้ saraban ingest",
            f'"{path.name}" is a folder, not a file. To read a whole folder, use saraban ingest.',
        )
    if not stat.S_ISREG(found.st_mode):
        raise BadInputError(
            "file.special",
            f"“{path.name}” ไม่ใช่ไฟล์ธรรมดา (เป็นท่อข้อมูลหรืออุปกรณ์) โปรดบันทึกเป็นไฟล์ก่อน",
            f'"{path.name}" is not an ordinary file (it is a pipe or a device). Save it as a file first.',
        )
    return found.st_size


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    """Turn the system's refusals into words: the file's fault is BadInputError, the disk's ToolError."""
    try:
        yield
    except FileNotFoundError as error:
        if path.is_symlink():
            raise BadInputError(
                "file.broken_link",
                f"“{path.name}” เป็นทางลัดที่ชี้ไปยังไฟล์ซึ่งไม่มีแล้ว โปรดส่งไฟล์จริง",
                f'"{path.name}" is a link to a file that is gone. Send the file itself.',
            ) from error
        raise BadInputError(
            "file.missing", f"ไม่พบไฟล์ “{path.name}”", f'There is no file "{path.name}".'
        ) from error
    except PermissionError as error:
        raise BadInputError(
            "file.unreadable",
            f"ไม่มีสิทธิ์อ่านไฟล์ “{path.name}” โปรดให้สิทธิ์อ่านแก่ผู้ใช้ที่รันโปรแกรมนี้",
            f'No permission to read "{path.name}". Let the user who runs this program read it.',
        ) from error
    except OSError as error:
        raise ToolError(f"The file could not be read from the disk: {error.strerror or error}.") from error


def _kind_by_magic(head: bytes) -> FileKind | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return "pdf" if b"%PDF-" in head[:1024] else None  # some scanners write a header before it


def _named_by_magic(path: Path, head: bytes) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        return _named_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"\x78\x9f\x3e\x22"):
        return "tnef"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1"):
        return "heic"
    found = filetype.guess(head)
    return None if found is None else str(found.extension)


def _named_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    return "ods" if b"spreadsheet" in entry.read(200) else "odt"
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return "zip"
    for folder, name in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(entry_name.startswith(folder) for entry_name in names):
            return name
    return "zip"


def _named_by_text(text: str) -> str | None:
    start = text.lstrip("\ufeff \t\r\n")[:200].lower()
    for opening, name in _TEXT_STARTS:
        if start.startswith(opening):
            return name
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:3]
    # A register exported by ourselves or others; no letter has so many commas on each of its first lines.
    if len(lines) >= 2 and any(all(line.count(mark) >= 5 for line in lines) for mark in ",;\t"):
        return "csv"
    return None


def _decode(data: bytes) -> str | None:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ["utf-16"] if wide else ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text) and (encoding != "cp874" or _is_mostly_thai(text)):
            return text
    return None


def _is_text(text: str) -> bool:
    odd = sum(
        1
        for char in text
        if not char.isprintable() and not char.isspace() and char not in "\u200b\u200c\u200d\ufeff"
    )
    private = sum(
        1 for char in text if "\ue000" <= char <= "\uf8ff"
    )  # raised Thai marks of old fonts: not odd
    return "\x00" not in text and (odd - private) * 100 <= len(text)


def _is_mostly_thai(text: str) -> bool:
    """Any bytes are some text in a one-byte code, so Thai letters must prevail over the rest."""
    thai = sum(1 for char in text if "\u0e01" <= char <= "\u0e5b")
    letters = sum(1 for char in text if char.isalpha() or "\u0e01" <= char <= "\u0e5b")
    return thai * 2 >= letters > 0


def _too_large(size: int, limit: int) -> BadInputError:
    return BadInputError(
        "file.too_large",
        f"ไฟล์ใหญ่ {size / 1e6:.1f} MB เกินที่รับได้ {limit / 1e6:.1f} MB "
        "โปรดแบ่งไฟล์หรือสแกนใหม่ที่ 300 dpi หรือเพิ่มค่า SARABAN_MAX_BYTES",
        f"The file has {size / 1e6:.1f} MB; at most {limit / 1e6:.1f} MB are taken. "
        "Split it, scan it again at 300 dpi, or raise SARABAN_MAX_BYTES.",
    )


def _unknown(name: str | None) -> BadInputError:
    if name is not None and name in _NAMES:
        thai, english, (todo_th, todo_en) = _NAMES[name]
        return BadInputError(
            "file.unknown",
            f"ไฟล์นี้เป็น {thai} ซึ่งอ่านไม่ได้ {todo_th}",
            f"This is {english}, which cannot be read. {todo_en}.",
        )
    known_th = "" if name is None else f" (ดูเหมือน {name.upper()})"
    known_en = "" if name is None else f" (it looks like {name.upper()})"
    return BadInputError(
        "file.unknown",
        f"ไม่รู้จักชนิดของไฟล์นี้{known_th} รับได้เฉพาะ PDF, JPEG, PNG, TIFF และข้อความ โปรดแปลงไฟล์แล้วส่งใหม่",
        f"The type of this file is not known{known_en}. PDF, JPEG, PNG, TIFF and plain text are taken: "
        "convert it and send it again.",
    )
