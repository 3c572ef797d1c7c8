"""Names that an office knows: signers and addressees beside those that its clerks confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.agencies import is_same_name
from parsers.alike import likeness
from parsers.checks import weigh
from schemas.letter import Letter

_AGREES = 1.03
_SURE = 0.9
_NEAR = 0.85
"""Likeness from which a name may be a damaged one, and the confidence that it has then at most."""


def with_known_signer(letter: Letter, known: Sequence[str] = ()) -> Letter:
    """The letter, its signer weighed by names that people of the office confirmed, the most frequent first.

    The same name said before raises confidence a little, never above the reader's best. A name that is almost one of
    them is not sure, and that one becomes a candidate: until somebody confirms that there are two such people. The
    value itself stays as it was read.
    """
    name = letter.signatory.name if letter.signatory is not None else None
    if name is None or not name.value or not known or letter.signatory is None:
        return letter
    value = name.value
    if any(is_same_name(value, one) for one in known):
        weighed = weigh(name, _AGREES)
    else:
        near = _near(value, known)
        if not near:
            return letter
        candidates = tuple(dict.fromkeys((*name.candidates, *near)))
        confidence = min(name.confidence, _NEAR)
        weighed = name.model_copy(update={"candidates": candidates, "confidence": confidence})
    return letter.model_copy(update={"signatory": letter.signatory.model_copy(update={"name": weighed})})


def with_known_addressee(letter: Letter, known: Sequence[str] = ()) -> Letter:
    """The letter, its addressee weighed by those that people of the office confirmed, the most frequent first.

    The same one said before raises confidence a little. Beside a name that was not read for sure, those that are
    almost the same become candidates. Confidence is never lowered: names of two provinces may differ in a few letters.
    """
    name = letter.addressee
    if name is None or not name.value or not known:
        return letter
    value = name.value
    if any(is_same_name(value, one) for one in known):
        return letter.model_copy(update={"addressee": weigh(name, _AGREES)})
    near = _near(value, known) if name.confidence < _SURE else ()
    if not near:
        return letter
    candidates = tuple(dict.fromkeys((*name.candidates, *near)))
    return letter.model_copy(update={"addressee": name.model_copy(update={"candidates": candidates})})


def _near(value: str, known: Sequence[str]) -> Sequence[str]:
    """A few known names that a damaged one may be."""
    return [one for one in known if likeness(value, one) >= _NEAR][:3]
