"""The office's mailbox by IMAP: every message is fetched once and kept; the mailbox itself is never changed."""

from __future__ import annotations

import imaplib
import json
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxLoginError

from pipeline.disk import on_disk, private_folder, write_whole
from pipeline.errors import SettingsError, ToolError
from pipeline.message import Kept, keep_message
from pipeline.settings import Settings
from schemas.result import Problem

_SECONDS = 60
_STATE = "fetched.json"

Tell = Callable[[Kept | Problem], None]


def fetch(settings: Settings, tell: Tell) -> int:
    """Keep every message that was not fetched before, the oldest first; return how many there were.

    `tell` hears of each message once it is kept, or of one that is too large. After a crash the last message
    may be told of again. SettingsError when no mailbox is set, ToolError when the server cannot be reached.
    """
    count = 0
    with _opened(settings) as box:
        key, state = _key(settings, box), _load(settings)
        last = state.get(key, 0)
        for uid in sorted(int(uid) for uid in box.uids(f"UID {last + 1}:*")):
            if uid <= last:  # `n:*` names the newest message even when it is older than n
                continue
            tell(_take(settings, box, uid))
            count += 1
            state[key] = uid
            _save(settings, state)
    return count


@contextmanager
def _opened(settings: Settings) -> Iterator[BaseMailBox]:
    if settings.imap_host is None or settings.imap_user is None or settings.imap_password is None:
        raise SettingsError(
            "No mailbox is set. Set imap_host, imap_user and imap_password (SARABAN_IMAP_PASSWORD).",
            "ยังไม่ได้ตั้งกล่องอีเมล ตั้งค่า imap_host, imap_user และ imap_password (SARABAN_IMAP_PASSWORD)",
        )
    try:
        with _connect(settings, settings.imap_host) as box:
            box.login(settings.imap_user, settings.imap_password.get_secret_value(), initial_folder=None)
            box.folder.set(settings.imap_folder, readonly=True)
            yield box
    except MailboxLoginError as error:
        raise SettingsError(
            f"The mail server refused {settings.imap_user}: check imap_user and imap_password.",
            f"เซิร์ฟเวอร์อีเมลไม่ยอมรับ {settings.imap_user} ตรวจ imap_user และ imap_password",
        ) from error
    except (OSError, ImapToolsError, imaplib.IMAP4.error) as error:
        raise ToolError(
            f"The mail server {settings.imap_host} cannot be used ({type(error).__name__})."
        ) from error


def _connect(settings: Settings, host: str) -> BaseMailBox:
    if settings.imap_security == "plain":
        if not _is_here(host):
            raise SettingsError(
                'imap_security = "plain" sends the password unprotected: only for a server on this machine.',
                'imap_security = "plain" ส่งรหัสผ่านโดยไม่เข้ารหัส ใช้ได้เฉพาะเซิร์ฟเวอร์ในเครื่องนี้',
            )
        return MailBoxUnencrypted(host, settings.imap_port or 143, timeout=_SECONDS)
    if settings.imap_security == "starttls":
        return MailBoxStartTls(host, settings.imap_port or 143, timeout=_SECONDS, ssl_context=_safe())
    return MailBox(host, settings.imap_port or 993, timeout=_SECONDS, ssl_context=_safe())


def _safe() -> ssl.SSLContext:
    return ssl.create_default_context()


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _take(settings: Settings, box: BaseMailBox, uid: int) -> Kept | Problem:
    """One message, kept; a Problem when it is larger than the house takes."""
    size = _size(box, uid)
    if size > settings.max_bytes:
        return Problem(
            code="mail.too_large",
            message=f"อีเมลลำดับ {uid} ใหญ่เกินไป ({size:,} ไบต์) เปิดในโปรแกรมอีเมล แล้วนำไฟล์แนบเข้าเอง",
            message_en=f"Message {uid} is too large ({size:,} bytes). Open it in the mail program and bring "
            "its attachments in by hand.",
        )
    raw = _whole(box, uid)
    if raw is not None:
        return keep_message(raw, settings.mail)
    return Problem(
        code="mail.gone",
        message=f"อีเมลลำดับ {uid} หายไปจากกล่องระหว่างอ่าน",
        message_en=f"Message {uid} went from the mailbox while it was being read.",
    )


def _size(box: BaseMailBox, uid: int) -> int:
    """The size of a message in bytes, asked before it is fetched; 0 where the server does not say."""
    _, answer = box.client.uid("fetch", str(uid), "(RFC822.SIZE)")
    told = re.search(rb"RFC822\.SIZE (\d+)", answer[0] if answer and isinstance(answer[0], bytes) else b"")
    return int(told[1]) if told else 0


def _whole(box: BaseMailBox, uid: int) -> bytes | None:
    """A message byte by byte as the server has it, without marking it as read."""
    _, answer = box.client.uid("fetch", str(uid), "(BODY.PEEK[])")
    return next((bytes(part[1]) for part in answer or () if isinstance(part, tuple)), None)


def _key(settings: Settings, box: BaseMailBox) -> str:
    """What the numbers of messages belong to: servers renew UIDVALIDITY when they number anew."""
    validity = box.folder.status(settings.imap_folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    return f"{settings.imap_user}@{settings.imap_host}/{settings.imap_folder}/{validity}"


def _load(settings: Settings) -> dict[str, int]:
    """The last message fetched, by mailbox; a torn note only means that messages are looked at again."""
    try:
        noted = json.loads((settings.mail / _STATE).read_bytes())
    except (OSError, ValueError):
        return {}
    return {str(key): int(uid) for key, uid in noted.items()} if isinstance(noted, dict) else {}


def _save(settings: Settings, state: dict[str, int]) -> None:
    with on_disk():
        private_folder(settings.mail)
        write_whole(settings.mail / _STATE, json.dumps(state).encode())
