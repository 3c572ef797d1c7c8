"""The contest audit end to end on a small drawn contest, and its parts on records."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from parsers.scores import ScoreSheet, average_of, check_scores, ranking, read_scores
from pipeline.audit import report
from pipeline.audit.conditions import Conditions, dump, load
from pipeline.audit.folder import BANGKOK
from pipeline.audit.form import Form
from pipeline.audit.registry import REQUIREMENTS, Case, judge_all
from pipeline.audit.requirements import ORDER, in_order
from pipeline.audit.run import Task, finish
from pipeline.audit.winners import read_winners
from pipeline.audit.words import letter
from pipeline.errors import BadInputError
from pipeline.settings import Settings
from schemas.audit import Answer, Audit, Entry, Filled, SentFile, SheetRead
from schemas.contest import Award, Cell, Table
from schemas.reading import Reading

CLOSES = dt.date(2026, 10, 5)
RULES = Conditions(
    title="ประกวดตัวอย่าง",
    closes=CLOSES,
    entrants=("องค์กรปกครองส่วนท้องถิ่น",),
    naming=("<agency>_form1.pdf", "<agency>_form1.jpg"),
    in_use_before=dt.date(2026, 4, 1),
    presentation=True,
)
AGENCY = "เทศบาลตำบลห้วยหินขาว"


def said(key: str, text: str | None = None, **more: object) -> Filled:
    kind = more.pop("kind", "text")
    values = {"present": True, "confidence": 0.99, "required": True, **more}
    return Filled(key=key, label=key, kind=kind, text=text, **values)  # type: ignore[arg-type]


def sound(**changes: Filled) -> Entry:
    """A submission with nothing wrong; places of the form may be replaced."""
    places = {
        "agency": said("agency", AGENCY),
        "work": said("work", "ระบบแจ้งเตือนน้ำหลาก"),
        "in_use": said("in_use", "๑๒ มกราคม ๒๕๖๘"),
        "acceptance": said("acceptance", kind="box", state="ticked"),
        "signature": said("signature", kind="signature"),
        "seal": said("seal", kind="seal"),
        "date": said("date", "๕ กันยายน ๒๕๖๙", kind="date"),
    } | changes
    name = f"{AGENCY}_form1.pdf"
    return Entry(
        id=AGENCY, agency=AGENCY, work="ระบบแจ้งเตือนน้ำหลาก", form=name, arrived_by="manifest",
        files=(SentFile(name=name, sha256="a", kind="pdf"), SentFile(name="s.pptx", sha256="b", kind="pptx")),
        arrived=dt.datetime(2026, 10, 5, 23, 59, tzinfo=BANGKOK),
        sheet=SheetRead(file=name, recognised=True, fields=tuple(places.values())),
    )  # fmt: skip


def answers(entry: Entry, rules: Conditions = RULES, **more: object) -> dict[str, Answer]:
    judged = judge_all(Case(entry, rules, **more), in_order())  # type: ignore[arg-type]
    return {v.requirement: v.answer for v in judged.verdicts}


def test_nothing_is_held_against_a_sound_submission() -> None:
    assert set(answers(sound()).values()) <= {"met", "not_applicable"}


@pytest.mark.parametrize(
    ("requirement", "place", "answer"),
    [
        ("fields", said("work", present=False, confidence=0.97), "not_met"),
        ("fields", said("work", present=None), "unclear"),
        ("acceptance", said("acceptance", kind="box", state="empty", present=False), "not_met"),
        ("acceptance", said("acceptance", kind="box", state="crossed"), "unclear"),
        (
            "acceptance",
            said("acceptance", kind="box", state="doubtful", present=None, confidence=0.6),
            "unclear",
        ),
        ("acceptance", said("acceptance", kind="box", state="ticked", confidence=0.7), "unclear"),
        ("signature", said("signature", kind="signature", present=False, confidence=0.97), "not_met"),
        ("signature", said("signature", kind="signature", present=None, confidence=0.5), "unclear"),
        ("seal", said("seal", kind="seal", present=False, confidence=0.97), "not_met"),
        ("seal", said("seal", kind="seal", present=False, confidence=0.8), "unclear"),
        ("date", said("date", kind="date", present=False, confidence=0.97), "not_met"),
        ("in_use", said("in_use", "1 พฤษภาคม 2569"), "not_met"),
        ("in_use", said("in_use", "31 มีนาคม 2569"), "met"),
        ("in_use", said("in_use", "1 เมษายน 2569"), "not_met"),
        ("in_use", said("in_use", "1 พฤษภาคม 2569", confidence=0.6), "unclear"),  # by pen: never a fault
        ("in_use", said("in_use", "อ่านไม่ออก"), "unclear"),
    ],
)
def test_a_place_of_the_form_is_judged(requirement: str, place: Filled, answer: Answer) -> None:
    found = answers(sound(**{place.key: place}))
    assert found.pop(requirement) == answer
    assert "not_met" not in found.values()


def test_a_form_that_was_not_recognised_is_never_a_fault() -> None:
    entry = sound().model_copy(update={"sheet": SheetRead(file="x", recognised=False)})
    assert "not_met" not in answers(entry).values()
    assert answers(entry)["signature"] == "unclear"


@pytest.mark.parametrize(
    ("moment", "by", "answer"),
    [
        (dt.datetime(2026, 10, 5, 23, 59, tzinfo=BANGKOK), "manifest", "met"),
        (dt.datetime(2026, 10, 6, 0, 0, tzinfo=BANGKOK), "manifest", "not_met"),
        (dt.datetime(2026, 10, 6, 0, 0, tzinfo=BANGKOK), "file", "unclear"),
        (dt.datetime(2026, 10, 5, 16, 59, tzinfo=dt.UTC), "manifest", "met"),  # 23:59 in Bangkok
        (dt.datetime(2026, 10, 5, 17, 0, tzinfo=dt.UTC), "manifest", "not_met"),
        (None, "unknown", "unclear"),
    ],
)
def test_arrival_is_judged_in_bangkoks_time(moment: dt.datetime | None, by: str, answer: Answer) -> None:
    entry = sound().model_copy(update={"arrived": moment, "arrived_by": by})
    assert answers(entry)["on_time"] == answer


def _award(agency: str, work: str | None, year: int | None = 2568) -> Award:
    def told(value: object) -> Reading[object]:
        return Reading(value=value, raw=str(value), page=1, box=None, confidence=1, reader="transcript")

    return Award(
        agency=told(agency),
        project=told(work) if work else None,
        year=told(year) if year else None,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("award", "answer"),
    [
        (_award(AGENCY, "โครงการระบบแจ้งเตือนน้ำหลาก"), "not_met"),
        (_award("ทต.ห้วยหินขาว", "ระบบแจ้งเตือนน้ำหลาก"), "not_met"),
        (_award(AGENCY, "สมุดสุขภาพผู้สูงอายุบนโทรศัพท์"), "met"),  # the same agency with a new work may enter
        (_award("เทศบาลนครดอนตะแบก", "ระบบแจ้งเตือนน้ำหลาก"), "unclear"),  # another agency's work of that name
        (_award(AGENCY, None), "unclear"),
    ],
)
def test_a_work_that_won_is_told_from_its_agency(award: Award, answer: Answer) -> None:
    assert answers(sound(), winners=[award])["new_work"] == answer


def test_only_the_years_that_the_rules_name_count() -> None:
    rules = RULES.model_copy(update={"not_won_in": (2567,)})
    assert answers(sound(), rules, winners=[_award(AGENCY, "ระบบแจ้งเตือนน้ำหลาก")])["new_work"] == "met"


@pytest.mark.parametrize(("agency", "answer"), [("โรงเรียนบ้านดอน", "not_met"), ("ร้านกาแฟ", "unclear")])
def test_only_local_government_may_enter(agency: str, answer: Answer) -> None:
    entry = sound(agency=said("agency", agency)).model_copy(
        update={"agency": agency, "id": agency, "form": f"{agency}_form1.pdf"}
    )
    assert answers(entry)["eligible"] == answer


def test_the_first_of_two_copies_counts() -> None:
    first = sound()
    second = first.model_copy(update={"id": "again", "arrived": first.arrived + dt.timedelta(minutes=1)})  # type: ignore[operator]
    everybody = (first, second)
    assert answers(first, others=everybody)["not_copied"] == "met"
    assert answers(second, others=everybody)["not_copied"] == "not_met"


def test_more_works_than_allowed_fail_the_later_ones_only() -> None:
    first = sound()
    second = first.model_copy(update={
        "id": "b", "work": "อีกผลงานหนึ่งซึ่งต่างกัน", "files": (), "arrived": first.arrived + dt.timedelta(minutes=1),  # type: ignore[operator]
    })  # fmt: skip
    rules = RULES.model_copy(update={"works_per_agency": 1})
    assert answers(first, rules, others=(first, second))["works_per_agency"] == "met"
    assert answers(second, rules, others=(first, second))["works_per_agency"] == "not_met"
    assert answers(second, RULES, others=(first, second))["works_per_agency"] == "met"


# -- rules -------------------------------------------------------------------------------------------------


def test_rules_are_written_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(dump(RULES), encoding="utf-8")
    assert load(path, Settings()) == RULES


def test_years_of_the_buddhist_era_are_understood_in_rules(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("closes: 2569-10-05\n", encoding="utf-8")
    assert load(path, Settings()).closes == CLOSES


@pytest.mark.parametrize(
    "text", ["- a\n", "clozes: 2026-10-05\n", "closes: soon\n", "a: [\n", "!!python/object:os.system {}"]
)
def test_rules_that_cannot_be_used_say_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError):
        load(path, Settings())


def test_winners_come_from_a_table_too(tmp_path: Path) -> None:
    path = tmp_path / "winners.csv"
    path.write_text("หน่วยงาน,ผลงาน,ปี\nทต.ก,งาน,2568\n,,\n", encoding="utf-8-sig")
    (award,) = read_winners([path], Settings())
    assert (award.agency.value, award.project and award.project.value, award.year and award.year.value) == (
        "ทต.ก",
        "งาน",
        2568,
    )


# -- report ------------------------------------------------------------------------------------------------


def _audited(entry: Entry, out: Path) -> Audit:
    task = Task(out, out, RULES, Settings(), Form((), ()))
    return finish([entry], task, None, manifest=True)


def test_a_hostile_name_is_harmless_in_every_report(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://x")<script>alert(1)</script>'
    entry = sound().model_copy(update={"id": name, "agency": name, "work": "+1+1"})
    audit = _audited(entry, tmp_path)
    paths = report.write(audit, RULES, tmp_path)
    cells = [
        c
        for sheet in load_workbook(paths["xlsx"])
        for row in sheet.iter_rows()
        for c in row
        if isinstance(c.value, str)
    ]
    assert not [c.value for c in cells if c.data_type == "f" or c.value.startswith(("=", "+", "-", "@"))]
    page = paths["html"].read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http://" not in page.replace("HYPERLINK(&#34;http://x&#34;)", "")
    assert Audit.model_validate_json(paths["json"].read_text(encoding="utf-8")) == audit


def test_a_letter_lists_what_to_mend_and_nothing_else(tmp_path: Path) -> None:
    unsigned = said("signature", kind="signature", present=False, confidence=0.97)
    audit = _audited(sound(signature=unsigned), tmp_path)
    text = letter(audit.entries[0], audit, RULES)
    assert "ลงลายมือชื่อในแบบฟอร์ม" in text
    assert "ประทับตรา" not in text


def test_requirements_have_thai_and_english_titles() -> None:
    assert [one.id for one in in_order()] == list(ORDER) == sorted(REQUIREMENTS, key=ORDER.index)
    assert all(one.title.th and one.title.en and one.judge.__doc__ for one in REQUIREMENTS.values())


# -- scores ------------------------------------------------------------------------------------------------


def _table(rows: list[str]) -> Table:
    made = [tuple(Cell(text=cell, page=1, box=None) for cell in row.split("|")) for row in rows]
    return Table(pages=(1,), header=made[0], rows=tuple(made[1:]))


def _sheet(*rows: str) -> ScoreSheet:
    found = read_scores(_table(["เกณฑ์|คะแนนเต็ม|กรรมการ ๑|กรรมการ ๒", *rows]))
    assert found is not None
    return found


def test_a_sheet_that_adds_up_has_no_faults() -> None:
    sheet = _sheet("ปัญหา|๔๐|๓๕|36.5", "ผลลัพธ์|60|50|48", "รวม|100|85|84.5", "คะแนนเฉลี่ย|||84.75")
    assert average_of(sheet) == Decimal("84.75")
    assert check_scores(sheet, Decimal("84.75")) == ()


@pytest.mark.parametrize(
    ("rows", "told", "faults"),
    [
        (("ก ข้อ|40|35|36", "ข ข้อ|50|40|40"), None, ["weights"]),
        (("ก ข้อ|40|41|36", "ข ข้อ|60|40|40"), None, ["over"]),
        (("ก ข้อ|40|35|", "ข ข้อ|60|40|40"), None, ["missing"]),
        (("ก ข้อ|40|35|36", "ข ข้อ|60|40|40", "รวม|100|75|77"), None, ["total"]),
        (("ก ข้อ|40|35|36", "ข ข้อ|60|40|40", "เฉลี่ย|||75.49"), None, ["average"]),
        (("ก ข้อ|40|35|36", "ข ข้อ|60|40|40"), "75.51", ["announced"]),
    ],
)
def test_what_does_not_add_up_is_found(rows: tuple[str, ...], told: str | None, faults: list[str]) -> None:
    found = check_scores(_sheet(*rows), Decimal(told) if told else None)
    assert [fault.id for fault in found] == faults


def test_equal_averages_share_a_place_and_the_next_counts_them() -> None:
    places = ranking(
        {"ก": Decimal("80.00"), "ข": Decimal("91.25"), "ค": Decimal("80.00"), "ง": Decimal("70")}
    )
    assert [(one.place, one.entrant) for one in places] == [(1, "ข"), (2, "ก"), (2, "ค"), (4, "ง")]


def test_a_table_without_judges_is_no_score_sheet() -> None:
    assert read_scores(_table(["ที่|ชื่อ", "1|ก"])) is None


# -- end to end --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contest_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from samples.contest import Job, _organiser, _write, layout_of
    from samples.contest_entries import contest

    folder = tmp_path_factory.mktemp("contest")
    faults = ("unsigned", "not_accepted", "empty_file")
    sents = contest(6, seed=11, faults=faults)
    _organiser(folder, layout_of(0))
    for sent in sents:
        _write(Job(sent, layout_of(0), "scan", folder / "entries", folder))
    truth = {sent.id: sent.answers for sent in sents}
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    rows = [f"{sent.id},{sent.arrived:%Y-%m-%d %H:%M}" for sent in sents]
    (folder / "arrivals.csv").write_text("\n".join(["file,arrived", *rows]), encoding="utf-8")
    return folder


@pytest.mark.slow
def test_a_drawn_contest_is_audited_from_its_own_papers(contest_folder: Path, tmp_path: Path) -> None:
    from flows.audit import run_audit

    settings = Settings(workers=2)
    conditions = load(contest_folder / "announcement.txt", settings)
    assert conditions.closes == CLOSES
    sources = (
        contest_folder / "blank-form.pdf",
        (contest_folder / "winners.txt",),
        contest_folder / "arrivals.csv",
    )
    seen: list[tuple[int, int]] = []
    audit, paths = run_audit(
        contest_folder / "entries", conditions, sources, tmp_path, settings, lambda *told: seen.append(told)
    )
    truth = json.loads((contest_folder / "truth.json").read_text(encoding="utf-8"))
    assert seen[-1] == (len(truth), len(truth))
    for entry in audit.entries:
        for one in entry.verdicts:
            wanted = truth[entry.id].get(one.requirement, "met")
            assert one.answer == "not_applicable" or one.answer == wanted, (entry.id, one)
    assert all(path.exists() for path in paths.values())
    assert all((tmp_path / v.crop).is_file() for e in audit.entries for v in e.verdicts if v.crop)


def test_noise_is_no_form_and_stops_nothing(tmp_path: Path) -> None:
    from pipeline.audit.align import Features, features_of, way_to

    noise = np.random.default_rng(3).integers(0, 255, (700, 500), dtype=np.uint8)
    plain = np.full((700, 500), 255, np.uint8)
    features, _ = features_of(noise, 842)
    empty, _ = features_of(plain, 842)
    assert isinstance(empty, Features)
    assert way_to(features, empty) is None
