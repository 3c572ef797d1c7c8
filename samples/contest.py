"""Make the sample contest: an announcement, a blank form, a winners' article, and what entrants sent, with truth.

  python -m samples.contest                      the contest's folder, samples/contest
  python -m samples.contest --quality fax        the same forms as bad faxes (or photo), for measuring
  python -m samples.contest --layout 3 --seed 9 --out DIR   another contest with another form

All names, people and agencies are invented. The same seed gives the same contest.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import shutil
import zipfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pikepdf

from samples import degrade
from samples.content import Damage, Look
from samples.contest_entries import CLOSES, IN_USE_BEFORE, WON, Sent, contest
from samples.contest_form import FORM, SLOTS, Layout, Slot, draw_form
from samples.contest_marks import BOX_STYLES
from samples.files import save_pages, save_photo
from samples.paper import LEFT, RIGHT, WIDTH, Paper, Style
from samples.thai import long_date, weekday_date

HERE = Path(__file__).resolve().parent
Quality = Literal["scan", "fax", "photo"]
TITLE = "โครงการประกวดนวัตกรรม “ชุมชนดิจิทัลใจดี” ประจำปี 2569"


@dataclass(frozen=True)
class Job:
    """One submission to write."""

    sent: Sent
    layout: Layout
    quality: Quality
    folder: Path
    origin: Path  # of the submission that it repeats


def layout_of(number: int) -> Layout:
    """The sample contest's form (0), or another contest's."""
    if number == 0:
        return FORM
    rng = random.Random(f"layout/{number}")
    slots = list(SLOTS)
    rng.shuffle(slots)
    renamed = {
        "agency": rng.choice(("ชื่อหน่วยงาน", "หน่วยงานที่ส่งผลงาน", "ชื่อองค์กรปกครองส่วนท้องถิ่น")),
        "work": rng.choice(("ชื่อผลงาน", "ชื่อโครงการ", "ชื่อนวัตกรรม")),
        "in_use": rng.choice(("วันที่เริ่มใช้งานจริง", "เริ่มใช้งานจริงเมื่อวันที่", "วันที่เริ่มให้บริการ")),
        "contact": rng.choice(("ผู้ประสานงาน", "ชื่อผู้ประสานงาน", "ผู้ติดต่อ")),
        "email": rng.choice(("ไปรษณีย์อิเล็กทรอนิกส์", "อีเมล", "E-mail")),
    }
    return replace(
        FORM,
        slots=tuple(Slot(s.key, renamed.get(s.key, s.label), s.rows) for s in slots),
        title=rng.choice(("แบบเสนอผลงานเข้าประกวด", "ใบสมัครเข้าร่วมประกวด", "แบบฟอร์มส่งผลงาน")),
        promise=rng.choice(("ข้าพเจ้ายอมรับเงื่อนไขการประกวดทุกข้อ", "รับทราบและยินยอมตามเงื่อนไข", FORM.promise)),
        ruling=rng.choice(("dots", "lines", "table")),
        box=rng.choice(BOX_STYLES),
        side=rng.uniform(9, 14),
        look=Look(face=rng.choice(("Laksaman", "Garuda", "Norasi", "Loma", "Umpush", "Waree"))),
        logo=rng.choice(("AB", "K2", None)),
        seal_left=rng.random() < 0.7,
    )


# -- the organiser's papers --------------------------------------------------------------------------------


def _text(paper: Paper, rows: Sequence[tuple[str, bool]]) -> None:
    paper.add_page()
    paper.y = 70.0
    for text, bold in rows:
        style = Style(18 if bold else 16, bold=bold)
        indent = 0.0 if bold else 36.0
        for row, line in enumerate(paper.wrap(text, style, RIGHT - LEFT - indent, RIGHT - LEFT)):
            if paper.y > 770:
                paper.add_page()
                paper.y = 70.0
            if bold:
                paper.centred(WIDTH / 2, line, style)
            else:
                paper.line(LEFT + (indent if row == 0 else 0), line, style)
            paper.y += paper.look.leading + 1
        paper.y += 5


def announcement() -> tuple[tuple[str, bool], ...]:
    """The announcement's paragraphs; headings are bold."""
    return (
        ("ประกาศสำนักงานส่งเสริมชุมชนดิจิทัลตัวอย่าง", True),
        (f"เรื่อง เชิญส่งผลงานเข้าประกวด {TITLE}", True),
        (f"สำนักงานส่งเสริมชุมชนดิจิทัลตัวอย่างขอเชิญองค์กรปกครองส่วนท้องถิ่นส่งผลงานเข้าประกวด "
         f"ภายใน{weekday_date(CLOSES)} โดยมีรายละเอียดดังนี้", False),
        ("คุณสมบัติของผลงานที่ส่งเข้าประกวด", True),
        ("1) เป็นผลงานที่นำเทคโนโลยีดิจิทัลมาใช้ในการให้บริการประชาชน", False),
        (f"2) เป็นผลงานที่เริ่มใช้งานจริงก่อนวันที่ {long_date(IN_USE_BEFORE).replace(' 2569', ' พ.ศ. 2569')}", False),
        ("3) หน่วยงานผู้ส่งผลงานต้องเป็นองค์กรปกครองส่วนท้องถิ่น (อปท.) เท่านั้น", False),
        ("4) ไม่เป็นผลงานที่เคยได้รับรางวัลของโครงการประกวดนวัตกรรม “ชุมชนดิจิทัลใจดี” ประจำปี 2568", False),
        ("ขั้นตอนการส่งผลงานเข้าประกวด", True),
        ("1) กรอกข้อมูลและใส่เครื่องหมาย ✓ ในช่องสี่เหลี่ยมเพื่อยอมรับเงื่อนไขในใบส่งผลงานนวัตกรรมเข้าประกวด "
         "พร้อมลงลายมือชื่อและประทับตรา แล้วสแกนในรูปแบบ ชื่อหน่วยงาน_form1.pdf หรือ ชื่อหน่วยงาน_form1.jpg", False),
        ("2) อัปโหลดไฟล์ PowerPoint นำเสนอผลงาน พร้อมใบส่งผลงานนวัตกรรมเข้าประกวด", False),
        ("กำหนดส่งผลงาน", True),
        (f"เปิดรับสมัครผลงานตั้งแต่วันที่ 1 กันยายน พ.ศ. 2569 จนถึงวันที่ {long_date(CLOSES).replace(' 2569', ' พ.ศ. 2569')}", False),
        ("ติดต่อสอบถาม", True),
        ("โทรศัพท์ 0 2000 0000 ไปรษณีย์อิเล็กทรอนิกส์ contest@example.go.th", False),
    )  # fmt: skip


