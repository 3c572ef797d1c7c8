"""The commands `user` and `token`: who may use the review page and the API."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from pipeline.command import Group
from pipeline.errors import BadInputError
from pipeline.frame import option
from pipeline.options import house
from pipeline.say import Lang, Words

if TYPE_CHECKING:
    from pipeline.store import Store
    from pipeline.web.access import Role

ROLES = ("clerk", "organiser", "analyst", "admin")  # as in pipeline.web.access; a test keeps them alike
_SAID = {
    "password": Words("รหัสผ่านใหม่ของ {name}", "New password of {name}"),
    "again": Words("พิมพ์ซ้ำ", "Once more"),
    "short": Words("รหัสผ่านต้องมีอย่างน้อย {n} ตัวอักษร", "A password has at least {n} characters."),
    "unknown": Words("ไม่มีผู้ใช้ชื่อ {name}", "There is no user {name}."),
    "added": Words("เพิ่มผู้ใช้ {name} ({role}) แล้ว", "User {name} ({role}) is added."),
    "changed": Words(
        "เปลี่ยนรหัสผ่านของ {name} แล้ว และออกจากระบบทุกเครื่อง",
        "The password of {name} is changed; all sessions ended.",
    ),
    "off": Words("ปิดบัญชี {name} แล้ว", "The account of {name} is turned off."),
    "on": Words("เปิดบัญชี {name} แล้ว", "The account of {name} is turned on."),
    "none": Words("ยังไม่มีผู้ใช้", "There are no users yet."),
    "no_tokens": Words("ยังไม่มีโทเคน", "There are no tokens yet."),
    "token": Words(
        "โทเคน {id} จะแสดงเพียงครั้งเดียว เก็บไว้ให้ดี:", "Token {id}. It is shown this once; keep it safe:"
    ),
    "role": Words(
        "{name} มีหน้าที่ {role} โทเคนมีสิทธิ์มากกว่าผู้ใช้ไม่ได้",
        "{name} is a {role}: a token cannot do more than its user.",
    ),
    "dropped": Words("ยกเลิกโทเคน {id} แล้ว", "Token {id} is gone."),
}
_NAME = click.argument("name")
_BY = "cli"  # who, in the audit log: somebody with access to the machine itself


def _say(lang: Lang, key: str, **values: object) -> str:
    return _SAID[key].say(lang).format(**values)


@click.group(
    cls=Group,
    name="user",
    thai="ผู้ใช้หน้าทะเบียน: เพิ่ม ดู เปลี่ยนรหัสผ่าน เปิดหรือปิดบัญชี",
    examples="""
    saraban user add malee --role clerk
    saraban user list
    saraban user off malee
    """,
)
def user() -> None:
    """Users of the review page: add, list, change passwords, turn off and on."""


_ROLE = option(
    "--role",
    type=click.Choice(ROLES),
    default="clerk",
    show_default=True,
    help="What the user does.",
    thai="หน้าที่ของผู้ใช้",
)


@user.command("add", thai="เพิ่มผู้ใช้ แล้วถามรหัสผ่าน", examples="saraban user add malee --role clerk")
@_NAME
@_ROLE
@option(
    "--may-see-protected",
    is_flag=True,
    help="May see that protected documents exist: day and class, nothing else.",
    thai="เห็นได้ว่ามีเอกสารลับ เฉพาะวันที่และชั้นความลับ",
)
def user_add(name: str, role: Role, may_see_protected: bool) -> None:
    """Add a user; the password is asked for."""
    from pipeline.store import open_store
    from pipeline.web import security

    settings, lang = house()
    accounts = open_store(settings).accounts
    hashed = security.hash_password(_ask_password(name, lang))
    made = accounts.add(name, hashed, role, who=_BY, sees_protected=may_see_protected)
    click.echo(_say(lang, "added", name=made.name, role=role))


def _ask_password(name: str, lang: Lang) -> str:
    from pipeline.web.security import MIN_PASSWORD

    password: str = click.prompt(
        _say(lang, "password", name=name), hide_input=True, confirmation_prompt=_say(lang, "again"), err=True
    )
    if len(password) < MIN_PASSWORD:
        words = _SAID["short"]
        raise BadInputError("password.short", *(one.format(n=MIN_PASSWORD) for one in words))
    return password


@user.command("list", thai="แสดงผู้ใช้ทั้งหมด", examples="saraban user list")
def user_list() -> None:
    """List the users."""
    from pipeline.store import open_store

    settings, lang = house()
    found = open_store(settings).accounts.all()
    for one in found:
        marks = [*([] if one.active else ["off"]), *(["may-see-protected"] if one.sees_protected else [])]
        click.echo("  ".join([f"{one.name:<20}", f"{one.role:<10}", *marks]).rstrip())
    if not found:
        click.echo(_say(lang, "none"))


def _find(name: str) -> tuple[Store, int, Lang]:
    from pipeline.store import open_store

    settings, lang = house()
    store = open_store(settings)
    found = store.accounts.find(name)
    if found is None:
        raise BadInputError("user.unknown", *(one.format(name=name) for one in _SAID["unknown"]))
    return store, found[0].id, lang


@user.command("passwd", thai="เปลี่ยนรหัสผ่านของผู้ใช้", examples="saraban user passwd malee")
@_NAME
def user_passwd(name: str) -> None:
    """Change a user's password; all of the user's sessions end."""
    from pipeline.web import security

    store, account, lang = _find(name)
    store.accounts.change(account, password_hash=security.hash_password(_ask_password(name, lang)), who=_BY)
    click.echo(_say(lang, "changed", name=name))


@user.command("off", thai="ปิดบัญชีผู้ใช้ ออกจากระบบทันที", examples="saraban user off malee")
@_NAME
def user_off(name: str) -> None:
    """Turn a user's account off; the user is out at once."""
    store, account, lang = _find(name)
    store.accounts.change(account, active=False, who=_BY)
    click.echo(_say(lang, "off", name=name))


