"""Files for people: written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import BadInputError


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """A place beside `file` to write to, which takes its name at the end; BadInputError where none can be."""
    half = file.with_name(f".{file.name}.part")
    try:
        yield half
        half.replace(file)
    except OSError as error:
        raise BadInputError(
            "export.unwritable",
            f"เขียน {file} ไม่ได้ ({error.strerror}) โปรดปิดไฟล์ในโปรแกรมอื่นหรือเลือกที่อื่น",
            f"{file} cannot be written ({error.strerror}). Close it elsewhere, or choose another place.",
        ) from error
    finally:
        half.unlink(missing_ok=True)
