"""What a contest asks: read from its announcement, or from a YAML file, which is shown and kept in the same words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError, field_validator

from pipeline.errors import BadInputError
from pipeline.settings import Settings
from schemas.audit import BoxState, Zone
from schemas.contest import Rules
from schemas.ink import Record

_PRESENTATION = ("powerpoint", "ppt", "นำเสนอ", "คลิป", "วิดีโอ", "วีดิทัศน์", "สไลด์", "presentation", "video")
_YAML = (".yaml", ".yml")


class Conditions(Record):
    """A contest's conditions as the audit holds submissions against them; None or empty: not asked."""

    title: str = ""
    closes: dt.date | None = None  # the last day on which an entry may arrive
    closes_at: dt.time | None = None  # … and the last minute; None: the end of that day
    entrants: tuple[str, ...] = ()  # kinds that may enter; องค์กรปกครองส่วนท้องถิ่น means all local government
    naming: tuple[str, ...] = ()  # file names of the form: <agency>_form1.pdf
    in_use_before: dt.date | None = None  # the work was in use before this day
    in_use_months: int | None = Field(None, ge=0)  # … or for so many months before the closing day
    not_won_in: tuple[int, ...] = ()  # Buddhist-era years; empty with a list of winners: any year
    works_per_agency: int | None = Field(None, ge=1)  # None: as many as they like
    fields: bool = True  # every place of the form must be filled in
    acceptance: bool = True  # the box that accepts the conditions must be ticked
    accepted_by: tuple[BoxState, ...] = ("ticked",)  # marks that count; others go to a person
    signature: bool = True
    seal: bool = True
    date: bool = True
    presentation: bool = False  # a presentation or video must come with the form
    zones: tuple[Zone, ...] = ()  # the organiser's own places on the form, where the blank alone does not say

    @field_validator("closes", "in_use_before", mode="before")
    @classmethod
    def _common_era(cls, value: Any) -> Any:
        """Years may be written in the Buddhist era: 2569-10-05."""
        if isinstance(value, dt.date) and value.year > 2400:
            return value.replace(year=value.year - 543)
        if isinstance(value, str) and value[:4].isdigit() and int(value[:4]) > 2400:
            return f"{int(value[:4]) - 543}{value[4:]}"
        return value


def load(source: Path, settings: Settings) -> Conditions:
    """Conditions from a YAML file, or from the announcement as a scan, PDF or text.

    Raises BadInputError where the file says nothing of a contest, or the YAML is wrong.
    """
    if source.suffix.lower() in _YAML:
        return _from_yaml(source)
    return from_rules(_announced(source, settings))


def _from_yaml(source: Path) -> Conditions:
    try:
        data = yaml.safe_load(source.read_text(encoding="utf-8-sig"))
        if not isinstance(data, dict):
            raise ValueError("it is no list of names and values")
        return Conditions.model_validate(data)
    except ValidationError as error:
        wrong = error.errors()[0]
        where = ".".join(str(step) for step in wrong["loc"])
        raise BadInputError(
            "audit.bad_rules",
            f"ไฟล์กติกา {source.name} ใช้ไม่ได้ที่ “{where}” ({wrong['msg']})",
            f"The rules file {source.name} cannot be used at “{where}”: {wrong['msg']}.",
        ) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise BadInputError(
            "audit.bad_rules",
            f"อ่านไฟล์กติกา {source.name} ไม่ได้ ({str(error).splitlines()[0]})",
            f"The rules file {source.name} cannot be read: {str(error).splitlines()[0]}.",
        ) from error


def _announced(source: Path, settings: Settings) -> Rules:
    from parsers.contest import read_rules
    from pipeline.stages import open_document

    document = open_document(source, settings)
    lines = [line for page in document.pages for line in page.lines]
    rules = read_rules(lines, {page.number: page for page in document.pages})
    if rules is None:
        raise BadInputError(
            "audit.no_rules",
            f"ไม่พบกติกาการประกวดใน {source.name} ใช้ประกาศฉบับอื่น หรือเขียนกติกาเป็นไฟล์ YAML (ดู docs/audit.md)",
            f"{source.name} tells no rules of a contest. Use another one, or write a YAML file (docs/audit.md).",
        )
    return rules


def from_rules(rules: Rules) -> Conditions:
    """The conditions that an announcement gives. What it does not tell is not asked."""
    sent = " ".join((one.value or one.raw) for one in rules.submit).casefold()
    return Conditions(
        title=(rules.title.value or "") if rules.title else "",
        closes=rules.closes.value if rules.closes else None,
        closes_at=rules.closes_at.value if rules.closes_at else None,
        entrants=tuple(one.value for one in rules.entrants if one.value),
        naming=tuple(one.value for one in rules.naming if one.value),
        in_use_before=rules.in_use_before.value if rules.in_use_before else None,
        in_use_months=rules.in_use_months.value if rules.in_use_months else None,
        not_won_in=tuple(one.value for one in rules.not_won_in if one.value),
        presentation=any(word in sent for word in _PRESENTATION),
    )


def dump(conditions: Conditions) -> str:
    """The conditions as a YAML file that `load` takes."""
    data = conditions.model_dump(mode="json", exclude={"zones"} if not conditions.zones else set())
    head = "# กติกาการประกวดที่ saraban audit ใช้ แก้ไขได้ (ดู docs/audit.md)\n# The rules that saraban audit goes by.\n"
    told: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    return head + told


Lang = Literal["th", "en"]
_LABELS: tuple[tuple[str, str, str], ...] = (
    ("title", "ชื่อการประกวด", "contest"),
    ("closes", "ปิดรับ", "closes on"),
    ("closes_at", "เวลาปิดรับ", "closes at"),
    ("entrants", "ผู้มีสิทธิ์ส่ง", "who may enter"),
    ("naming", "ชื่อไฟล์", "file names"),
    ("in_use_before", "ใช้งานจริงก่อนวันที่", "in use before"),
    ("in_use_months", "หรือใช้งานจริงมาแล้ว (เดือน)", "or in use for (months)"),
    ("not_won_in", "ไม่เคยได้รางวัลในปี", "has not won in"),
    ("works_per_agency", "จำนวนผลงานต่อหน่วยงาน", "works of one agency"),
    ("acceptance", "ต้องทำเครื่องหมายยอมรับเงื่อนไข", "acceptance ticked"),
    ("signature", "ต้องลงลายมือชื่อ", "signature"),
    ("seal", "ต้องประทับตรา", "seal"),
    ("date", "ต้องลงวันที่", "date"),
    ("presentation", "ต้องมีไฟล์นำเสนอ", "presentation file"),
)


def shown(conditions: Conditions, lang: Lang) -> list[tuple[str, str]]:
    """The conditions as pairs of label and value, for people to confirm."""
    rows = []
    for name, th, en in _LABELS:
        value = getattr(conditions, name)
        rows.append((th if lang == "th" else en, _said(value, lang)))
    return rows


def _said(value: Any, lang: Lang) -> str:
    from pipeline.say import say_day

    if value is None or value in ("", ()):
        return "—"
    if isinstance(value, bool):
        return ("ใช่", "yes")[lang == "en"] if value else ("ไม่", "no")[lang == "en"]
    if isinstance(value, dt.date):
        return say_day(value, lang)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    told = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return told.replace("<agency>", "<ชื่อหน่วยงาน>") if lang == "th" else told
