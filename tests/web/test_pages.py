"""The pages: what they show, what is done on them, and bad input that must not get through."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
import re
from pathlib import Path

import pytest

from pipeline import heartbeat
from pipeline.web import render, words
from pipeline.web.names import safe_name
from pipeline.web.pages import uploads
from pipeline.web.pages.letters import PANEL
from tests import house
from tests.make_records import deadline, letter
from tests.web.conftest import HTML, NOW, TODAY, result

WEB = Path(render.__file__).parent
PAGES = (
    *("/", "/register", "/register/print", "/search?q=ขอ", "/deadlines", "/statistics", "/audits"),
    *("/account", "/today/health", "/letters/{good}", "/letters/{html}", "/letters/{html}/history"),
    "/documents/{bundle}",
)


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shows_and_text_of_a_letter_is_never_html(shared_office, path, lang):
    browser = shared_office.client("admin")
    browser.cookies.set("saraban_lang", lang)
    ids, hashes = shared_office.ids, shared_office.hashes
    answer = browser.get(
        path.format(good=ids["good.pdf"], html=ids[f"{HTML}.pdf"], bundle=hashes["bundle.pdf"])
    )
    assert answer.status_code == 200
    assert HTML not in answer.text
    assert "<img src=x" not in answer.text
    assert not re.findall(r"<script(?! src=)", answer.text)
    assert not re.findall(r"""\s(?:style|on\w+)=["']""", answer.text)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", answer.text)


def test_html_of_a_letter_is_shown_as_text(shared_office):
    answer = shared_office.client("clerk").get(f"/letters/{shared_office.ids[f'{HTML}.pdf']}")
    assert "&lt;script&gt;alert(" in answer.text


def test_the_language_switch_is_remembered(office):
    browser = office.client("clerk")
    assert 'lang="th"' in browser.get("/").text[:60]
    assert browser.get("/lang/en?back=/register").headers["location"] == "/register"
    page = browser.get("/register").text
    assert 'lang="en"' in page[:60]
    assert "Register of letters received" in page


def test_every_word_of_the_templates_is_known_and_none_is_idle():
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
        if not path.name.startswith("words")
    )
    asked = set(re.findall(r"""\bt\(\s*["']([\w.]+)["']""", source))
    families = ("answer.", "role.", "job.", "c.", "severity.", "fault.", "sort.", "only_", "key.")
    asked -= set(families)  # put together with a role, a state …
    assert asked <= words.WORDS.keys(), asked - words.WORDS.keys()
    idle = {
        key
        for key in words.WORDS
        if f'"{key}"' not in source and f"'{key}'" not in source and not key.startswith(families)
    }
    assert not idle, idle


# --- today ----------------------------------------------------------------------------------------


def test_today_is_honest_about_the_watcher(office):
    browser = office.client("clerk")
    assert "ยังไม่เคยเฝ้าโฟลเดอร์" in browser.get("/").text
    heartbeat.beat(office.settings)
    assert "ทำงานอยู่" in browser.get("/today/health").text
    heartbeat.beat(office.settings, "The disk is nearly full.")
    assert "The disk is nearly full." in browser.get("/today/health").text
    old = json.dumps({"at": (NOW - dt.timedelta(hours=5)).isoformat(), "error": ""})
    (office.settings.home / "watch.json").write_text(old, encoding="utf-8")
    assert "ไม่มีสัญญาณตั้งแต่" in browser.get("/today/health").text


def test_today_tells_the_last_error_that_still_stands(office):
    office.store.admit("ab" * 32)
    office.store.fail("ab" * 32, ("tool.failed", "เครื่องมือเสีย", "The tool broke."), final=True)
    page = office.client("clerk").get("/").text
    assert "เครื่องมือเสีย" in page
    assert "เครื่องมือขัดข้อง 1" in page


def test_today_counts_what_is_in_the_register(office):
    page = office.client("clerk").get("/").text
    waiting = sum(row.needs_person for row in office.store.rows())
    assert f"เริ่มตรวจ {waiting} ฉบับ" in page


# --- register -------------------------------------------------------------------------------------


def test_the_register_filters_sorts_and_keeps_what_was_typed(office):
    browser = office.client("clerk")
    page = browser.get("/register", params={"only": "person", "q": "ลำปาง", "since": "1/1/2566"}).text
    assert "ขอเชิญประชุมคณะทำงาน" in page
    assert 'value="ลำปาง"' in page
    assert "หนังสือที่แนบมา" not in page
    only_rows = browser.get("/register", headers={"hx-request": "true"}).text
    assert "<html" not in only_rows


@pytest.mark.parametrize(
    "query",
    [
        "sort=nonsense",
        "since=yesterday",
        "kind=';DROP TABLE letters;--",
        "q=%00%27%22",
        "after=zzz",
        "only=all",
    ],
)
def test_the_register_survives_any_question(office, query):
    assert office.client("clerk").get(f"/register?{query}").status_code in (200, 422)
    assert len(office.store.rows()) == 5


def test_the_register_is_taken_along_as_harmless_csv(office):
    answer = office.client("analyst").get("/register.csv")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:2] == ["เลขทะเบียนรับ", "ที่"]
    assert len(rows) == 1 + len(office.store.rows())


# --- letter ---------------------------------------------------------------------------------------


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
    history = client.get(f"/letters/{letter_id}/history")
    assert "clerk" in history.text


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
    assert PANEL in (WEB / "templates" / "letter.html").read_text(encoding="utf-8")


