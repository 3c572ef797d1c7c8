"""Numbers, dates, money and addresses as letters write them, drawn at random."""

from __future__ import annotations

import random

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
CONSONANTS = "กขคงจฉชซฐดตถทธนบปผพฟมยรลวศสหอฮ"
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_ASCII = "abcdefghijklmnopqrstuvwxyz"
_ENDINGS = (
    "go.th",
    "or.th",
    "ac.th",
    "co.th",
    "mail.go.th",
    "gmail.com",
    "hotmail.com",
    "com",
    "in.th",
    "net",
)
_SYLLABLES = (
    "song", "khla", "chiang", "mai", "nakhon", "sri", "tham", "rat", "buri", "kla", "ung", "udon",
    "thani", "lop", "pa", "tum", "wan", "korn", "ubon", "surat", "phu", "ket", "loei", "saraban",
    "info", "admin", "local", "otop", "dla", "moi", "school", "data", "it", "center", "plan", "office",
    "pr", "fund", "health", "report", "smart",
)  # fmt: skip


def to_thai(text: str) -> str:
    """The same text with Thai digits."""
    return text.translate(_TO_THAI)


def in_digits(rng: random.Random, text: str, thai: float = 0.8) -> str:
    """In Thai digits mostly, else as it is."""
    return to_thai(text) if rng.random() < thai else text


