"""People whom an office knows: a signer's name beside those that its clerks confirmed."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.agencies import is_same_name
from parsers.alike import likeness
from parsers.checks import weigh
from schemas.letter import Letter

_AGREES = 1.03
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
        near = [one for one in known if likeness(value, one) >= _NEAR][:3]
        if not near:
            return letter
        candidates = tuple(dict.fromkeys((*name.candidates, *near)))
        confidence = min(name.confidence, _NEAR)
        weighed = name.model_copy(update={"candidates": candidates, "confidence": confidence})
    return letter.model_copy(update={"signatory": letter.signatory.model_copy(update={"name": weighed})})
