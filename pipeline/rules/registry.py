"""What a rule is, the register of all rules, and the runner that turns evidence into findings."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from pipeline.paths import reading_at
from pipeline.rules.days import OfficeDays
from pipeline.say import Words
from pipeline.settings import Settings
from schemas.finding import Finding, Severity
from schemas.letter import Letter, LetterNumber
from schemas.reading import Reading
from schemas.result import Result

ARITHMETIC = "arithmetic"
HOUSE_RULE = "house rule"
REGULATION = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526"

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_LOOK = Words(" (อาจอ่านผิด โปรดเทียบกับต้นฉบับ)", " This may be a misreading: compare with the original.")


class Known(NamedTuple):
    """Another letter of the register under the same series of numbers, as far as rules need it."""

    number: LetterNumber
    date: dt.date | None = None
    subject: str | None = None
    agency: str | None = None
    id: int | None = None  # its number in the register


Numbered = Callable[[LetterNumber, int], Sequence[Known]]
"""The other letters of the register with the same code, owner and kind of series in a year (Common Era)."""


class House(NamedTuple):
    """The house in which a letter is judged: its settings, the day, and what else is known there."""

    settings: Settings
    today: dt.date
    whole: bool = True  # whether the file was read whole
    numbered: Numbered | None = None  # None where there is no register to ask

    @property
    def days(self) -> OfficeDays:
        """The days on which this house is open."""
        return OfficeDays.of(self.settings)


class Evidence(NamedTuple):
    """What a rule saw: words for people, and the fields whose ink shows it."""

    message: Words
    fields: tuple[str, ...] = ()
    severity: Severity | None = None  # where this case weighs less than the rule does
    basis: str | None = None  # where this case rests on something narrower
    doubtful: bool = False  # the rule itself suspects our reading
    letter: int | None = None  # of a rule that looks at a whole file: the letter it speaks of
    inks: tuple[Reading[Any], ...] = ()  # readings beside those of `fields`, where they are no letter's own


LetterCheck = Callable[[Letter, House], Iterable[Evidence]]
ResultCheck = Callable[[Result, House], Iterable[Evidence]]
Run = Callable[[Result, House], Sequence[tuple[int | None, Evidence]]]
Example = Mapping[str, object]
"""What differs from a faultless letter: field names and plain values (see `examples.py`)."""


class Examples(NamedTuple):
    """A letter that passes a rule and one that fails it: shown on the rule's page, and tried in the tests."""

    passes: Example
    fails: Example


class Rule(NamedTuple):
    """One rule: what it is called, how much it weighs, what it rests on, and how to run it."""

    id: str
    severity: Severity
    basis: str
    title: Words
    explanation: str
    examples: Examples
    run: Run


RULES: dict[str, Rule] = {}
"""All rules by id, in the order of their families."""


def rule(
    id: str,  # noqa: A002
    severity: Severity,
    *,
    basis: str,
    title_th: str,
    examples: tuple[Example, Example],
) -> Callable[[LetterCheck], LetterCheck]:
    """Register a check of one letter; the docstring's first line is its English title.

    `examples`: a letter that passes and one that fails.
    """

    def register(check: LetterCheck) -> LetterCheck:
        def run(result: Result, house: House) -> list[tuple[int | None, Evidence]]:
            found: list[tuple[int | None, Evidence]] = []
            for index, letter in enumerate(result.letters):
                for evidence in check(letter, house):
                    found.append((index, evidence))
            return found

        titles = (_title(check, title_th), _explanation(check))
        _register(Rule(id, severity, basis, *titles, Examples(*examples), run))
        return check

    return register


def file_rule(
    id: str,  # noqa: A002
    severity: Severity,
    *,
    basis: str,
    title_th: str,
    examples: tuple[Example, Example],
) -> Callable[[ResultCheck], ResultCheck]:
    """Register a check of a whole file; its evidence says of which letter it speaks, if of one."""

    def register(check: ResultCheck) -> ResultCheck:
        def run(result: Result, house: House) -> list[tuple[int | None, Evidence]]:
            return [(evidence.letter, evidence) for evidence in check(result, house)]

        titles = (_title(check, title_th), _explanation(check))
        _register(Rule(id, severity, basis, *titles, Examples(*examples), run))
        return check

    return register


def put_in_order(families: Sequence[str]) -> None:
    """Sort the register by families, and by number inside a family; a family that is not named fails."""
    found = sorted(RULES.values(), key=lambda each: (families.index(each.id.partition("-")[0]), each.id))
    RULES.clear()
    RULES.update({each.id: each for each in found})


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


def judge(
    result: Result, settings: Settings, today: dt.date, numbered: Numbered | None = None
) -> tuple[Finding, ...]:
    """Run every rule over a file that was read; findings by letter, the heaviest first.

    Rules that the settings switch off are not asked. `numbered` lets rules look into the register.
    """
    if result.status not in ("ok", "partial"):
        return ()
    house = House(settings, today, whole=result.status == "ok", numbered=numbered)
    wanted = settings.rules
    found = [
        _finding(each, result, index, evidence, settings)
        for each in RULES.values()
        if wanted.get(each.id) != "off"
        for index, evidence in each.run(result, house)
    ]
    return tuple(
        sorted(found, key=lambda f: (-1 if f.letter is None else f.letter, _WEIGHT[f.severity], f.id))
    )


def _finding(
    each: Rule, result: Result, index: int | None, evidence: Evidence, settings: Settings
) -> Finding:
    letter = None if index is None else result.letters[index]
    inks = [] if letter is None else [reading_at(letter, path) for path in evidence.fields]
    seen = [ink for ink in (*inks, *evidence.inks) if ink is not None]
    doubt = evidence.doubtful or any(unsure(ink, settings.sure) for ink in seen)
    page = seen[0].page if seen else (letter.pages[0] if letter and letter.pages else None)
    return Finding(
        id=each.id,
        severity=_severity(each, evidence, doubt, settings),
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


def _severity(each: Rule, evidence: Evidence, doubt: bool, settings: Settings) -> Severity:
    """What a finding weighs: as the house wants it, less where the case is lighter or our reading unsure."""
    wanted = settings.rules.get(each.id)
    severity = each.severity if wanted is None else Severity(wanted)
    if evidence.severity is not None:
        severity = max(severity, evidence.severity, key=_WEIGHT.__getitem__)
    if doubt and severity is Severity.ERROR:
        return Severity.WARNING  # we ask a person rather than accuse
    return severity


def unsure(reading: Reading[Any], sure: float) -> bool:
    """Whether a person must look: seen but not understood, or understood with too little confidence."""
    return reading.value is None or reading.confidence < sure


def could_clear(contradicts: Callable[..., bool], *inks: Reading[Any]) -> bool:
    """Whether other values that the same ink may stand for would end the contradiction."""
    choices = [[ink.value, *ink.candidates] for ink in inks]
    return any(not contradicts(*values) for values in product(*choices) if None not in values)
