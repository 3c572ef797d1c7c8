"""The panel of a letter's kin: letters that it names, that name it, and that its signer may have signed as well."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from schemas.letter import Reference
from schemas.result import Result
from tests.make_records import letter, number, reading, signatory
from tests.web.conftest import HTML, NOW, Office, result

DAY = dt.date(2024, 1, 15)
OTHER = dt.date(2024, 2, 16)
SIZES = ((595.0, 842.0),)
MAYOR = "นายกเทศมนตรีนครสมมติ"


def naming(text: str, day: dt.date | None) -> Reference:
    """A letter's word of an earlier one."""
    made = None if day is None else reading(day)
    return Reference(text=reading(f"หนังสือที่ {text}"), number=reading(number(text)), date=made)


def keep(office: Office, file: str, **fields: object) -> int:
    """A letter of a file of its own in the register; its number there."""
    post = fields.pop("post", "ผู้อำนวยการกองช่าง")
    signer = signatory(fields.pop("signer", f"นาย{file} ทดลอง"), post)
    made = result(file, letter(signatory=signer, **fields), sizes=SIZES)
    office.store.save(made, None, NOW)
    stored = office.store.get(made.sha256)
    assert stored is not None
    return stored.rows[0]


def kin(office: Office, letter_id: int, lang: str = "th") -> str | None:
    """The panel as it stands in the letter's page; None where there is none."""
    browser = office.client("analyst")
    browser.get(f"/lang/{lang}")
    found = re.search(
        r'<section class="kin".*?</section>', browser.get(f"/letters/{letter_id}").text, re.DOTALL
    )
    return None if found is None else html.unescape(re.sub(r"<[^>]+>", " ", found[0]))


@pytest.fixture
def named(office: Office) -> tuple[int, int]:
    """A letter, and one that names it under อ้างถึง and, with another day, in its text."""
    first = keep(office, "first.pdf", number="ลป 0044.1/77", date=DAY, subject="เรื่องแรก")
    both = {"references": (naming("ลป 0044.1/77", DAY),), "citations": (naming("ลป 0044.1/77", OTHER),)}
    return first, keep(office, "answer.pdf", number="ลป 0044.1/80", subject="ตอบเรื่องแรก", **both)


def test_a_letter_leads_to_those_that_it_names(office: Office, named: tuple[int, int]) -> None:
    first, answer = named
    page = office.client("clerk").get(f"/letters/{answer}").text
    assert page.count(f'<a href="/letters/{first}">ลป 0044.1/77') == 2
    shown = kin(office, answer)
    assert shown is not None
    assert shown.count("เรื่องแรก") == 2
    assert shown.count("วันที่ไม่ตรงหรือไม่ทราบ") == 1  # in the text it is given another day
    english = kin(office, answer, "en")
    assert english is not None
    assert "its day differs or is not known" in english


def test_a_letter_leads_to_those_that_name_it(office: Office, named: tuple[int, int]) -> None:
    first, answer = named
    shown = kin(office, first)
    assert shown is not None
    assert shown.count("ฉบับที่กล่าวถึงฉบับนี้") == 1  # it is named twice there
    assert "ตอบเรื่องแรก" in shown
    assert f'<a href="/letters/{answer}">ลป 0044.1/80' in office.client("clerk").get(f"/letters/{first}").text
    english = kin(office, first, "en")
    assert english is not None
    assert "Named by" in english


def test_a_letter_that_names_none_has_no_panel(office: Office) -> None:
    lonely = keep(office, "lonely.pdf", references=(naming("ชม 9999.9/1", None),))
    assert kin(office, lonely) is None


def test_letters_of_one_signer_are_shown_with_the_name_as_it_was_read(office: Office) -> None:
    one = keep(office, "one.pdf", number="ลป 0045/1", signer="นายเธียรวุฒิ ชาญวิทยากร", post=MAYOR)
    two = keep(office, "two.pdf", number="ลป 0045/2", signer="นายเธียรวุฒ ชาญวิทยากร", post=MAYOR)
    shown = kin(office, one)
    assert shown is not None
    assert "นายเธียรวุฒ ชาญวิทยากร" in shown
    assert f'href="/letters/{two}"' in office.client("clerk").get(f"/letters/{one}").text


def test_words_of_a_named_letter_are_text(office: Office) -> None:
    keep(office, "hostile.pdf", number="ลป 0046/1", date=DAY, subject=HTML)
    asking = keep(office, "asking.pdf", references=(naming("ลป 0046/1", DAY),))
    page = office.client("clerk").get(f"/letters/{asking}").text
    assert html.escape(HTML, quote=False).split("(")[0] in page
    assert "<script>alert" not in page


def test_a_letter_that_became_protected_is_named_no_more(office: Office, named: tuple[int, int]) -> None:
    first, answer = named
    kept = office.store.letter(first)
    assert kept is not None
    secret = Result(file="", sha256=kept.result.sha256, status="protected", secrecy="ลับ")
    office.store.save(secret, None, NOW)
    assert kin(office, answer) is None
