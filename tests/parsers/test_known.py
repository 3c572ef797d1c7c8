"""Names that an office knows: agreement, near names, and people who only have like names."""

from __future__ import annotations

from parsers.known import with_known_addressee, with_known_signer
from schemas.letter import Letter, Signatory
from tests.records import ink, letter


def signed(name: str, confidence: float = 0.88, reader: str = "print") -> Letter:
    one = ink(name, confidence).model_copy(update={"reader": reader})
    return letter(signatory=Signatory(name=one))


def told(made: Letter, *known: str) -> tuple[str | None, float, tuple[str, ...]]:
    found = with_known_signer(made, known).signatory
    assert found is not None
    assert found.name is not None
    return found.name.value, found.name.confidence, found.name.candidates


def test_a_name_that_was_confirmed_before_is_surer() -> None:
    assert told(signed("นายสมชาย ใจดี"), "นายสมชาย  ใจดี") == ("นายสมชาย ใจดี", 0.9064, ())


def test_pen_and_transcripts_never_become_sure_by_it() -> None:
    for reader in ("hand", "transcript"):
        assert told(signed("นายสมชาย ใจดี", 0.88, reader), "นายสมชาย ใจดี")[1] <= 0.89


def test_a_name_that_is_nearly_known_asks_a_person() -> None:
    value, confidence, candidates = told(signed("นายสมขาย ใจดี", 0.97), "นางสาวมาลี ศรีสุข", "นายสมชาย ใจดี")
    assert (value, confidence, candidates) == ("นายสมขาย ใจดี", 0.85, ("นายสมชาย ใจดี",))


def test_once_both_are_known_neither_is_doubted() -> None:
    assert told(signed("นายสมขาย ใจดี", 0.97), "นายสมชาย ใจดี", "นายสมขาย ใจดี")[1] >= 0.97


def test_other_names_stay_as_they_are() -> None:
    made = signed("นายวิชัย ทองคำ", 0.97)
    assert with_known_signer(made, ("นายสมชาย ใจดี",)) == made
    assert with_known_signer(made) == made
    assert with_known_signer(letter(signatory=None), ("นายสมชาย ใจดี",)).signatory is None


def sent_to(name: str, confidence: float, *known: str) -> tuple[str | None, float, tuple[str, ...]]:
    found = with_known_addressee(letter(addressee=ink(name, confidence)), known).addressee
    assert found is not None
    return found.value, found.confidence, found.candidates


def test_an_addressee_that_was_confirmed_before_is_surer() -> None:
    assert sent_to("นายอำเภอเมืองลำปาง", 0.88, "นายอำเภอเมือง ลำปาง") == ("นายอำเภอเมืองลำปาง", 0.9064, ())


def test_a_doubtful_addressee_has_the_known_one_beside_it() -> None:
    known = ("นายกเทศมนตรีนครลำปาง", "ผู้ว่าราชการจังหวัดลำปาง")
    assert sent_to("ผู้ว่าราชการจังหวัดลำปาว", 0.7, *known) == ("ผู้ว่าราชการจังหวัดลำปาว", 0.7, known[1:])


def test_another_province_is_no_misreading() -> None:
    sure = ("ผู้ว่าราชการจังหวัดลำพูน", 0.95, ())
    assert sent_to(sure[0], sure[1], "ผู้ว่าราชการจังหวัดลำปาง") == sure
    assert with_known_addressee(letter(addressee=None), ("ก",)).addressee is None
    assert sent_to(sure[0], sure[1]) == sure
