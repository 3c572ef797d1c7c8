"""From a real mail server to the register: each message once, nothing changed there, nothing secret kept here."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from flows import mail as flow
from flows.mail import run_mail
from pipeline import mailbox
from pipeline.errors import SettingsError, ToolError
from pipeline.message import MESSAGE
from pipeline.settings import Settings
from pipeline.store import open_store
from tests.dovecot import DOVECOT, PASSWORD, USER, Server, dovecot
from tests.house import SECRET_WORDS, letter, secret, sha256

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("prefect"),
    pytest.mark.skipif(DOVECOT is None, reason="Dovecot is not installed (Debian package dovecot-imapd)"),
]
TODAY = dt.date(2023, 6, 5)


@pytest.fixture
def server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="dv") as folder, dovecot(Path(folder)) as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, server: Server) -> Settings:
    return Settings(
        home=tmp_path / "home",
        settle_s=0,
        workers=2,
        imap_host="127.0.0.1",
        imap_port=server.port,
        imap_user=USER,
        imap_password=PASSWORD,
        imap_security="plain",
    )


def mail(subject: str, **files: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.example", "saraban@c.example", subject
    message.set_content("ตามไฟล์แนบ")
    for name, text in files.items():
        message.add_attachment(text.encode(), maintype="text", subtype="plain", filename=f"{name}.txt")
    return bytes(message)


def test_every_message_is_taken_once_and_the_mailbox_stays_as_it_was(server: Server, house: Settings) -> None:
    server.deliver(mail("หนึ่ง", a=letter(11), b=letter(12)), mail("ไม่มีไฟล์แนบ"))
    post = run_mail(house, TODAY)
    assert (post.messages, post.bare, post.attachments, post.problems) == (2, 1, 2, ())
    assert post.summary.kept + post.summary.needs_person == 2
    assert run_mail(house, TODAY) == flow.Post()
    server.deliver(mail("สอง", c=letter(13)))
    assert run_mail(house, TODAY).messages == 1
    assert b"Seen" not in server.flags()
    store = open_store(house)
    assert len(store.rows()) == 3
    stored = store.get(sha256(letter(11)))
    assert stored is not None
    assert (Path(stored.places[0]).parent / MESSAGE).exists()  # the message is kept beside its letter


def test_a_message_with_a_protected_letter_is_protected(server: Server, house: Settings) -> None:
    server.deliver(mail("ด่วน", x=secret(), y=letter(14)))
    post = run_mail(house, TODAY)
    assert post.summary.protected == 1
    kept = [path for path in house.home.rglob("*") if path.is_file()]
    telling = [path for path in kept if SECRET_WORDS.encode() in path.read_bytes()]
    assert all(house.protected in path.parents for path in telling)
    assert not list(house.mail.glob(f"*/*/{MESSAGE}"))
    assert len(list(house.protected.glob("*.eml"))) == 1
    assert len(open_store(house).rows()) == 1  # the other attachment is an ordinary letter


def test_after_a_crash_the_attachments_still_go_their_way(
    server: Server, house: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(mail("หนึ่ง", a=letter(11)))

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(flow, "see_to_all", crash)
        with pytest.raises(KeyboardInterrupt):
            run_mail(house, TODAY)
    post = run_mail(house, TODAY)
    assert (post.messages, post.attachments) == (0, 1)
    assert len(open_store(house).rows()) == 1


def test_a_message_too_large_is_told_of_and_the_next_is_taken(server: Server, house: Settings) -> None:
    server.deliver(mail("ใหญ่", a=letter(11) * 40), mail("เล็ก", b=letter(12)))
    post = run_mail(house.model_copy(update={"max_bytes": 20_000}), TODAY)
    assert [problem.code for problem in post.problems] == ["mail.too_large"]
    assert post.attachments == 1


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"imap_password": None}, SettingsError),
        ({"imap_port": 1}, ToolError),
        ({"imap_folder": "ไม่มี"}, ToolError),
        ({"imap_security": "starttls"}, ToolError),
        ({"imap_host": "mail.example"}, SettingsError),  # plain, and not on this machine
    ],
)
def test_trouble_with_the_server_is_said_plainly(
    house: Settings, change: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        mailbox.fetch(house.model_copy(update=change), lambda news: None)
