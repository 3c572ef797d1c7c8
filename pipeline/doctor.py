"""Whether everything that Saraban needs is in order, and how to mend what is not."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.errors import MissingToolError, PipelineError
from pipeline.say import Lang, Words
from pipeline.settings import Settings

State = Literal["ok", "advice", "broken"]
"""advice: Saraban works, but something could be better; broken: a part of it will not work."""

SIGHT_TEST = "ลป ๐๐๑๗.๒/ว ๓๔๕๖๗๘๙"
"""What `doctor_sight_test.png` says: every Thai digit; stock models cannot write five of them."""

_FREE_BYTES = 1_000_000_000
_OLDEST_TESSERACT = 5
_OLDEST_PYTHON = (3, 11)
_SAMPLE_FONT = "Laksaman"
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local" / "share" / "fonts",
    Path("/opt/homebrew/share/fonts"),
    Path("/Library/Fonts"),
    Path.home() / "Library" / "Fonts",
    Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
)

_TESSERACT = {
    "Linux": "sudo apt install tesseract-ocr",
    "Darwin": "brew install tesseract",
    "Windows": "winget install UB-Mannheim.TesseractOCR",
}
_FONTS = {
    "Linux": "sudo apt install fonts-tlwg-laksaman-ttf",
    "Darwin": "brew install --cask font-laksaman",
    "Windows": "copy Laksaman*.ttf (fonts-tlwg) into C:\\Windows\\Fonts",
}


class Check(NamedTuple):
    """One thing looked at: what was found, and how to mend it."""

    name: Words
    state: State
    found: str
    mend: Words | None = None


def examine(settings: Settings) -> Iterator[Check]:
    """Look at everything, one thing after the other; nothing is changed but an empty register made ready."""
    checks: tuple[Callable[[Settings], Check], ...] = (
        _python,
        _tesseract,
        _model,
        _home,
        _space,
        _protected,
        _database,
        _prefect,
        _fonts,
    )
    for check in checks:
        yield check(settings)


def report(check: Check, lang: Lang) -> str:
    """One line about one thing, and below it how to mend it."""
    sign = {"ok": "✓", "advice": "!", "broken": "✗"}[check.state]
    line = f"{sign} {check.name.say(lang)}: {check.found}"
    if check.mend is None:
        return line
    return f"{line}\n    {'วิธีแก้' if lang == 'th' else 'to mend'}: {check.mend.say(lang)}"


def _run(commands: dict[str, str]) -> Words:
    """The command for this machine's system; Linux is taken for Debian or Ubuntu."""
    command = commands.get(platform.system(), commands["Linux"])
    return Words(f"สั่ง {command}", f"run {command}")


def _python(settings: Settings) -> Check:
    name = Words("Python", "Python")
    found = platform.python_version()
    if sys.version_info >= _OLDEST_PYTHON:
        return Check(name, "ok", found)
    wanted = ".".join(str(part) for part in _OLDEST_PYTHON)
    return Check(name, "broken", found, Words(f"ต้องใช้ Python {wanted} ขึ้นไป", f"use Python {wanted} or newer"))


def _tesseract(settings: Settings) -> Check:
    from pipeline import ocr  # brings OpenCV with it: not at the start of every command

    name = Words("โปรแกรมอ่านตัวอักษร Tesseract", "Tesseract, the OCR engine")
    try:
        found = ocr.version()
    except PipelineError as error:
        return Check(name, "broken", str(error).partition(". ")[0], _run(_TESSERACT))
    if int(found.partition(".")[0]) < _OLDEST_TESSERACT:
        return Check(name, "broken", found, _run(_TESSERACT))
    return Check(name, "ok", found)


