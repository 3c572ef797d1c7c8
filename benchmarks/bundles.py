"""Bundles split right: `python -m benchmarks.bundles [--count 200] [--seed 1] [--wrong]`.

Files of several letters are made from the generators of the tests: cover letters that forward another with its
annexes, letters of many kinds of offices one behind the other with annexes between them, single letters of many
pages that must not be split, and files as offices scan them (`benchmarks.bundle_files`). Each is read as set, with
OCR-like faults in 1 and in 4 of 100 characters, and without geometry. A file is right when every letter has the very
pages that it was given.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from benchmarks.bundle_files import passed_on, scanned
from schemas.ink import Line, Page, Word
from tests.bundles import Maker, as_transcript, drawn_shape, letters, read
from tests.layout import line, page
from tests.varied_letters import Varied
from tests.varied_letters import letters as varied_letters

BAR = 98.0  # per cent of the files
_LEFT, _PARA, _RIGHT = 85.0, 142.0, 430.0
_MARKS = set("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4c")
_TWINS = (
    "ขชซ",
    "ดตค",
    "สล",
    "ถภก",
    "ผฝ",
    "พฟ",
    "บป",
    "ทห",
    "นม",
    "๑๓",
    "๕๔",
    "๗๑",
    "๐๘",
    "ว๒",
    "06",
    "17",
    "38",
)
_SENTENCES = (
    "ทั้งนี้ การดำเนินงานที่ผ่านมาได้รับความร่วมมือจากทุกภาคส่วนเป็นอย่างดี และเกิดประโยชน์แก่ประชาชน",
    "ในพื้นที่ ตามหนังสือกรมการปกครอง ที่ มท ๐๓๐๙.๒/ว ๑๒๓๔ ลงวันที่ ๕ มกราคม ๒๕๖๖ แจ้งแนวทางปฏิบัติไว้แล้ว",
    "เรื่อง ดังกล่าวคณะกรรมการได้พิจารณาแล้วเห็นว่าเป็นไปตามหลักเกณฑ์ที่กำหนดไว้ทุกประการ",
    "๑. ให้หน่วยงานตรวจสอบความถูกต้องของข้อมูลก่อนรายงานทุกครั้ง",
    "๒. เรียน ผู้ว่าราชการจังหวัดเพื่อโปรดทราบผลการดำเนินงานเป็นรายเดือน",
    "ประกาศให้ประชาชนทราบโดยทั่วกัน และรายงานผลการดำเนินงานให้จังหวัดทราบภายในกำหนด",
    "คำสั่งที่เกี่ยวข้องให้ถือปฏิบัติตามระเบียบของทางราชการโดยเคร่งครัด",
)
_TITLES = (
    "หลักเกณฑ์การคัดเลือกผลงาน",
    "กำหนดการประชุมเชิงปฏิบัติการ",
    "แบบตอบรับการเข้าร่วมประชุม",
    "บัญชีรายชื่อผู้เข้ารับการอบรม",
    "รายละเอียดโครงการ",
    "แบบรายงานผลการดำเนินงาน",
    "ขอบเขตของงาน (TOR)",
)


class Bundle(NamedTuple):
    """A file and the pages of each of its letters."""

    pages: list[Page]
    letters: list[tuple[int, ...]]


def forwarded(chance: random.Random) -> Bundle:
    """A cover letter, mostly with the letter that it forwards, annexes and what is missing."""
    pages, truth = Maker(drawn_shape(chance.randrange(10**6), chance)).make()
    return Bundle(pages, truth.letters)


def several(chance: random.Random) -> Bundle:
    """One to four letters of any kind of office, each with no to three pages of annexes behind it."""
    made: list[Page] = []
    told: list[tuple[int, ...]] = []
    for varied in chance.sample(_ALL, chance.randint(1, 4)):
        first = len(made) + 1
        made += _from(varied.pages(chance.choice(("joined", "apart", "noisy"))), first)
        told.append(tuple(range(first, len(made) + 1)))
        for number in range(1, chance.choice((0, 1, 1, 2, 3)) + 1):
            made.append(_annex(len(made) + 1, number, chance))
    return Bundle(made, told)


def long(chance: random.Random) -> Bundle:
    """One letter of three to eight pages, whose text names other letters and begins rows with labels' words."""
    varied = chance.choice([one for one in _ALL if _signed(one)])
    head, tail = _halves(varied.pages("joined")[0], chance)
    made = [head]
    numbered = chance.random() < 0.7
    for _ in range(chance.randint(1, 6)):
        number = len(made) + 1
        rows = [line(285, 45, _thai(f"- {number} -"), page=number)] if numbered else []
        for at in range(chance.randint(18, 30)):
            x = chance.choice((_LEFT, _LEFT, _PARA))
            rows.append(line(x, 90 + 22 * at, chance.choice(_SENTENCES), page=number))
        made.append(page(rows, number))
    made.append(_renumbered(tail, len(made) + 1))
    return Bundle(made, [tuple(range(1, len(made) + 1))])


