"""A small office for tests: an inbox with letters, a bad file, a secret one, and what must become of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.settings import Settings

SECRET_WORDS = "แผนลับเฉพาะที่ห้ามปรากฏที่ใด"
SECRET_NAME = "ชื่อไฟล์ต้องห้าม"


def letter(running: int) -> str:
    """A plain letter as another OCR would transcribe it; all people and places in it are invented."""
    return (
        f"ที่ ลป ๐๐๑๗.๒/{running}\n\nศาลากลางจังหวัดลำปาง\nถนนวชิราวุธดำเนิน ลป ๕๒๐๐๐\n\n๒ มิถุนายน ๒๕๖๖\n\n"
        f"เรื่อง ขอเชิญประชุมครั้งที่ {running}\n\nเรียน นายอำเภอทุกอำเภอ\n\n"
        "ด้วยจังหวัดจะจัดประชุมประจำเดือน จึงเรียนมาเพื่อโปรดทราบ\n\nขอแสดงความนับถือ\n\n"
        "(นายสมมติ ทดสอบดี)\nรองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน\nผู้ว่าราชการจังหวัดลำปาง\n"
    )


def secret() -> str:
    """A letter with a secrecy mark at its top and bottom."""
    return f"ลับมาก\n\nที่ ลป ๐๐๑๗.๒/๙๙๙\n\nเรื่อง {SECRET_WORDS}\n\nเรียน ผู้บังคับการ\n\n{SECRET_WORDS}\n\nลับมาก\n"


GOOD = {"ก-หนังสือ.txt": letter(11), "b.txt": letter(12), "เก่า/c.txt": letter(13)}
TWIN = "สำเนา.txt"  # the content of b.txt under another name
BAD = "เสีย.docx"
BAD_BYTES = b"PK\x03\x04 this is no archive"


def fill(inbox: Path) -> None:
    """Put the files of the office into an inbox."""
    for name, text in {**GOOD, TWIN: GOOD["b.txt"], f"{SECRET_NAME}.txt": secret()}.items():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (inbox / BAD).write_bytes(BAD_BYTES)


def settings_for(home: Path) -> Settings:
    """Settings of a house in a temporary folder, in which no file needs to settle."""
    return Settings(home=home, settle_s=0, workers=2)


def sha256(data: bytes | str) -> str:
    """The hash under which a content is known."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def check_all_is_in_its_place(inbox: Path, settings: Settings) -> None:
    """Each file exactly once where it belongs, whole, and nothing left over."""
    from pipeline.store import open_store

    store = open_store(settings)
    good = {sha256(text) for text in GOOD.values()}
    register = [row.sha256 for row in store.rows()]
    assert sorted(register) == sorted(good), "a letter is missing from the register, or stands in it twice"
    assert {entry.sha256: entry.state for entry in store.entries()} == {
        **{row.sha256: row.state for row in store.rows()},
        sha256(BAD_BYTES): "quarantined",
        sha256(secret()): "protected",
    }
    assert _hashes(inbox) == sorted(sha256(text) for text in [*GOOD.values(), GOOD["b.txt"]])
    assert _hashes(settings.originals) == sorted(good)
    assert _hashes(settings.protected) == [sha256(secret())]
    reasons = list(settings.quarantine.glob("*.reason.txt"))
    assert len(reasons) == 1
    assert BAD in reasons[0].read_text(encoding="utf-8")
    assert [sha256(path.read_bytes()) for path in settings.quarantine.iterdir() if path not in reasons] == [
        sha256(BAD_BYTES)
    ]
    assert not list((settings.home / "incoming").iterdir())
    check_nothing_secret_is_left(settings)


def check_nothing_secret_is_left(settings: Settings) -> None:
    """Neither the secret letter's words nor its name stand in any file but the protected one."""
    for path in settings.home.rglob("*"):
        if path.is_file() and path.parent != settings.protected:
            data = path.read_bytes()
            assert SECRET_NAME.encode() not in data, path
            assert SECRET_WORDS.encode() not in data, path
            assert SECRET_NAME.encode("unicode_escape") not in data, path
        assert SECRET_NAME not in path.name


def _hashes(folder: Path) -> list[str]:
    return sorted(sha256(path.read_bytes()) for path in folder.rglob("*") if path.is_file())
