"""LINK, MAIL and CALL: web addresses, e-mail addresses and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.rules.registry import HOUSE_RULE, Evidence, House, file_rule, rule
from pipeline.rules.tables import column
from pipeline.say import Words
from schemas.finding import Severity
from schemas.letter import Letter
from schemas.result import Result

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
_PHONE_DIGITS = (4, 5, 9, 10)  # a hot line (1111, 02…): four or five; a landline nine; a mobile ten
_AREA = re.compile(r"0[2-9]")


@file_rule(
    "LINK-01",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="ที่อยู่เว็บไซต์ใช้ได้",
    examples=(
        {"links": [{"text": "https://forms.example.go.th/9yhP", "source": "text"}]},
        {"links": [{"text": "https://forms example/9yhP", "source": "text"}]},
    ),
)
def link_can_be_used(result: Result, house: House) -> Iterator[Evidence]:
    """A web address is one; it is looked at, never opened."""
    for link in result.links:
        text = link.text.value
        if text is None or (not text.lower().startswith(("http", "www.")) and link.source == "qr"):
            continue  # a QR code may hold anything
        if not _is_web_address(text):
            message = Words(f"“{text}” ไม่ใช่ที่อยู่เว็บที่ใช้ได้", f"“{text}” is no web address that works.")
            yield Evidence(message, doubtful=link.source == "text", inks=(link.text,))


def _is_web_address(text: str) -> bool:
    if any(char.isspace() for char in text):
        return False
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        return parts.scheme in ("http", "https") and _HOST.fullmatch(parts.hostname or "") is not None
    except ValueError:
        return False


@rule(
    "MAIL-01",
    Severity.NOTE,
    basis="มติคณะรัฐมนตรี 18 ธันวาคม 2550",
    title_th="ใช้อีเมลของหน่วยงาน",
    examples=({"email": "saraban@lampang.example.go.th"}, {"email": "lampang.office@gmail.com"}),
)
def mail_is_official(letter: Letter, house: House) -> Iterator[Evidence]:
    """An office writes from an address of its own, not from free private e-mail."""
    email = letter.email
    if email is None or email.value is None or letter.kind.value not in ("external", "memo", "stamped"):
        return
    host = email.value.rpartition("@")[2].lower()
    if host in column("free_mail", "host"):
        message = Words(
            f"อีเมล {email.value} เป็นบริการฟรีของเอกชน",
            f"The address {email.value} is one of a free private service.",
        )
        yield Evidence(message, ("email",))


@rule(
    "MAIL-02",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="อีเมลมีรูปแบบถูกต้อง",
    examples=({"email": "saraban@lampang.example.go.th"}, {"email": "saraban lampang.example.go.th"}),
)
def mail_is_an_address(letter: Letter, house: House) -> Iterator[Evidence]:
    """An e-mail address is one; else it was likelier misread."""
    email = letter.email
    if email is not None and email.value is not None and _EMAIL.fullmatch(email.value) is None:
        message = Words(f"“{email.value}” ไม่ใช่ที่อยู่อีเมล", f"“{email.value}” is no e-mail address.")
        yield Evidence(message, ("email",), doubtful=True)


@rule(
    "CALL-01",
    Severity.NOTE,
    basis=HOUSE_RULE,
    title_th="หมายเลขโทรศัพท์มีจำนวนหลักถูกต้อง",
    examples=({"phone": "0 5426 5070"}, {"phone": "0 5426 507"}),
)
def phone_has_its_digits(letter: Letter, house: House) -> Iterator[Evidence]:
    """A telephone number has the digits that Thai numbers have; else it was likelier misread."""
    for path in ("phone", "fax"):
        ink = getattr(letter, path)
        if ink is None or ink.value is None:
            continue
        number = re.split(r"ต่อ|[-,/–]|ext", ink.value)[0]
        digits = "".join(re.findall(r"\d", number))
        if number.strip().startswith("+") or not digits:
            continue
        if len(digits) not in _PHONE_DIGITS or (len(digits) > 5 and not _AREA.match(digits)):
            message = Words(
                f"หมายเลข {ink.value} มีจำนวนหลักไม่ถูกต้อง", f"The number {ink.value} has not the right digits."
            )
            yield Evidence(message, (path,), doubtful=True)
