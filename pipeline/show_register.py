"""The register as a table, what became of the files, and the tour of `saraban demo`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline import show
from pipeline.paths import labels
from pipeline.say import STATES, Lang, Words, count_en, hint, say_day
from schemas.finding import Finding, Severity

if TYPE_CHECKING:  # the store brings SQLAlchemy with it, which reading a file does not need
    from pipeline.store.kin import Kin
    from pipeline.store.records import Entry, RegisterRow, State, Stored
    from schemas.letter import Letter

Level = Literal["fault", "check", "look"]
LEVELS: dict[Level, tuple[Words, Words, str]] = {
    "fault": (
        Words("แก้", "fault"),
        Words("ตัวหนังสือเองน่าจะผิด", "something seems wrong in the letter itself"),
        "bold red",
    ),
    "check": (
        Words("ตรวจ", "check"),
        Words("เลขที่ วันที่ หรือเรื่อง ยังอ่านไม่แน่ชัด", "its number, date or subject was not read for sure"),
        "bold yellow",
    ),
    "look": (
        Words("ดู", "look"),
        Words("ค่าอื่นยังอ่านไม่แน่ชัด เช่น เลขรับ", "another value was not read for sure, such as a receipt number"),
        "yellow",
    ),
}
"""How much a letter wants somebody to look at it: the word, what it means, and its colour."""

OWN_LETTERS = (
    (
        Words("saraban read ไฟล์", "saraban read FILE"),
        Words("อ่านไฟล์ของคุณเองโดยไม่เก็บ", "read a file of your own, keep nothing"),
    ),
    (
        Words("saraban export --csv ทะเบียน.csv", "saraban export --csv register.csv"),
        Words("เปิดทะเบียนในตารางคำนวณ", "the register for a spreadsheet"),
    ),
    (
        Words("saraban watch โฟลเดอร์", "saraban watch FOLDER"),
        Words("เฝ้าโฟลเดอร์ของเครื่องสแกน", "watch the scanner's folder"),
    ),
)
"""What to try next whatever the register holds."""

_WIDE, _WIDEST = 116, 200  # columns of the terminal
_HEADS_TH = ("ที่", "ลงวันที่", "จาก", "เรื่อง", "กำหนด", "พบ")
_HEADS_EN = ("number", "date", "from", "subject", "due", "found")
_ASIDE: tuple[State, ...] = ("seen", "reading", "quarantined", "protected", "failed")


def register(rows: Sequence[RegisterRow], lang: Lang, today: dt.date, width: int) -> Table:
    """The register (ทะเบียนหนังสือรับ); a value that is not sure bears a question mark.

    One line a letter where there is room; else two: the date below the number, the subject below the sender.
    A letter without a subject shows its file's name in brackets.
    """
    wide = width >= _WIDE
    table = Table(
        box=SIMPLE_HEAD, show_edge=False, expand=True, padding=(0, 1, 0, 0), width=min(width, _WIDEST)
    )
    heads = _HEADS_TH if lang == "th" else _HEADS_EN
    number, date, agency, subject, due, found = heads
    table.add_column("#", justify="right", no_wrap=True, style="dim")
    for head in (number, date) if wide else (f"{number}\n{date}",):
        table.add_column(head, no_wrap=True)
    for head, ratio in ((agency, 2), (subject, 3)) if wide else ((f"{agency}\n{subject}", 1),):
        table.add_column(head, no_wrap=True, ratio=ratio, overflow="ellipsis")
    table.add_column(due, no_wrap=True)
    table.add_column(found, no_wrap=True)
    for row in rows:
        left = [
            _marked(row, "number", row.number or ""),
            _marked(row, "date", say_day(row.date, lang) if row.date else ""),
        ]
        right = [_marked(row, "agency", row.agency or ""), _subject(row)]
        lines = [*left, *right] if wide else [Text("\n").join(left), Text("\n").join(right)]
        flags = Text(" " if wide else "\n").join(_flags(row, lang))
        table.add_row(str(row.id or "–"), *lines, _due(row, lang, today), flags)
    return table


def _due(row: RegisterRow, lang: Lang, today: dt.date) -> Text:
    due = _marked(row, "deadlines", say_day(row.deadline, lang) if row.deadline else "")
    if row.deadline and row.deadline < today:
        due.stylize("dim")
    return due


def _marked(row: RegisterRow, field: str, text: str) -> Text:
    if not any(path == field or path.startswith(f"{field}.") for path in row.doubtful):
        return Text(text)
    return Text(f"{text}?" if text else "?", style="yellow")


def _subject(row: RegisterRow) -> Text:
    subject = _marked(row, "subject", row.subject or "—")
    return subject if row.subject else subject.append(f" ({row.file})", style="dim")


def level(row: RegisterRow) -> Level | None:
    """How much a letter wants somebody to look at it; None when it does not."""
    if row.faults:
        return "fault"
    if not row.needs_person:
        return None
    known = row.number or row.date or row.subject
    keys = any(path.partition(".")[0] in ("number", "date", "subject") for path in row.doubtful)
    return "check" if keys or not known else "look"


def legend(rows: Sequence[RegisterRow], lang: Lang) -> RenderableType:
    """What the words of the last column mean, with how many letters bear each; nothing for none."""
    counts = Counter(level(row) for row in rows)
    lines = [
        show.wrapped(
            f"{LEVELS[each][0].say(lang)} ({counts[each]}): {LEVELS[each][1].say(lang)}", style="dim"
        )
        for each in LEVELS
        if counts[each]
    ]
    return Group(*lines)


def _flags(row: RegisterRow, lang: Lang) -> list[Text]:
    """What a clerk must know at a glance: how much it wants a look, and how much was found."""
    wanted = level(row)
    flags = [] if wanted is None else [Text(LEVELS[wanted][0].say(lang), style=LEVELS[wanted][2])]
    counts = [
        Text(f"{show.SEVERITIES[severity][0].say(lang)} {count}", style=show.SEVERITIES[severity][1])
        for count, severity in ((row.errors, Severity.ERROR), (row.warnings, Severity.WARNING))
        if count
    ]
    return [*flags, Text(" ").join(counts)] if counts else flags


def summary(counts: Mapping[str, Any], lang: Lang) -> RenderableType:
    """What became of a folder: the counts of one run by name."""
    states = [f"{STATES[state].say(lang)}: {counts[state]}" for state in STATES if counts.get(state)]
    rest = [
        hint(key, lang, count=counts[key])
        for key in ("unchanged", "duplicates", "growing")
        if counts.get(key)
    ]
    parts: list[RenderableType] = [Text(hint("found_files", lang, count=counts["found"]), style="bold")]
    parts += [Text(f"  {line}") for line in (*states, *rest)]
    for place in counts.get("unreadable", ()):
        message = place["problem"]["message" if lang == "th" else "message_en"]
        parts.append(Text(f"  {place['path']}: {message}", style="yellow"))
    return Group(*parts)


def arrival(entry: Entry | None, sha256: str, lang: Lang) -> str:
    """One line about a document that came in while a folder was watched; of a protected one no name.

    Without an entry it was taken back: the file is not whole yet, and comes again.
    """
    moment = f"{dt.datetime.now():%H:%M:%S}"
    if entry is None:
        return f"{moment}  {hint('not_whole', lang)}"
    trouble = entry.error if lang == "th" else entry.error_en
    state = STATES[entry.state].say(lang) + (f": {trouble}" if trouble else "")
    return "  ".join(filter(None, (moment, sha256[:8], entry.name, state)))


def set_aside(counts: Mapping[State, int], lang: Lang) -> Text:
    """What is not in the register, and why; empty when everything is."""
    words = [f"{STATES[state].say(lang)}: {counts[state]}" for state in _ASIDE if counts.get(state)]
    return Text(" · ".join(words), style="yellow")


def kin(letter: Letter, beside: Kin, lang: Lang) -> RenderableType | None:
    """The letters of the register that a letter names, that name it, and that its signer may have signed as well."""
    lines: list[Text] = []
    for hit in beside.named:
        named = getattr(letter, hit.field)[hit.index]
        said = named.number.value.text if named.number is not None and named.number.value is not None else "?"
        lines += [
            _beside(f"{hint('names', lang)} {said}", row, lang, sure=hit.by == "number+date")
            for row in hit.rows
        ]
    lines += [
        _beside(
            f"{hint('named_by', lang)} {hit.row.number or '?'}", hit.row, lang, sure=hit.by == "number+date"
        )
        for hit in beside.naming
    ]
    lines += [
        _beside(f"{hint('same_signer', lang)} {row.signatory or ''}", row, lang, sure=True)
        for row in beside.signed
    ]
    return Group(*lines) if lines else None


def _beside(what: str, row: RegisterRow, lang: Lang, *, sure: bool) -> Text:
    day = say_day(row.date, lang) if row.date is not None else ""
    doubt = "" if sure else f"  ({hint('other_day', lang)})"
    return Text(
        f"{what} → #{row.id}  {day}  {row.subject or ''}{doubt}",
        style="dim",
        no_wrap=True,
        overflow="ellipsis",
    )


def stored(kept: Stored, sure: float, lang: Lang, *, body: bool = False) -> RenderableType:
    """One kept document, or the one letter of it that was asked for."""
    entry, result = kept.entry, kept.result
    if entry.state == "protected":
        return Text(hint("secret", lang, class_=entry.secrecy or "?"), style="bold red")
    if result is None:
        trouble = (entry.error if lang == "th" else entry.error_en) or ""
        return Text(hint("unread", lang, state=STATES[entry.state].say(lang)) + f" {trouble}")
    parts: list[RenderableType] = [show.record(result, sure, lang, only=kept.letter, body=body)]
    parts += [Text(f"{hint('seen_at', lang)} {place}", style="dim") for place in kept.places]
    return Group(*parts)


class Found(NamedTuple):
    """One finding of the register and the file it is about."""

    file: str
    letters: int
    finding: Finding


def tour(
    rows: Sequence[RegisterRow], get: Callable[[str], Stored | None], lang: Lang, today: dt.date
) -> RenderableType:
    """What was found in the letters, the gravest first, and what to try next."""
    every = list(_found(rows, get))
    parts: list[RenderableType] = [Text(f"\n{hint('found', lang)}", style="bold")]
    notes = [each for each in every if each.finding.severity is Severity.NOTE]
    unsure = [each for each in every if each.finding.id == "READ-01"]
    parts += [
        show.findings([each.finding], lang, file=each.file, letters=each.letters)
        for each in sorted(every, key=lambda each: show.gravest_first(each.finding))
        if each not in notes and each not in unsure
    ]
    if unsure:
        parts.append(Text(f"\n{hint('compare', lang)}", style="bold"))
    for file, members in groupby(unsure, key=lambda each: each.file):
        fields = dict.fromkeys(path for each in members for path in each.finding.fields)
        parts.append(show.wrapped(f"{file}: {labels(tuple(fields), lang)}", "  "))
    if notes:
        count = count_en(len(notes), "note")
        parts.append(Text(hint("notes", lang, count=len(notes), count_en=count), style="dim"))
    return Group(*parts, Text(f"\n{hint('next', lang)}", style="bold"), _next(rows, lang, today))


def _found(rows: Sequence[RegisterRow], get: Callable[[str], Stored | None]) -> Iterator[Found]:
    for sha256 in dict.fromkeys(row.sha256 for row in rows):
        kept = get(sha256)
        if kept is not None and kept.result is not None:
            for finding in kept.result.findings:
                yield Found(kept.result.file, len(kept.result.letters), finding)


def _next(rows: Sequence[RegisterRow], lang: Lang, today: dt.date) -> RenderableType:
    """Commands that have something to answer on this register, and a few for one's own letters."""
    commands = [*_asking(rows, today), *OWN_LETTERS]
    said = [(command.say(lang), words.say(lang)) for command, words in commands]
    left = max(cell_len(command) for command, _ in said) + 2
    return Group(*(Text(f"  {command}{' ' * (left - cell_len(command))}{words}") for command, words in said))


