"""What a file is, by content; and which files of an inbox are ready to be taken."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline import intake
from pipeline.errors import BadInputError
from pipeline.inbox import Settling, look, readable
from pipeline.intake import identify, read_text, sha256_of
from pipeline.settings import Settings
from tests.house import letter, sha256


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", settle_s=2)


def written(folder: Path, data: bytes | str, name: str = "x.dat") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize("kind", ["jpeg", "png", "tiff"])
def test_pictures_are_known_by_content(kind: str, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "scan.pdf"  # misnamed
    Image.new("L", (8, 8), 255).save(path, format=kind)
    assert identify(path, settings) == kind


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"scanner header\r\n" * 20])
def test_a_pdf_may_have_something_before_its_mark(before: bytes, tmp_path: Path, settings: Settings) -> None:
    assert identify(written(tmp_path, before + b"%PDF-1.4\n..."), settings) == "pdf"


@pytest.mark.parametrize(
    "data",
    [
        letter(1).encode(),
        b"\xef\xbb\xbf" + letter(1).encode(),
        letter(1).encode("utf-16"),
        letter(1).encode("cp874"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "cp874"],
)
def test_a_transcript_is_read_in_the_codes_of_thai_offices(
    data: bytes, tmp_path: Path, settings: Settings
) -> None:
    path = written(tmp_path, data)
    assert identify(path, settings) == "text"
    assert read_text(path) == letter(1)


def _zip(folder: Path, *names: str, mimetype: str | None = None) -> bytes:
    path = folder / "made.zip"
    with zipfile.ZipFile(path, "w") as archive:
        if mimetype is not None:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return path.read_bytes()


WRONG = {
    "empty": (b"", "file.empty", "empty"),
    "only spaces": (b" \n\t\n", "file.empty", "no letters"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file.unknown", "DOC, XLS"),
    "winmail.dat": (b"\x78\x9f\x3e\x22" + bytes(100), "file.unknown", "Outlook"),
    "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(100), "file.unknown", "HEIC"),
    "gif": (b"GIF89a" + bytes(100), "file.unknown", "GIF"),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(100), "file.unknown", "RAR"),
    "broken zip": (b"PK\x03\x04 broken", "file.unknown", "ZIP"),
    "rtf": (b"{\\rtf1\\ansi hello}", "file.unknown", "RTF"),
    "html": (b"\n<!DOCTYPE html><html></html>", "file.unknown", "HTML"),
    "json": (b'{"file": "a.pdf"}', "file.unknown", "JSON"),
    "csv": ("เลขที่,ลงวันที่,จาก,ถึง,เรื่อง,กำหนด\n1,2,3,4,5,6\n2,2,3,4,5,6\n".encode(), "file.unknown", "CSV"),
    "noise": (bytes(range(256)) * 40, "file.unknown", "not known"),
    "french in one-byte code": ("déjà vu à côté".encode("latin-1") * 20, "file.unknown", "not known"),
    "zeros": (bytes(5000), "file.unknown", "not known"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_named_and_says_what_to_do(case: str, tmp_path: Path, settings: Settings) -> None:
    data, code, word = WRONG[case]
    with pytest.raises(BadInputError) as caught:
        identify(written(tmp_path, data), settings)
    assert caught.value.code == code
    assert word in caught.value.message_en
    assert caught.value.message_en.rstrip().endswith(".")
    assert any("ก" <= char <= "๙" for char in caught.value.message)


@pytest.mark.parametrize(
    ("names", "mimetype", "word"),
    [
        (("word/document.xml",), None, "DOCX"),
        (("xl/workbook.xml",), None, "XLSX"),
        (("ppt/presentation.xml",), None, "PPTX"),
        (("content.xml",), "application/vnd.oasis.opendocument.text", "ODT"),
        (("content.xml",), "application/vnd.oasis.opendocument.spreadsheet", "ODS"),
        (("letters/a.pdf",), None, "ZIP"),
    ],
)
def test_what_is_in_a_zip_tells_its_name(
    names: tuple[str, ...], mimetype: str | None, word: str, tmp_path: Path, settings: Settings
) -> None:
    path = written(tmp_path, _zip(tmp_path, *names, mimetype=mimetype))
    with pytest.raises(BadInputError, match=word):
        identify(path, settings)


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    path = written(tmp_path, b"%PDF-" + bytes(100))
    with pytest.raises(BadInputError) as caught:
        identify(path, Settings(home=tmp_path / "home", max_bytes=100))
    assert caught.value.code == "file.too_large"
    assert "SARABAN_MAX_BYTES" in caught.value.message_en


@pytest.mark.timeout(20)
def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe")
    codes = {
        "folder": "file.directory",
        "link": "file.broken_link",
        "pipe": "file.special",
        "no": "file.missing",
    }
    for name, code in codes.items():
        for ask in (lambda path: identify(path, settings), sha256_of):
            with pytest.raises(BadInputError) as caught:
                ask(tmp_path / name)
            assert caught.value.code == code


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, letter(1))

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)  # root may read anything, so chmod proves nothing
    with pytest.raises(BadInputError) as caught:
        identify(path, settings)
    assert caught.value.code == "file.unreadable"


@given(data=st.binary(max_size=400))
def test_any_bytes_get_a_kind_or_a_reason(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = written(folder, data)
    answer: object
    try:
        answer = identify(path, Settings(home=folder / "home"))
    except BadInputError as error:
        answer = error.code
    assert answer in {*intake.EXTENSIONS, "file.empty", "file.unknown"}
    assert sha256_of(path) == sha256(data)


# The inbox


def test_only_whole_files_of_others_are_seen(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    settings = Settings(home=inbox / "saraban", settle_s=0)
    wanted = ["a.pdf", "ลึก/ลงไป/b.pdf"]
    unwanted = [
        ".hidden.pdf",
        ".git/c.pdf",
        "d.pdf.part",
        "e.crdownload",
        "~$f.docx",
        "Thumbs.db",
        "g.TMP",
        "saraban/originals/aa/h.pdf",
        "saraban/quarantine/i.pdf",
    ]
    for name in wanted + unwanted:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text("x", encoding="utf-8")
    outside = written(tmp_path, "x", "outside.pdf")
    (inbox / "link.pdf").symlink_to(outside)
    (inbox / "loop").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.pdf")
    seen = look(inbox, settings)
    assert [Path(place.path).relative_to(inbox).as_posix() for place in seen.places] == wanted
    assert seen.troubles == []


@pytest.mark.parametrize("below", ["", "quarantine"])
def test_our_own_folders_are_no_inbox(below: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    (settings.home / below).mkdir(parents=True, exist_ok=True)
    with pytest.raises(BadInputError) as caught:
        look(settings.home / below, settings)
    assert caught.value.code == "folder.own"


def test_a_folder_that_is_away_is_told_not_raised(tmp_path: Path) -> None:
    seen = look(tmp_path / "unplugged", Settings(home=tmp_path / "home"))
    assert seen.places == []
    assert seen.troubles[0].problem.code == "folder.unreadable"


def test_a_file_settles_only_when_it_stops_growing(tmp_path: Path) -> None:
    path = written(tmp_path, "x", "a.txt")
    settings, settling = Settings(home=tmp_path / "home"), Settling(0.3)
    done, wait = settling.settled(look(tmp_path, settings).places)
    assert done == []
    assert 0 < wait <= 0.3
    time.sleep(0.2)
    path.write_text("xx", encoding="utf-8")
    time.sleep(0.2)  # long enough since it was first seen, not since it changed
    assert settling.settled(look(tmp_path, settings).places)[0] == []
    time.sleep(0.31)
    assert [place.size for place in settling.settled(look(tmp_path, settings).places)[0]] == [2]


def test_a_file_dated_in_the_future_settles_too(tmp_path: Path) -> None:
    path = written(tmp_path, "x", "a.txt")
    os.utime(path, (time.time() + 9999, time.time() + 9999))
    settings, settling = Settings(home=tmp_path / "home"), Settling(0.1)
    assert settling.settled(look(tmp_path, settings).places)[0] == []
    time.sleep(0.15)
    assert len(settling.settled(look(tmp_path, settings).places)[0]) == 1


def test_names_in_thai_windows_code_are_put_right() -> None:
    raw = "หนังสือ.pdf".encode("cp874").decode("utf-8", "surrogateescape")
    assert readable(raw) == "หนังสือ.pdf"
    assert readable("หนังสือ.pdf") == "หนังสือ.pdf"
