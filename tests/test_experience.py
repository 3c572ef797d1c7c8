"""What a house learns from what its people confirmed: names for the next reading, and when to be sure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import cli
from pipeline.experience import ALLOWED, ENOUGH, experience, learned, seasoned
from pipeline.ledger import Ledger
from pipeline.settings import Settings
from pipeline.store import Tally, open_store
from tests import house
from tests.records import NOON, ink, letter, result


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", settle_s=0, workers=1)


def tally(thousandths: int, count: int, wrong: int = 0, reader: str = "print") -> Tally:
    return Tally(reader=reader, thousandths=thousandths, count=count, right=count - wrong)


@pytest.mark.parametrize(
    ("tallies", "sure"),
    [
        ((), 0.9),
        ((tally(950, ENOUGH - 1, 50),), 0.9),  # too few to say anything
        ((tally(950, 1000, 5),), 0.9),  # 1 in 200 is allowed
        ((tally(910, 400, 20), tally(960, 2000, 1)), 0.92),
        ((tally(910, 400, 9), tally(935, 400, 15), tally(970, 2000, 0)), 0.94),
        ((tally(910, 100, 50), tally(970, ENOUGH - 1)), 0.9),
        ((tally(999, 1000, 100),), 0.99),  # even the surest are wrong too often
        ((tally(850, 5000, 4000), tally(950, 1000)), 0.9),  # what is not shown as sure may be wrong
    ],
)
def test_values_count_as_sure_from_where_they_were_right(tallies: tuple[Tally, ...], sure: float) -> None:
    assert learned(tallies, 0.9) == sure


@given(
    st.lists(st.builds(tally, st.integers(0, 1000), st.integers(1, 3000), st.just(0)), max_size=8),
    st.floats(0.5, 0.995),
)
def test_nothing_ever_becomes_sure_by_it(tallies: list[Tally], setting: float) -> None:
    worse = [each.model_copy(update={"right": each.count // 2}) for each in tallies]
    assert learned(tallies, setting) == setting  # all was right: the setting stands
    assert learned(worse, setting) >= setting


def test_the_report_counts_by_reader_and_confidence() -> None:
    found = experience((tally(880, 10, 2), tally(970, 30, 1), tally(700, 5, 5, "hand")), 0.9)
    assert [(band.reader, band.low, band.count, band.right) for band in found.bands] == [
        ("print", 850, 10, 8),
        ("print", 950, 30, 29),
        ("hand", 700, 5, 0),
    ]
    assert (found.sure_count, found.sure_wrong, found.sure) == (30, 1, 0.9)
    assert found.sure_wrong / found.sure_count > ALLOWED  # but thirty are too few


def test_names_that_people_confirmed_help_the_next_reading(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    inbox = tmp_path_factory.mktemp("inbox")
    first, second = inbox / "1.txt", inbox / "2.txt"
    text = house.letter(1).replace("ศาลากลางจังหวัดลำปาง", "ศูนย์ประสานงานกลางฝายหลวง")
    assert "ศูนย์ประสานงานกลางฝายหลวง" in text
    first.write_text(text, encoding="utf-8")
    second.write_text(
        text.replace("ฝายหลวง", "ฝายหลาง").replace("๑/", "๒/") + "\n", encoding="utf-8"
    )  # a damaged name
    ledger, store = Ledger(settings), open_store(settings)

    def read(path: object) -> int:
        with ledger.lock():
            sha256 = ledger.take(path)  # type: ignore[arg-type]
            assert sha256 is not None
            ledger.work(sha256, dt.date(2023, 6, 5))
        stored = store.get(sha256)
        assert stored is not None
        return stored.rows[0]

    seen = store.letter(read(first))
    assert seen is not None
    store.confirm(seen.row.id or 0, who="a", version=seen.version)
    other = store.letter(read(second))
    assert other is not None
    assert other.machine.agency is not None
    assert other.machine.agency.value == "ศูนย์ประสานงานกลางฝายหลาง"  # as it was read
    assert "ศูนย์ประสานงานกลางฝายหลวง" in other.machine.agency.candidates


def test_a_house_whose_sure_values_are_wrong_asks_more(settings: Settings) -> None:
    store = open_store(settings)
    for place in range(1, 61):
        kept = letter(str(place), subject=ink("เรื่อง", 0.91))
        store.save(result(kept, place=place), None, NOON)
        version = store.correct(place, "subject", f"อีกเรื่อง {place}", who="a", version=1)
        store.confirm(place, who="a", version=version)
    assert seasoned(settings).sure == 0.92
    Ledger(settings)
    store = open_store(seasoned(settings))
    store.save(result(letter("99", subject=ink("เรื่อง", 0.91)), place=99), None, NOON)
    assert store.page(limit=1).rows[0].doubtful == ("subject",)


def test_the_command_tells_it(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SARABAN_HOME", str(settings.home))
    monkeypatch.setenv("SARABAN_LANG", "en")
    assert "Nobody has confirmed" in CliRunner().invoke(cli, ["reliability"]).output
    store = open_store(settings)
    store.save(result(letter()), None, NOON)
    store.confirm(1, who="a", version=1)
    said = CliRunner().invoke(cli, ["reliability"]).output
    assert "print" in said
    assert "the setting sure = 0.90 stands" in said
    assert '"sure":0.9' in CliRunner().invoke(cli, ["reliability", "--json"]).output
