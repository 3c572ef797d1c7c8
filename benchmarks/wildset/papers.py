"""Orders, announcements and certificates as HTML, and what a reader should get from them."""

from __future__ import annotations

import random

from benchmarks.wildset import marks
from benchmarks.wildset.letters import Drawn, Style, ending, page
from benchmarks.wildset.matters import PEOPLE
from benchmarks.wildset.words import Facts, long_date
from samples.truth import TrueLetter


def order(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """คำสั่ง with a list of people, as rows without ruling."""
    year = facts.day.year + 543
    number = f"{rng.randrange(12, 900)}/{year}"
    people = rng.sample(PEOPLE, 5)
    roles = ("ประธานกรรมการ", "กรรมการ", "กรรมการ", "กรรมการและเลขานุการ", "ผู้ช่วยเลขานุการ")
    rows = "".join(
        f"<tr><td style='padding-left:24mm'>{facts.show(str(n))}. {t}{f} {s}</td><td>{role}</td></tr>"
        for n, ((t, f, s), role) in enumerate(zip(people, roles, strict=True), 1)
    )
    subject = rng.choice(
        ("แต่งตั้งคณะกรรมการตรวจรับพัสดุ", "แต่งตั้งคณะทำงานจัดงานวันสถาปนา", "มอบหมายให้ข้าราชการปฏิบัติหน้าที่เวรรักษาการณ์")
    )
    inner = (
        f'<div class="mid">{marks.garuda()}<br>คำสั่ง{facts.office.name}<br>ที่ {facts.show(number)}<br>'
        f'เรื่อง {subject}<div style="border-top:1px solid;width:42mm;margin:1mm auto"></div></div>'
        "<p>เพื่อให้การดำเนินงานเป็นไปด้วยความเรียบร้อย ถูกต้องตามระเบียบ และเกิดประโยชน์สูงสุดแก่ทางราชการ อาศัยอำนาจตามมาตรา"
        f" {facts.show('38')} แห่งกฎหมายว่าด้วยระเบียบบริหารราชการ จึงแต่งตั้งบุคคลดังต่อไปนี้</p><table>{rows}</table>"
        "<p>ให้ผู้ได้รับแต่งตั้งมีหน้าที่ตรวจสอบปริมาณและคุณภาพของพัสดุให้ครบถ้วนตามสัญญา แล้วรายงานผลให้ทราบโดยเร็ว</p>"
        "<p>ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป</p>"
        f'<div style="margin:6mm 0 0 40mm">สั่ง ณ วันที่ {facts.show(long_date(facts.day))}</div>'
        f"{ending(facts, rng, closing=False)}{marks.holes(rng) if rng.random() < 0.5 else ''}"
    )
    truth = TrueLetter(
        kind="order", number=number, agency=facts.office.name, date=facts.day, subject=subject,
        signatory=facts.signatory, pages=(1,),
    )  # fmt: skip
    return Drawn(page(style, rng, inner), truth)


def announcement(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """ประกาศ with a ruled table."""
    subject = rng.choice(
        (
            "รายชื่อผู้มีสิทธิเข้ารับการคัดเลือกเป็นพนักงานราชการทั่วไป",
            "ผู้ชนะการเสนอราคาจ้างซ่อมแซมถนนสายในชุมชน โดยวิธีเฉพาะเจาะจง",
        )
    )
    rows = "".join(
        f"<tr><td style='text-align:center'>{facts.show(str(n))}</td><td>{t}{f} {s}</td>"
        f"<td style='text-align:right'>{facts.show(f'{rng.randrange(20, 990) * 1000:,}')}</td></tr>"
        for n, (t, f, s) in enumerate(rng.sample(PEOPLE, 6), 1)
    )
    inner = (
        f'<div class="mid">{marks.garuda() if rng.random() < 0.6 else marks.logo(rng)}<br>ประกาศ{facts.office.name}<br>'
        f'เรื่อง {subject}<br><span style="letter-spacing:.12em">{"-" * 24}</span></div>'
        f"<p>ตามที่{facts.office.name}ได้ดำเนินการมาแล้วนั้น บัดนี้การพิจารณาเสร็จสิ้นลงแล้ว จึงขอประกาศให้ทราบโดยทั่วกันดังตารางต่อไปนี้</p>"
        f'<table class="{rng.choice(("ruled", "ruled", ""))}"><tr><th>ลำดับที่</th><th>ชื่อ</th>'
        f"<th>วงเงิน (บาท)</th></tr>{rows}</table>"
        "<p>ผู้ใดเห็นว่าไม่ถูกต้องให้ทักท้วงเป็นหนังสือพร้อมหลักฐาน มิฉะนั้นจะถือว่าไม่มีข้อโต้แย้ง</p>"
        f'<div style="margin:6mm 0 0 40mm">ประกาศ ณ วันที่ {facts.show(long_date(facts.day))}</div>'
        f"{ending(facts, rng, closing=False)}"
    )
    truth = TrueLetter(
        kind="announcement", agency=facts.office.name, date=facts.day, subject=subject,
        signatory=facts.signatory, pages=(1,),
    )  # fmt: skip
    return Drawn(page(style, rng, inner), truth)


def certificate(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """หนังสือรับรอง: number, office, whom it certifies."""
    who = rng.choice(PEOPLE)
    address = " ".join(facts.show(one) for one in facts.office.address)
    since = facts.show(long_date(facts.referred[1]))
    inner = (
        f'<div class="mid">{marks.garuda()}</div><div class="row"><div>ที่ {facts.show(facts.number)}</div>'
        f'<div style="max-width:80mm">{facts.office.name}<br>{address}</div></div>'
        f"<p style='margin-top:8mm'>หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า {who[0]}{who[1]} {who[2]} เป็นพนักงานจ้างในสังกัดหน่วยงานนี้ "
        f"เริ่มปฏิบัติงานตั้งแต่วันที่ {since} ได้รับค่าตอบแทนเดือนละ {facts.show('18,750')} บาท มีความประพฤติเรียบร้อยจริง</p>"
        f'<div style="margin:8mm 0 0 48mm">ให้ไว้ ณ วันที่ {facts.show(long_date(facts.day))}</div>'
        f"{ending(facts, rng, closing=False)}"
        f'<div class="stamp" style="left:42mm;bottom:70mm;opacity:.75">{marks.seal(rng, "ตราประจำหน่วยงาน")}</div>'
    )
    truth = TrueLetter(
        kind="other", number=facts.number, agency=facts.office.name, date=facts.day,
        signatory=facts.signatory, pages=(1,),
    )  # fmt: skip
    return Drawn(page(style, rng, inner), truth)
