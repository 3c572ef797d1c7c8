"""What every command shares: help in two languages with examples, and errors told without tracebacks."""

from __future__ import annotations

import errno
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from pipeline.errors import BadInputError, MissingToolError, PipelineError, SettingsError, ToolError
from pipeline.frame import speak
from pipeline.say import COMMENTS_TH, Lang, Words, hint, language

EXIT_CODES = (
    (0, Words("เรียบร้อย", "all is well; findings in a letter are no failure")),
    (1, Words("มีบางอย่างผิดคาด (ใช้ --debug เพื่อดูรายละเอียด)", "something unexpected went wrong: see --debug")),
    (
        2,
        Words(
            "คำสั่งหรือไฟล์ใช้ไม่ได้ ลองซ้ำก็ไม่ช่วย", "a command or a file cannot be used: trying again will not help"
        ),
    ),
    (3, Words("เครื่องมือของระบบขาดหรือขัดข้อง ลองใหม่ได้", "a tool is missing or failed: mend it and try again")),
    (4, Words("ค่าตั้งใช้ไม่ได้", "the settings cannot be used")),
    (130, Words("ถูกสั่งหยุด (Ctrl-C)", "stopped with Ctrl-C")),
)


class Command(click.Command):
    """A command whose help also speaks Thai and shows examples."""

    def __init__(self, *args: Any, thai: str = "", examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thai, self.examples = thai, examples

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line in the list of commands."""
        if self.thai and language() == "th":
            return self.thai.partition("\n")[0]
        return super().get_short_help_str(limit)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, whose words click chooses but once."""
        return _help_in(super().get_help_option(ctx))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, then how it is used."""
        english = self.help
        if self.thai and language() == "th":
            self.help = self.thai
        super().format_help_text(ctx, formatter)
        self.help = english
        _write_examples(formatter, self.examples)


class Group(click.Group):
    """All commands; tells errors in plain words and turns them into exit codes."""

    command_class = Command

    def __init__(self, *args: Any, thai: str = "", examples: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.thai, self.examples = thai, examples

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What Saraban does, then how to begin."""
        english = self.help
        if self.thai and language() == "th":
            self.help = self.thai
        super().format_help_text(ctx, formatter)
        self.help = english
        _write_examples(formatter, self.examples)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Choose the language before anything can be said."""
        speak(language())
        return super().make_context(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help, whose words click chooses but once."""
        return _help_in(super().get_help_option(ctx))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of exit codes."""
        lang = language()
        with formatter.section("รหัสผลลัพธ์ (exit code)" if lang == "th" else "Exit codes"):
            formatter.write_dl([(str(code), words.say(lang)) for code, words in EXIT_CODES])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; no error of ours reaches the user as a traceback, unless with --debug."""
        try:
            return super().invoke(ctx)
        except PipelineError as error:
            if ctx.params.get("debug"):
                raise
            click.echo(explain(error, language()), err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo(hint("interrupted", language()), err=True)
            ctx.exit(130)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if ctx.params.get("debug") or (isinstance(error, OSError) and error.errno == errno.EPIPE):
                raise
            click.echo(_unexpected(error, language()), err=True)
            ctx.exit(1)


def _help_in(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "แสดงวิธีใช้นี้" if language() == "th" else "Show this message and exit."
    return option


def explain(error: PipelineError, lang: Lang) -> str:
    """One of our own errors in one language, with what to do."""
    if isinstance(error, BadInputError):
        return error.message if lang == "th" else error.message_en
    if lang == "en":
        return str(error)
    if isinstance(error, MissingToolError):
        return f"ยังไม่ได้ติดตั้ง {error.tool} ติดตั้งด้วยคำสั่ง: {error.install}"
    if isinstance(error, SettingsError):
        return error.message
    if isinstance(error, ToolError):
        return f"เครื่องมือของระบบขัดข้อง: {error}"
    return str(error)


def _unexpected(error: Exception, lang: Lang) -> str:
    """Only the kind and the place: the message of an error may carry a letter's text."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
    if lang == "th":
        return f"เกิดข้อผิดพลาดที่ไม่คาดคิด ({what})\nใช้ saraban --debug … เพื่อดูรายละเอียด แล้วแจ้งผู้ดูแลโปรแกรม"
    return f"Something unexpected went wrong ({what}).\nRun saraban --debug … for the details."


def _write_examples(formatter: click.HelpFormatter, examples: str) -> None:
    if not examples:
        return
    with formatter.section("ตัวอย่าง" if language() == "th" else "Examples"):
        for line in examples.strip().splitlines():
            command, mark, comment = line.strip().partition("# ")
            if language() == "th":
                comment = COMMENTS_TH.get(comment, comment)
            formatter.write(f"{'':>{formatter.current_indent}}{command}{mark}{comment}\n")


def speak_utf8() -> None:
    """Thai must come out whole even where the locale is C."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="replace")