def article() -> str:
    """A press article that tells who won the year before."""
    listed = "\n".join(
        f"{place}. {agency} จังหวัด{province} ผลงาน {work}"
        for place, (agency, province, work) in enumerate(WON, 1)
    )
    return (
        "ประกาศผลการประกวดนวัตกรรม “ชุมชนดิจิทัลใจดี” ประจำปี 2568\n\n"
        "สำนักงานส่งเสริมชุมชนดิจิทัลตัวอย่าง ประกาศผลการประกวดนวัตกรรม “ชุมชนดิจิทัลใจดี” ประจำปี 2568 "
        f"มีองค์กรปกครองส่วนท้องถิ่นได้รับรางวัลดีเด่น จำนวน {len(WON)} รางวัล ได้แก่\n\n{listed}\n"
    )


def _organiser(folder: Path, layout: Layout) -> None:
    paper = Paper(Look(), random.Random("announcement"), electronic=True)
    _text(paper, announcement())
    (folder / "announcement.pdf").write_bytes(bytes(paper.print.output()))
    (folder / "announcement.txt").write_text(
        "\n".join(text for text, _ in announcement()) + "\n", encoding="utf-8"
    )
    (folder / "winners.txt").write_text(article(), encoding="utf-8")
    blank, _ = draw_form(layout, None, "blank")
    (folder / "blank-form.pdf").write_bytes(bytes(blank.print.output()))


# -- what entrants sent ------------------------------------------------------------------------------------


