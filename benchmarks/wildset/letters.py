"""Letters and memos as HTML: several layouts of each kind, and what a reader should get from them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from benchmarks.wildset import marks, pens
from benchmarks.wildset.words import Facts, long_date
from samples.truth import TrueDeadline, TrueEnclosure, TrueLetter, TrueReceipt, TrueReference
from schemas.letter import Kind


@dataclass(frozen=True)
class Style:
    """How a page is set."""

    font: str
    hand: pens.Hand
    size: float  # points
    leading: float
    justify: bool
    colour: str  # of the letterhead


@dataclass(frozen=True)
class Drawn:
    """A page's HTML and its truth."""

    html: str
    truth: TrueLetter


_CSS = """
@page{size:A4;margin:0} *{box-sizing:border-box} body{margin:0}
.page{position:relative;width:210mm;height:296.5mm;padding:18mm 20mm 15mm 28mm;overflow:hidden;
 font-family:FONT;font-size:SIZEpt;line-height:LEADING;color:#111}
.mid{text-align:center}.row{display:flex;justify-content:space-between;align-items:flex-end}
p{margin:1.2mm 0;text-indent:24mm;text-align:ALIGN}.lab{display:flex}.lab>b,.lab>span:first-child{white-space:nowrap;
 margin-right:3mm;font-weight:LABEL}.fill{flex:1;border-bottom:1.6px dotted #222;padding-left:2mm}
.stamp,.sign{mix-blend-mode:multiply}
.stamp{position:absolute;white-space:nowrap;line-height:1.25}.box{padding:1mm 3mm}.box span{display:flex}
.dots{flex:1;min-width:5mm;border-bottom:1.4px dotted;margin:0 1mm 1.4mm}
.end{margin-left:85mm;text-align:center;position:relative}.sign{position:absolute;opacity:.92}
.foot{position:absolute;bottom:12mm;left:28mm;right:20mm}table{border-collapse:collapse;width:100%;margin:3mm 0}
td,th{padding:.6mm 2mm;vertical-align:top}.ruled td,.ruled th{border:1px solid #222}
mark{background:#fdf37a}h1{margin:1mm 0;font-size:1.35em}
"""


def page(style: Style, rng: random.Random, inner: str) -> str:
    """A whole page with its style sheet."""
    css = (
        _CSS.replace("FONT", style.font)
        .replace("SIZE", f"{style.size:g}")
        .replace("LEADING", f"{style.leading:g}")
        .replace("ALIGN", "justify" if style.justify else "left")
        .replace("LABEL", rng.choice(("400", "700")))
    )
    return f'<meta charset="utf-8"><style>{css}</style><div class="page">{inner}</div>'


def _said_number(facts: Facts, rng: random.Random, style: Style) -> str:
    """The letter's number, its running part by pen where this letter's is."""
    if "number" not in facts.pen:
        return facts.show(facts.number)
    head, _, running = facts.number.rpartition("/")
    circular = "ว" if running.startswith("ว") else ""
    written = style.hand.figures(
        rng, facts.show(running.removeprefix("ว")), _pen(facts), rng.uniform(3.6, 5.5)
    )
    return f"{facts.show(head)}/{circular} {written}"


def _said_day(facts: Facts, rng: random.Random, style: Style) -> str:
    """The letter's date, its day by pen where this letter's is."""
    said = facts.show(long_date(facts.day))
    if "date" not in facts.pen:
        return said
    day, _, rest = said.partition(" ")
    return f"{style.hand.figures(rng, day, _pen(facts), rng.uniform(3.6, 5.2))}&nbsp; {rest}"


def _pen(facts: Facts) -> str:
    return pens.BLACK if facts.day.day % 3 == 0 else pens.BLUE


def _body(facts: Facts, rng: random.Random) -> str:
    due = facts.show(long_date(facts.due))
    texts = [facts.show(one).replace("{due}", due) for one in facts.matter.paragraphs]
    if rng.random() < 0.25:  # a clerk's highlighter over the day
        texts = [one.replace(due, f"<mark>{due}</mark>") for one in texts]
    return "".join(f"<p>{one}</p>" for one in texts)


