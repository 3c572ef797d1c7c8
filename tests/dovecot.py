"""A real mail server for tests: Debian's Dovecot in a temporary folder, on a free port of this machine."""

from __future__ import annotations

import getpass
import imaplib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

USER, PASSWORD = "saraban", "not-a-secret"
DOVECOT = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else None)


class Server(NamedTuple):
    """Where the server listens."""

    port: int

    def deliver(self, *messages: bytes) -> None:
        """Put messages into the inbox."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login(USER, PASSWORD)
            for message in messages:
                assert client.append("INBOX", None, None, message)[0] == "OK"

    def flags(self) -> bytes:
        """The flags of all messages."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.login(USER, PASSWORD)
            client.select("INBOX", readonly=True)
            return b"".join(part for part in client.fetch("1:*", "(FLAGS)")[1] if isinstance(part, bytes))


@contextmanager
def dovecot(folder: Path) -> Iterator[Server]:
    """Run a server whose files lie in `folder`, whose path must be short: it holds sockets."""
    assert DOVECOT is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    config = folder / "dovecot.conf"
    config.write_text(_config(folder, port), encoding="utf-8")
    (folder / "mail").mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder / "mail", "nobody", "nogroup")
        folder.chmod(0o755)
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(config)])
    try:
        _wait(port, process)
        yield Server(port)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert process.poll() is None, "Dovecot did not start"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Dovecot does not answer")


def _config(folder: Path, port: int) -> str:
    root = os.geteuid() == 0
    me = getpass.getuser()
    owner = "uid=nobody gid=nogroup" if root else f"uid={os.getuid()} gid={os.getgid()}"
    users = "" if root else f"default_internal_user = {me}\ndefault_login_user = {me}\n"
    return f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
{users}
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = {owner} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
