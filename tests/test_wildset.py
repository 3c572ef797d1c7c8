"""Pages of another making say what their truth says, and pen is no line of print."""

from __future__ import annotations

import random

from benchmarks.wildset import letters, marks, pens
from benchmarks.wildset.letters import Style
from benchmarks.wildset.words import facts

HAND = pens.Hand(["Purisa"])
STYLE = Style(font="Laksaman", hand=HAND, size=16, leading=1.3, justify=False, colour="#333")


def _drawn(seed: int) -> tuple[str, letters.TrueLetter, bool]:
    rng = random.Random(seed)
    said = facts(rng)
    drawn = letters.external(said, rng, STYLE)
    return drawn.html, drawn.truth, said.thai_digits


def test_the_signer_of_the_truth_stands_on_the_page() -> None:
    for seed in range(40):
        html, truth, _ = _drawn(seed)
        assert truth.signatory is not None
        assert truth.signatory.name in html
        assert truth.signatory.position.split(" ")[0] in html
        if truth.signatory.acting_for is not None:
            assert f"ราชการแทน {truth.signatory.acting_for}" in html


def test_a_running_number_by_pen_is_no_print() -> None:
    written = [(html, truth) for html, truth, _ in map(_drawn, range(60)) if "number" in truth.pen]
    assert written
    for html, truth in written:
        assert truth.number is not None
        running = truth.number.rpartition("/")[2].removeprefix("ว")
        digits = {running, running.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))}
        assert any(f">{one}</span>" in html for one in digits)
        assert not any(f"/{one}</div>" in html for one in digits)


def test_a_receipt_stamp_says_all_its_blanks() -> None:
    stamps = 0
    for seed in range(60):
        rng = random.Random(seed)
        said = facts(rng)
        html = marks.receipt(rng, said, "งานสารบรรณ", HAND)
        assert bool(html) == (said.receipt is not None)
        if said.receipt is not None:
            stamps += 1
            assert said.show(said.receipt[0]) in html
            assert said.show(f"{said.receipt[2]:%H.%M}") in html
    assert stamps > 10