def _lists(facts: Facts) -> str:
    office, day, number = facts.referred
    parts = []
    if facts.matter.refers:
        said = f"หนังสือ{office} ที่ {facts.show(number)} ลงวันที่ {facts.show(long_date(day))}"
        parts.append(f'<div class="lab"><b>อ้างถึง</b><span>{said}</span></div>')
    items = facts.matter.enclosures
    for place, (title, many) in enumerate(items, 1):
        head = "สิ่งที่ส่งมาด้วย" if place == 1 else '<i style="visibility:hidden">สิ่งที่ส่งมาด้วย</i>'
        before = facts.show(f"{place}. ") if len(items) > 1 else ""
        parts.append(
            f'<div class="lab"><b>{head}</b><span style="flex:1">{before}{title}</span>'
            f"<span>จำนวน {facts.show(many)}</span></div>"
        )
    return "".join(parts)


def ending(facts: Facts, rng: random.Random, closing: bool = True) -> str:
    """The closing, room for a signature, the name and the post."""
    signer = facts.signatory
    said = signer.name
    name = f"({said})" if rng.random() < 0.85 else f"( {said} )"
    gap = rng.choice((11, 14, 9, 16))
    post = signer.position.replace(" ", "<br>", 1) if len(signer.position) > 44 else signer.position
    if signer.acting_for is not None:
        post += f"<br>{rng.choice(('ปฏิบัติราชการแทน', 'รักษาราชการแทน'))} {signer.acting_for}"
    close = '<div style="margin-left:0">ขอแสดงความนับถือ</div>' if closing else ""
    return (
        f'<div class="end" style="margin-top:5mm">{close}<div style="height:{gap}mm"></div>'
        f"{pens.signature(rng)}{name}<br>{post}</div>"
    )


def _contact(facts: Facts) -> str:
    return (
        f"<div>{facts.office.unit}</div><div>โทร. {facts.show(facts.phone)}</div>"
        f"<div>ไปรษณีย์อิเล็กทรอนิกส์ {facts.email}</div>"
    )


def _extras(facts: Facts, rng: random.Random, style: Style, agency: str) -> str:
    made = [marks.receipt(rng, facts, agency, style.hand)]
    if facts.urgency:
        made.append(marks.mark(rng, facts.urgency))
    if rng.random() < 0.3:
        made.append(marks.holes(rng))
    if rng.random() < 0.4:
        made.append(pens.note(rng, style.hand))
    if rng.random() < 0.15:
        made.append(pens.true_copy(rng))
    if rng.random() < 0.2:
        made.append(pens.tick(rng))
    if rng.random() < 0.15:
        made.append(marks.watermark(rng.choice(("สำเนา", "ต้นฉบับ"))))
    return "".join(made)


def _truth(facts: Facts, kind: Kind, agency: str | None, receiver: str, **more: object) -> TrueLetter:
    office, day, number = facts.referred
    due = facts.show(long_date(facts.due))
    data: dict[str, object] = {
        "kind": kind,
        "urgency": facts.urgency,
        "number": facts.number,
        "agency": agency,
        "date": facts.day,
        "subject": facts.show(facts.matter.subject),
        "addressee": facts.to,
        "references": (
            TrueReference(
                text=f"หนังสือ{office} ที่ {facts.show(number)} ลงวันที่ {facts.show(long_date(day))}",
                number=number,
                date=day,
            ),
        )
        if facts.matter.refers
        else (),
        "enclosures": tuple(
            TrueEnclosure(title=t, quantity=facts.show(q)) for t, q in facts.matter.enclosures
        ),
        "signatory": facts.signatory,
        "owner_office": facts.office.unit,
        "phone": facts.phone,
        "email": facts.email,
        "deadlines": (TrueDeadline(date=facts.due, phrase=f"ภายในวันที่ {due}", kind="fixed"),)
        if facts.matter.due
        else (),
        "receipts": (
            TrueReceipt(
                agency=receiver, number=facts.receipt[0], date=facts.receipt[1], time=facts.receipt[2]
            ),
        )
        if facts.receipt
        else (),
        "pages": (1,),
        "pen": facts.pen,
    }
    return TrueLetter.model_validate({**data, **more})


