"""A PostgreSQL of the tests' own: made once a session from Debian's package, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
_USER = "saraban"


class Cluster:
    """A running server that listens on nothing but a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, language: str | None = None) -> str:
        """A new, empty database; one that sorts as a language does, where that is given."""
        name = f"t{uuid.uuid4().hex}"
        sorts = f" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '{language}'" if language else ""
        self._psql(f"CREATE DATABASE {name}{sorts}")
        return f"postgresql+psycopg://{_USER}@/{name}?host={self._folder}"

    def drop(self, url: str) -> None:
        """Remove a database, whoever still looks at it."""
        name = url.partition("@/")[2].partition("?")[0]
        self._psql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _psql(self, statement: str) -> None:
        _run("psql", "-h", str(self._folder), "-U", _USER, "-d", "postgres", "-qc", statement)


@contextmanager
def cluster(options: str = "-c fsync=off -c full_page_writes=off") -> Iterator[Cluster]:
    """Start a server and stop it again; the test is skipped where PostgreSQL is not installed."""
    if not _BINARIES:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short name: a socket's path may have 107 letters
    try:
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(folder, "nobody")
        data = folder / "data"
        _run("initdb", "-D", str(data), "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        settings = f"-k {folder} -c listen_addresses='' {options}"
        _run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", settings, "-w", "-t", "60", "start")
        try:
            yield Cluster(folder)
        finally:
            _run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    command = [str(_BINARIES[-1].with_name(program)), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "nobody", "--", *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd="/", check=False)
    if done.returncode != 0 and program == "pg_ctl" and "start" in arguments:
        pytest.skip(f"PostgreSQL does not start here: {done.stderr[-300:]}")
    assert done.returncode == 0, done.stderr
