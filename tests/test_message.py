"""E-mails kept whole: attachments under fit names, whatever their headers say."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.message import MESSAGE, attachments, done, keep_message, protect, waiting

PDF = b"%PDF-1.7\n%%EOF\n"


def mail(*files: tuple[str, bytes], subject: str = "ส่งหนังสือ") -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = "sender@office.example", "saraban@office.example"
    message["Subject"] = subject
    message.set_content("เรียน เจ้าหน้าที่สารบรรณ")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return bytes(message)


def test_a_message_is_kept_byte_by_byte_beside_its_files(tmp_path: Path) -> None:
    raw = mail(("หนังสือ ที่ ๑.pdf", PDF), ("b.pdf", PDF + b"2"))
    kept = keep_message(raw, tmp_path)
    assert kept.new
    assert (kept.folder / MESSAGE).read_bytes() == raw
    assert {path.name: path.read_bytes() for path in kept.attachments} == {
        "หนังสือ ที่ ๑.pdf": PDF,
        "b.pdf": PDF + b"2",
    }
    again = keep_message(raw, tmp_path)
    assert not again.new
    assert again.folder == kept.folder
    assert tmp_path.stat().st_mode & 0o077 == 0


def test_what_is_waiting_is_found_until_it_is_done(tmp_path: Path) -> None:
    kept = keep_message(mail(("a.pdf", PDF)), tmp_path)
    assert [one.folder for one in waiting(tmp_path)] == [kept.folder]
    done(kept)
    assert waiting(tmp_path) == []


def test_a_protected_message_leaves_nothing_behind(tmp_path: Path) -> None:
    raw = mail(("a.pdf", PDF))
    kept = keep_message(raw, tmp_path / "mail")
    protect(kept, tmp_path / "protected")
    assert not kept.folder.exists()
    (file,) = (tmp_path / "protected").iterdir()
    assert file.read_bytes() == raw
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\letters\\a.pdf", "a.pdf"),
        ("", "attachment.pdf"),
        (".", "attachment.pdf"),
        ("message.eml", "message-2.eml"),
        ("no ending", "no ending.pdf"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("ก" * 300 + ".pdf", "ก" * 40 + ".pdf"),
    ],
)
def test_names_are_made_fit(told: str, kept: str) -> None:
    raw = b"\r\n".join(
        [
            b"Content-Type: application/pdf",
            b"MIME-Version: 1.0",
            b"Content-Disposition: attachment; filename*=utf-8''" + _percent(told),
            b"",
            PDF,
        ]
    )
    (one,) = attachments(raw)
    assert one.name == kept


def _percent(text: str) -> bytes:
    return b"".join(b"%%%02X" % byte for byte in text.encode())


def test_two_files_of_one_name_both_stay() -> None:
    names = [one.name for one in attachments(mail(("a.pdf", PDF), ("A.pdf", PDF + b"2")))]
    assert names == ["a.pdf", "A-2.pdf"]


def test_files_of_a_forwarded_message_are_found() -> None:
    import email
    import email.policy

    outer = EmailMessage()
    outer.set_content("ส่งต่อ")
    outer.add_attachment(email.message_from_bytes(mail(("a.pdf", PDF)), policy=email.policy.default))
    assert [one.name for one in attachments(bytes(outer))] == ["a.pdf"]


def test_the_logo_of_a_signature_is_no_letter_but_a_scan_is() -> None:
    message = EmailMessage()
    message.set_content("<img src='cid:logo'>", subtype="html")
    message.add_related(b"\x89PNG" + b"0" * 500, "image", "png", cid="<logo>")
    message.add_related(b"\xff\xd8" + b"0" * 100_000, "image", "jpeg", cid="<scan>")
    assert [len(one.content) for one in attachments(bytes(message))] == [100_002]


def test_a_header_in_an_unknown_character_set_stops_nothing() -> None:
    raw = mail(("a.pdf", PDF)).replace(b"filename=", b"filename*=windows-874''%CB")
    assert len(attachments(raw)) == 1


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    for one in attachments(raw):
        assert "/" not in one.name
        assert one.name not in ("", ".", "..")
