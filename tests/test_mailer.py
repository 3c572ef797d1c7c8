"""The reminder by e-mail, sent to a real mail server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from pipeline import mailer
from pipeline.errors import SettingsError, ToolError
from pipeline.mailer import Mail
from pipeline.settings import Settings

MAIL = Mail(
    "Saraban: เลยกำหนด 2", "กำหนดของวันนี้\n- [12] 10 ก.ค. 2567\n", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
)


class Keeping(Sink):
    """Keeps what comes; says no to whom it is told to."""

    def __init__(self, refuse: bool = False) -> None:
        super().__init__()
        self.envelopes: list[Envelope] = []
        self.refuse = refuse

    async def handle_RCPT(  # noqa: N802  the server's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.refuse:
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"


def settings(controller: Controller, **more: object) -> Settings:
    given = {
        "smtp_host": "127.0.0.1",
        "smtp_port": controller.port,
        "smtp_security": "none",
        "mail_from": "saraban@office.example.go.th",
        "remind_to": ("clerk@office.example.go.th", "head@office.example.go.th"),
    }
    return Settings(**(given | more))


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Controller]:
    handler = getattr(request, "param", None) or Keeping()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    if controller.loop.is_running():
        controller.stop()


def test_the_reminder_arrives_with_its_calendar(server: Controller) -> None:
    assert mailer.send(MAIL, settings(server))
    (envelope,) = server.handler.envelopes
    assert envelope.rcpt_tos == ["clerk@office.example.go.th", "head@office.example.go.th"]
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == MAIL.subject
    assert message["Auto-Submitted"] == "auto-generated"
    body = message.get_body(("plain",))
    assert body is not None
    assert "[12] 10 ก.ค. 2567" in body.get_content()
    (calendar,) = message.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() == "deadlines.ics"


@pytest.mark.parametrize("missing", [{"smtp_host": None}, {"remind_to": ()}])
def test_nothing_is_sent_where_no_mail_is_configured(server: Controller, missing: dict[str, object]) -> None:
    assert not mailer.send(MAIL, settings(server, **missing))
    assert server.handler.envelopes == []


def test_a_sender_must_be_said(server: Controller) -> None:
    with pytest.raises(SettingsError, match="mail_from"):
        mailer.send(MAIL, settings(server, mail_from=None))


@pytest.mark.parametrize("server", [Keeping(refuse=True)], indirect=True)
def test_a_refusal_is_told_without_addresses(server: Controller) -> None:
    with pytest.raises(ToolError, match=r"127\.0\.0\.1") as caught:
        mailer.send(MAIL, settings(server))
    assert "clerk@" not in str(caught.value)


def test_a_server_that_is_not_there_is_told(server: Controller) -> None:
    away = settings(server)
    server.stop()
    with pytest.raises(ToolError, match="smtp_host"):
        mailer.send(MAIL, away)


def test_a_server_without_encryption_gets_no_password(server: Controller) -> None:
    with pytest.raises(ToolError):
        mailer.send(MAIL, settings(server, smtp_security="starttls", smtp_user="u", smtp_password="p"))
    assert server.handler.envelopes == []


def test_a_name_and_a_password_are_given_where_they_are_set() -> None:
    asked: list[tuple[bytes, bytes]] = []

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        asked.append((data.login, data.password))
        return AuthResult(success=data.password == b"right", handled=False)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        Keeping(), hostname="127.0.0.1", port=port, authenticator=authenticate, auth_require_tls=False
    )
    controller.start()
    try:
        assert mailer.send(MAIL, settings(controller, smtp_user="saraban", smtp_password="right"))
        with pytest.raises(ToolError) as caught:
            mailer.send(MAIL, settings(controller, smtp_user="saraban", smtp_password="wrong"))
    finally:
        controller.stop()
    assert (b"saraban", b"right") in asked
    assert "wrong" not in str(caught.value)


def test_a_subject_cannot_bring_headers_along(server: Controller) -> None:
    assert mailer.send(MAIL._replace(subject="one\r\nBcc: x@y.example"), settings(server))
    (envelope,) = server.handler.envelopes
    assert "x@y.example" not in envelope.rcpt_tos
    assert message_from_bytes(envelope.content)["Bcc"] is None
