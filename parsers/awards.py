"""Awards (รางวัล) that a press article or a result announcement tells of, and the counts that it states."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from parsers.contestdays import read_contest_year
from parsers.grid import Grid, GridCell
from parsers.passages import Passage, join, join_rows
from parsers.ranks import RANK, rank_of
from parsers.rows import Row, reading
from parsers.tables import find_grids
from parsers.tablewords import column_with
from parsers.tallies import read_tallies
from parsers.text import to_arabic
from parsers.winners import Winner, find_winner
from schemas.contest import Award, Tally
from schemas.ink import Line, Page
from schemas.reading import Reading

_TOLD = re.compile(
    r"(?:ได้รับ|คว้า|รับ|ได้)รางวัล|ผลการ(?:ประกวด|ตัดสิน|พิจารณา|คัดเลือก|แข่งขัน|ประเมิน)|ประกาศ(?:ผล|รายชื่อ)|ผู้ชนะ|รางวัล[^\n]{0,80}(?:ได้แก่|ดังนี้|ประกอบด้วย)"
)
_LEADS = r"(?:ได้แก่|ประกอบด้วย|คือ|ดังนี้|ดังต่อไปนี้|มีดังนี้|ตกเป็นของ|เป็นของ|[:：])"
# รางวัลดีเด่น ๑๒ รางวัล ได้แก่; also ระดับดีเด่น ได้แก่
_OTHER = rf"(?!(?:รางวัล|ระดับ|ประเภท)\s?(?:ระดับ)?\s?(?:{RANK}))"  # another class is named here
_HEADING = re.compile(
    rf"(?:รางวัล|ระดับ|ประเภท)[^\n]{{0,60}}?(?P<rank>{RANK})(?:{_OTHER}[^\n]){{0,70}}?{_LEADS}[^\S\n]*"
)
_BARE = re.compile(
    rf"^\W{{0,3}}(?:[0-9๐-๙]{{1,2}}\s?[.)]\s*)?(?:(?:และ)?รางวัล|ระดับ)[^\n]{{0,40}}?(?P<rank>{RANK})[^\S\n]*",
    re.MULTILINE,
)
_NEXT = re.compile(r"(?:^|(?<=[\s,])|(?<=และ))(?P<number>[0-9๐-๙]{1,2})\s?[.)](?![0-9๐-๙])\s*")
_COUNT = re.compile(
    r"^(?:(?:มี|จำนวน|รวม|ทั้งหมด)\s?)*[(]?\s?[0-9๐-๙]{1,3}\s?(?:รางวัล|แห่ง|หน่วยงาน|ผลงาน|ทีม|ราย|คน|โรงเรียน|โครงการ)\W*$"
)
_OVER = re.compile(
    r"จึง(?:เรียน|ประกาศ|แจ้ง|ขอ)|ทั้งนี้|อนึ่ง|ในการนี้|(?<=\s)\S{2,60}?(?:กล่าว|เปิดเผย|ระบุ|แถลง)(?:ว่า|เพิ่มเติม|ถึง)"
)  # a list is over where the letter goes on
_OPEN = re.compile(
    r"(?:ผลงาน|โครงงาน|โครงการ|เรื่อง|ชื่อ|จังหวัด|จ\.)\s*$|[“\"][^“”\"\n]*$"
)  # a line that goes on in the next
_MOST = 500  # entries of one list


class _Block(NamedTuple):
    """The words that list the winners of one class."""

    rank: str
    rank_at: tuple[int, int]
    start: int
    end: int


def read_awards(
    lines: Sequence[Line], pages: Mapping[int, Page] | None = None
) -> tuple[tuple[Award, ...], tuple[Tally, ...]]:
    """The awards told, and the numbers that the text states beside what was counted; empty for other texts.

    `pages` gives the pages' sizes and lean, where the lines have boxes.
    """
    if not any("รางวัล" in line.text for line in lines):
        return (), ()
    return awards_of(*find_grids(lines, pages))


def awards_of(rows: Sequence[Row], grids: Sequence[Grid]) -> tuple[tuple[Award, ...], tuple[Tally, ...]]:
    """As `read_awards`, of rows and tables already found."""
    tabled = {order for grid in grids for order in grid.orders}
    text = join_rows([row for row in rows if row.order not in tabled], paragraphs=True)
    whole = join_rows(rows, paragraphs=True) if grids else text
    if not _TOLD.search(whole.text):
        return (), ()
    year = read_contest_year(whole)
    awards = [*_of_text(text, year), *_of_grids(grids, rows, year)]
    return (tuple(awards), read_tallies(text, awards)) if awards else ((), ())


def _of_text(passage: Passage, year: Reading[int] | None) -> Iterator[Award]:
    text = passage.text
    blocks = list(_blocks(text))
    for block in blocks:
        entries = [(at, find_winner(text[slice(*at)])) for at in _entries(text, block)]
        shared = _shared(
            [text[at[0] + w.project[0] : at[0] + w.project[1]] for at, w in entries if w and w.project]
        )
        for at, winner in entries:
            if winner is not None:
                yield _award(passage, at[0], winner, block, year, shared)


def _blocks(text: str) -> Iterator[_Block]:
    led = [(found.start(), found.end(), found, True) for found in _HEADING.finditer(text)]
    bare = [(found.start(), found.end(), found, False) for found in _BARE.finditer(text)]
    heads: list[tuple[int, int, re.Match[str], bool]] = []
    for head in sorted([*led, *bare], key=lambda head: (head[0], not head[3])):
        if not heads or head[0] >= heads[-1][1]:
            heads.append(head)
        elif head[3] and not heads[-1][3]:
            heads[-1] = head  # the words that lead to the list say more
    for at, (_, end, found, leads) in enumerate(heads):
        stop = heads[at + 1][0] if at + 1 < len(heads) else len(text)
        rank = rank_of(found["rank"])
        if rank is None or end >= stop:
            continue
        line_end = _line_end(text, end)
        inline = text[end : min(line_end, stop)].strip()
        if inline and not _COUNT.match(inline):
            if leads or _starts_with_winner(text[end:stop]):
                while line_end < stop and _OPEN.search(text, end, line_end):
                    line_end = _line_end(text, line_end + 1)
                over = _OVER.search(text, end, min(line_end, stop))
                yield _Block(rank, found.span("rank"), end, over.start() if over else min(line_end, stop))
        else:
            yield _Block(
                rank, found.span("rank"), min(line_end + 1, stop), _list_end(text, line_end + 1, stop)
            )


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _starts_with_winner(text: str) -> bool:
    winner = find_winner(text.split("\n", 1)[0])
    return winner is not None and winner.agency[0] <= 3


def _list_end(text: str, start: int, stop: int) -> int:
    """Where a list of lines ends: at the first line that names no winner."""
    end = start
    while end < stop:
        line_end = text.find("\n", end, stop)
        line_end = stop if line_end < 0 else line_end
        line = text[end:line_end]
        if line.strip() and (len(line) > 400 or find_winner(_without_number(line)) is None):
            return end
        end = line_end + 1
    return min(end, stop)


def _without_number(line: str) -> str:
    return re.sub(r"^\s*(?:[-•–]\s*)?(?:[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})?\s?[.)]?\s*)?", "", line)


def _entries(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    """The entries of a list: numbered in one line or over several, else a line each."""
    marks: list[tuple[int, int]] = []
    for found in _NEXT.finditer(text, block.start, block.end):
        if int(to_arabic(found["number"])) == len(marks) + 1 and len(marks) < _MOST:
            marks.append(found.span())
    if marks and not text[block.start : marks[0][0]].strip(" ,:\n"):
        ends = [start for start, _ in marks[1:]] + [block.end]
        yield from ((start, end) for (_, start), end in zip(marks, ends, strict=True))
        return
    at = block.start
    while at < block.end:
        stop = min(_line_end(text, at), block.end)
        while stop < block.end and _OPEN.search(text, at, stop):
            stop = min(_line_end(text, stop + 1), block.end)
        line = text[at:stop]
        if line.strip():
            yield from _joined(text, at + len(line) - len(_without_number(line)), stop)
        at = stop + 1


_AND = re.compile(r"\s*(?:,|;|\sและ|(?<=\s)และ)\s*(?=\S)")


def _joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The winners of one line: parted by และ and commas where each part begins with one."""
    begin = start
    for found in _AND.finditer(text, start, end):
        if (
            found.start() > begin
            and _starts_with_winner(text[found.end() : end])
            and find_winner(text[begin : found.start()])
        ):
            yield begin, found.start()
            begin = found.end()
    yield begin, end


