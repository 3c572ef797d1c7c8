"""FILE: the file itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.rules.registry import HOUSE_RULE, Evidence, House, file_rule
from pipeline.say import Words
from schemas.finding import Severity
from schemas.result import Result


@file_rule(
    "FILE-01",
    Severity.WARNING,
    basis=HOUSE_RULE,
    title_th="ชื่อไฟล์เป็นไปตามแบบที่กำหนด",
    examples=(
        {"file": "2566-06-02_ลป.pdf", "settings": {"name_pattern": r"\d{4}-\d\d-\d\d_.+\.pdf"}},
        {"file": "scan0001.pdf", "settings": {"name_pattern": r"\d{4}-\d\d-\d\d_.+\.pdf"}},
    ),
)
def name_fits(result: Result, house: House) -> Iterator[Evidence]:
    """The file is named as the house wants it.

    The whole name must match `name_pattern` of the settings; without a pattern every name is fine. People
    are shown `name_rule`, the same in plain words.
    """
    pattern, wanted = house.settings.name_pattern, house.settings.name_rule
    name = unicodedata.normalize("NFC", result.file)  # macOS hands out decomposed names
    if pattern is not None and re.fullmatch(pattern, name) is None:
        message = Words(
            f"ชื่อไฟล์ “{name}” ไม่เป็นไปตามแบบที่กำหนด" + (f": {wanted}" if wanted else ""),
            f"The file name “{name}” does not keep to the house's naming rule"
            + (f": {wanted}" if wanted else "."),
        )
        yield Evidence(message)