# --- documents ------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/..%5capp.py",
        "/static/README.md",
        "/documents/../../etc/passwd/original",
        "/documents/..%2f..%2fetc%2fpasswd/original",
        "/documents/%2e%2e/pages/1.webp",
        "/audits/..%2fregister",
        "/audits/%2e%2e%2fwatch",
        "/letters/1%00",
        "/letters/-1",
        "/letters/99999999999999999999",
    ],
)
def test_no_way_out_of_the_house(shared_office, path):
    answer = shared_office.client("admin").get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


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
    assert client.post(f"/documents/{office.hashes['good.pdf']}/pages/7/again").status_code == 404


# --- search, deadlines, statistics, audits ---------------------------------------------------------


def test_search_marks_what_it_found_and_explains_a_bad_filter(office):
    browser = office.client("clerk")
    page = browser.get("/search", params={"q": "ประชุมคณะทำงาน"}).text
    assert "<mark>" in page
    bad = browser.get("/search", params={"q": "due:someday"}).text
    assert 'role="alert"' in bad
    assert 'value="due:someday"' in bad


def test_the_calendar_shows_a_month_and_comes_as_a_file(office):
    browser = office.client("clerk")
    due = TODAY + dt.timedelta(days=3)
    page = browser.get(f"/deadlines?month={due:%Y-%m}").text
    assert f"/letters/{office.ids['good.pdf']}" in page
    feed = browser.get("/deadlines.ics")
    assert feed.headers["content-type"].startswith("text/calendar")
    assert f"{due:%Y%m%d}" in feed.text
    for month in ("2023-13", "0000-00", "x", "9999-12", "2023-06-01"):
        assert browser.get("/deadlines", params={"month": month}).status_code == 200


def test_statistics_tell_how_right_confirmed_values_were(office, client):
    assert "ยังไม่มีหนังสือที่คนยืนยัน" in client.get("/statistics").text
    letter_id = office.ids["doubtful.pdf"]
    version = office.store.correct(
        letter_id, "number", "ลป 0017.2/ว1797", who="a", version=office.version(letter_id)
    )
    office.store.confirm(letter_id, who="a", version=version)
    page = client.get("/statistics").text
    assert "พิมพ์ 0.50–0.70: 0%" in page  # the number, which was wrong
    assert "พิมพ์ 0.70–0.80: 100%" in page  # the date
    assert "พิมพ์ 0.98–1.00: 100%" in page
    assert "ยังน้อยกว่า 400 ค่า" in page


def test_a_month_of_very_many_deadlines_is_shown_in_stretches_and_none_is_lost(office):
    day = dt.date(2031, 5, 14)
    many = tuple(deadline(day, f"ภายในวันที่กำหนดข้อ {place}") for place in range(130))
    later = tuple(deadline(dt.date(2031, 5, 20), "สิ้นสุด") for _ in range(2))
    made = result("many.pdf", letter(deadlines=(*many, *later)), sizes=((595.0, 842.0),))
    office.store.save(made, None, NOW)
    browser = office.client("clerk")
    for address, every in ((f"/deadlines?day={day}", 130), ("/deadlines?month=2031-05", 132)):
        seen, following = [], address
        while following:
            page = browser.get(following).text
            assert 0 < page.count('class="l-meta"') <= 50
            seen += re.findall(r'action="/deadlines/(\d+)"', page)
            found = re.search(r'rel="next" href="([^"#]+)', page)
            following = html.unescape(found[1]) if found else ""
        assert len(seen) == len(set(seen)) == every
    assert "กำหนด 130 เรื่อง ยังไม่เสร็จ 130" in browser.get(f"/deadlines?day={day}").text
    assert browser.get("/deadlines.ics").text.count("BEGIN:VEVENT") >= 132
    ticked = browser.post(f"/deadlines/{seen[0]}", data={"done": "1", "day": str(day)})
    assert ticked.headers["location"] == f"/deadlines?day={day}"
    assert "ยังไม่เสร็จ 129" in browser.get(ticked.headers["location"]).text
    assert browser.get("/deadlines", params={"after": "x"}).status_code == 422


def test_a_deadline_is_ticked_off_and_back(office, client):
    (row,) = (one for one in office.store.due().rows if one.letter_id == office.ids["good.pdf"])
    sent = client.post(f"/deadlines/{row.id}", data={"done": "1", "month": f"{row.date:%Y-%m}"})
    assert sent.headers["location"] == f"/deadlines?month={row.date:%Y-%m}"
    assert row.id not in [one.id for one in office.store.due().rows]
    assert "ยังไม่เสร็จ" in client.get(sent.headers["location"]).text
    client.post(f"/deadlines/{row.id}", data={"month": "x"})
    assert row.id in [one.id for one in office.store.due().rows]
    assert client.post("/deadlines/99999", data={"done": "1"}).status_code == 404


def test_a_broken_audit_report_is_told_and_not_shown(office):
    (office.settings.home / "audits" / "bad").mkdir()
    (office.settings.home / "audits" / "bad" / "report.json").write_text("{", encoding="utf-8")
    answer = office.client("organiser").get("/audits/bad")
    assert answer.status_code == 500
    assert "อ่านไม่ได้" in answer.text


def test_an_audit_shows_every_answer_with_its_ink(shared_office):
    browser = shared_office.client("organiser")
    assert "report" in browser.get("/audits").text
    page = browser.get("/audits/report").text
    assert page.count("<tr>") == 3
    assert "ไม่ได้ลงนาม" in page
    assert HTML not in page
    assert "/audits/report/crop?file=crops/1.png" in page
    assert browser.get("/audits/report/crop?file=crops/1.png").headers["content-type"] == "image/png"


@pytest.mark.parametrize("file", ["report.json", "crops/2.png", "../../register.sqlite3", "/etc/passwd", ""])
def test_only_crops_that_the_report_names_are_given_out(shared_office, file):
    answer = shared_office.client("organiser").get("/audits/report/crop", params={"file": file})
    assert answer.status_code == 404


# --- upload ---------------------------------------------------------------------------------------


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