def _shared(projects: Sequence[str]) -> str:
    """The words that most projects of a list begin with: the contest's, not the project's own."""
    if len(projects) < 3:
        return ""
    words = Counter(project.split(" ", 1)[0] for project in projects)
    stem, count = words.most_common(1)[0]
    for project in projects:  # a word may be glued to what follows
        first = project.split(" ", 1)[0]
        if 8 <= len(first) < len(stem) and stem.startswith(first):
            stem, count = first, sum(one.startswith(first) for one in projects)
    return stem if len(stem) >= 12 and count * 5 >= len(projects) * 3 else ""


def _award(
    passage: Passage, shift: int, winner: Winner, block: _Block, year: Reading[int] | None, shared: str
) -> Award:
    text = passage.text

    def ink(span: tuple[int, int], value: str | None = None, trust: float = 1.0) -> Reading[str]:
        first, last = shift + span[0], shift + span[1]
        own = text[first:last].replace("\n", " ").strip(" ,") if value is None else value
        return reading(own, passage.span(first, last), trust=trust)

    project = winner.project
    if project is not None and shared and text.startswith(shared, shift + project[0]):
        inner = project[0] + len(shared)
        inner += len(text[shift + inner : shift + project[1]]) - len(
            text[shift + inner : shift + project[1]].lstrip(" :")
        )
        project = (inner, project[1]) if project[1] - inner >= 3 else project
    return Award(
        year=year,
        rank=reading(block.rank, passage.span(*block.rank_at)),
        agency=ink(winner.agency, trust=1.0 if winner.sure else 0.8),
        kind=ink(winner.agency, winner.kind) if winner.kind else None,
        province=ink(winner.province, winner.province_name, 1.0 if winner.sure else 0.8)
        if winner.province is not None
        else None,
        project=ink(project) if project is not None else None,
    )


