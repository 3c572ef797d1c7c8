"""The running text of a letter: paragraphs, tables and boxes, over as many pages as they need."""

from __future__ import annotations

from samples.content import Block, Letter, Para, Table, TickBoxes
from samples.paper import BOTTOM, LEFT, RIGHT, WIDTH, Paper, Style
from samples.pen import BLUE
from samples.thai import chunks, digits

LAST_LINE = BOTTOM - 20  # room for the catchword below it


def start_page(paper: Paper, letter: Letter, number: int = 1) -> None:
    """A new sheet; from the second of a letter on it carries its number: `- ๒ -`."""
    paper.add_page()
    paper.y = 60.0
    if number > 1:
        paper.centred(WIDTH / 2, digits(f"- {number} -", letter.thai))
        paper.y += 30


class Flow:
    """Sets one letter's blocks, turning pages with a catchword (คำต่อ) at the foot."""

    def __init__(self, paper: Paper, letter: Letter) -> None:
        self.paper, self.letter = paper, letter
        self.first_page = paper.page

    def turn(self, next_text: str) -> None:
        """Go to the next page; the foot of this one repeats the next words: `/ในการนี้ ...`."""
        paper = self.paper
        words = "".join(chunks(next_text)[:3]).strip()
        catchword = f"/{words} ..."
        paper.line(RIGHT - paper.width(catchword, Style()), catchword, y=BOTTOM)
        start_page(paper, self.letter, paper.page - self.first_page + 2)

    def blocks(self, blocks: tuple[Block, ...], after: float = 0.0) -> None:
        """Set blocks; the last one stays on one page with `after` points of closing and signature."""
        for index, block in enumerate(blocks):
            is_last = index == len(blocks) - 1
            if isinstance(block, Para):
                self.paragraph(block, after if is_last else 0.0)
            elif isinstance(block, Table):
                self.table(block)
            else:
                self.boxes(block)

    def paragraph(self, para: Para, after: float) -> None:
        """One paragraph; turn the page where it runs over."""
        paper, style = self.paper, Style(bold=para.bold)
        text = digits(para.text, self.letter.thai)
        indent = para.indent if para.align == "body" else 0.0
        lines = paper.wrap(text, style, RIGHT - LEFT - indent, RIGHT - LEFT)
        if after and paper.y + (len(lines) - 1) * paper.look.leading + after > HARD_BOTTOM:
            self.turn(text)
        for row, line in enumerate(lines):
            if paper.y > LAST_LINE:
                self.turn(line)
            x = LEFT + (indent if row == 0 else 0)
            if para.align == "centre":
                paper.centred(WIDTH / 2, line, style)
            elif para.align == "left" or row == len(lines) - 1:
                paper.line(x, line, style)
            else:
                paper.justified(x, line, RIGHT - x, style)
            paper.y += paper.look.leading
        paper.y += 4

    def table(self, table: Table) -> None:
        """A ruled table; each cell's lines are lines of their own."""
        paper, room = self.paper, RIGHT - LEFT
        for number, row in enumerate(table.rows):
            style = Style(bold=table.heading and number == 0)
            columns = [room * share for share in table.widths]
            cells = [
                paper.wrap(digits(text, self.letter.thai), style, width - 12, width - 12)
                for text, width in zip(row, columns, strict=True)
            ]
            height = max(map(len, cells)) * paper.look.leading + 5
            if paper.y + height > LAST_LINE:
                self.turn(digits(row[0], self.letter.thai))
            self._row(cells, columns, height, style)
            paper.y += height
        paper.y += 8

    def _row(self, cells: list[list[str]], columns: list[float], height: float, style: Style) -> None:
        paper, x = self.paper, LEFT
        top = paper.y - paper.look.leading * 0.78
        for lines, width in zip(cells, columns, strict=True):
            paper.print.set_draw_color(30, 30, 30)
            paper.print.set_line_width(0.5)
            paper.print.rect(x, top, width, height)
            for row, line in enumerate(lines):
                paper.line(x + 6, line, style, paper.y + row * paper.look.leading)
            x += width

    def boxes(self, block: TickBoxes) -> None:
        """A row of boxes, some ticked by pen."""
        paper, x = self.paper, LEFT + 36
        for index, label in enumerate(block.labels):
            paper.print.set_draw_color(20, 20, 22)
            paper.print.set_line_width(0.7)
            paper.print.rect(x, paper.y - 9, 10, 10)
            if index in block.ticked:
                paper.stroke(
                    [(x + 1, paper.y - 5), (x + 4, paper.y), (x + 13, paper.y - 13)], 1.3, BLUE, ink=True
                )
            text = digits(label, self.letter.thai)
            paper.line(x + 17, text)
            x += 17 + paper.width(text, Style()) + 26
        paper.y += paper.look.leading + 4


HARD_BOTTOM = BOTTOM + 22
"""Owner, phone and e-mail may stand this low: below the text's bottom margin, as in real letters."""
