"""Sending the reminder by SMTP: the only module that opens a way to a mail server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import NamedTuple

from pipeline.errors import SettingsError, ToolError
from pipeline.settings import Settings

_TIMEOUT_S = 60


class Mail(NamedTuple):
    """One e-mail: a text, and a calendar beside it."""

    subject: str
    text: str
    calendar: bytes | None = None


def is_configured(settings: Settings) -> bool:
    """Whether the settings name a mail server and somebody to write to."""
    return settings.smtp_host is not None and bool(settings.remind_to)


def message(mail: Mail, settings: Settings) -> EmailMessage:
    """The e-mail as it goes out; SettingsError when nobody is said to send it."""
    sender = settings.mail_from or settings.smtp_user
    if sender is None:
        raise SettingsError(
            "Set mail_from to the address that the reminder comes from.",
            "ตั้ง mail_from เป็นที่อยู่อีเมลของผู้ส่งการเตือนก่อน",
        )
    made = EmailMessage()
    made["Subject"] = " ".join(mail.subject.split())
    made["From"], made["To"] = sender, ", ".join(settings.remind_to)
    made["Date"], made["Message-ID"] = formatdate(localtime=True), make_msgid(domain="saraban")
    made["Auto-Submitted"] = "auto-generated"  # so that no holiday notice is sent back
    made.set_content(mail.text)
    if mail.calendar is not None:
        made.add_attachment(mail.calendar, maintype="text", subtype="calendar", filename="deadlines.ics")
    return made


def send(mail: Mail, settings: Settings) -> bool:
    """Send an e-mail; False where none is configured. ToolError when the mail server refuses or is not there."""
    if settings.smtp_host is None or not is_configured(settings):
        return False
    made = message(mail, settings)
    try:
        with _server(settings.smtp_host, settings) as server:
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user is not None:
                server.login(settings.smtp_user, settings.smtp_password or "")
            server.send_message(made)
    except (smtplib.SMTPException, OSError) as error:
        # A server's own words may repeat what it was told: only what kind of trouble it is goes further.
        code = getattr(error, "smtp_code", None)
        why = type(error).__name__ + (f", {code}" if code else "")
        raise ToolError(
            f"The reminder could not be sent by {settings.smtp_host}:{settings.smtp_port} ({why}). "
            "Check smtp_host, smtp_port, smtp_security and the password in the settings."
        ) from error
    return True


def _server(host: str, settings: Settings) -> smtplib.SMTP:
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, settings.smtp_port, timeout=_TIMEOUT_S, context=context)
    return smtplib.SMTP(host, settings.smtp_port, timeout=_TIMEOUT_S)
