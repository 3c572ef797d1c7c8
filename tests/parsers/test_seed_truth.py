"""The five seed documents against what a careful clerk notes in them: see seed_truth/README.md."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from parsers.text import squash, to_arabic
from pipeline.stages import understand
from pipeline.transcript import read_transcript
from schemas.reading import Reading
from schemas.result import Document, Result

TRUTH = Path(__file__).parent / "seed_truth"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
SURE = 0.9
CLAIMS = ("is", "contains", "starts", "digits", "one_of", "count", "absent", "has", "unread", "once")
Fact = dict[str, Any]


def facts() -> Iterator[Any]:
    for path in sorted(TRUTH.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for fact in told["facts"]:
            yield pytest.param(
                told["seed"], fact, id=f"{told['seed']}-{fact['part']}-{fact['path']}-{tag(fact)}"
            )


def tag(fact: Fact) -> str:
    return hashlib.sha256(json.dumps(fact, sort_keys=True).encode()).hexdigest()[:4]


@cache
def record(seed: str) -> Result:
    """What the whole pipeline makes of one seed."""
    path = next(SEEDS.glob(f"{seed}_*.txt"), None) if SEEDS.is_dir() else None
    if path is None:
        pytest.skip("the seed documents (../shared/seeds) are not here")
    pages = read_transcript(path.read_text(encoding="utf-8"))
    return understand(Document(file=path.name, sha256="0" * 64, pages=pages))


@pytest.mark.parametrize(("seed", "fact"), list(facts()))
def test_a_fact_of_a_seed_is_in_the_record(seed: str, fact: Fact) -> None:
    got = at(record(seed), fact["path"])
    if "has" in fact:
        assert isinstance(got, tuple), f"{fact['path']} is no list: {got!r}"
        found = [one for one in got if agrees(one, fact["has"])]
        if fact.get("damaged") and not found:
            assert got, f"nothing at {fact['path']}"
            assert all(doubtful(one) for one in got), f"{fact['path']} is sure, and wrong: {shown(got)}"
            return
        assert found, f"none of {fact['path']} has {fact['has']}: {shown(got)}"
        for field, value in fact.get("doubtful", {}).items():
            part = at(found[0], field)
            assert agrees(part, value) or doubtful(part), f"{field} is sure, and wrong: {part!r}"
        return
    right = holds(got, fact)
    if fact.get("damaged") and not right:
        assert got is not None, f"nothing at {fact['path']}, not even as doubtful"
        assert doubtful(got), f"{fact['path']} is sure, and wrong: {got!r}"
        return
    assert right, f"{fact['path']}: want {claim(fact)}, got {shown(got)}"


@pytest.mark.parametrize("path", sorted(TRUTH.glob("*.json")), ids=lambda path: path.stem)
def test_a_truth_file_is_well_formed(path: Path) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["seed"] == path.stem
    for fact in told["facts"]:
        assert fact["part"] in ("letters", "contest")
        assert sum(name in fact for name in CLAIMS) == 1, fact
        assert set(fact) <= {"part", "path", "damaged", "doubtful", "why", *CLAIMS}, fact


def claim(fact: Fact) -> Mapping[str, Any]:
    return {name: fact[name] for name in CLAIMS if name in fact}


def at(record: Any, path: str) -> Any:
    """What stands at a path of a record: `letters.0.number.text`; None where there is nothing."""
    for step in path.split("."):
        if isinstance(record, Reading):
            if record.value is None:
                return record  # seen but not understood: so are its parts
            record = record.value
        if record is None:
            return None
        if step.isdigit():
            record = record[int(step)] if int(step) < len(record) else None
        else:
            record = getattr(record, "rank" if step == "class" else step)
    return record


def holds(got: Any, fact: Fact) -> bool:
    value = plain(got)
    if "absent" in fact:
        return value is None
    if "unread" in fact:
        return isinstance(got, Reading) and got.value is None
    if "count" in fact:
        return isinstance(got, tuple) and len(got) == fact["count"]
    if value is None:
        return False
    if "is" in fact:
        return same(value, fact["is"])
    if "one_of" in fact:
        return any(same(value, one) for one in fact["one_of"])
    if "contains" in fact:
        return squash(fact["contains"]) in squash(str(value))
    if "starts" in fact:
        return squash(str(value)).startswith(squash(fact["starts"]))
    if "once" in fact:
        return squash(str(value)).count(squash(fact["once"])) == 1
    return re.sub(r"\D", "", to_arabic(str(value))).startswith(str(fact["digits"]))


def agrees(got: Any, want: Any) -> bool:
    """Whether an entry of a list has all that is wanted of it."""
    if isinstance(want, dict):
        if any(name in want for name in CLAIMS):
            return holds(got, want)
        return all(agrees(at(got, field), value) for field, value in want.items())
    return same(plain(got), want)


def same(value: Any, want: Any) -> bool:
    if isinstance(want, list):
        return (
            isinstance(value, tuple)
            and len(value) == len(want)
            and all(same(plain(one), other) for one, other in zip(value, want, strict=True))
        )
    if isinstance(want, str) and isinstance(value, str):
        return same_text(value, want)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat() == want
    return bool(value == want)


def same_text(one: str, other: str) -> bool:
    return squash(one) == squash(other) and ("<" not in other or one == other)


def plain(got: Any) -> Any:
    return got.value if isinstance(got, Reading) else got


def doubtful(got: Any) -> bool:
    """Whether a person would be asked: the value is None, or its confidence below the threshold."""
    if got is None:
        return True
    if isinstance(got, Reading):
        return got.value is None or got.confidence < SURE
    readings = (
        [value for _, value in got if isinstance(value, Reading)] if hasattr(got, "model_fields") else []
    )
    return any(doubtful(one) for one in readings)


def shown(got: Any) -> str:
    if isinstance(got, tuple):
        return "; ".join(shown(one) for one in got)[:600]
    return repr(plain(got))[:300]
