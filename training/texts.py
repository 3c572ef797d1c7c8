"""Lines of text that look like letters: common words, names, places, and what only letters write.

Nothing of the samples or of any real letter is used here, so that measuring on those stays honest.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable
from functools import cache

from pythainlp.corpus import (
    provinces,
    thai_family_names,
    thai_female_names,
    thai_male_names,
    thai_words,
    tnc,
)

from training import numbers

_THAI_WORD = re.compile(r"[ก-ฮะ-ฺเ-๎]+")
_FREQUENT = re.compile(r"[ก-ฮะ-ฺเ-๎ๆฯ]+")
_ALLOWED = set("๐๑๒๓๔๕๖๗๘๙0123456789 .,/:;()[]-–“”‘’'\"%@_&+=!?#*ฯๆ•…")
_ALLOWED |= {chr(code) for code in (*range(0x0E01, 0x0E3A), *range(0x0E3F, 0x0E4E))}
_ALLOWED |= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST = 88

OFFICE = (
    "สำนักงาน", "กรม", "กอง", "ฝ่าย", "ศูนย์", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด", "เทศบาลตำบล",
    "เทศบาลเมือง", "อำเภอ", "จังหวัด", "โรงเรียน", "วิทยาลัย", "มหาวิทยาลัย", "กระทรวง", "ศาลากลางจังหวัด",
    "ที่ว่าการอำเภอ", "ถนน", "ตำบล", "อนุมัติ", "ขออนุมัติ", "อนุญาต", "อนุเคราะห์", "ขอความอนุเคราะห์", "ฐาน",
    "ฐานข้อมูล", "ฐานะ", "ปฏิบัติ", "ปฏิบัติราชการแทน", "รักษาราชการแทน", "ผู้อำนวยการ", "อธิบดี", "ปลัด", "นายก",
    "ผู้ว่าราชการจังหวัด", "รองผู้ว่าราชการจังหวัด", "นายอำเภอ", "รองอธิบดี", "ประชุม", "คณะกรรมการ", "ระเบียบ",
    "ข้อบังคับ", "พระราชบัญญัติ", "พระราชกฤษฎีกา", "กฎกระทรวง", "มาตรา", "วรรค", "ข้อ", "หมวด", "เรื่อง", "เรียน",
    "อ้างถึง", "สิ่งที่ส่งมาด้วย", "ตามที่", "ด้วย", "จึงเรียนมาเพื่อโปรดทราบ", "จึงเรียนมาเพื่อโปรดพิจารณา", "ทั้งนี้",
    "ขอแสดงความนับถือ", "ขอแสดงความนับถืออย่างยิ่ง", "โทร.", "โทรศัพท์", "โทรสาร", "ไปรษณีย์อิเล็กทรอนิกส์", "สำเนาส่ง",
    "ภายในวันที่", "งบประมาณ", "ประจำปีงบประมาณ พ.ศ.", "จำนวน", "ชุด", "ฉบับ", "แผ่น", "บาท", "รายละเอียด",
    "ดังกล่าว", "ดังนี้", "ผู้เข้าร่วม", "ลงทะเบียน", "แบบตอบรับ", "กำหนดการ", "หลักสูตร", "ฝึกอบรม", "สัมมนา",
    "ค่าใช้จ่าย", "เบิกจ่าย", "จัดซื้อจัดจ้าง", "ตรวจสอบ", "ดำเนินการ", "ถือปฏิบัติ", "โดยเคร่งครัด", "พิจารณา", "ทราบ",
    "เห็นควร", "มอบหมาย", "แจ้ง", "เวียน", "ซักซ้อม", "ชี้แจง", "ข่าว", "ชาว", "ซ่อม", "ช่าง", "ข้าง", "ขอ", "ชอบ",
    "ดี", "ตี", "ติด", "ตัด", "ส่ง", "ลง", "สูง", "สาม", "ลาม", "เสนอ", "เลขที่", "ผลงาน", "คะแนน", "เกณฑ์",
    "ลำดับ", "ประเภท", "ตัวชี้วัด", "วิธีการ", "ริเริ่ม", "ฐิติ", "วุฒิ", "รัฐ", "ราษฎร", "กฎหมาย", "ณ",
)  # fmt: skip
MARKS = (
    "ด่วนที่สุด", "ด่วนมาก", "ด่วน", "ลับที่สุด", "ลับมาก", "ลับ", "บันทึกข้อความ", "ประกาศ", "คำสั่ง", "ระเบียบ",
    "รายงานการประชุม", "หนังสือรับรอง", "แถลงการณ์", "สำเนาถูกต้อง", "สำเนาคู่ฉบับ", "ระเบียบวาระการประชุม",
    "แบบตอบรับ", "กำหนดการ", "ใบสมัคร", "หนังสือมอบอำนาจ",
)  # fmt: skip
RECEIPT_LABELS = (
    "เลขรับ", "เลขที่รับ", "รับที่", "เลขที่", "วันที่", "เวลา", "รับวันที่", "ลงรับที่", "รับเลขที่", "ลงวันที่", "วันที่รับ",
    "เลขทะเบียนรับ",
)  # fmt: skip
_TITLES = (
    "นาย", "นาง", "นางสาว", "ดร.", "ผศ. ", "รองศาสตราจารย์", "ว่าที่ร้อยตรี", "พันเอก ", "ว่าที่ ร.ต.", "นายแพทย์",
    "พันตำรวจโท ",
)  # fmt: skip
_UNITS = ("ฉบับ", "แผ่น", "ชุด", "คน")
_BEFORE_SUMS = ("เป็นเงิน", "จำนวน", "จำนวนเงิน", "วงเงิน", "งบประมาณ", "คนละ", "รวม", "ค่าลงทะเบียน", "")
_ENGLISH = (
    "the", "of", "and", "for", "Thailand", "Smart", "City", "Digital", "Line", "Official",
    "Application", "Report", "Form", "Online", "ISO", "PDF", "Email", "E-mail", "QR Code", "MOU",
    "Zoom", "Meeting ID", "Passcode", "Google", "Drive", "Award", "Open", "Data", "Center",
    "Government", "Website", "Facebook", "Fax", "Tel", "No.", "GFMIS", "e-GP", "KPI", "AI", "IT",
    "COVID-19", "OTOP", "ITA",
)  # fmt: skip


@cache
def _corpora() -> tuple[list[str], list[int], list[str], list[str], list[str], list[str]]:
    """Frequent words, their running weights, all words, family names, given names, provinces."""
    counted = [
        (word, count) for word, count in sorted(tnc.unigram_word_freqs().items()) if _FREQUENT.fullmatch(word)
    ]
    weights = list(itertools.accumulate(count for _, count in counted))
    words = sorted(word for word in thai_words() if 2 <= len(word) <= 14 and _THAI_WORD.fullmatch(word))
    given = sorted(thai_male_names()) + sorted(thai_female_names())
    return (
        [word for word, _ in counted],
        weights,
        words,
        sorted(thai_family_names()),
        given,
        sorted(provinces()),
    )


def body(rng: random.Random) -> str:
    """Running text: frequent words with a space now and then."""
    frequent, weights, _, _, _, _ = _corpora()
    parts: list[str] = []
    for word in rng.choices(frequent, cum_weights=weights, k=rng.randint(3, 22)):
        parts.append(rng.choice(OFFICE) if rng.random() < 0.22 else word)
        if rng.random() < 0.13:
            parts.append(" ")
        if rng.random() < 0.03:
            parts.append(f"{rng.choice(PIECES)(rng)} ")
    return "".join(parts)


def rare_words(rng: random.Random) -> str:
    """Words of every kind, so that rare letters and stacks of marks are seen."""
    words = _corpora()[2]
    return rng.choice(("", " ")).join(rng.choice(words) for _ in range(rng.randint(1, 7)))


def office(rng: random.Random) -> str:
    """Words that letters are full of."""
    return rng.choice(("", "", " ")).join(rng.choice(OFFICE) for _ in range(rng.randint(1, 6)))


def mark(rng: random.Random) -> str:
    """An urgency or secrecy mark, or a heading; set large and bold by the renderer."""
    return rng.choice(MARKS)


def person(rng: random.Random) -> str:
    """A name as it stands under a signature, or in a list."""
    _, _, _, family, given, _ = _corpora()
    name = f"{rng.choice(_TITLES)}{rng.choice(given)} {rng.choice(family)}"
    return f"({name})" if rng.random() < 0.6 else name


def place(rng: random.Random) -> str:
    """An address."""
    name, province = rng.choice(_corpora()[2]), rng.choice(_corpora()[5])
    code = numbers.in_digits(rng, str(rng.randint(10000, 96220)))
    street = rng.choice(
        (f"ถนน{name} ", f"หมู่ที่ {numbers.to_thai(str(rng.randint(1, 15)))} ตำบล{name} ", f"อำเภอ{name} ", "")
    )
    return rng.choice(
        (f"{street}จังหวัด{province} {code}", f"ศาลากลางจังหวัด{province}", f"{street}{province} {code}")
    )


def english(rng: random.Random) -> str:
    """Latin words, addresses of the net, numbers between."""
    form = rng.random()
    if form < 0.4:
        return rng.choice(("", "", "E-mail: ", "ไปรษณีย์อิเล็กทรอนิกส์ ", "อีเมล ", "e-mail : ")) + numbers.mail(rng)
    if form < 0.62:
        return rng.choice(("", "", "เว็บไซต์ ", "Website: ")) + numbers.link(rng)
    words = [
        rng.choice(_ENGLISH) if rng.random() < 0.6 else numbers.word(rng) for _ in range(rng.randint(1, 5))
    ]
    if rng.random() < 0.3:
        words = [rng.choice((word.upper(), word.capitalize())) for word in words]
    if rng.random() < 0.3:
        words.append(str(rng.randint(0, 2030)))
    return " ".join(words)


def listed(rng: random.Random) -> str:
    """An item of a list or a table row."""
    number = numbers.in_digits(rng, f"{rng.randint(1, 19)}") + rng.choice((".", ".", ")", ""))
    tail = rng.choice(
        (
            "",
            f" จำนวน {numbers.in_digits(rng, str(rng.randint(1, 99)))} {rng.choice(_UNITS)}",
        )
    )
    return f"{number} {rng.choice((office, body, person))(rng)[:45]}{tail}"


def law(rng: random.Random) -> str:
    """A citation of a law or rule."""
    section = numbers.in_digits(rng, str(rng.randint(1, 120)), 0.9)
    year = numbers.in_digits(rng, str(rng.randint(2475, 2570)), 0.9)
    version = numbers.in_digits(rng, str(rng.randint(1, 12)), 0.9)
    name = rng.choice(_corpora()[2])
    return rng.choice((
        f"มาตรา {section} แห่งพระราชบัญญัติ{name} พ.ศ. {year}",
        f"ข้อ {section} แห่งระเบียบ{name} (ฉบับที่ {version}) พ.ศ. {year}",
        f"และที่แก้ไขเพิ่มเติม (ฉบับที่ {version}) พ.ศ. {year}",
        f"ครั้งที่ {version}/{year}",
        f"คำสั่งที่ {section}/{year}",
    ))  # fmt: skip


def receipt(rng: random.Random) -> str:
    """A filled-in line of a receipt stamp, in type."""
    value = rng.choice((numbers.day, numbers.clock, numbers.plain, numbers.day))(rng)
    return f"{rng.choice(RECEIPT_LABELS)}{rng.choice((' ', ' ', '', '.....', ' ..... '))}{value}"


def mixed(rng: random.Random) -> str:
    """Text with a number or a date inside."""
    return f"{office(rng)[:30]} {rng.choice(PIECES)(rng)} {body(rng)[: rng.randint(0, 40)]}"


def sums(rng: random.Random) -> str:
    """Sums of money, alone or in a sentence: commas between digits."""
    if rng.random() < 0.4:
        return "  ".join(numbers.money(rng) for _ in range(rng.randint(1, 3)))
    words = numbers.money(rng), rng.choice(("", office(rng)[:25]))
    return f"{rng.choice(_BEFORE_SUMS)} {' '.join(words)}"


PIECES: tuple[Callable[[random.Random], str], ...] = (
    numbers.plain, numbers.plain, numbers.day, numbers.day, numbers.money, numbers.money,
    numbers.phone, numbers.clock, numbers.letter_number, law,
)  # fmt: skip
_KINDS: tuple[tuple[float, Callable[[random.Random], str]], ...] = (
    (0.26, body), (0.07, rare_words), (0.08, office), (0.06, person), (0.05, place), (0.09, english),
    (0.05, listed), (0.04, law), (0.05, receipt), (0.07, mixed), (0.07, sums), (0.05, numbers.letter_number),
    (0.05, numbers.day), (0.02, numbers.phone), (0.02, numbers.clock), (0.02, numbers.plain),
)  # fmt: skip


def line(rng: random.Random) -> str:
    """One line of text, of one of the kinds."""
    kinds = [kind for _, kind in _KINDS]
    weights = [weight for weight, _ in _KINDS]
    while True:
        text = tidy(rng.choices(kinds, weights)[0](rng))
        if len(text) >= 2 and set(text) <= _ALLOWED:
            return text


def tidy(text: str) -> str:
    """At most one line long, single spaces, not begun by a mark that needs a letter before it."""
    text = re.sub(r"\s+", " ", text).strip()[:LONGEST].rstrip(" เแโใไ")
    return text.lstrip("ะาำิีึืฺุู็่้๊๋์ํๅๆฯ ")
