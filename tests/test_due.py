"""Deadlines that press: by day and office, done and reopened, as text, feed and e-mail; and judging again."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
from click.testing import CliRunner

from pipeline import due, mailer, rejudge, remind, rules
from pipeline.cli import cli
from pipeline.due import Span
from pipeline.rules.known import numbered_in
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from schemas.finding import Severity
from tests.make_records import deadline, letter, number, receipt, result

D = dt.date
TODAY = D(2023, 6, 14)  # a Wednesday
NOW = dt.datetime(2023, 6, 8, 9, 30, tzinfo=dt.UTC)
DAYS = {
    "เลยแล้ว": D(2023, 6, 9),
    "วันนี้": TODAY,
    "วันอาทิตย์": D(2023, 6, 18),
    "จันทร์หน้า": D(2023, 6, 19),
    "ปีหน้า": D(2024, 6, 19),
}
Keep = Callable[..., str]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", lang="en", rules={}, name_pattern=None)


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


def keep(store: Store, place: int, *letters: object, **more: object) -> str:
    """Keep one document; its hash."""
    sha256 = f"{place:064x}"
    made = result(*letters, sha256=sha256, file=f"{place}.pdf", **more)  # type: ignore[arg-type]
    judged = rules.judge(made, Settings(rules={}), TODAY)
    store.save(made.model_copy(update={"findings": judged}), None, NOW)
    return sha256


@pytest.fixture
def office(store: Store) -> Store:
    for place, (subject, day) in enumerate(DAYS.items()):
        keep(
            store,
            place,
            letter(
                subject=subject,
                number=f"ลป 0017.2/{100 + place}",
                deadlines=(deadline(day, f"ภายใน {subject}"),),
                receipts=(receipt("7", D(2023, 6, 8), agency="เทศบาลเมืองน่าน" if place == 1 else "อำเภอปัว"),),
            ),
        )
    return store


def subjects(rows: tuple[due.DueRow, ...]) -> list[str | None]:
    return [row.row.subject for row in rows]


def test_deadlines_are_sorted_by_how_much_they_press(office: Store) -> None:
    found = due.look(office, Span(None, None), TODAY)
    assert subjects(found.overdue) == ["เลยแล้ว"]
    assert subjects(found.today) == ["วันนี้"]
    assert subjects(found.week) == ["วันอาทิตย์"]
    assert subjects(found.later) == ["จันทร์หน้า", "ปีหน้า"]
    assert due.headline(found, "en") == "Overdue 1 · Due today 1 · Due this week 1 · Later 2"
    assert due.headline(due.Dues(), "en") == "Nothing is due"


@pytest.mark.parametrize("by", ["เทศบาลเมืองน่าน", "เทศบาล เมือง", "น่าน"])
def test_an_office_sees_its_own(office: Store, by: str) -> None:
    assert subjects(due.look(office, Span(None, None), TODAY, by).all) == ["วันนี้"]


def test_what_is_done_is_gone_until_it_is_reopened(office: Store) -> None:
    (row,) = due.look(office, Span(TODAY, TODAY), TODAY).all
    office.finish_deadline(row.id, who="clerk")
    assert due.look(office, Span(TODAY, TODAY), TODAY).all == ()
    office.finish_deadline(row.id, who="clerk", done=False)
    assert subjects(due.look(office, Span(TODAY, TODAY), TODAY).all) == ["วันนี้"]


def test_protected_letters_are_never_told_of(office: Store) -> None:
    sha256 = f"{1:064x}"
    office.save(result(sha256=sha256, status="protected", secrecy="ลับ", page_count=0), None, NOW)
    found = due.look(office, Span(None, None), TODAY)
    said = due.markdown(found, TODAY, "th") + due.plain(found, TODAY, "th")
    assert "วันนี้" not in subjects(found.all)
    assert "ภายใน วันนี้" not in said


def test_the_reminder_as_markdown_cannot_be_broken_by_a_letter(store: Store) -> None:
    keep(store, 9, letter(subject="ก | ข <b>ค</b>\n# ง [x](http://y)", deadlines=(deadline(TODAY),)))
    (row,) = [
        line
        for line in due.markdown(due.look(store, Span(None, None), TODAY), TODAY, "en").splitlines()
        if "ก" in line
    ]
    assert row.replace("\\|", "").count("|") == 6
    assert "<b>" not in row
    assert "\\[x]" in row


def test_the_feed_keeps_the_name_of_an_entry(office: Store) -> None:
    found = due.look(office, Span(None, None), TODAY)
    feed = icalendar.Calendar.from_ical(due.feed(found.all, "th", NOW))
    events = {str(event["uid"]): event for event in feed.walk("VEVENT")}
    assert set(events) == {f"due-{row.id}@saraban" for row in found.all}
    assert {event["dtstart"].dt for event in events.values()} == set(DAYS.values())


def test_the_reminder_looks_a_week_ahead_and_its_feed_a_year(office: Store, settings: Settings) -> None:
    said = remind.gather(settings, TODAY)
    assert said.count == 4
    assert "ปีหน้า" not in said.text
    file = remind.publish(said, settings)
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 4 + (D(2024, 6, 19) <= TODAY + dt.timedelta(days=366))
    assert json.loads(said.model_dump_json())["headline"] == said.headline


def test_nothing_is_sent_on_a_day_on_which_nothing_presses(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[mailer.Mail] = []
    monkeypatch.setattr(mailer, "send", lambda mail, _settings: bool(sent.append(mail)) or True)
    assert not remind.send(remind.gather(settings, TODAY), settings)
    keep(store, 1, letter(deadlines=(deadline(TODAY),)))
    assert remind.send(remind.gather(settings, TODAY), settings)
    assert [mail.subject for mail in sent] == ["Saraban: Due today 1"]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setenv("SARABAN_HOME", str(settings.home))
    monkeypatch.setenv("SARABAN_LANG", "en")
    monkeypatch.setenv("SARABAN_SETTINGS", str(settings.home / "none.toml"))

    def call(*arguments: str, code: int = 0) -> str:
        said = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        assert said.exit_code == code, said.output
        return said.output

    return call


def test_the_command_shows_what_is_overdue_and_marks_it_done(office: Store, run: Callable[..., str]) -> None:
    rows = [json.loads(line) for line in run("due", "--overdue", "--json").splitlines()]
    assert {row["row"]["subject"] for row in rows} == set(DAYS)  # all lie in the past by now
    assert "No." in run("due")
    assert "is met" in run("due", "--done", str(rows[0]["id"]))
    assert len(run("due", "--overdue", "--json").splitlines()) == len(DAYS) - 1
    assert "open again" in run("due", "--reopen", str(rows[0]["id"]))
    assert "Nothing is due" in run("due", "--today")
    run("due", "--done", "99999", code=2)


# Judging again


def test_judging_again_follows_the_settings(store: Store, settings: Settings) -> None:
    sha256 = keep(store, 1, letter(number="สพร 2565/ว907"))
    assert [each.id for each in store.get(sha256).result.findings] == ["NUM-01"]  # type: ignore[union-attr]
    off = settings.model_copy(update={"rules": {"NUM-01": "off"}})
    told: list[tuple[int, int]] = []
    done = rejudge.rejudge_all(off, TODAY, lambda *how_far: told.append(how_far))
    assert (done.documents, done.changed) == (1, 1)
    assert told == [(0, 1), (1, 1)]
    assert store.get(sha256).result.findings == ()  # type: ignore[union-attr]
    assert rejudge.rejudge_all(off, TODAY).changed == 0


def test_judging_again_keeps_what_people_have_corrected(store: Store, settings: Settings) -> None:
    keep(store, 1, letter(number="สพร 2565/ว907"))
    (row,) = store.rows()
    assert row.id is not None
    store.correct(row.id, "number", "สพร 2566/ว907", who="clerk", version=row.version)
    rejudge.rejudge_all(settings, TODAY)
    kept = store.letter(row.id)
    assert kept is not None
    assert kept.findings == ()
    assert kept.letter.number is not None
    assert kept.letter.number.value == number("สพร 2566/ว907")
    assert kept.machine.number is not None
    assert kept.machine.number.value == number("สพร 2565/ว907")


def test_judging_again_leaves_protected_letters_alone(store: Store, settings: Settings) -> None:
    store.save(result(sha256="a" * 64, status="protected", secrecy="ลับ", page_count=0), None, NOW)
    assert rejudge.rejudge_all(settings, TODAY).documents == 0


def test_the_register_tells_of_a_number_used_twice(store: Store, settings: Settings) -> None:
    keep(store, 1, letter(number="ลป 0017.2/ว1797", subject="เรื่องแรก", date=D(2023, 5, 2)))
    second = keep(store, 2, letter(number="ลป 0017.2/ว1797", subject="เรื่องที่สอง"))
    keep(store, 3, letter(number="ลป 0017.2/1797", subject="ไม่ใช่หนังสือเวียน"))
    keep(store, 4, letter(number="ลป 0017.2/ว1797", subject="ปีก่อน", date=D(2022, 5, 3)))
    known = numbered_in(store, second)(number("ลป 0017.2/ว1797"), 2023)
    assert [(each.subject, each.date) for each in known] == [("เรื่องแรก", D(2023, 5, 2))]
    rejudge.rejudge_all(settings, TODAY)
    found = {
        row.subject: [(f.id, f.severity) for f in store.get(row.sha256).result.findings]  # type: ignore[union-attr]
        for row in store.rows()
    }
    assert found["เรื่องที่สอง"] == [("REG-01", Severity.WARNING)]
    assert found["ไม่ใช่หนังสือเวียน"] == found["ปีก่อน"] == []


def test_judging_again_beside_somebody_who_corrects_loses_neither(store: Store, settings: Settings) -> None:
    for place in range(6):
        keep(store, place, letter(subject=f"เรื่อง {place}", number=f"สพร 2565/ว{place + 1}"))
    rows = store.rows()

    def correct() -> None:
        for row in rows:
            assert row.id is not None
            store.correct(row.id, "subject", "แก้แล้ว", who="clerk", version=row.version)

    person = threading.Thread(target=correct)
    person.start()
    rejudge.rejudge_all(settings.model_copy(update={"rules": {"NUM-01": "note"}}), TODAY)
    person.join()
    assert {row.subject for row in store.rows()} == {"แก้แล้ว"}
    assert {row.notes for row in store.rows()} == {1}
