"""Print docs/rules.md, made from the rules themselves: `python -m pipeline.rules > docs/rules.md`."""

from __future__ import annotations

import sys

from pipeline.rules import RULES

_HEAD = """# Rules

A rule looks at one letter (or one file) and says what does not fit, with the fields that show it. This page
is made from the rules' own words: `python -m pipeline.rules > docs/rules.md`.

- **Severity**: *error* = this cannot be right; *warning* = a person should know; *note* = good to know.
- **Fault**: *document* = the letter itself seems wrong; *reading* = our reading may be wrong. When a value
  involved is unsure (`sure` in the settings), or another reading of the same ink would end the contradiction,
  a finding says *reading*, weighs at most a warning, and asks a person to compare with the original.
- **Basis**: a clause, where we have read it; else plain arithmetic or a rule of the house.
- Ink that was seen but not understood is never called missing: only the READ rules speak of it.
- "Today" is the day of judging, given as an argument, so that an old judgement can be repeated.
- A press article, a form or another paper of kind *other* is never asked for the fields of a letter.
"""


def page() -> str:
    """The whole page as Markdown."""
    rows = [_HEAD, "| Id | Title | ชื่อ | Severity | Basis |", "|---|---|---|---|---|"]
    for each in RULES.values():
        rows.append(f"| {each.id} | {each.title.en} | {each.title.th} | {each.severity} | {each.basis} |")
    for each in RULES.values():
        rows += ["", f"## {each.id} {each.title.en}", "", each.title.th]
        if each.explanation:
            rows += ["", each.explanation]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