def money(rng: random.Random) -> str:
    """A sum with commas: ๑,๒๕๐ or 38,500.00 บาท."""
    top = 10 ** rng.choice((4, 5, 6, 7, 8))
    amount = rng.randint(top // 10, top - 1)
    if rng.random() < 0.55:
        amount = amount // 100 * 100 or 1500
    cents = rng.choice(("", "", "", ".00", f".{rng.randint(0, 99):02}"))
    unit = rng.choice((" บาท", " บาท", " บาท", "", "บาท", ".-", " คน", " ไร่"))
    return in_digits(rng, f"{amount:,}{cents}") + unit


def plain(rng: random.Random) -> str:
    """A number of any other form."""
    form = rng.choice("nnndpcrsvhl")
    if form == "n":
        text = str(rng.randint(0, 10 ** rng.randint(1, 5)))
    elif form == "d":
        text = f"{rng.randint(0, 999)}.{rng.randint(0, 99):02}"
    elif form == "p":
        text = f"{rng.randint(1, 100)}%" if rng.random() < 0.4 else f"ร้อยละ {rng.randint(1, 100)}"
    elif form == "c":
        text = f"{rng.randint(1, 9)}.{rng.randint(1, 19)}" + rng.choice(("", f".{rng.randint(1, 9)}"))
    elif form == "r":
        first = rng.randint(1, 60)
        text = f"{first}{rng.choice((' - ', '-', ' – ', '–'))}{first + rng.randint(1, 30)}"
    elif form == "s":
        text = f"{rng.randint(1, 999)}/{rng.randint(2540, 2575)}"
    elif form == "v":
        text = f"(ฉบับที่ {rng.randint(1, 25)})"
    elif form == "h":
        text = f"{rng.randint(1, 300)}/{rng.randint(1, 99)} หมู่ที่ {rng.randint(1, 19)}"
    else:
        text = f"{rng.randint(1, 12)}) "
    return in_digits(rng, text)


def phone(rng: random.Random) -> str:
    """A telephone number in one of the usual groupings."""
    a, b, c = rng.randint(2, 99), rng.randint(100, 9999), rng.randint(1000, 9999)
    text = rng.choice(
        (
            f"0 {b:04} {c}",
            f"0{a}-{b:04}-{c}",
            f"0-{b:04}-{c}",
            f"08{a:02}{b % 1000:03}{c}",
            f"0 {b:04} {c} - {c % 10}",
        )
    )
    text += rng.choice(("", "", "", f" ต่อ {rng.randint(10, 9999)}"))
    return in_digits(rng, text, 0.7)


def day(rng: random.Random) -> str:
    """A date in one of the usual forms."""
    d, m, y = rng.randint(1, 31), rng.randrange(12), rng.randint(2480, 2590)
    form = rng.random()
    if form < 0.42:
        text = f"{d} {MONTHS[m]} {rng.choice(('', '', 'พ.ศ. '))}{y}"
    elif form < 0.62:
        text = f"{d} {SHORT_MONTHS[m]} {rng.choice((y, y, y % 100))}"
    elif form < 0.72:
        text = f"{d}/{m + 1}/{rng.choice((y, y % 100))}"
    elif form < 0.76:
        text = f"{d:02}/{m + 1:02}/{y}"
    elif form < 0.84:
        text = f"วัน{rng.choice(WEEKDAYS)}ที่ {d} {MONTHS[m]} {y}"
    elif form < 0.9:
        text = f"วันที่ {d} {MONTHS[m]} {y}"
    elif form < 0.95:
        text = f"{d} - {min(31, d + 2)} {MONTHS[m]} {y}"
    else:
        text = f"{MONTHS[m]} {y}"
    return in_digits(rng, text)


def clock(rng: random.Random) -> str:
    """A time of day."""
    hour, minute = rng.randint(6, 20), rng.choice((0, 0, 15, 30, 45, rng.randint(0, 59)))
    text = f"{hour:02}{rng.choice('..:')}{minute:02}"
    if rng.random() < 0.3:
        text += f"{rng.choice((' - ', '-', ' – '))}{min(23, hour + 2):02}.{rng.randint(0, 59):02}"
    return in_digits(rng, text) + rng.choice((" น.", " น.", " น.", "น.", ""))


def agency_code(rng: random.Random) -> str:
    """The printed start of a letter's number, with its slash: ศธ ๐๔๐๐๕.๒/."""
    letters = "".join(rng.choice(CONSONANTS) for _ in range(rng.choice((2, 2, 2, 3, 4))))
    if rng.random() < 0.12:
        return f"{letters} {in_digits(rng, str(rng.randint(2550, 2575)), 0.9)}/"
    code = f"{rng.randint(1, 9999):04}" if rng.random() < 0.6 else f"{rng.randint(1, 99999):05}"
    if rng.random() < 0.5:
        code += f".{rng.randint(1, 20)}"
        if rng.random() < 0.3:
            code += f".{rng.randint(1, 9)}" if rng.random() < 0.6 else f"({rng.randint(1, 9)})"
    dot = "." if rng.random() < 0.05 else ""
    return f"{letters}{dot} {in_digits(rng, code, 0.9)}/"


def letter_number(rng: random.Random) -> str:
    """A letter's whole number: ที่ ศธ ๐๔๐๐๕/ว๒๖๐."""
    start = agency_code(rng)
    running = rng.choice(("", "", "ว", "ว", "ว ", " ")) + str(rng.randint(1, 10 ** rng.randint(2, 5)))
    label = rng.choice(("ที่ ", "ที่ ", "ที่  ", "", "หนังสือที่ ", "ด่วนที่สุด ที่ ", "ด่วนมาก ที่ "))
    thai = any(digit in start for digit in THAI_DIGITS)
    return label + start + (to_thai(running) if thai else running)


def word(rng: random.Random) -> str:
    """A made-up Latin word of syllables or letters."""
    if rng.random() < 0.75:
        return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(1, 3)))
    return "".join(rng.choice(_ASCII) for _ in range(rng.randint(2, 9)))


def mail(rng: random.Random) -> str:
    """An e-mail address."""
    name = word(rng)
    if rng.random() < 0.5:
        name += rng.choice("._-") + word(rng)
    if rng.random() < 0.4:
        name += rng.choice(("", "_")) + str(rng.randint(0, 2570))
    host = (
        word(rng) + "." + rng.choice(_ENDINGS)
        if rng.random() < 0.7
        else rng.choice(("gmail.com", "hotmail.com"))
    )
    address = f"{name}@{host}"
    return address.capitalize() if rng.random() < 0.05 else address


def link(rng: random.Random) -> str:
    """A web address."""
    host = (
        rng.choice(("https://", "http://", "", "https://www.", "www."))
        + word(rng)
        + "."
        + rng.choice(_ENDINGS)
    )
    if rng.random() < 0.25:
        mixed = _ASCII + _ASCII.upper() + "0123456789"
        return rng.choice(("https://bit.ly/", "https://forms.gle/", "https://qr.go.th/")) + "".join(
            rng.choice(mixed) for _ in range(rng.randint(5, 10))
        )
    while rng.random() < 0.4:
        host += "/" + word(rng)
    return host