MAKERS: dict[str, Callable[[random.Random], Bundle]] = {
    "a cover letter and what it forwards": forwarded,
    "letters of many offices, with annexes": several,
    "one long letter": long,
    "a day's letters in one scan": lambda chance: Bundle(*scanned(chance)),
    "a letter passed on, tables and forms": lambda chance: Bundle(*passed_on(chance)),
}
WEARS: dict[str, Callable[[list[Page], random.Random], list[Page]]] = {
    "as set": lambda pages, chance: pages,
    "1 % of characters wrong": lambda pages, chance: [_worn(each, 0.01, chance) for each in pages],
    "4 % of characters wrong": lambda pages, chance: [_worn(each, 0.04, chance) for each in pages],
    "transcript, page by page": lambda pages, chance: as_transcript(pages, paged=True),
}
_ALL = varied_letters()


def _signed(varied: Varied) -> bool:
    return len(varied.pages("joined")) == 1 and any(row.startswith("S (") for row in varied.rows)


def _halves(one: Page, chance: random.Random) -> tuple[Page, Page]:
    """A letter's page cut in its text: the head with the first paragraph, and the rest with the signature."""
    signed = next(at for at, row in enumerate(one.lines) if row.text.startswith("("))
    cut = max(1, signed - chance.choice((2, 3)))
    return one.model_copy(update={"lines": one.lines[:cut]}), one.model_copy(
        update={"lines": one.lines[cut:]}
    )


def _annex(number: int, place: int, chance: random.Random) -> Page:
    title = chance.choice(_TITLES)
    rows = [line(297 - 3.3 * len(title), 80, title, page=number)]
    if chance.random() < 0.5:
        rows.insert(0, line(_RIGHT, 40, _thai(f"สิ่งที่ส่งมาด้วย {place}"), page=number))
    style = chance.choice(("list", "form", "table", "text"))
    for at in range(chance.randint(8, 24)):
        text = {
            "list": _thai(f"{at + 1}. นายตัวอย่าง ที่{at + 1}"),
            "form": chance.choice(("ชื่อ - สกุล", "ตำแหน่ง", "หน่วยงาน", "โทรศัพท์", "เรื่อง")) + "." * 60,
            "table": _thai(f"{9 + at // 2}.{'03'[at % 2]}0 น.   ลงทะเบียนและชี้แจงรายละเอียด"),
            "text": chance.choice(_SENTENCES),
        }[style]
        rows.append(line(_LEFT, 120 + 26 * at, text, page=number))
    if style == "form":
        rows.append(line(330, 780, "ลงชื่อ.........................ผู้ตอบ", page=number))
    return page(rows, number)


def _from(pages: Sequence[Page], first: int) -> list[Page]:
    return [_renumbered(one, number) for number, one in enumerate(pages, first)]


def _renumbered(one: Page, number: int) -> Page:
    lines = tuple(row.model_copy(update={"page": number}) for row in one.lines)
    return one.model_copy(update={"number": number, "lines": lines})


def _worn(one: Page, rate: float, chance: random.Random) -> Page:
    lines = [_misread(row, rate, chance) for row in one.lines if chance.random() > rate / 2]
    if chance.random() < 10 * rate:
        at = chance.randint(0, len(lines))
        scrap = line(chance.uniform(20, 500), chance.uniform(20, 800), "ๆ|", page=one.number, confidence=0.3)
        lines.insert(at, scrap)
    return one.model_copy(update={"lines": tuple(lines)})


def _misread(row: Line, rate: float, chance: random.Random) -> Line:
    words = tuple(_misread_word(word, rate, chance) for word in row.words)
    return row.model_copy(update={"words": words, "text": " ".join(word.text for word in words)})


def _misread_word(word: Word, rate: float, chance: random.Random) -> Word:
    text = "".join(_signs(word.text, rate, chance)) or word.text
    return word if text == word.text else word.model_copy(update={"text": text, "confidence": 0.8})


def _signs(text: str, rate: float, chance: random.Random) -> Iterator[str]:
    for sign in text:
        if chance.random() > rate:
            yield sign
        elif sign not in _MARKS:  # a mark is lost, a letter read for its twin
            yield chance.choice(next((group for group in _TWINS if sign in group), sign))


def _thai(text: str) -> str:
    return text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


def main() -> None:
    """Print the table, then the files that came apart wrongly."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=200, help="files of each kind")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--wrong", action="store_true")
    given = asked.parse_args()
    wrong: list[str] = []
    print(f"| files | {' | '.join(WEARS)} |\n|---|{'---|' * len(WEARS)}")
    right = dict.fromkeys(WEARS, 0)
    for kind, make in MAKERS.items():
        cells = []
        for wear, worn in WEARS.items():
            fine = 0
            for number in range(given.count):
                chance = random.Random(f"{given.seed}/{kind}/{number}")
                bundle = make(chance)
                got = letters(read(worn(bundle.pages, chance)))
                fine += got == bundle.letters
                if got != bundle.letters:
                    wrong.append(f"{kind}, {wear}, {number}: want {bundle.letters}, got {got}")
            right[wear] += fine
            cells.append(f"{100 * fine / given.count:.1f} %")
        print(f"| {kind} | {' | '.join(cells)} |", flush=True)
    whole = given.count * len(MAKERS)
    print("| all | " + " | ".join(f"{100 * fine / whole:.1f} %" for fine in right.values()) + " |")
    print(f"\n{given.count} files of each kind, seed {given.seed}; the bar is {BAR:.0f} %")
    if given.wrong:
        print("\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
