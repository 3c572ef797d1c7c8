"""What a rule is, the register of all rules, and the runner that turns evidence into findings."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

from pipeline.paths import reading_at
from pipeline.say import Words
from pipeline.settings import Settings
from schemas.finding import Finding, Severity
from schemas.letter import Letter
from schemas.reading import Reading
from schemas.result import Result

ARITHMETIC = "arithmetic"
HOUSE_RULE = "house rule"
REGULATION = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526"

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_LOOK = Words(" (อาจอ่านผิด โปรดเทียบกับต้นฉบับ)", " This may be a misreading: compare with the original.")


class House(NamedTuple):
    """The house in which a letter is judged: its settings, the day, and whether the file was read whole."""

    settings: Settings
    today: dt.date
    whole: bool = True


class Evidence(NamedTuple):
    """What a rule saw: words for people, and the fields whose ink shows it."""

    message: Words
    fields: tuple[str, ...] = ()
    severity: Severity | None = None  # where this case weighs less than the rule does
    basis: str | None = None  # where this case rests on something narrower
    doubtful: bool = False  # the rule itself suspects our reading


LetterCheck = Callable[[Letter, House], Iterable[Evidence]]
ResultCheck = Callable[[Result, House], Iterable[Evidence]]
Run = Callable[[Result, House], Iterator[tuple[int | None, Evidence]]]


class Rule(NamedTuple):
    """One rule: what it is called, how much it weighs, what it rests on, and how to run it."""

    id: str
    severity: Severity
    basis: str
    title: Words
    explanation: str
    run: Run


RULES: dict[str, Rule] = {}
"""All rules by id, in the order of their families."""


def rule(id: str, severity: Severity, *, basis: str, title_th: str) -> Callable[[LetterCheck], LetterCheck]:  # noqa: A002
    """Register a check of one letter; the docstring's first line is its English title."""

    def register(check: LetterCheck) -> LetterCheck:
        def run(result: Result, house: House) -> Iterator[tuple[int | None, Evidence]]:
            for index, letter in enumerate(result.letters):
                for evidence in check(letter, house):
                    yield index, evidence

        _register(Rule(id, severity, basis, _title(check, title_th), _explanation(check), run))
        return check

    return register


def file_rule(
    id: str,  # noqa: A002
    severity: Severity,
    *,
    basis: str,
    title_th: str,
) -> Callable[[ResultCheck], ResultCheck]:
    """Register a check of a whole file."""

    def register(check: ResultCheck) -> ResultCheck:
        def run(result: Result, house: House) -> Iterator[tuple[int | None, Evidence]]:
            for evidence in check(result, house):
                yield None, evidence

        _register(Rule(id, severity, basis, _title(check, title_th), _explanation(check), run))
        return check

    return register


def _register(new: Rule) -> None:
    if new.id in RULES:
        raise ValueError(f"two rules are called {new.id}")
    RULES[new.id] = new


def _title(check: Callable[..., object], title_th: str) -> Words:
    text = inspect.getdoc(check)
    if not text:
        raise ValueError(f"the rule {check} needs a docstring: its first line is the title people see")
    return Words(title_th, text.splitlines()[0].rstrip("."))


def _explanation(check: Callable[..., object]) -> str:
    return "\n".join((inspect.getdoc(check) or "").splitlines()[1:]).strip()


def judge(result: Result, settings: Settings, today: dt.date) -> tuple[Finding, ...]:
    """Run every rule over a file that was read; findings by letter, the heaviest first."""
    if result.status not in ("ok", "partial"):
        return ()
    house = House(settings, today, whole=result.status == "ok")
    found = [
        _finding(each, result, index, evidence, settings.sure)
        for each in RULES.values()
        for index, evidence in each.run(result, house)
    ]
    return tuple(
        sorted(found, key=lambda f: (-1 if f.letter is None else f.letter, _WEIGHT[f.severity], f.id))
    )


def _finding(each: Rule, result: Result, index: int | None, evidence: Evidence, sure: float) -> Finding:
    letter = None if index is None else result.letters[index]
    inks = [] if letter is None else [reading_at(letter, path) for path in evidence.fields]
    seen = [ink for ink in inks if ink is not None]
    doubt = evidence.doubtful or any(unsure(ink, sure) for ink in seen)
    severity = evidence.severity or each.severity
    if doubt and severity is Severity.ERROR:
        severity = Severity.WARNING  # we ask a person rather than accuse
    page = seen[0].page if seen else (letter.pages[0] if letter and letter.pages else None)
    return Finding(
        id=each.id,
        severity=severity,
        fault="reading" if doubt else "document",
        title=each.title.en,
        message=evidence.message.th + (_LOOK.th if doubt else ""),
        message_en=evidence.message.en + (_LOOK.en if doubt else ""),
        basis=evidence.basis or each.basis,
        fields=evidence.fields,
        letter=index,
        page=page,
        box=seen[0].box if seen else None,
    )


def unsure(reading: Reading[Any], sure: float) -> bool:
    """Whether a person must look: seen but not understood, or understood with too little confidence."""
    return reading.value is None or reading.confidence < sure


def could_clear(contradicts: Callable[..., bool], *inks: Reading[Any]) -> bool:
    """Whether other values that the same ink may stand for would end the contradiction."""
    choices = [[ink.value, *ink.candidates] for ink in inks]
    return any(not contradicts(*values) for values in product(*choices) if None not in values)
