"""A letter's page: values picked, typed, accepted and taken back; pictures; letters parted and read again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline import again
from pipeline.web import render
from pipeline.web.pages.letters import PANEL
from tests.web.conftest import HTML, NOW


def form(office, file: str, **more: str) -> dict[str, str]:
    return {"version": str(office.version(office.ids[file])), **more}


def test_a_candidate_is_picked_and_taken_back(office, client):
    letter_id = office.ids["doubtful.pdf"]
    path = f"/letters/{letter_id}"
    page = client.get(path).text
    assert "ควรตรวจ 62%" in page
    picked = client.post(
        f"{path}/fields",
        data=form(office, "doubtful.pdf", path="number", value="ลป 0017.2/ว1797"),
        headers={"hx-request": "true"},
    )
    assert picked.status_code == 200
    assert "คนตรวจแล้ว" in picked.text
    assert "<html" not in picked.text
    found = office.store.letter(letter_id)
    assert found.letter.number.value.text == "ลป 0017.2/ว1797"
    assert found.letter.number.reader == "person"
    assert found.machine.number.value.text == "ลป 0017.2/ว1791"
    assert client.post(f"{path}/undo", data=form(office, "doubtful.pdf")).status_code == 200
    assert office.store.letter(letter_id).letter.number.value.text == "ลป 0017.2/ว1791"
    assert client.post(f"{path}/undo", data=form(office, "doubtful.pdf")).status_code == 422


def test_what_stands_there_is_accepted_as_right(office, client):
    path = f"/letters/{office.ids['doubtful.pdf']}"
    sent = form(office, "doubtful.pdf", path="date", as_read="1", value="")
    assert client.post(f"{path}/fields", data=sent).status_code == 200
    date = office.store.letter(office.ids["doubtful.pdf"]).letter.date
    assert (date.value, date.reader) == (dt.date(2023, 6, 2), "person")


def test_a_typed_value_may_be_thai_and_nonsense_is_refused_in_words(office, client):
    path = f"/letters/{office.ids['doubtful.pdf']}"
    good = form(office, "doubtful.pdf", path="date", value="๕ มิถุนายน ๒๕๖๖")
    assert client.post(f"{path}/fields", data=good).status_code == 200
    assert office.store.letter(office.ids["doubtful.pdf"]).letter.date.value == dt.date(2023, 6, 5)
    bad = client.post(f"{path}/fields", data=form(office, "doubtful.pdf", path="date", value="วันไหนก็ได้"))
    assert bad.status_code == 422
    assert "ไม่เข้าใจ" in bad.text
    unknown = form(office, "doubtful.pdf", path="no.such.field", value="x")
    assert client.post(f"{path}/fields", data=unknown).status_code == 422


def test_two_people_at_once_do_not_lose_each_others_work(office, client):
    path = f"/letters/{office.ids['doubtful.pdf']}/fields"
    seen = form(office, "doubtful.pdf")
    assert (
        office.client("admin").post(path, data={**seen, "path": "subject", "value": "ก่อน"}).status_code == 200
    )
    late = client.post(path, data={**seen, "path": "subject", "value": "ทีหลัง"})
    assert late.status_code == 409
    assert "admin" in late.text
    assert office.store.letter(office.ids["doubtful.pdf"]).letter.subject.value == "ก่อน"


def test_confirming_goes_on_to_the_next_letter(office, client):
    letter_id = office.ids["doubtful.pdf"]
    following = office.store.letter(letter_id).next
    answer = client.post(
        f"/letters/{letter_id}/confirm", data=form(office, "doubtful.pdf"), headers={"hx-request": "1"}
    )
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"] == f"/letters/{following}"
    assert not office.store.letter(letter_id).row.needs_person
    assert office.store.letter(letter_id).confirmed_by == "clerk"
    assert "clerk ยืนยันทั้งฉบับ" in client.get(f"/letters/{letter_id}/history").text


def test_next_leads_through_all_that_wait_and_home_at_last(office, client):
    seen = set()
    place = client.get("/letters/next").headers["location"]
    while place != "/" and place not in seen:
        seen.add(place)
        letter_id = int(place.rsplit("/", 1)[1])
        client.post(f"/letters/{letter_id}/confirm", data={"version": office.version(letter_id)})
        place = client.get(f"/letters/next?after={letter_id}").headers["location"]
    assert place == "/"
    assert not [row for row in office.store.rows() if row.needs_person and row.id is not None]


def test_those_who_only_read_see_no_buttons(shared_office):
    page = shared_office.client("analyst").get(f"/letters/{shared_office.ids['doubtful.pdf']}").text
    assert "data-accept" not in page
    assert "f-edit" not in page


def test_the_panel_is_a_part_of_the_page(shared_office):
    assert PANEL in (Path(render.__file__).parent / "templates" / "letter.html").read_text(encoding="utf-8")


def test_a_page_is_drawn_once_and_asked_for_again_each_time(office, client):
    path = f"/documents/{office.hashes['good.pdf']}/pages/1.webp"
    first = client.get(path)
    assert first.headers["content-type"] == "image/webp"
    assert first.content[8:12] == b"WEBP"
    assert first.headers["cache-control"] == "private, no-cache"
    assert client.get(path, headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert client.get(path.replace("1.webp", "2.webp")).status_code == 404
    assert client.get(path.replace("1.webp", "0.webp")).status_code == 404


def test_a_document_that_becomes_protected_leaves_no_picture(office, client):
    from pipeline.vault import Vault, cache_of
    from schemas.result import Result

    sha256 = office.hashes["good.pdf"]
    path = f"/documents/{sha256}/pages/1.webp"
    tag = client.get(path).headers["etag"]
    vault = Vault(office.settings)
    vault.prepare()
    vault.content(sha256).write_bytes(b"the same file")
    vault.protect(sha256, ".pdf")
    office.store.save(Result(file="", sha256=sha256, status="protected", secrecy="ลับ"), None, NOW)
    assert client.get(path, headers={"if-none-match": tag}).status_code == 404
    assert client.get(f"/letters/{office.ids['good.pdf']}").status_code == 404
    assert not cache_of(office.settings, sha256).exists()


def test_the_original_is_saved_and_never_run(office, client):
    answer = client.get(f"/documents/{office.hashes[f'{HTML}.pdf']}/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%3Cscript")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_bundle_is_merged_and_split_by_hand(office, client):
    sha256 = office.hashes["bundle.pdf"]
    assert client.get(f"/documents/{sha256}/bundle").text.count('name="start"') == 2
    merged = client.post(f"/documents/{sha256}/bundle", data={})
    assert "ได้ 1 ฉบับ" in merged.text
    assert office.store.groups(sha256) == ((1, 2),)
    split = client.post(f"/documents/{sha256}/bundle", data={"start": ["1", "2"]})
    assert "ได้ 2 ฉบับ" in split.text
    assert client.post(f"/documents/{sha256}/bundle", data={"start": ["x", "-1", "9" * 9]}).status_code == 200


def test_a_page_is_read_again_in_the_queue(office, client):
    answer = client.post(f"/documents/{office.hashes['good.pdf']}/pages/1/again")
    assert (answer.status_code, answer.headers["location"].partition("?")[2]) == (303, "again=1")
    assert "ส่งหน้า 1 ไปอ่านใหม่แล้ว" in client.get(answer.headers["location"]).text
    job = office.app.state.house.queue.jobs("clerk")[0]
    assert job.sha256 == office.hashes["good.pdf"]
    assert job.state != "waiting"
    assert "good.pdf · หน้า 1" in client.get("/upload/jobs").text
    assert client.post(f"/documents/{office.hashes['good.pdf']}/pages/7/again").status_code == 404


def test_the_history_speaks_as_people_write(office, client):
    letter_id = office.ids["doubtful.pdf"]
    for value in ({"as_read": "1", "value": ""}, {"value": "3/6/2566"}):
        sent = form(office, "doubtful.pdf", path="date", **value)
        assert client.post(f"/letters/{letter_id}/fields", data=sent).status_code == 200
    assert client.post(f"/letters/{letter_id}/undo", data=form(office, "doubtful.pdf")).status_code == 200
    page = client.get(f"/letters/{letter_id}/history").text
    assert "clerk รับรองว่า ลงวันที่ “2 มิ.ย. 2566” ถูกต้อง" in page
    assert "clerk แก้ ลงวันที่ จาก “2 มิ.ย. 2566” เป็น “3 มิ.ย. 2566”" in page
    assert "clerk เลิกทำ ลงวันที่ กลับเป็น “2 มิ.ย. 2566”" in page
    client.cookies.set("saraban_lang", "en")
    assert "from “2 Jun 2023” to “3 Jun 2023”" in client.get(f"/letters/{letter_id}/history").text


def test_a_page_that_shows_a_secrecy_mark_takes_all_names_of_its_file_from_the_list(
    office, client, monkeypatch
):
    sha256 = office.hashes["good.pdf"]
    client.post(f"/documents/{sha256}/pages/1/again")
    assert "good.pdf" in client.get("/upload/jobs").text
    done = again.Done("", "protected", known=True)
    monkeypatch.setattr(again, "read_page_again", lambda *_: done)
    client.post(f"/documents/{sha256}/pages/1/again")
    jobs = client.get("/upload/jobs").text
    assert "good.pdf" not in jobs
    assert sha256 not in jobs
