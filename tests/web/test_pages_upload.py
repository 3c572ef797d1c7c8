"""The page for sending files: what comes of them, and what must not get through."""

from __future__ import annotations

import pytest

from pipeline.web.names import safe_name
from pipeline.web.pages import uploads
from tests import house


def send(client, name: str, content: str | bytes):
    data = content.encode() if isinstance(content, str) else content
    return client.post("/upload", files=[("files", (name, data))])


def test_a_sent_file_comes_into_the_register_once(office, client):
    assert send(client, "หนังสือ.txt", house.letter(77)).status_code == 303
    assert any(row.number == "ลป 0017.2/77" for row in office.store.rows())
    page = client.get("/upload").text
    assert "หนังสือ.txt" in page
    before = len(office.store.rows())
    send(client, "again.txt", house.letter(77))
    assert len(office.store.rows()) == before
    assert "ไฟล์นี้มีอยู่แล้ว" in client.get("/upload").text
    assert not list((office.settings.home / "uploads").iterdir())


def test_beside_the_fields_of_a_transcript_stand_its_own_lines(office, client):
    send(client, "หนังสือ.txt", house.letter(76).replace("ประจำเดือน", "ก & ข"))
    page = client.get(f"/letters/{max(row.id for row in office.store.rows())}").text
    told = page.partition('<div class="told">')[2].partition("</div>")[0]
    assert "<p>ที่ ลป ๐๐๑๗.๒/76</p>" in told
    assert "ประชุมก &amp; ข" in told
    scanned = client.get(f"/letters/{office.ids['doubtful.pdf']}").text
    assert 'class="told"' not in scanned


def test_a_secret_file_leaves_neither_name_nor_hash_behind(office, client):
    send(client, f"{house.SECRET_NAME}.txt", house.secret())
    jobs = client.get("/upload/jobs").text
    assert "เอกสารลับ เก็บแยกแล้ว" in jobs
    assert house.SECRET_NAME not in jobs
    assert house.sha256(house.secret()) not in jobs
    house.check_nothing_secret_is_left(office.settings)


def test_a_file_that_cannot_be_used_says_so(office, client):
    send(client, "เสีย.docx", house.BAD_BYTES)
    assert "กักไว้แล้ว" in client.get("/upload/jobs").text


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "..\\evil.txt", "/etc/evil.txt", ".hidden", "a\x00b.txt", "ก" * 300]
)
def test_a_name_cannot_lead_out_of_the_folder(office, client, name):
    send(client, name, house.letter(78))
    assert not list(office.settings.home.parent.glob("*evil*"))
    (taken,) = (row.file for row in office.store.rows() if row.number == "ลป 0017.2/78")
    assert taken == safe_name(name.replace("\x00", "%00"))  # as browsers send it
    assert not set("/\\\x00") & set(taken)
    assert not taken.startswith(".")
    assert len(taken.encode()) < 200


def test_others_do_not_see_what_one_sent(office, client):
    send(client, "mine.txt", house.letter(79))
    assert "mine.txt" not in office.client("admin").get("/upload").text


def test_files_left_by_a_crash_are_read_at_the_next_start(office):
    queue = office.app.state.house.queue
    path = queue.new_file("left.txt")
    path.write_text(house.letter(80), encoding="utf-8")
    queue.resume()
    assert any(row.number == "ลป 0017.2/80" for row in office.store.rows())


def test_a_file_that_breaks_off_is_dropped(office, monkeypatch):
    class Broken:
        filename = "half.txt"

        class file:  # noqa: N801
            @staticmethod
            def read(_: int) -> bytes:
                raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        uploads.take(office.app.state.house.queue, Broken(), "clerk")  # type: ignore[arg-type]
    assert not list((office.settings.home / "uploads").iterdir())
