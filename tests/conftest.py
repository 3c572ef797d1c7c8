"""What the tests share: golden files, and the folder of reference documents beside the repository."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from tests.postgres import Cluster, cluster

SHARED = Path(__file__).resolve().parents[2] / "shared"
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
