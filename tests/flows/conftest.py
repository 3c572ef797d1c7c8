"""Prefect's test harness for the flows, and a house in a temporary folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.house import settings_for

# Before Prefect is imported: its data must not go where the user's are.
os.environ.setdefault("PREFECT_HOME", tempfile.mkdtemp(prefix="prefect-"))


@pytest.fixture(scope="session")
def prefect() -> Iterator[None]:
    """One Prefect server for all tests of the flows."""
    import flows._prefect  # noqa: F401  # sets Prefect up

    from prefect.testing.utilities import prefect_test_harness  # isort: skip

    with prefect_test_harness(server_startup_timeout=90):
        yield


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty inbox."""
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty house."""
    return settings_for(tmp_path / "home")
