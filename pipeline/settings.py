"""Settings: house values and places, from the environment (SARABAN_…) or a TOML file."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


Weight = Literal["off", "note", "warning", "error"]
"""What a rule may weigh in a house; off: it is not asked."""
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Urgency = Literal["ด่วน", "ด่วนมาก", "ด่วนที่สุด"]
_URGENCY_DAYS: dict[Urgency, int] = {"ด่วนที่สุด": 1, "ด่วนมาก": 3, "ด่วน": 5}


def _as_day(value: object) -> object:
    """A day as people write it, Buddhist-era years included; what is no day is left for pydantic to refuse."""
    from pipeline.choose import parse_day

    if isinstance(value, str) and not value.strip().isdecimal():
        return parse_day(value, dt.date.min) or value
    if isinstance(value, dt.date) and value.year >= 2400:
        return parse_day(value.isoformat(), dt.date.min) or value
    return value


Day = Annotated[dt.date, BeforeValidator(_as_day)]


def default_home() -> Path:
    """Where Saraban keeps its data unless told otherwise: the user's XDG data folder."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "saraban"


def settings_file() -> Path:
    """The TOML file of the settings; it need not be there."""
    return Path(os.environ.get("SARABAN_SETTINGS", "saraban.toml"))


class Settings(BaseSettings):
    """All that an office may want to change. Every field can be set as SARABAN_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="SARABAN_", frozen=True, extra="forbid")

    home: Path = Field(default_factory=default_home, description="folder of the register and the originals")
    database_url: str | None = Field(None, description="SQLAlchemy URL; default: SQLite inside `home`")
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, description="documents at a time")
    sure: float = Field(0.9, ge=0, le=1, description="values read with less confidence need a person")
    max_pages: int = Field(200, ge=1, description="pages of one file; longer files are refused")
    max_bytes: int = Field(200_000_000, ge=1, description="size of one file; larger files are refused")
    page_timeout_s: int = Field(120, ge=1, description="seconds one page may take in OCR")
    reader: Literal["tesseract", "net", "both"] = Field(
        "both", description="who reads lines; both: Tesseract, our network as second opinion on digits"
    )
    settle_s: float = Field(2.0, ge=0, description="a watched file must not have changed for this long")
    notice_days: int = Field(3, ge=0, description="fewest working days between receipt and deadline")
    name_pattern: str | None = Field(None, description="regular expression that file names must match whole")
    name_rule: str | None = Field(
        None, description="what name_pattern asks for in plain words, such as 2566-06-02_sender.pdf"
    )
    rules: dict[str, Weight] = Field(
        default_factory=dict, description='what a rule weighs here, or off: DATE-05 = "note"'
    )
    urgency_days: dict[Urgency, Annotated[int, Field(ge=0)]] = Field(
        default_factory=lambda: dict(_URGENCY_DAYS),
        description="most working days an urgent letter may be on its way",
    )
    holidays: tuple[Day, ...] = Field(
        (), description="days on which this house is closed beside the official ones"
    )
    holidays_file: Path | None = Field(None, description="CSV of such days: a date and what it is called")
    off_days: tuple[Weekday, ...] = Field(
        ("saturday", "sunday"), description="days of the week on which this house is closed"
    )
    agencies_file: Path | None = Field(
        None, description="CSV of the office's own agencies: name, and code, kind, district, province"
    )
    query_s: float = Field(
        60.0, gt=0, description="seconds a question of `saraban query` may take, once the tables are copied"
    )
    query_rows: int = Field(100_000, ge=1, description="most rows of its answer; more are an error")
    remind_days: int = Field(7, ge=0, description="how many days ahead the daily reminder looks")
    remind_to: tuple[str, ...] = Field((), description="e-mail addresses that get the daily reminder")
    mail_from: str | None = Field(None, description="sender of the daily reminder")
    smtp_host: str | None = Field(None, description="mail server; without one no e-mail is sent")
    smtp_port: int = Field(587, ge=1, le=65535, description="port of the mail server")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="how the way to the mail server is kept private"
    )
    smtp_user: str | None = Field(None, description="user name at the mail server")
    smtp_password: str | None = Field(None, description="password there; better set in the environment")
    imap_host: str | None = Field(None, description="mail server of the office's mailbox, for `saraban mail`")
    imap_port: int | None = Field(None, ge=1, le=65535, description="its port; default: 993, or 143")
    imap_user: str | None = Field(None, description="the mailbox's user, such as saraban@office.example")
    imap_password: SecretStr | None = Field(
        None, description="its password; better set as SARABAN_IMAP_PASSWORD than written down"
    )
    imap_folder: str = Field("INBOX", description="folder of the mailbox")
    imap_security: Literal["ssl", "starttls", "plain"] = Field(
        "ssl", description="how the connection is protected; plain: only to a server on this machine"
    )
    lang: Literal["th", "en"] | None = Field(None, description="language of messages; default: from LANG")

    @field_validator("name_pattern")
    @classmethod
    def _is_a_pattern(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(str(error)) from error
        return pattern

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file named by SARABAN_SETTINGS or ./saraban.toml."""
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, toml_file=settings_file()),
        )

    @property
    def url(self) -> str:
        """The database's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home / 'register.sqlite3'}"

    @property
    def originals(self) -> Path:
        """Folder of the files as they came, by hash."""
        return self.home / "originals"

    @property
    def quarantine(self) -> Path:
        """Folder of the files that could not be read, each with its reason beside it."""
        return self.home / "quarantine"

    @property
    def mail(self) -> Path:
        """Folder (mode 0700) of the messages that came by e-mail, each with its attachments."""
        return self.home / "mail"

    @property
    def protected(self) -> Path:
        """Folder (mode 0700) of the files that carry a secrecy mark."""
        return self.home / "protected"


def load_settings() -> Settings:
    """Read the settings; raise SettingsError in plain words when they are wrong."""
    try:
        settings = Settings()
        _check_rules(settings)
        return settings
    except ValidationError as error:
        said = [_in_plain_words(each) for each in error.errors()]
        raise SettingsError(*("\n".join(words) for words in zip(*said, strict=True))) from error
    except (ValueError, OSError) as error:
        file = settings_file()
        raise SettingsError(
            f"The settings file {file} cannot be read: {error}", f"อ่านแฟ้มค่าตั้ง {file} ไม่ได้: {error}"
        ) from error


def _check_rules(settings: Settings) -> None:
    """Only rules that are there can be switched; asked only where some are."""
    if not settings.rules:
        return
    from pipeline.rules import RULES

    for name in settings.rules:
        if name not in RULES:
            near = difflib.get_close_matches(name.upper(), RULES, 1)
            raise SettingsError(
                f"There is no rule {name}"
                + (f"; did you mean {near[0]}?" if near else ". See: saraban rules"),
                f"ไม่มีกฎ {name}" + (f" หมายถึง {near[0]} หรือไม่" if near else " ดูรายการกฎด้วย: saraban rules"),
            )


_NOT_SHOWN = frozenset(("database_url", "smtp_password"))  # they may hold a password
_WANTED = {
    "literal_error": ("must be {expected}", "ต้องเป็น {expected}"),
    "int_parsing": ("must be a whole number", "ต้องเป็นจำนวนเต็ม"),
    "int_type": ("must be a whole number", "ต้องเป็นจำนวนเต็ม"),
    "int_from_float": ("must be a whole number", "ต้องเป็นจำนวนเต็ม"),
    "float_parsing": ("must be a number", "ต้องเป็นตัวเลข"),
    "float_type": ("must be a number", "ต้องเป็นตัวเลข"),
    "string_type": ("must be words in quotes", "ต้องเป็นข้อความในเครื่องหมายคำพูด"),
    "dict_type": ("must be a table of names and values", "ต้องเป็นตารางของชื่อกับค่า"),
    "tuple_type": ("must be a list in square brackets", "ต้องเป็นรายการในวงเล็บเหลี่ยม"),
    "date_type": ("must be a day, such as 2026-12-30", "ต้องเป็นวันที่ เช่น 2569-12-30"),
    "date_from_datetime_parsing": ("must be a day, such as 2026-12-30", "ต้องเป็นวันที่ เช่น 2569-12-30"),
    "date_parsing": ("must be a day, such as 2026-12-30", "ต้องเป็นวันที่ เช่น 2569-12-30"),
    "path_type": ("must be a path in quotes", "ต้องเป็นที่อยู่ของโฟลเดอร์ในเครื่องหมายคำพูด"),
    "greater_than_equal": ("must be {ge:g} or more", "ต้องเป็น {ge:g} ขึ้นไป"),
    "less_than_equal": ("must be {le:g} or less", "ต้องไม่เกิน {le:g}"),
    "value_error": ("must be a regular expression ({error})", "ต้องเป็น regular expression ({error})"),
}


def _in_plain_words(wrong: ErrorDetails) -> tuple[str, str]:
    """What is wrong with one setting, in English and Thai."""
    first = str(wrong["loc"][0])
    name = ".".join(str(step) for step in wrong["loc"] if step != "[key]")
    if wrong["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, 1)
        return (
            f"There is no setting {name}" + (f"; did you mean {near[0]}?" if near else "."),
            f"ไม่มีค่าตั้งชื่อ {name}" + (f" หมายถึง {near[0]} หรือไม่" if near else ""),
        )
    given = dict(wrong.get("ctx", {}))
    if "expected" in given:
        given["expected"] = str(given["expected"]).replace("'", "")
    english, thai = _WANTED.get(wrong["type"], ("cannot be used", "ใช้ไม่ได้"))
    thai = thai.format(**given).replace(" or ", " หรือ ")
    value = "" if first in _NOT_SHOWN else repr(wrong["input"])
    variable = f"SARABAN_{first.upper()}"
    where = variable if variable in os.environ else str(settings_file())
    return (
        f"{name} {english.format(**given)}{value and f'; it is {value}'} (set in {where}).",
        f"{name} {thai}{value and f' แต่ตั้งไว้เป็น {value}'} (ตั้งใน {where})",
    )
