"""Synthetic letters, made from the dictionary's words by a seeded generator. Nothing in them is real."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from typing import Any, NamedTuple

from parsers.segment import SEAM, squashed, words
from pipeline.store.index import Texts, search_texts
from schemas.letter import Letter
from schemas.result import Result

_START = dt.datetime(2016, 1, 4, 9, tzinfo=dt.UTC)
_MINUTES = 5  # between two letters
_CODES = ("สพร", "นร", "มท", "ลป", "ชม", "กค", "ศธ", "สธ", "ทส", "พณ")
_KINDS = ("external",) * 7 + ("memo",) * 2 + ("stamped",)
_URGENCIES = (None,) * 7 + ("ด่วน", "ด่วนมาก", "ด่วนที่สุด")
SUBJECTS = (
    *("ขอเชิญประชุม", "ขอความอนุเคราะห์", "ขอส่งรายงาน", "แจ้งผลการพิจารณา", "ขอเชิญเข้าร่วมโครงการ"),
    *("ประชาสัมพันธ์", "การจัดสรรงบประมาณ", "ขออนุมัติ", "สำรวจข้อมูล", "แต่งตั้งคณะกรรมการ"),
)


class Made(NamedTuple):
    """One synthetic letter in the shapes that the tables want."""

    id: int
    sha256: str
    moment: dt.datetime
    day: dt.date
    code: str
    number: str
    kind: str
    urgency: str | None
    agency: str
    subject: str
    addressee: str
    body: str
    due: dt.date | None
    doubtful: bool
    error: bool


class Maker:
    """Makes the same letters every time."""

    def __init__(self, seed: int = 1) -> None:
        random_ = random.Random(seed)
        from pythainlp.corpus import thai_words

        pool = sorted(word for word in thai_words() if 3 <= len(word) <= 7 and words(word) == (word,))
        random_.shuffle(pool)
        self.words = pool[:20_000]
        weights = [1 / (place + 10) for place in range(len(self.words))]
        self.sentences = [SEAM.join(random_.choices(self.words, weights, k=14)) for _ in range(30_000)]
        self.agencies = [f"สำนักงาน{''.join(random_.choices(self.words, k=2))}" for _ in range(3000)]
        self._random = random_

    def letter(self, number: int) -> Made:
        """The letter of this number, counted from 1."""
        pick = random.Random(number)
        moment = _START + dt.timedelta(minutes=_MINUTES * number)
        day = moment.date() - dt.timedelta(days=pick.randrange(9))
        code, agency = pick.choice(_CODES), self.agencies[int(3000 * pick.random() ** 2)]
        sentences = (self.sentences[pick.randrange(len(self.sentences))] for _ in range(6))
        return Made(
            id=number,
            sha256=hashlib.sha256(str(number).encode()).hexdigest(),
            moment=moment,
            day=day,
            code=code,
            number=f"{code} {pick.randrange(9999):04}/{'ว' if pick.random() < 0.3 else ''}{number}",
            kind=pick.choice(_KINDS),
            urgency=pick.choice(_URGENCIES),
            agency=agency,
            subject=f"{pick.choice(SUBJECTS)} {pick.choice(self.sentences).replace(SEAM, '')[:30]}",
            addressee=f"ผู้อำนวยการ{self.agencies[pick.randrange(3000)]}",
            body=" ".join(sentences),
            due=day + dt.timedelta(days=pick.randrange(10, 60)) if pick.random() < 0.4 else None,
            doubtful=pick.random() < 0.2,
            error=pick.random() < 0.1,
        )


def record(made: Made) -> Result:
    """The letter as the reader would give it."""

    def reading(value: Any, confidence: float = 0.97) -> dict[str, Any]:
        box = [72.0, 100.0, 400.0, 118.0]
        return {
            "value": value,
            "raw": str(value),
            "page": 1,
            "box": box,
            "confidence": confidence,
            "reader": "print",
        }

    owner, _, running = made.number.partition(" ")[2].partition("/")
    number = {
        "code": made.code,
        "owner": owner,
        "circular": running.startswith("ว"),
        "running": running.removeprefix("ว"),
        "year": None,
        "text": made.number,
    }
    deadlines = [
        {"date": reading(made.due.isoformat()), "phrase": reading("ภายในวันที่"), "kind": reading("fixed")}
        for _ in range(made.due is not None)
        if made.due is not None
    ]
    letter = {
        "kind": reading(made.kind),
        "urgency": reading(made.urgency) if made.urgency else None,
        "number": reading(number, 0.7 if made.doubtful else 0.97),
        "agency": reading(made.agency),
        "date": reading(made.day.isoformat()),
        "subject": reading(made.subject),
        "addressee": reading(made.addressee),
        "body": reading(made.body.replace(SEAM, "")),
        "receipts": [{"number": reading(str(made.id % 9000)), "date": reading(made.day.isoformat())}],
        "deadlines": deadlines,
        "pages": [1],
    }
    return Result.model_validate(
        {
            "file": f"{made.id}.pdf",
            "sha256": made.sha256,
            "status": "ok",
            "page_count": 1,
            "letters": [letter],
        }
    )


class Template:
    """Records as JSON without building each: one real record with holes."""

    def __init__(self, maker: Maker) -> None:
        made = maker.letter(1)._replace(due=None, urgency=None, doubtful=False)
        self._made, self._text = made, json.dumps(record(made).model_dump(mode="json"), ensure_ascii=False)

    def json(self, made: Made) -> str:
        """The record of another letter."""
        text = self._text
        for name in ("sha256", "number", "agency", "subject", "addressee"):
            text = text.replace(getattr(self._made, name), getattr(made, name))
        text = text.replace(self._made.body.replace(SEAM, ""), made.body.replace(SEAM, ""))
        return text.replace(self._made.day.isoformat(), made.day.isoformat())


class Heads:
    """The search texts of letters; the heads' few words are cut once each."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def texts(self, made: Made) -> Texts:
        """What `search_texts` gives for this letter, without cutting the same words a million times."""
        seamed = [self._cut(part) for part in (made.subject, made.number, made.agency, made.addressee)]
        receipt = str(made.id % 9000)
        sender = ("zf" + word for word in (made.code, *self._cut(made.agency).split(SEAM)))
        receiver = ("zt" + word for word in self._cut(made.addressee).split(SEAM))
        gist = "\n".join(
            squashed(part) for part in (made.subject, made.number, made.agency, made.addressee, receipt)
        )
        head = "\n".join((*seamed, receipt))
        urgency = (f"zu{made.urgency}",) if made.urgency else ()
        return Texts(head, made.body, " ".join((*sender, *receiver, *urgency)), "", gist)

    def _cut(self, text: str) -> str:
        if any(char.isdigit() for char in text):
            return SEAM.join(words(text)) if "ว" not in text else text.replace("ว", f"ว{SEAM}")
        known = self._known.get(text)
        if known is None:
            known = " ".join(SEAM.join(words(part)) for part in text.split(" "))
            if len(self._known) < 200_000:
                self._known[text] = known
        return known


def check(maker: Maker) -> None:
    """The short cut of the generator must give what the store itself would keep."""
    made = maker.letter(7)
    own = search_texts(record(made).letters[0])
    quick = Heads().texts(made)
    assert words(own.head) == words(quick.head), (own.head, quick.head)
    assert own.marks == quick.marks
    assert isinstance(record(made).letters[0], Letter)
