"""Prefect's server as a child process: `python -m flows._server PORT`.

It ends when its standard input closes, which the system sees to even when the parent is killed.
"""

from __future__ import annotations

import os
import sys
import threading

_GRACE_S = 5


def main(port: int) -> None:
    """Serve on this machine only, until the parent is gone."""
    import uvicorn
    from prefect.server.api.server import create_app

    config = uvicorn.Config(create_app, factory=True, host="127.0.0.1", port=port, log_level="critical")
    server = uvicorn.Server(config)
    threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    server.run()


def _end_with_parent(server: object) -> None:
    sys.stdin.buffer.read()
    server.should_exit = True  # type: ignore[attr-defined]
    threading.Event().wait(_GRACE_S)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
