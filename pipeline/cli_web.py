"""The command `serve`: the review page and the API."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pipeline.cli_users import token, user
from pipeline.command import Command
from pipeline.frame import option
from pipeline.options import house
from pipeline.say import Lang, Words

if TYPE_CHECKING:
    from pipeline.store import Store

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_START_HOURS = 24
_SAID = {
    "open": Words("เปิดหน้าทะเบียนที่ {url} (หยุดด้วย Ctrl-C)", "The review page is at {url} (stop with Ctrl-C)"),
    "first": Words(
        "ยังไม่มีผู้ใช้ เปิดลิงก์นี้ครั้งเดียวเพื่อตั้งผู้ดูแลระบบ (ใช้ได้ 24 ชั่วโมง):\n  {url}/start/{secret}",
        "There is no user yet. Open this link once to make the administrator (in 24 hours):\n  {url}/start/{secret}",
    ),
    "network": Words(
        "คำเตือน: เปิดให้เครื่องอื่นเข้าถึงได้ที่ {host} โดยไม่เข้ารหัส ใช้เฉพาะในเครือข่ายที่ไว้ใจ หรือหลังพร็อกซีที่มี HTTPS",
        "Warning: other machines can reach {host}, unencrypted. Use it in a trusted network only, or behind HTTPS.",
    ),
}


def _say(lang: Lang, key: str, **values: object) -> str:
    return _SAID[key].say(lang).format(**values)


@click.command(
    cls=Command,
    name="serve",
    thai="เปิดหน้าทะเบียนในเบราว์เซอร์\n\n"
    "เข้าได้จากเครื่องนี้เท่านั้น เว้นแต่ระบุ --host ครั้งแรกจะพิมพ์ลิงก์ใช้ครั้งเดียวสำหรับตั้งผู้ดูแลระบบ",
    examples="""
    saraban serve
    saraban serve --port 9000
    saraban serve --host 0.0.0.0
    """,
)
@option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.", thai="ที่อยู่ที่จะเปิดรับ")
@option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8010,
    show_default=True,
    help="Port to listen on.",
    thai="พอร์ตที่จะเปิดรับ",
)
@option(
    "--name",
    "names",
    multiple=True,
    help="A host name under which the page may be asked for, such as that of a proxy; may be repeated.",
    thai="ชื่อเครื่องที่ยอมให้เรียกหน้าเว็บ เช่น ชื่อของพร็อกซี ระบุซ้ำได้",
)
def serve(host: str, port: int, names: tuple[str, ...]) -> None:
    """Serve the review page and the API.

    Only this machine can reach it unless --host says otherwise. The first start prints a link, good once, for
    making the administrator; others are added on the page or with saraban user add. Nothing is asked of other
    machines: no fonts, no scripts, no telemetry.
    """
    import uvicorn

    from pipeline.store import open_store
    from pipeline.web.app import LOOPBACK, create_app

    settings, lang = house()
    store = open_store(settings)
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{'localhost' if host in (*_LOOPBACK, '0.0.0.0', '::') else shown}:{port}"
    if host not in _LOOPBACK:
        click.echo(_say(lang, "network", host=f"{shown}:{port}"), err=True)
    click.echo(_say(lang, "open", url=url))
    if not store.accounts.all():
        click.echo(_say(lang, "first", url=url, secret=_start_key(store)))
    hosts = None
    if host in _LOOPBACK or names:
        hosts = LOOPBACK | {name.lower() for name in names} | {shown.lower()}
    app = create_app(settings, hosts=hosts)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)


def _start_key(store: Store) -> str:
    """A fresh one-time link; the store keeps only its hash."""
    from pipeline.web import security
    from pipeline.web.pages.door import START

    key = security.new_secret()
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=_START_HOURS)
    store.accounts.set_once(START, security.digest(key), until)
    return key


COMMANDS = (serve, user, token)
