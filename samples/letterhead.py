"""The two commonest layouts: the external letter (หนังสือภายนอก) and the memo (บันทึกข้อความ)."""

from __future__ import annotations

from samples import emblems
from samples.body import HARD_BOTTOM, Flow, start_page
from samples.content import Letter
from samples.paper import LEFT, RED, RIGHT, WIDTH, Paper, Style
from samples.pen import Hand, sign_name, write
from samples.thai import digits, month_year
from schemas.ink import Box

SIGN_X = 352.0  # the middle of closing, signature, name and post
BOLD = Style(bold=True)


def external(paper: Paper, letter: Letter, hand: Hand) -> None:
    """หนังสือภายนอก, as form 1 of the regulation."""
    start_page(paper, letter)
    if letter.logo:
        emblems.logo(paper, letter.logo, LEFT, 40)
        paper.y = 128
    else:
        emblems.garuda(paper, WIDTH / 2, 42, paper.look.garuda)
        paper.y = 42 + paper.look.garuda + 14
    if letter.urgency:
        paper.line(LEFT, letter.urgency, Style(32, bold=True, colour=RED), y=paper.y - 34)
    address(paper, letter)
    number_line(paper, letter, hand)
    paper.y += paper.look.leading * max(1, 1 + len(letter.address)) + 5
    paper.note(*date_runs(paper, letter, hand, WIDTH / 2))
    paper.y += paper.look.leading + 5
    head_fields(paper, letter)
    flow = Flow(paper, letter)
    flow.blocks(letter.body, after=foot_height(paper, letter))
    closing(paper, letter, hand)
    owner(paper, letter)


def address(paper: Paper, letter: Letter) -> None:
    """Agency and address at the right, level with the number."""
    lines = [digits(text, letter.thai) for text in (letter.agency or "", *letter.address) if text]
    if not lines:
        return
    wide = max(paper.width(text, Style()) for text in lines)
    x = min(372.0, RIGHT + 12 - wide)
    for row, text in enumerate(lines):
        paper.line(x, text, y=paper.y + row * paper.look.leading)


def number_line(paper: Paper, letter: Letter, hand: Hand, label: str = "ที่") -> None:
    """`ที่ ศธ ๐๔๐๐๕/ว๒๖๐` at the left margin."""
    if letter.number is not None:
        box = paper.put(LEFT, paper.y, label, Style())
        text, boxes = number_runs(paper, letter, hand, box.x1 + 8)
        paper.note(f"{label} {text}", [box, *boxes])


def number_runs(paper: Paper, letter: Letter, hand: Hand, x: float) -> tuple[str, list[Box]]:
    """Draw the number from x on; by pen, only the running number is: print stops at the slash."""
    printed = digits(letter.number_as or letter.number or "", letter.thai)
    if "number" not in letter.pen or paper.electronic:
        return printed, [paper.put(x, paper.y, printed, Style())]
    head, slash, tail = printed.partition("/")
    box = paper.put(x, paper.y, head + slash, Style())
    by_pen = write(paper, box.x1 + paper.rng.uniform(1, 7), paper.y + paper.rng.uniform(-2, 2), tail, hand)
    paper.note(tail, [by_pen], "pen")
    return printed, [box, by_pen]


def date_runs(paper: Paper, letter: Letter, hand: Hand, x: float, era: str = "") -> tuple[str, list[Box]]:
    """Draw the date from x on; by pen, only the day is: it stands before the printed month."""
    if letter.date is None:
        return "", []
    day = digits(str(letter.date.day), letter.thai)
    month = digits(month_year(letter.date).replace(" ", f" {era}"), letter.thai)
    whole = f"{day} {month}"
    if "date" not in letter.pen or paper.electronic:
        return whole, [paper.put(x, paper.y, whole, Style())]
    by_pen = write(paper, x, paper.y + paper.rng.uniform(-2, 1.5), day, hand)
    paper.note(day, [by_pen], "pen")
    return whole, [by_pen, paper.put(max(x + 26, by_pen.x1 + 5), paper.y, month, Style())]