def _write(job: Job) -> None:
    """One submission's files."""
    sent, target = job.sent, job.folder / job.sent.id
    target.mkdir(parents=True, exist_ok=True)
    form = target / sent.form_name
    if sent.fault == "copy_same":
        shutil.copyfile(job.origin, form)
    elif sent.fault == "empty_file":
        form.write_bytes(b"")
    else:
        _scan(job, form)
    if sent.fault == "truncated":
        form.write_bytes(form.read_bytes()[:900])
    if sent.fault == "encrypted":
        _encrypt(form)
    if sent.slides:
        _slides(target / f"{sent.form_name.partition('_')[0]}_slides.pptx")


def _scan(job: Job, path: Path) -> None:
    """Draw the form, damage it, and write it into the container that its name asks for, or another one."""
    sent = job.sent
    paper, _ = draw_form(job.layout, sent.filling, sent.same_as or sent.id)
    rng = np.random.default_rng([len(sent.id), *sent.id.encode(), len(sent.fault)])
    image = degrade.rendered(bytes(paper.print.output()), bytes(paper.ink.output()), 0, rng)
    chance = random.Random(f"{sent.id}/{sent.fault}")
    damage = Damage(
        skew=chance.uniform(-1.4, 1.4), holes=chance.random() < 0.3, edges=chance.random() < 0.3,
        turned=chance.choice((0,) * 9 + (180,)), jpeg=chance.randint(70, 90),
    )  # fmt: skip
    kinds: dict[str, Any] = {"scan": degrade.scanned, "fax": degrade.faxed, "photo": degrade.photographed}
    image, _ = kinds[job.quality](image, damage, rng)
    kind = {".pdf": ".pdf", ".png": ".png"}.get(path.suffix.lower(), ".jpg")
    if sent.fault == "content":
        kind = ".jpg"
    elif sent.fault in ("encrypted", "truncated"):
        kind = ".pdf"
    made = path.with_name(f"making{kind}")
    if job.quality == "photo" and kind == ".jpg":
        save_photo(made, [image], damage)
    else:
        save_pages(made, [image], {"scan": 300, "fax": 200, "photo": 300}[job.quality], damage)
    made.replace(path)


def _encrypt(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        file.save(path, encryption=pikepdf.Encryption(owner="owner", user="secret"))


def _slides(path: Path) -> None:
    """A presentation as far as its container shows."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        archive.writestr("ppt/presentation.xml", '<?xml version="1.0"?><presentation/>')


def make(
    out: Path, quality: Quality = "scan", layout: int = 0, seed: int = 5, count: int = 54
) -> tuple[Sent, ...]:
    """Write a whole contest into a folder; what was sent, with the truth."""
    form = layout_of(layout)
    out.mkdir(parents=True, exist_ok=True)
    _organiser(out, form)
    sents = contest(count, seed)
    at = {sent.id: out / "entries" / sent.id / sent.form_name for sent in sents}
    jobs = [Job(s, form, quality, out / "entries", at.get(s.same_as, out)) for s in sents]
    with ProcessPoolExecutor() as pool:
        list(pool.map(_write, [job for job in jobs if job.sent.fault != "copy_same"]))
    for job in jobs:
        if job.sent.fault == "copy_same":
            _write(job)
    with (out / "arrivals.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "arrived"])
        rows.writerows([sent.id, f"{sent.arrived:%Y-%m-%d %H:%M}"] for sent in sents)
    truth = {
        s.id: {"agency": s.agency, "work": s.work, "fault": s.fault, "answers": s.answers} for s in sents
    }
    (out / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return sents


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quality", choices=("scan", "fax", "photo"), default="scan")
    parser.add_argument("--layout", type=int, default=0, help="another number draws another form")
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--count", type=int, default=54)
    parser.add_argument("--out", type=Path, default=HERE / "contest")
    options = parser.parse_args(arguments)
    sents = make(options.out, options.quality, options.layout, options.seed, options.count)
    print(f"samples: contest: {len(sents)} submissions in {options.out}")


if __name__ == "__main__":
    main()
