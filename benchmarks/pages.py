"""How quick the review page and the API are over a large register: a few browsers at once, on this machine only.

    python -m benchmarks.pages --rows 1000000 [--database sqlite|postgresql] [--clients 2] [--each 60]

The server runs in a process of its own and listens on 127.0.0.1; the browsers are threads of this program, each
asking for one page after the other, a bounded number in all. What is measured is from the request to the last byte of
the answer: the page itself, without pictures of scans, which the synthetic letters do not have.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import quote

import httpx

from benchmarks.filled import filled
from benchmarks.made import Maker
from benchmarks.scale import questions
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.web import security

_STARTS_S = 120
_FILTERS = ("", "kind=memo", "urgency=ด่วนมาก", "only=person", "only=error", "only=due", "only=overdue")
_SORTS = ("arrived", "date", "agency", "number", "deadline")


def _serve(home: Path, url: str, tell: Connection) -> None:
    """Answer until this process is ended; tells its port first."""
    import socket

    import uvicorn

    from pipeline.web.app import create_app

    app = create_app(Settings(home=home, database_url=url))
    # Told to be TCP, so that asyncio sends each part of an answer at once, as `saraban serve` does.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    tell.send(listening.getsockname()[1])
    config = uvicorn.Config(app, log_level="error", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def served(url: str) -> Iterator[str]:
    """The application over a database, in a process of its own; where it listens."""
    with tempfile.TemporaryDirectory(prefix="pages") as home:
        mine, its = multiprocessing.get_context("spawn").Pipe()
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(Path(home), url, its))
        process.start()
        try:
            if not mine.poll(_STARTS_S):
                raise TimeoutError("The server did not start.")
            yield f"http://127.0.0.1:{mine.recv()}"
        finally:
            process.terminate()
            process.join(20)


def asked(maker: Maker, rows: int, each: int) -> dict[str, list[str]]:
    """The addresses of every kind."""
    pick = random.Random(11)
    made = [maker.letter(pick.randrange(1, rows + 1)) for _ in range(each)]
    searches = questions(maker, rows)
    pick.shuffle(searches)
    return {
        "register": [
            f"/register?sort={pick.choice(_SORTS)}&{pick.choice(_FILTERS)}"
            + pick.choice(("", "", f"&q={quote(one.code)}", f"&q={quote(one.agency)}", f"&q={one.id}"))
            for one in made
        ],
        "letter": [f"/letters/{one.id}" for one in made],
        "search": [f"/search?q={quote(query)}" for query in searches[:each]],
        "today": ["/"] * (each // 4),
        "deadlines": [f"/deadlines?month={one.day:%Y-%m}" for one in made[: each // 4]],
        "API letters": [
            f"/api/v1/letters?limit=50&needs_person={'true' if one.doubtful else 'false'}" for one in made
        ],
        "API letter": [f"/api/v1/letters/{one.id}" for one in made],
        "API findings": [f"/api/v1/findings?limit=50&after={one.sha256}" for one in made[: each // 4]],
    }


def sign_in(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    """A session's cookie, and the header of a token."""
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)
    found = store.accounts.find("load")
    account = (
        found[0]
        if found
        else store.accounts.add("load", security.hash_password("x" * 20), "clerk", who="load")
    )
    secret, token = security.new_secret(), security.new_secret()
    store.accounts.open_session(account.id, security.digest(secret), "csrf", until)
    store.accounts.add_token(account.id, "load", security.digest(token), "clerk", until, who="load")
    return {security.SESSION_COOKIE: secret}, {"authorization": f"Bearer {token}"}


def measure(url: str, maker: Maker, rows: int, clients: int, each: int) -> dict[str, list[float]]:
    """Milliseconds of each answer, by kind of page."""
    store = Store(url)
    cookies, token = sign_in(store)
    store.close()
    with (
        served(url) as base,
        httpx.Client(base_url=base, cookies=cookies, headers=token, timeout=60) as browser,
    ):

        def get(address: str) -> float:
            began = time.perf_counter()
            answer = browser.get(address)
            took = (time.perf_counter() - began) * 1000
            assert answer.status_code == 200, (answer.status_code, address)
            return took

        get("/search?q=" + quote("ประขุม ไม่มีคำนี้"))  # loads the dictionary: once a process
        figures = {}
        for kind, addresses in asked(maker, rows, each).items():
            with ThreadPoolExecutor(clients) as pool:
                figures[kind] = list(pool.map(get, addresses))
        return figures


def show(database: str, rows: int, clients: int, figures: dict[str, Sequence[float]]) -> None:
    """Print the table."""
    print("| database | letters | browsers at once | page | times | median ms | p95 ms | worst ms |")
    print("|---|---|---|---|---|---|---|---|")
    for kind, values in figures.items():
        ordered = sorted(values)
        print(
            f"| {database} | {rows:,} | {clients} | {kind} | {len(ordered)} | {statistics.median(ordered):.1f} "
            f"| {ordered[int(0.95 * len(ordered))]:.1f} | {ordered[-1]:.1f} |",
            flush=True,
        )


def main() -> None:
    """Fill a register, serve it, and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--clients", type=int, choices=range(1, 17), default=2, metavar="1-16")
    parser.add_argument("--each", type=int, choices=range(4, 1001), default=200, metavar="4-1000")
    options = parser.parse_args()
    maker = Maker()
    with filled(options.database, maker, options.rows, options.folder) as url:
        figures = measure(url, maker, options.rows, options.clients, options.each)
        show(options.database, options.rows, options.clients, figures)


if __name__ == "__main__":
    main()