def labelled(paper: Paper, label: str, text: str, gap: float = 9.0) -> None:
    """A label and its value, wrapped under the value's start."""
    x = LEFT + paper.width(label, Style()) + gap
    for row, line in enumerate(paper.wrap(text, Style(), RIGHT - x, RIGHT - x)):
        boxes = [paper.put(LEFT, paper.y, label, Style())] if row == 0 else []
        boxes.append(paper.put(x, paper.y, line, Style()))
        paper.note(f"{label} {line}" if row == 0 else line, boxes)
        paper.y += paper.look.leading
    paper.y += 3.5


def head_fields(paper: Paper, letter: Letter) -> None:
    """เรื่อง, เรียน, อ้างถึง, สิ่งที่ส่งมาด้วย."""
    if letter.subject:
        labelled(paper, "เรื่อง", digits(letter.subject, letter.thai))
    if letter.salutation and letter.addressee:
        labelled(paper, letter.salutation, digits(letter.addressee, letter.thai))
    references = [digits(reference.text, letter.thai) for reference in letter.references]
    listed(paper, letter, "อ้างถึง", [(text, "") for text in references])
    listed(
        paper, letter, "สิ่งที่ส่งมาด้วย",
        [(digits(e.title, letter.thai), digits(f"จำนวน {e.quantity}", letter.thai) if e.quantity else "")
         for e in letter.enclosures],
    )  # fmt: skip
    paper.y += 3


def listed(paper: Paper, letter: Letter, label: str, items: list[tuple[str, str]]) -> None:
    """One or several items after a label; several are numbered, quantities stand at the right edge."""
    x = LEFT + paper.width(label, Style()) + 9
    for number, (text, quantity) in enumerate(items, 1):
        sign = digits(f"{number}. ", letter.thai) if len(items) > 1 else ""
        hang = x + paper.width(sign, Style())
        lines = paper.wrap(text, Style(), RIGHT - hang, RIGHT - hang)
        for row, line in enumerate(lines):
            boxes, words = [], line
            if row == 0:
                words = f"{label} {sign}{line}" if number == 1 else sign + line
                if number == 1:
                    boxes.append(paper.put(LEFT, paper.y, label, Style()))
                if sign:
                    boxes.append(paper.put(x, paper.y, sign.strip(), Style()))
            boxes.append(paper.put(hang, paper.y, line, Style()))
            if quantity and row == len(lines) - 1:
                wide = paper.width(quantity, Style())
                if boxes[-1].x1 + 12 + wide > RIGHT:
                    paper.note(words, boxes)
                    paper.y, boxes, words = paper.y + paper.look.leading, [], ""
                boxes.append(paper.put(RIGHT - wide, paper.y, quantity, Style()))
                words = f"{words} {quantity}".strip()
            paper.note(words, boxes)
            paper.y += paper.look.leading
    if items:
        paper.y += 3.5


def foot_height(paper: Paper, letter: Letter) -> float:
    """Points that closing, signature and owner need below the last paragraph's last line."""
    rows = 4.5 + (2 if letter.signer is None else 2 + letter.signer.position.count("\n"))
    rows += bool(letter.signer and letter.signer.acting_for)
    rows += (
        len(letter.owner) + sum(map(bool, (letter.phone, letter.fax, letter.email))) + len(letter.copies_to)
    )
    return rows * paper.look.leading


def closing(paper: Paper, letter: Letter, hand: Hand) -> None:
    """Closing words, signature, name in brackets, post with its delegation."""
    lead = paper.look.leading
    if letter.closing:
        paper.y += 6
        paper.centred(SIGN_X, letter.closing)
    signer = letter.signer
    if signer is None:
        paper.y += lead
        return
    sign_name(paper, SIGN_X, paper.y + lead * 1.5, hand)
    paper.y += lead * 2.9
    paper.centred(SIGN_X, f"({signer.name})")
    post = signer.position.split("\n")
    if signer.acting_for:
        post[-1] = f"{post[-1]} {signer.acting}"
        post.append(signer.acting_for)
    for text in post:
        paper.y += lead
        paper.centred(SIGN_X, digits(text, letter.thai))
    paper.y += lead