@user.command("on", thai="เปิดบัญชีผู้ใช้อีกครั้ง", examples="saraban user on malee")
@_NAME
def user_on(name: str) -> None:
    """Turn a user's account on again."""
    store, account, lang = _find(name)
    store.accounts.change(account, active=True, who=_BY)
    click.echo(_say(lang, "on", name=name))


@click.group(
    cls=Group,
    name="token",
    thai="โทเคนสำหรับระบบอื่นที่เรียก API",
    examples="""
    saraban token add malee "e-office" --role analyst --days 365
    saraban token list
    saraban token drop 3
    """,
)
def token() -> None:
    """Tokens for other systems that call the API."""


@token.command(
    "add",
    thai="สร้างโทเคนในนามผู้ใช้ แสดงเพียงครั้งเดียว",
    examples='saraban token add malee "e-office" --role analyst',
)
@_NAME
@click.argument("label")
@_ROLE
@option(
    "--days",
    type=click.IntRange(1, 3650),
    default=365,
    show_default=True,
    help="Days it is good for.",
    thai="จำนวนวันที่ใช้ได้",
)
def token_add(name: str, label: str, role: Role, days: int) -> None:
    """Make a token in the name of a user; it is shown this once."""
    from pipeline.web import security

    store, account, lang = _find(name)
    owner = next(one for one in store.accounts.all() if one.id == account)
    if owner.role not in (role, "admin"):
        raise BadInputError("token.role", *(one.format(name=name, role=owner.role) for one in _SAID["role"]))
    secret = security.new_secret()
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
    made = store.accounts.add_token(account, label, security.digest(secret), role, until, who=_BY)
    click.echo(_say(lang, "token", id=made), err=True)
    click.echo(secret)


@token.command("list", thai="แสดงโทเคนทั้งหมด (ไม่แสดงตัวโทเคน)", examples="saraban token list")
def token_list() -> None:
    """List the tokens, without their secrets."""
    from pipeline.store import open_store

    settings, lang = house()
    found = open_store(settings).accounts.tokens()
    for one in found:
        click.echo(f"{one.id:>4}  {one.name:<24}  {one.role:<10}  {one.expires_at or dt.date.max:%Y-%m-%d}")
    if not found:
        click.echo(_say(lang, "no_tokens"))


@token.command("drop", thai="ยกเลิกโทเคน", examples="saraban token drop 3")
@click.argument("number", type=int)
def token_drop(number: int) -> None:
    """Take a token back; it is worth nothing at once."""
    from pipeline.store import open_store

    settings, lang = house()
    open_store(settings).accounts.drop_token(number, who=_BY)
    click.echo(_say(lang, "dropped", id=number))
