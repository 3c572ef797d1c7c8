"""Whether a letter is signed (ลงลายมือชื่อ): pen ink seen on the page above or beside a typed name."""

from __future__ import annotations

from collections.abc import Mapping

from schemas.ink import Box, Mark, Page
from schemas.letter import Letter, Signatory
from schemas.reading import Reading

_OVER = 70.0  # points above a typed name in which its signature stands
_INTO = 14.0  # points that a signature's last stroke may reach below the name's top
_UNSEEN = 0.7
"""Confidence that a name is unsigned where no pen was seen: faint ink may be lost, so a person must look."""


def with_signatures(letter: Letter, pages: Mapping[int, Page]) -> Letter:
    """The letter, its signatories with `signed` where their page was looked at as a picture.

    A page read from its text layer, or from a transcript, was not looked at: there it stays None.
    """
    update: dict[str, object] = {}
    if letter.signatory is not None:
        update["signatory"] = _looked_at(letter.signatory, pages)
    if letter.cosigners:
        update["cosigners"] = tuple(_looked_at(one, pages) for one in letter.cosigners)
    return letter.model_copy(update=update) if update else letter


def _looked_at(signatory: Signatory, pages: Mapping[int, Page]) -> Signatory:
    name = signatory.name
    page = pages.get(name.page) if name is not None else None
    if name is None or name.box is None or page is None or page.reader != "print":
        return signatory
    mark = next((mark for mark in page.marks if mark.kind == "signature" and _belongs(mark, name.box)), None)
    signed = Reading[bool](
        value=mark is not None,
        raw="",
        page=name.page,
        box=mark.box if mark is not None else name.box,
        confidence=mark.confidence if mark is not None else _UNSEEN,
        reader="hand" if mark is not None else "print",
    )
    return signatory.model_copy(update={"signed": signed})


def _belongs(mark: Mark, name: Box) -> bool:
    """Whether a signature stands over a typed name."""
    across = min(mark.box.x1, name.x1 + name.width / 2) - max(mark.box.x0, name.x0 - name.width / 2)
    return across > 0 and name.y0 - _OVER < mark.box.y1 < name.y1 + _INTO
