"""The requirements of a contest form: each a small function, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.audit.conditions import Conditions
from pipeline.say import Words
from schemas.audit import Answer, Entry, Filled, Verdict
from schemas.contest import Award

SURE = 0.9


@dataclass(frozen=True)
class Case:
    """One submission with all that judging it takes. The others are there for copies and repeats."""

    entry: Entry
    conditions: Conditions
    others: Sequence[Entry] = ()
    winners: Sequence[Award] | None = None  # None: no list was given
    has_form: bool = True  # a blank was given, so that forms can be read
    twins: frozenset[tuple[str, str]] = frozenset()  # ids of submissions whose forms are scans of one paper

    def filled(self, key: str) -> Filled | None:
        """A place of the form by its key; None where the form has none, or was not recognised."""
        sheet = self.entry.sheet
        if sheet is None or not sheet.recognised:
            return None
        return next((one for one in sheet.fields if one.key == key), None)

    @property
    def unread(self) -> str | None:
        """Why the form's places cannot be judged; None where they can."""
        if not self.has_form:
            return "ไม่ได้ให้แบบฟอร์มเปล่าไว้ จึงยังตรวจบนแบบฟอร์มไม่ได้"
        if self.entry.form is None:
            return "ไม่พบไฟล์แบบฟอร์มที่เปิดอ่านได้"
        if self.entry.sheet is None or not self.entry.sheet.recognised:
            return "เทียบกับแบบฟอร์มเปล่าไม่ได้ โปรดเปิดดู"
        return None


Judge = Callable[[Case], Verdict]


@dataclass(frozen=True)
class Requirement:
    """One requirement: its id, its title, and the function that answers it."""

    id: str
    title: Words
    judge: Judge


REQUIREMENTS: dict[str, Requirement] = {}


def requirement(id_: str, th: str, en: str) -> Callable[[Judge], Judge]:
    """Register a requirement; an id used twice fails at import."""

    def add(judge: Judge) -> Judge:
        if id_ in REQUIREMENTS:
            raise ValueError(f"the requirement {id_} is there twice")
        REQUIREMENTS[id_] = Requirement(id_, Words(th, en), judge)
        return judge

    return add


def verdict(answer: Answer, th: str, en: str, mend: str = "", place: Filled | None = None) -> Verdict:
    """An answer with its words; the runner adds which requirement it is of."""
    return Verdict(
        requirement="", answer=answer, message=th, message_en=en, mend=mend,
        crop=place.crop if place else None, page=place.page if place else None,
    )  # fmt: skip


def unread(case: Case) -> Verdict:
    """The answer where the form could not be read: never the entrant's fault."""
    return verdict("unclear", case.unread or "", "The form could not be read: a person must look.")


def not_asked() -> Verdict:
    """The answer where the contest does not ask."""
    return verdict("not_applicable", "ไม่ได้กำหนดไว้", "Not asked.")


def judge_all(case: Case, asked: Sequence[Requirement]) -> Entry:
    """A submission with the answers to requirements."""
    verdicts = []
    for one in asked:
        found = one.judge(case)
        file = found.file or (case.entry.form if found.crop else None)
        verdicts.append(found.model_copy(update={"requirement": one.id, "file": file}))
    return case.entry.model_copy(update={"verdicts": tuple(verdicts)})
