"""What keeps strangers out: passwords, secrets, guessing, headers and hosts."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from fastapi.responses import Response

from pipeline.web.api.problems import problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SESSION_COOKIE, PRE_COOKIE, LANG_COOKIE = "saraban", "saraban_pre", "saraban_lang"
SESSION_HOURS = 12
MIN_PASSWORD = 10
"""Shortest password; length is what counts, so no other rule (NIST SP 800-63B says the same)."""

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""Set on every answer that does not set its own."""


def hash_password(password: str) -> str:
    """An argon2id hash, salt and cost inside."""
    return _HASHER.hash(password)


def is_password(password: str, hashed: str | None) -> bool:
    """Whether a password fits; an unknown user (None) costs the same time."""
    try:
        return _HASHER.verify(hashed or _NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def new_secret() -> str:
    """A secret that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What the store keeps of a secret: random 256 bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def local_path(path: str | None) -> str:
    """Where to go after logging in: a path of ours, or the first page; never another site.

    >>> local_path("//evil.example/x"), local_path("/letters/4?page=2")
    ('/', '/letters/4?page=2')
    """
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")) or "\\" in path:
        return "/"
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or any(ord(char) < 32 for char in path):
        return "/"
    return path


class Shield:
    """Headers on every answer, no foreign host names, and no body larger than what a page may send.

    The host is checked because a page of another site may point its own name at this machine (DNS rebinding).
    """

    def __init__(self, app: App, *, hosts: frozenset[str] | None, upload_bytes: int) -> None:
        """`hosts` None: any name will do, as when the page is opened to a network."""
        self._app, self._hosts, self._upload_bytes = app, hosts, upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(reversed(scope["headers"]))
        if self._hosts is not None and _host(headers.get(b"host", b"")) not in self._hosts:
            await _refuse(scope, send, 421, "host.unknown", "This host name is not served here.")
            return
        limit = self._limit(scope)
        try:
            announced = int(headers.get(b"content-length", b"0"))
        except ValueError:
            announced = limit + 1
        if announced > limit:
            await _refuse(scope, send, 413, "too_large", "What was sent is too large.")
            return
        await self._app(scope, _limited(receive, limit), _with_headers(send))

    def _limit(self, scope: Scope) -> int:
        uploads = scope["method"] == "POST" and scope["path"] in ("/upload", "/api/v1/documents")
        return self._upload_bytes if uploads else 256 * 1024


def _host(header: bytes) -> str:
    name = header.decode("latin-1").lower()
    return name[: name.find("]") + 1] if name.startswith("[") else name.partition(":")[0]


class TooLargeError(Exception):
    """More came than was announced."""


def _limited(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLargeError
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {key.lower() for key, _ in message.get("headers", [])}
            more = [
                (key.encode(), value.encode()) for key, value in HEADERS.items() if key.encode() not in known
            ]
            message["headers"] = [*message.get("headers", []), *more]
        await send(message)

    return sent


async def _refuse(scope: Scope, send: Send, status: int, code: str, words: str) -> None:
    """Refuse a request before the application sees it; programs are told as they are of everything else."""
    if scope["path"].startswith("/api/"):
        answer = problem(status, code, words)
    else:
        answer = Response(words, status_code=status, media_type="text/plain")
    await _with_headers(send)(
        {"type": "http.response.start", "status": status, "headers": answer.raw_headers}
    )
    await send({"type": "http.response.body", "body": answer.body})