def _of_grids(grids: Sequence[Grid], rows: Sequence[Row], year: Reading[int] | None) -> Iterator[Award]:
    above = {row.order: row for row in rows}
    for grid in grids:
        titles = grid.titles
        who = column_with(titles, "agency", "person")
        if who is None:
            continue
        ranked, project, place = (column_with(titles, role) for role in ("rank", "project", "province"))
        first = min(grid.orders)
        heading = next(
            (
                above[o]
                for o in range(first - 1, max(-1, first - 4), -1)
                if o in above and rank_of(above[o].text)
            ),
            None,
        )
        if ranked == who or (ranked is None and (heading is None or "รางวัล" not in heading.text)):
            continue
        last: GridCell | None = None
        for row in grid.rows:
            cell = row[ranked] if ranked is not None else None
            last = cell if cell is not None and cell.inks else last
            told = (
                last.passage if last is not None else join([heading.ink()]) if heading is not None else None
            )
            rank = _rank(told.text, of_cell=last is not None) if told is not None else None
            if told is None or rank is None or not row[who].inks:
                continue
            yield _of_row(row, (who, project, place), reading(rank, told.inks), year)


def _rank(text: str, *, of_cell: bool) -> str | None:
    """The class that a heading names, or a cell below a heading that says what it holds."""
    return (rank_of(f"รางวัล{text}") or rank_of(f"ระดับ{text}")) if of_cell else rank_of(text)


def _of_row(
    row: Sequence[GridCell],
    columns: tuple[int, int | None, int | None],
    rank: Reading[str],
    year: Reading[int] | None,
) -> Award:
    who, project, place = columns
    passage = row[who].passage
    winner = find_winner(passage.text)
    span = winner.agency if winner is not None else (0, len(passage.text))
    kind = reading(winner.kind, passage.span(*span)) if winner is not None and winner.kind else None
    province: Reading[str] | None = None
    if place is not None and row[place].inks:
        province = reading(re.sub(r"^(?:จังหวัด|จ\.)\s?", "", row[place].text), row[place].inks)
    elif winner is not None and winner.province is not None:
        province = reading(winner.province_name, passage.span(*winner.province))
    told = (
        reading(row[project].text, row[project].inks) if project is not None and row[project].inks else None
    )
    return Award(
        year=year,
        rank=rank,
        agency=reading(passage.text[slice(*span)].strip(), passage.span(*span), trust=1.0 if winner else 0.8),
        kind=kind,
        province=province,
        project=told,
    )
