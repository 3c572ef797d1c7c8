"""Prefect, set up to keep to this machine: imported before Prefect itself, whose settings are read on import.

Its data go into the house's folder, nothing is sent anywhere, and its server is a child process of ours that
ends when we do, however we end.
"""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import SettingsError, ToolError
from pipeline.settings import Settings, default_home, load_settings

_EVENTS_S = 10
_START_S = 90  # the first start makes Prefect's own tables: some 10 s on a slow disk
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # what becomes of a document is told by the ledger
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}


def _set_environment() -> None:
    """What the user has set in the environment stays, telemetry excepted."""
    try:
        home = load_settings().home
    except SettingsError:  # said in plain words by whoever runs a flow; an import must not fail
        home = default_home()
    os.environ.setdefault("PREFECT_HOME", str(home / "prefect"))
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    os.environ.update({name: _QUIET[name] for name in ("DO_NOT_TRACK", "PREFECT_SERVER_ANALYTICS_ENABLED")})


_set_environment()

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the folder is made when a flow runs, not on import
    from prefect.events.worker import EventsWorker
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings


@contextmanager
def server(settings: Settings) -> Iterator[None]:
    """Run the body with a Prefect server at hand: the one of PREFECT_API_URL, else one of our own."""
    if PREFECT_API_URL.value():
        yield
        return
    home = settings.home / "prefect"
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    child = _start(port, home)
    try:
        _wait_until_ready(child, url)
        with temporary_settings({PREFECT_HOME: home, PREFECT_API_URL: url}):
            try:
                yield
            finally:
                _send_events()
    finally:
        _stop(child)


def _start(port: int, home: Path) -> subprocess.Popen[bytes]:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (home / "server.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "flows._server", str(port)],
                env={**os.environ, **_QUIET, "PREFECT_HOME": str(home), "PREFECT__SERVER_EPHEMERAL": "1"},
                cwd=Path(__file__).parent.parent,
                stdin=subprocess.PIPE,  # the child ends when this pipe closes: see _server.py
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is for us alone: we end our work in order
            )
    except OSError as error:
        raise ToolError(f"Prefect could not be started: {error.strerror or error}.") from error


def _wait_until_ready(child: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise ToolError(
                f"Prefect's server ended at once (code {child.returncode}). "
                "Its own words are in prefect/server.log inside Saraban's folder; check with: saraban doctor"
            )
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise ToolError(f"Prefect's server did not answer within {_START_S} seconds. Check with: saraban doctor")


def _send_events() -> None:
    """Let Prefect tell its server what it still has to tell; what cannot be told is dropped, not waited for.

    Left alone it would hold up our end for seconds an event when the server is gone.
    """
    services: Mapping[int, object] = EventsWorker._instances  # type: ignore[misc]
    workers = [service for service in services.values() if isinstance(service, EventsWorker)]
    EventsWorker.drain_all(timeout=_EVENTS_S, at_exit=False)
    for worker in workers:
        with contextlib.suppress(queue.Empty):
            while True:
                worker._queue.get_nowait()
        worker._queue.put_nowait(None)


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(timeout=10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
