"""What Saraban says to people, in Thai and English: days, words and whole messages."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:  # the settings bring pydantic with them, which --help does not need
    from pipeline.settings import Settings

Lang = Literal["th", "en"]

MONTHS_TH = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Words(NamedTuple):
    """The same words in both languages."""

    th: str
    en: str

    def say(self, lang: Lang) -> str:
        """The words in one language."""
        return self.th if lang == "th" else self.en


_BASES = {
    "arithmetic": Words("คำนวณจากวันที่", "arithmetic"),
    "house rule": Words("เกณฑ์ของหน่วยงาน", "house rule"),
}
_CITATIONS = (
    (
        "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526",
        "Regulation of the Prime Minister's Office on Saraban Work, 1983",
    ),
    (" ข้อ ", ", clause "),
    (" ภาคผนวก ", ", annex "),
    ("มติคณะรัฐมนตรี 18 ธันวาคม 2550", "Cabinet resolution of 18 December 2007"),
    ("ตรารับหนังสือ แบบที่ ", "receipt stamp, form "),
)


def say_basis(basis: str, lang: Lang) -> str:
    """What a rule rests on, in one language."""
    if basis in _BASES:
        return _BASES[basis].say(lang)
    for th, en in _CITATIONS if lang == "en" else ():
        basis = basis.replace(th, en)
    return basis


def language(settings: Settings | None = None) -> Lang:
    """The language to speak: the setting, else Thai where the locale is Thai, else English.

    Without settings at hand, as in --help or when the settings are wrong, the setting is looked up by itself.
    """
    wanted = _setting() if settings is None else settings.lang
    if wanted in ("th", "en"):
        return wanted
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "th" if locale.lower().startswith("th") else "en"


def _setting() -> object:
    """`lang` as the environment or the settings file gives it, right or wrong."""
    if "SARABAN_LANG" in os.environ:
        return os.environ["SARABAN_LANG"]
    try:
        with Path(os.environ.get("SARABAN_SETTINGS", "saraban.toml")).open("rb") as file:
            return tomllib.load(file).get("lang")
    except (OSError, ValueError):
        return None


def count_en(count: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count_en(1, "letter"), count_en(17, "letter")
    ('1 letter', '17 letters')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def day_th(day: dt.date) -> str:
    """A day as a clerk writes it.

    >>> day_th(dt.date(2022, 8, 19))
    '19 ส.ค. 2565'
    """
    return f"{day.day} {MONTHS_TH[day.month - 1]} {day.year + 543}"


def day_en(day: dt.date) -> str:
    """A day in English.

    >>> day_en(dt.date(2022, 8, 19))
    '19 Aug 2022'
    """
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def say_day(day: dt.date, lang: Lang) -> str:
    """A day in one language."""
    return day_th(day) if lang == "th" else day_en(day)


def say_weekday(number: int, lang: Lang) -> str:
    """A weekday's name; 0 is Monday."""
    return (WEEKDAYS_TH if lang == "th" else WEEKDAYS_EN)[number]