def owner(paper: Paper, letter: Letter) -> None:
    """Owning office, phone, fax, e-mail and copies, at the bottom left."""
    rows = [digits(text, letter.thai) for text in letter.owner]
    rows += [digits(f"โทร. {letter.phone}", letter.thai)] if letter.phone else []
    rows += [digits(f"โทรสาร {letter.fax}", letter.thai)] if letter.fax else []
    rows += [f"ไปรษณีย์อิเล็กทรอนิกส์ {letter.email}"] if letter.email else []
    rows += [f"สำเนาส่ง {text}" for text in letter.copies_to]
    lead = paper.look.leading
    paper.y = max(paper.y + 4, min(paper.y + 2.2 * lead, HARD_BOTTOM - (len(rows) - 1) * lead))
    for text in rows:
        paper.line(LEFT, text)
        paper.y += lead


def memo(paper: Paper, letter: Letter, hand: Hand) -> None:
    """บันทึกข้อความ, as form 2: bold labels, dotted leaders, no closing words."""
    start_page(paper, letter)
    emblems.garuda(paper, LEFT + 21, 40, 42)
    if letter.urgency:
        paper.line(LEFT + 62, letter.urgency, Style(32, bold=True, colour=RED), y=62)
    paper.centred(WIDTH / 2 + 10, "บันทึกข้อความ", Style(29, bold=True), y=80)
    paper.y, label = 106.0, Style(20, bold=True)
    office = digits(
        f"{letter.agency}  โทร. {letter.phone}" if letter.phone else letter.agency or "", letter.thai
    )
    _dotted(paper, "ส่วนราชการ", office, label)
    middle = WIDTH / 2 - 6
    _dotted_number(paper, letter, hand, middle)
    paper.y += paper.look.leading + 3
    if letter.subject:
        _dotted(paper, "เรื่อง", digits(letter.subject, letter.thai), label)
    paper.y += 2
    if letter.salutation and letter.addressee:
        labelled(paper, letter.salutation, digits(letter.addressee, letter.thai))
    Flow(paper, letter).blocks(letter.body, after=foot_height(paper, letter))
    closing(paper, letter, hand)


def _dotted(paper: Paper, label: str, text: str, style: Style) -> None:
    """A bold label and its value on a dotted line that runs to the margin."""
    x = LEFT + paper.width(label, style) + 7
    for row, line in enumerate(paper.wrap(text, Style(), RIGHT - x, RIGHT - x)):
        boxes = [paper.put(LEFT, paper.y, label, style)] if row == 0 else []
        boxes.append(paper.put(x, paper.y, line, Style()))
        paper.dots(x, RIGHT, paper.y + 2.5)
        paper.note(f"{label} {line}" if row == 0 else line, boxes)
        paper.y += paper.look.leading + 3


def _dotted_number(paper: Paper, letter: Letter, hand: Hand, middle: float) -> None:
    """Number and date share a line: ที่ ........ วันที่ ........"""
    label = Style(20, bold=True)
    first = paper.put(LEFT, paper.y, "ที่", label)
    paper.dots(first.x1 + 7, middle - 6, paper.y + 2.5)
    second = paper.put(middle, paper.y, "วันที่", label)
    paper.dots(second.x1 + 5, RIGHT, paper.y + 2.5)
    number, number_boxes = number_runs(paper, letter, hand, first.x1 + 7)
    day, day_boxes = date_runs(paper, letter, hand, second.x1 + 12)
    paper.note(f"ที่ {number} วันที่ {day}", [first, second, *number_boxes, *day_boxes])
