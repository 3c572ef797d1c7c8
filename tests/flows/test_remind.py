"""The flows of the day: the reminder and judging again, run by a real Prefect server."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.remind import feed_file
from pipeline.settings import Settings
from pipeline.store import open_store
from tests.make_records import deadline, letter, result

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("prefect")]
TODAY = dt.date(2023, 6, 14)
NOW = dt.datetime(2023, 6, 8, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = Settings(home=tmp_path / "home", lang="en", rules={}, name_pattern=None)
    made = result(letter(number="สพร 2565/ว907", subject="ส่งแบบสำรวจ", deadlines=(deadline(TODAY),)))
    open_store(home).save(made, None, NOW)
    return home


def test_the_reminder_leaves_a_feed_and_an_artifact(settings: Settings) -> None:
    from flows._prefect import server  # isort: skip
    from prefect.client.orchestration import get_client

    from flows.remind import remind

    with server(settings):
        reminder = remind(settings, TODAY)
        with get_client(sync_client=True) as client:
            artifacts = client.request("POST", "/artifacts/filter", json={}).json()
    assert reminder.headline == "Due today 1"
    assert "ส่งแบบสำรวจ".encode() in feed_file(settings).read_bytes()
    (artifact,) = [each for each in artifacts if each["key"] == "deadlines"]
    assert artifact["data"] == reminder.markdown


def test_judging_again_as_a_flow(settings: Settings) -> None:
    from flows.rejudge import run_rejudge

    done = run_rejudge(settings, TODAY)
    assert (done.documents, done.changed) == (1, 1)
    ids = [each.id for each in open_store(settings).get("5ba05ba0").result.findings]  # type: ignore[union-attr]
    assert "NUM-01" in ids
    assert run_rejudge(settings, TODAY).changed == 0
