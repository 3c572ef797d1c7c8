"""The pages of what is found and counted: search, deadlines, statistics, audits."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from tests.make_records import deadline, letter
from tests.web.conftest import HTML, NOW, TODAY, result


def test_search_marks_what_it_found_and_explains_a_bad_filter(office):
    browser = office.client("clerk")
    page = browser.get("/search", params={"q": "ประชุมคณะทำงาน"}).text
    assert "<mark>" in page
    bad = browser.get("/search", params={"q": "due:someday"}).text
    assert 'role="alert"' in bad
    assert 'value="due:someday"' in bad


def test_a_hit_that_only_looks_alike_says_so(office):
    browser = office.client("clerk")
    assert ">คล้าย<" not in browser.get("/search", params={"q": "ประชุมคณะทำงาน"}).text
    assert ">คล้าย<" in browser.get("/search", params={"q": "ประขุมคณะทำงาน"}).text


@pytest.mark.parametrize("path", ["/", "/register", "/search?q=ขอเชิญประชุมคณะทำงาน"])
def test_no_list_shows_a_doubtful_value_as_sure(office, path):
    page = office.client("clerk").get(path).text
    item = next(part for part in re.split("<li|<tr", page) if "1791" in part)  # the doubtful letter's number
    plain = re.sub("<[^>]+>|\\s", "", item)
    assert "ว1791?ควรตรวจ" in plain
    assert "2มิ.ย.2566?ควรตรวจ" in plain


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