def external(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """หนังสือภายนอก: the bird, number at the left, office and address at the right."""
    receiver = "สำนักงานเลขานุการกรม"
    emblem = marks.garuda(rng.choice((26, 30)))
    address = "<br>".join(facts.show(one) for one in facts.office.address)
    inner = (
        f'<div class="mid" style="margin-top:-3mm">{emblem}</div>'
        f'<div style="display:flex;justify-content:space-between"><div>ที่ {_said_number(facts, rng, style)}</div>'
        f'<div style="max-width:78mm">{facts.office.name}<br>{address}</div></div>'
        f'<div style="margin-left:{rng.choice((66, 74))}mm">{_said_day(facts, rng, style)}</div>'
        f'<div class="lab"><b>เรื่อง</b><span>{facts.show(facts.matter.subject)}</span></div>'
        f'<div class="lab"><b>เรียน</b><span>{facts.to}</span></div>{_lists(facts)}'
        f'{_body(facts, rng)}{ending(facts, rng)}<div class="foot">{_contact(facts)}</div>'
        f"{_extras(facts, rng, style, receiver)}"
    )
    return Drawn(page(style, rng, inner), _truth(facts, "external", facts.office.name, receiver))


def letterhead(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """A coloured letterhead with a logo, and the office's address in a footer."""
    receiver = "งานสารบรรณกลาง"
    address = " ".join(facts.show(one) for one in facts.office.address)
    inner = (
        f'<div class="row" style="border-bottom:3px solid {style.colour};padding-bottom:2mm;color:{style.colour};'
        f'justify-content:flex-start;gap:6mm">{marks.logo(rng)}<div style="font-size:1.3em;font-weight:700">'
        f"{facts.office.name}</div></div>"
        f'<div class="row" style="margin-top:4mm"><div>ที่ {_said_number(facts, rng, style)}</div>'
        f"<div>{_said_day(facts, rng, style)}</div></div>"
        f'<div class="lab" style="margin-top:2mm"><b>เรื่อง</b><span>{facts.show(facts.matter.subject)}</span></div>'
        f'<div class="lab"><b>เรียน</b><span>{facts.to}</span></div>{_lists(facts)}'
        f"{_body(facts, rng)}{ending(facts, rng)}"
        f'<div class="foot row" style="border-top:1px solid {style.colour};font-size:.85em;padding-top:1mm">'
        f"<div>{_contact(facts)}<div>{address}</div></div>{marks.qr(rng)}</div>{_extras(facts, rng, style, receiver)}"
    )
    return Drawn(page(style, rng, inner), _truth(facts, "external", facts.office.name, receiver))


def memo(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """บันทึกข้อความ with its head of dotted lines."""
    receiver = "ห้องผู้อำนวยการ"
    agency = f"{facts.office.unit} {facts.office.name}"
    fill = "fill" if rng.random() < 0.7 else ""
    inner = (
        f'<div style="position:absolute;left:26mm;top:12mm">{marks.garuda(18)}</div>'
        f'<div class="mid" style="font-size:1.75em;font-weight:700;margin:2mm 0 3mm">บันทึกข้อความ</div>'
        f'<div class="lab"><b>ส่วนราชการ</b><span class="{fill}">{agency}&nbsp; '
        f'<span style="white-space:nowrap">โทร. {facts.show(facts.phone)}</span></span></div>'
        f'<div style="display:flex;gap:4mm"><div class="lab" style="flex:1"><b>ที่</b><span class="{fill}">'
        f'{_said_number(facts, rng, style)}</span></div><div class="lab" style="flex:1"><b>วันที่</b><span class="{fill}">'
        f"{_said_day(facts, rng, style)}</span></div></div>"
        f'<div class="lab"><b>เรื่อง</b><span class="{fill}">{facts.show(facts.matter.subject)}</span></div>'
        f'<div class="lab" style="margin-top:2mm"><span>เรียน</span><span>{facts.to}</span></div>'
        f"{_body(facts, rng)}{ending(facts, rng, closing=False)}{_extras(facts, rng, style, receiver)}"
    )
    truth = _truth(
        facts, "memo", agency, receiver, references=(), enclosures=(), owner_office=None, email=None
    )
    return Drawn(page(style, rng, inner), truth)


def stamped(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """หนังสือประทับตรา: to an office, sealed in the place of a signature."""
    receiver = "สำนักปลัด"
    texts = "".join(f"<p>{facts.show(one)}</p>" for one in facts.matter.paragraphs[:-1])
    texts = texts.replace("{due}", facts.show(long_date(facts.due)))
    inner = (
        f'<div class="mid" style="margin-top:-3mm">{marks.garuda()}</div><div>ที่ {_said_number(facts, rng, style)}</div>'
        f'<div style="margin-top:4mm">ถึง&nbsp; {facts.to}</div><div style="margin-top:3mm">{texts}</div>'
        f'<div class="end" style="margin-top:12mm">{facts.office.name}<br>{_said_day(facts, rng, style)}'
        f'<div style="position:absolute;left:18mm;top:-14mm;transform:rotate({rng.uniform(-9, 9):.0f}deg);'
        f'opacity:.8;mix-blend-mode:multiply">{marks.seal(rng, facts.office.name[:26])}</div></div>'
        f'<div class="foot">{_contact(facts)}</div>{_extras(facts, rng, style, receiver)}'
    )
    truth = _truth(
        facts, "stamped", facts.office.name, receiver, subject=None, references=(), enclosures=(),
        signatory=None,
    )  # fmt: skip
    return Drawn(page(style, rng, inner), truth)


def two_columns(facts: Facts, rng: random.Random, style: Style) -> Drawn:
    """A letter whose body is followed by two columns of small print, as fact sheets have."""
    receiver = "ฝ่ายบริหาร"
    small = "".join(
        f"<div style='break-inside:avoid;margin-bottom:2mm'><b>{head}</b><br>{facts.show(text)}</div>"
        for head, text in (
            ("ผู้มีสิทธิ", "ผู้มีภูมิลำเนาในพื้นที่ไม่น้อยกว่า ๑ ปี และไม่เคยได้รับทุนมาก่อน"),
            ("หลักฐานที่ใช้", "สำเนาบัตรประจำตัว สำเนาทะเบียนบ้าน และภาพถ่ายขนาด ๑ นิ้ว จำนวน ๒ ภาพ"),
            ("สถานที่ยื่น", "เคาน์เตอร์บริการประชาชน ชั้น ๑ ในวันและเวลาราชการ"),
            ("ข้อควรทราบ", "เอกสารทุกฉบับต้องลงชื่อรับรองสำเนาถูกต้อง ผู้ยื่นแทนต้องมีหนังสือมอบอำนาจ"),
        )
    )
    address = "<br>".join(facts.show(one) for one in facts.office.address)
    texts = facts.show(facts.matter.paragraphs[0])
    inner = (
        f'<div class="mid">{marks.garuda(24)}</div><div style="display:flex;justify-content:space-between">'
        f"<div>ที่ {_said_number(facts, rng, style)}</div><div>{facts.office.name}<br>{address}</div></div>"
        f'<div style="margin-left:70mm">{_said_day(facts, rng, style)}</div>'
        f'<div class="lab"><b>เรื่อง</b><span>{facts.show(facts.matter.subject)}</span></div>'
        f'<div class="lab"><b>เรียน</b><span>{facts.to}</span></div><p>{texts}</p>'
        f'<div style="columns:2;column-gap:8mm;font-size:.88em;border:1px solid #444;padding:2mm 3mm">{small}</div>'
        f'<p>จึงเรียนมาเพื่อโปรดทราบ</p>{ending(facts, rng)}<div class="foot">{_contact(facts)}</div>'
        f"{_extras(facts, rng, style, receiver)}"
    )
    truth = _truth(facts, "external", facts.office.name, receiver, references=(), enclosures=(), deadlines=())
    return Drawn(page(style, rng, inner), truth)
