"""Write docs/rules.md and a page for every rule, made from the rules themselves: `python -m pipeline.rules docs`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.rules import RULES
from pipeline.rules.examples import found
from pipeline.rules.registry import Example, Rule
from pipeline.say import say_basis

_HEAD = """# Rules

A rule looks at one letter (or one file) and says what does not fit, with the fields that show it. This page
and those of the rules are made from the rules' own words: `python -m pipeline.rules docs`.

- **Severity**: *error* = this cannot be right; *warning* = a person should know; *note* = good to know.
- **Fault**: *document* = the letter itself seems wrong; *reading* = our reading may be wrong. When a value
  involved is unsure (`sure` in the settings), or another reading of the same ink would end the contradiction,
  a finding says *reading*, weighs at most a warning, and asks a person to compare with the original.
- **Basis**: a clause, where we have read it; else plain arithmetic or a rule of the house.
- Ink that was seen but not understood is never called missing: only the READ rules speak of it.
- "Today" is the day of judging, given as an argument, so that an old judgement can be repeated.
- A press article, a form or another paper of kind *other* is never asked for the fields of a letter.
- A house switches rules off and changes what they weigh in its [settings](settings.md).

`saraban rules` lists the rules, `saraban rules DATE-01` explains one, `saraban check FILE` asks them all.
"""


def index() -> str:
    """The list of all rules as Markdown."""
    rows = [_HEAD, "| Id | Title | ชื่อ | Severity | Basis |", "|---|---|---|---|---|"]
    for each in RULES.values():
        link = f"[{each.id}](rules/{each.id}.md)"
        rows.append(f"| {link} | {each.title.en} | {each.title.th} | {each.severity} | {each.basis} |")
    return "\n".join(rows) + "\n"


def page(each: Rule) -> str:
    """The page of one rule: what it asks, what it rests on, and an example that passes and one that fails."""
    rows = [f"# {each.id} {each.title.en}", "", f"**{each.title.th}**", ""]
    rows += [f"Severity: {each.severity}. Basis: {each.basis}" + _english(each.basis) + "."]
    if each.explanation:
        rows += ["", each.explanation]
    rows += [
        "",
        "## Passes",
        "",
        *_shown(each.examples.passes),
        "",
        "## Fails",
        "",
        *_shown(each.examples.fails),
        "",
    ]
    for finding in found(each.id, each.examples.fails):
        rows += [f"> {finding.message}", ">", f"> {finding.message_en}", ""]
    rows += ["[All rules](../rules.md)"]
    return "\n".join(rows) + "\n"


def _english(basis: str) -> str:
    english = say_basis(basis, "en")
    return "" if english == basis else f" ({english})"


def _shown(example: Example) -> list[str]:
    """An example as lines of JSON; all that is not said is as in a faultless letter."""
    if not example:
        return ["A letter without a fault."]
    lines = [f"{name}: {_json(value)}" for name, value in example.items()]
    return ["```yaml", *lines, "```"]


def _json(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


def pages() -> dict[str, str]:
    """Every page by its path inside docs."""
    return {"rules.md": index()} | {f"rules/{each.id}.md": page(each) for each in RULES.values()}


def write(folder: Path) -> None:
    """Write all pages, and take away those of rules that are no more."""
    made = pages()
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    for old in (folder / "rules").glob("*-[0-9][0-9].md"):
        if f"rules/{old.name}" not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