HINTS = {
    "empty": Words(
        "ทะเบียนยังว่างอยู่ เริ่มด้วย: saraban ingest โฟลเดอร์",
        "The register is empty. Begin with: saraban ingest FOLDER",
    ),
    "none": Words("ไม่มีฉบับใดตรงตามที่ถาม", "No letter answers that."),
    "unknown": Words(
        "ไม่พบ {id} ในทะเบียน ดูเลขได้จาก: saraban list",
        "There is no {id} in the register. For the numbers that there are, run: saraban list",
    ),
    "count": Words("{letters} ฉบับ · ต้องให้คนดู {look} ฉบับ", "{letters_en} · {look_en} a person"),
    "secret": Words(
        "เอกสารชั้น {class_}: เก็บแยกไว้ในโฟลเดอร์เอกสารลับ ไม่อ่านและไม่เก็บข้อความ",
        "Protected, class {class_}: kept apart; its text was neither read nor kept.",
    ),
    "day": Words(
        "ไม่เข้าใจวันที่ “{text}” เขียนได้เช่น 2566-06-02, 2023-06-02, 2 มิ.ย. 2566 หรือจำนวนวันนับจากวันนี้ เช่น 7",
        "“{text}” is not a day. Write 2023-06-02, 2566-06-02, 2 มิ.ย. 2566, or a number of days from today.",
    ),
    "unread": Words("ยังไม่ได้อ่าน ({state})", "Not read yet ({state})."),
    "seen_at": Words("พบที่", "seen at"),
    "names": Words("กล่าวถึง", "names"),
    "named_by": Words("ฉบับที่กล่าวถึงฉบับนี้", "named by"),
    "same_signer": Words("ผู้ลงนามอาจเป็นคนเดียวกัน:", "may have the same signer:"),
    "other_day": Words("วันที่ไม่ตรงหรือไม่ทราบ", "its day differs or is not known"),
    "watching": Words("เฝ้าโฟลเดอร์ {folder} (หยุดด้วย Ctrl-C)", "Watching {folder} (stop with Ctrl-C)"),
    "interrupted": Words(
        "หยุดแล้ว ไม่มีไฟล์ใดหาย สั่งใหม่เพื่อทำต่อ", "Stopped. No file is lost: run it again to go on."
    ),
    "stopped": Words("หยุดเฝ้าแล้ว ทุกไฟล์ที่เข้ามาอยู่ในบัญชีครบ", "Stopped. Every file that came is in the ledger."),
    "exported": Words("ส่งออก {count} ฉบับไปที่ {file}", "Exported {count_en} to {file}"),
    "in_order": Words("พร้อมใช้งาน", "Everything is in order."),
    "not_in_order": Words("มี {count} อย่างที่ต้องแก้ก่อน", "{count_en} to mend first."),
    "reading": Words("กำลังอ่าน", "Reading"),
    "done_of": Words("อ่านแล้ว {done} จาก {total}", "Read {done} of {total}"),
    "not_whole": Words("มีไฟล์ที่ยังเขียนไม่เสร็จ กำลังรอ", "a file is not whole yet, waiting"),
    "moved": Words(
        "ไม่พบไฟล์ “{name}” ไฟล์ชื่อนี้ถูกย้ายไปกักไว้เมื่อ {day} ({reason})",
        'There is no file "{name}"; a file of that name was moved to the quarantine on {day} ({reason})',
    ),
    "not_a_letter": Words("ไม่ใช่หนังสือที่รู้จัก", "not recognised as a letter"),
    "compare": Words("โปรดเทียบกับต้นฉบับ", "Compare with the original"),
    "notes": Words("และข้อสังเกต {count} ข้อ ดูได้ด้วย saraban show", "and {count_en}, which saraban show shows"),
    "register": Words("ทะเบียนหนังสือรับ", "The register"),
    "found_files": Words("พบ {count} ไฟล์ในโฟลเดอร์", "Files in the folder: {count}"),
    "unchanged": Words("รับไว้ก่อนแล้ว: {count}", "taken in before: {count}"),
    "duplicates": Words("ไฟล์ซ้ำ: {count}", "duplicates: {count}"),
    "growing": Words("ยังเขียนไม่เสร็จ รอรอบหน้า: {count}", "still being written, left for the next run: {count}"),
    "found": Words("สิ่งที่พบ", "Findings"),
    "next": Words("ลองต่อ", "What to try next"),
}

STATES = {
    "seen": Words("รออ่าน", "waiting"),
    "reading": Words("กำลังอ่าน", "being read"),
    "kept": Words("ลงทะเบียนแล้ว", "in the register"),
    "needs_person": Words("ลงทะเบียนแล้ว ต้องให้คนดู", "in the register, a person must look"),
    "quarantined": Words("กักไว้ ไฟล์ใช้ไม่ได้", "quarantined, the file cannot be used"),
    "protected": Words("เอกสารลับ เก็บแยก", "protected, kept apart"),
    "failed": Words("เครื่องมือขัดข้อง จะลองใหม่", "a tool failed, to be tried again"),
}