def _model(settings: Settings) -> Check:
    """Read a small picture with all ten Thai digits, all the way from file to text."""
    from pipeline import ocr
    from pipeline.pages import read_pages

    name = Words("แบบจำลองอักษรไทยของสารบรรณ", "our Thai model")
    again = Words(
        "ติดตั้งสารบรรณใหม่: pip install --force-reinstall saraban",
        "install Saraban again: pip install --force-reinstall saraban",
    )
    model = ocr.TESSDATA / f"{ocr.MODEL}.traineddata"
    if not model.is_file():
        return Check(name, "broken", f"no {model}", again)
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        picture = Path(folder) / "sight_test.png"
        picture.write_bytes(resources.files("pipeline").joinpath("doctor_sight_test.png").read_bytes())
        try:
            pages, _ = read_pages(picture, "png", settings)
        except MissingToolError as error:
            return Check(name, "broken", str(error).partition(". ")[0], _run(_TESSERACT))
        except PipelineError as error:
            return Check(name, "broken", str(error), again)
    read = " ".join(line.text for page in pages for line in page.lines)
    if read.replace(" ", "") != SIGHT_TEST.replace(" ", ""):
        return Check(name, "broken", f"{SIGHT_TEST} → {read}", again)
    return Check(name, "ok", f"{ocr.MODEL}: {read}")


def _database(settings: Settings) -> Check:
    from pipeline.store import Store

    name = Words("ทะเบียน (ฐานข้อมูล)", "the register's database")
    mend = Words(
        f"ตรวจ SARABAN_DATABASE_URL และสิทธิ์ของ {settings.home}",
        f"check SARABAN_DATABASE_URL and {settings.home}",
    )
    try:
        store = Store(settings.url)
        store.upgrade()
        counts = store.counts()
        store.close()
    except (PipelineError, OSError) as error:
        return Check(name, "broken", str(error), mend)
    return Check(name, "ok", f"{_without_password(settings.url)} ({sum(counts.values())})")


def _without_password(url: str) -> str:
    head, at, tail = url.rpartition("@")
    if not at:
        return url
    scheme, _, user = head.partition("://")
    return f"{scheme}://{user.partition(':')[0]}@{tail}"


def _prefect(settings: Settings) -> Check:
    name = Words("Prefect (คุมลำดับงาน)", "Prefect, which runs the flows")
    try:
        return Check(name, "ok", metadata.version("prefect"))
    except metadata.PackageNotFoundError:
        mend = Words("สั่ง pip install 'prefect>=3.8,<3.9'", "run pip install 'prefect>=3.8,<3.9'")
        return Check(name, "broken", "–", mend)


def _home(settings: Settings) -> Check:
    name = Words("โฟลเดอร์ข้อมูล", "the data folder")
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=settings.home, prefix=".doctor-"):
            pass
    except OSError as error:
        mend = Words(
            f"ให้สิทธิ์เขียนแก่ผู้ใช้นี้ที่ {settings.home} หรือตั้ง SARABAN_HOME เป็นที่อื่น",
            f"let this user write to {settings.home}, or set SARABAN_HOME to another folder",
        )
        return Check(name, "broken", error.strerror or str(error), mend)
    return Check(name, "ok", str(settings.home))


def _protected(settings: Settings) -> Check:
    name = Words("โฟลเดอร์เอกสารลับ", "the folder of protected files")
    folder = settings.protected
    if not folder.exists():
        return Check(name, "ok", "–")
    mode = stat.S_IMODE(folder.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return Check(
            name, "broken", f"{folder} ({mode:o})", Words(f"สั่ง chmod 700 {folder}", f"run chmod 700 {folder}")
        )
    return Check(name, "ok", f"{folder} ({mode:o})")


def _space(settings: Settings) -> Check:
    name = Words("ที่ว่างในดิสก์", "free disk space")
    folder = settings.home
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(name, "broken", error.strerror or str(error))
    found = f"{free / 1e9:.1f} GB"
    if free < _FREE_BYTES:
        return Check(
            name, "broken", found, Words("ลบไฟล์ที่ไม่ใช้หรือย้าย SARABAN_HOME", "make room, or move SARABAN_HOME")
        )
    return Check(name, "ok", found)


def _fonts(settings: Settings) -> Check:
    """Fonts are only needed to draw the samples; letters are read without any."""
    name = Words("แบบอักษรสำหรับวาดตัวอย่าง", "fonts for drawing the samples")
    found = [
        path for folder in FONT_FOLDERS if folder.is_dir() for path in folder.rglob(f"{_SAMPLE_FONT}.ttf")
    ]
    if found:
        return Check(name, "ok", str(found[0]))
    return Check(name, "advice", "–", _run(_FONTS))
