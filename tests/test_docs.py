"""The pages for people keep up with the program: settings and commands are named, links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from pipeline import cli
from pipeline.rules import RULES
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.th.md")
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for place in (".", "docs", "samples", "parsers/data", "pipeline/tessdata")
    for page in (ROOT / place).glob("*.md")
)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


SETTINGS = "docs/settings.md"


def test_every_setting_has_a_row_and_no_other_has() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", read(SETTINGS), re.MULTILINE)
    assert sorted(rows) == sorted(Settings.model_fields)


def test_every_setting_is_told_in_both_languages() -> None:
    for row in re.findall(r"^\| `\w+` \|.*", read(SETTINGS), re.MULTILINE):
        _, english, thai = row.strip("| ").rsplit(" | ", 2)
        assert re.search("[a-z]", english), row
        assert re.search("[ก-ฮ]", thai), row


@pytest.mark.parametrize(
    "name",
    ["sure", "max_pages", "max_bytes", "page_timeout_s", "settle_s", "notice_days", "reader", "remind_days"],
)
def test_the_defaults_on_the_page_are_those_of_the_program(name: str) -> None:
    assert f"| `{name}` | {Settings.model_fields[name].default} |" in read(SETTINGS)


@pytest.mark.parametrize("page", READMES)
@pytest.mark.parametrize("name", sorted(cli.cli.commands))
def test_every_command_is_in_the_readme(page: str, name: str) -> None:
    if name == "demo":
        assert "make demo" in read(page)
    else:
        assert f"saraban {name}" in read(page)


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_that_the_pages_show_are_there(page: str) -> None:
    for line in re.findall(
        r"(?:^\$ |^|/)saraban ([a-z]+[^\n#]*)", "\n".join(_FENCE.findall(read(page))), re.MULTILINE
    ):
        name = line.split()[0]
        assert name in cli.cli.commands, line
        command = cli.cli.commands[name]
        if isinstance(command, click.Group):  # `user add`: the options are those of the command inside
            command = command.commands[line.split()[1]]
        known = {opt for option in command.params if isinstance(option, click.Option) for opt in option.opts}
        assert set(re.findall(r"--[a-z-]+", line)) <= known, line


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in _LINK.findall(_FENCE.sub("", read(page))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, place = unquote(link).partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), f"{page}: {link}"
        if place:
            assert place in anchors(target.read_text(encoding="utf-8")), f"{page}: {link}"


def anchors(text: str) -> set[str]:
    """The names under which headings can be linked to."""
    heads = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_rules_that_the_pages_name_are_there() -> None:
    for page in PAGES:
        named = set(re.findall(r"\b(?:DATE|FIELD|FILE|READ|RCPT)-\d\d\b", read(page)))
        assert named <= set(RULES), page


def test_the_picture_is_small_enough_for_a_web_page() -> None:
    assert (ROOT / "docs" / "pictures" / "scan-and-record.png").stat().st_size <= 400_000