def hint(key: str, lang: Lang, **values: object) -> str:
    """One message in one language."""
    return HINTS[key].say(lang).format(**values)


HELP_TH = {
    "saraban": "อ่านหนังสือราชการจากไฟล์สแกนเข้าทะเบียน พร้อมข้อสังเกตและหลักฐานบนหน้ากระดาษ\n\n"
    "ข้อมูลทั้งหมดอยู่ในเครื่องนี้เท่านั้น ตั้งภาษาได้ด้วย SARABAN_LANG=th หรือ en",
    "read": "อ่านหนังสือแล้วแสดงข้อมูล โดยไม่เก็บ\n\n"
    "รับ PDF, JPEG, PNG, TIFF และข้อความที่ถอดไว้แล้ว (.txt, .md) เอกสารที่มีชั้นความลับจะแสดงเฉพาะชั้น",
    "ingest": "อ่านไฟล์ใหม่ทุกไฟล์ในโฟลเดอร์เข้าทะเบียน\n\n"
    "สั่งซ้ำได้ จะอ่านเฉพาะไฟล์ใหม่ ไฟล์ที่ใช้ไม่ได้ถูกกักไว้พร้อมเหตุผล เอกสารลับเก็บแยก",
    "watch": "เฝ้าโฟลเดอร์ อ่านแต่ละไฟล์เมื่อเขียนเสร็จ จนกว่าจะกด Ctrl-C",
    "show": "แสดงหนังสือที่เก็บไว้: ค่าที่อ่านได้ข้างหมึกบนกระดาษ และสิ่งที่พบ",
    "list": "แสดงทะเบียนหนังสือรับ ฉบับใหม่สุดอยู่ท้าย\n\n"
    "เรียงตามวันที่ของหนังสือ แล้วตามเวลาที่รับ ฉบับที่ไม่มีวันที่เรียงตามวันที่รับ "
    "ส่วน --due และ --overdue เรียงตามกำหนด ค่าที่มี ? ยังไม่แน่ใจ",
    "doctor": "ตรวจว่าทุกอย่างพร้อมใช้ และบอกวิธีแก้ (จบด้วย 3 เมื่อมีสิ่งที่ใช้ไม่ได้)",
    "schema": "พิมพ์ JSON Schema ของข้อมูลที่ read --json เขียน",
    "demo": "อ่านหนังสือตัวอย่าง แสดงทะเบียนและสิ่งที่พบ แล้วบอกว่าลองอะไรต่อ",
}
"""What each command does, in Thai; the English is the command's docstring."""

COMMENTS_TH = {
    "see what a letter says, keep nothing": "ดูข้อมูลในหนังสือ โดยไม่เก็บ",
    "read a folder into the register": "อ่านทั้งโฟลเดอร์เข้าทะเบียน",
    "what is due within a week": "ฉบับที่ครบกำหนดในหนึ่งสัปดาห์",
    "one letter, with its findings and its ink": "หนังสือหนึ่งฉบับ พร้อมสิ่งที่พบและหมึก",
    "the register for a spreadsheet": "ทะเบียนสำหรับตารางคำนวณ",
    "is everything in order?": "ทุกอย่างพร้อมใช้หรือไม่",
    "the letter with this number in the register": "หนังสือที่มีเลขนี้ในทะเบียน",
    "the file with this hash, or its beginning": "ไฟล์ที่มี hash นี้ หรือขึ้นต้นด้วยค่านี้",
    "due within seven days": "ครบกำหนดในเจ็ดวัน",
}
"""The comments of the examples in the help, in Thai."""
