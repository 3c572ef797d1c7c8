"""The other layouts: stamped letters, orders, announcements, certificates, and plain sheets."""

from __future__ import annotations

from samples import emblems
from samples.body import Flow, start_page
from samples.content import Letter
from samples.letterhead import SIGN_X, address, closing, date_runs, foot_height, labelled, number_line, owner
from samples.paper import LEFT, RED, WIDTH, Paper, Style
from samples.pen import Hand, write
from samples.thai import digits, month_year


def _crest(paper: Paper, letter: Letter) -> None:
    start_page(paper, letter)
    emblems.garuda(paper, WIDTH / 2, 42, paper.look.garuda)
    paper.y = 42 + paper.look.garuda + 16
    if letter.urgency:
        paper.line(LEFT, letter.urgency, Style(32, bold=True, colour=RED), y=paper.y - 34)


def stamped(paper: Paper, letter: Letter, hand: Hand) -> None:
    """หนังสือประทับตรา, as form 3: to an agency, sealed in red and initialled instead of signed."""
    _crest(paper, letter)
    number_line(paper, letter, hand)
    paper.y += paper.look.leading + 8
    labelled(paper, letter.salutation or "ถึง", digits(letter.addressee or "", letter.thai))
    paper.y += 4
    Flow(paper, letter).blocks(letter.body, after=paper.look.leading * 11)
    paper.y += paper.look.leading * 1.8
    paper.centred(SIGN_X + 40, letter.agency or "")
    emblems.seal(
        paper, (SIGN_X - 28 + paper.rng.uniform(-10, 14), paper.y + 16), letter.agency or "", letter.thai
    )
    write(paper, SIGN_X + 2, paper.y + 46, "ว/น", hand)
    paper.y += paper.look.leading * 1.2
    dated(paper, letter, hand, "", SIGN_X + 40)
    paper.y += paper.look.leading * 3
    owner(paper, letter)


def dated(paper: Paper, letter: Letter, hand: Hand, label: str, middle: float) -> None:
    """A date around a middle, such as `สั่ง ณ วันที่ ๓ เมษายน พ.ศ. ๒๕๖๖`; the day may be by pen."""
    if letter.date is None:
        return
    era = "พ.ศ. " if label else ""
    x = middle - paper.width(f"{label} 00 {month_year(letter.date)}{era}", Style()) / 2
    boxes = [paper.put(x, paper.y, label, Style())] if label else []
    text, runs = date_runs(paper, letter, hand, boxes[0].x1 + 5 if boxes else x, era)
    paper.note(f"{label} {text}".strip(), [*boxes, *runs])


def _titled(paper: Paper, letter: Letter) -> None:
    """Heading, number and subject, each centred, and a short rule."""
    lead = paper.look.leading
    for text in (letter.heading or "").split("\n"):
        paper.centred(WIDTH / 2, digits(text, letter.thai), Style(bold=True))
        paper.y += lead + 2
    if letter.number and letter.kind == "order":
        paper.centred(
            WIDTH / 2, digits(f"ที่ {letter.number_as or letter.number}", letter.thai), Style(bold=True)
        )
        paper.y += lead + 2
    if letter.subject:
        for row, text in enumerate(
            paper.wrap(digits(f"เรื่อง {letter.subject}", letter.thai), Style(bold=True), 430, 430)
        ):
            paper.centred(WIDTH / 2, text, Style(bold=True))
            paper.y += lead + (2 if row == 0 else 0)
    paper.rule(WIDTH / 2 - 55, paper.y - 6, WIDTH / 2 + 55, paper.y - 6)
    paper.y += lead * 0.8


def order(paper: Paper, letter: Letter, hand: Hand) -> None:
    """คำสั่ง, as form 4."""
    _crest(paper, letter)
    _titled(paper, letter)
    Flow(paper, letter).blocks(letter.body, after=foot_height(paper, letter) + paper.look.leading)
    paper.y += 6
    dated(paper, letter, hand, "สั่ง ณ วันที่", SIGN_X - 40)
    closing(paper, letter, hand)


def announcement(paper: Paper, letter: Letter, hand: Hand) -> None:
    """ประกาศ, as form 7."""
    _crest(paper, letter)
    _titled(paper, letter)
    Flow(paper, letter).blocks(letter.body, after=foot_height(paper, letter) + paper.look.leading)
    paper.y += 6
    dated(paper, letter, hand, "ประกาศ ณ วันที่", SIGN_X - 40)
    closing(paper, letter, hand)


def certificate(paper: Paper, letter: Letter, hand: Hand) -> None:
    """หนังสือรับรอง, as form 10: เลขที่ at the left, the agency at the right."""
    _crest(paper, letter)
    address(paper, letter)
    number_line(paper, letter, hand, label="เลขที่")
    paper.y += paper.look.leading * (2.4 + len(letter.address))
    Flow(paper, letter).blocks(letter.body, after=foot_height(paper, letter))
    paper.y += 10
    dated(paper, letter, hand, "ให้ไว้ ณ วันที่", SIGN_X - 40)
    closing(paper, letter, hand)


def plain(paper: Paper, letter: Letter, hand: Hand) -> None:
    """A sheet without Garuda: minutes, a press release, a form."""
    start_page(paper, letter)
    if letter.logo:
        emblems.logo(paper, letter.logo, LEFT, 36)
    paper.y = 64
    for row, text in enumerate((letter.heading or "").split("\n")):
        paper.centred(WIDTH / 2, digits(text, letter.thai), Style(20 if row == 0 else 16, bold=True))
        paper.y += paper.look.leading + 3
    paper.y += 6
    Flow(paper, letter).blocks(letter.body, after=foot_height(paper, letter))
    if letter.signer:
        closing(paper, letter, hand)
