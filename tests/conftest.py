"""What the tests share: golden files, and the folder of reference documents beside the repository."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pydantic import BaseModel

from tests.postgres import Cluster, cluster

SHARED = Path(__file__).resolve().parents[2] / "shared"
# Property tests draw the same inputs in every run, so that a run says something of the change and not of luck; with
# SARABAN_FUZZ=<examples> they draw new ones, so many a test (`make fuzz`).
settings.register_profile("same", max_examples=200, derandomize=True, deadline=None)
settings.register_profile(
    "fuzz", max_examples=int(os.environ.get("SARABAN_FUZZ") or 2000), deadline=None, print_blob=True
)
settings.load_profile("fuzz" if os.environ.get("SARABAN_FUZZ") else "same")

Golden = Callable[[Path, BaseModel | list[BaseModel]], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite golden files; read the diff afterwards"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a record, or a list of them, with the JSON on file; `--update-golden` rewrites the file."""

    def check(path: Path, got: BaseModel | list[BaseModel]) -> None:
        records = (
            [one.model_dump(mode="json") for one in got]
            if isinstance(got, list)
            else got.model_dump(mode="json")
        )
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(records, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        assert records == json.loads(path.read_text(encoding="utf-8")), f"differs from {path.name}"

    return check


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """The five seed documents by number; tests that need them are skipped where they are not at hand."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the seed documents (../shared/seeds) are not here")
    return {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server for this session; tests that need it are skipped where the package is missing."""
    with cluster() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database: each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'house' / 'register.sqlite3'}"
        return
    server: Cluster = request.getfixturevalue("postgres")
    url = server.url()
    yield url
    server.drop(url)
