"""Settings: house values and places, from the environment (SARABAN_…) or a TOML file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import SettingsError


def default_home() -> Path:
    """Where Saraban keeps its data unless told otherwise: the user's XDG data folder."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "saraban"


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
    settle_s: float = Field(2.0, ge=0, description="a watched file must not have changed for this long")
    notice_days: int = Field(3, ge=0, description="fewest working days between receipt and deadline")
    name_pattern: str | None = Field(None, description="regular expression that file names must match whole")
    lang: Literal["th", "en"] | None = Field(None, description="language of messages; default: from LANG")

    @field_validator("name_pattern")
    @classmethod
    def _is_a_pattern(cls, pattern: str | None) -> str | None:
        if pattern is not None:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"name_pattern is not a regular expression: {error}") from error
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
        file = Path(os.environ.get("SARABAN_SETTINGS", "saraban.toml"))
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file))

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
    def protected(self) -> Path:
        """Folder (mode 0700) of the files that carry a secrecy mark."""
        return self.home / "protected"


def load_settings() -> Settings:
    """Read the settings; raise SettingsError in plain words when they are wrong."""
    try:
        return Settings()
    except (ValidationError, ValueError) as error:
        raise SettingsError(f"The settings are not usable: {error}") from error
