"""The settings of rules: switches, house values and holidays, and what is said of wrong ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import load_settings


@pytest.fixture
def toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "saraban.toml"
    monkeypatch.setenv("SARABAN_SETTINGS", str(file))
    return file


def test_the_settings_of_rules_come_from_one_file(toml: Path) -> None:
    toml.write_text(
        'holidays = [2569-12-30, "2026-11-02"]\noff_days = ["sunday"]\nurgency_days = {"ด่วน" = 2}\n'
        '[rules]\nDATE-05 = "off"\nURG-01 = "note"\n',
        encoding="utf-8",
    )
    settings = load_settings()
    assert settings.rules == {"DATE-05": "off", "URG-01": "note"}
    assert settings.holidays == (dt.date(2026, 12, 30), dt.date(2026, 11, 2))
    assert settings.off_days == ("sunday",)
    assert settings.urgency_days == {"ด่วน": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[rules]\nDATE-05 = "loud"', "rules.DATE-05 must be off, note, warning or error"),
        ('[rules]\nDATE-55 = "off"', "There is no rule DATE-55; did you mean DATE-05?"),
        ('[rules]\nZ = "off"', "There is no rule Z. See: saraban rules"),
        ('rules = "off"', "rules must be a table of names and values"),
        ('holidays = ["soon"]', "holidays.0 must be a day, such as 2026-12-30"),
        ("holidays = 3", "holidays must be a list in square brackets"),
        ('off_days = ["sat"]', "off_days.0 must be monday"),
        ('urgency_days = {"ช้า" = 1}', "urgency_days.ช้า must be ด่วน"),
        ('urgency_days = {"ด่วน" = -1}', "urgency_days.ด่วน must be 0 or more"),
        ("smtp_port = 0", "smtp_port must be 1 or more"),
    ],
)
def test_wrong_settings_are_told_in_plain_words(toml: Path, text: str, said: str) -> None:
    toml.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert said in str(caught.value)
    assert str(caught.value) != caught.value.message


def test_a_password_is_never_shown(toml: Path) -> None:
    toml.write_text("smtp_password = 12345", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "12345" not in str(caught.value) + caught.value.message