def _asking(rows: Sequence[RegisterRow], today: dt.date) -> Iterator[tuple[Words, Words]]:
    known = [row for row in rows if row.id is not None]
    if known:
        first = min(known, key=lambda row: [*LEVELS, None].index(level(row)))
        yield (
            _same(f"saraban show {first.id}"),
            Words("หนังสือหนึ่งฉบับ: ค่าที่อ่านได้ข้างหมึก และสิ่งที่พบ", "one letter: values, ink and findings"),
        )
    if any(row.needs_person for row in rows):
        yield (
            _same("saraban list --needs-person"),
            Words("เฉพาะฉบับที่ต้องให้คนตรวจ", "letters that a person must look at"),
        )
    days = [row.deadline for row in rows if row.deadline is not None]
    ahead = [day for day in days if day >= today]
    if ahead:
        left = (min(ahead) - today).days
        yield (
            _same(f"saraban list --due {max(7, left)}"),
            Words("ฉบับที่ใกล้ครบกำหนด", "what is due in so many days"),
        )
    if any(day < today for day in days):
        yield (_same("saraban list --overdue"), Words("ฉบับที่เลยกำหนดแล้ว", "what should have been done by now"))
    dated = [row.date for row in rows if row.date is not None]
    if dated:
        since = max(dated).replace(day=1)
        thai = f"saraban list --from {since.year + 543}{since:-%m-%d}"
        yield (
            Words(thai, f"saraban list --from {since}"),
            Words(f"หนังสือตั้งแต่ {say_day(since, 'th')}", f"letters since {say_day(since, 'en')}"),
        )


def _same(command: str) -> Words:
    return Words(command, command)
