"""Who may sign in: accounts, sessions, keys for programs, and the tries to guess. Only hashes are kept here."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Literal

from sqlalchemy import ColumnElement, Engine, delete, func, select
from sqlalchemy.orm import Session, joinedload

from pipeline.errors import BadInputError
from pipeline.store import log
from pipeline.store.base import Connected, unknown
from pipeline.store.ledger_rows import now as this_moment
from pipeline.store.models_people import AccountRow, AttemptRow, OnceRow, SessionRow, TokenRow
from schemas.ink import Record

Role = Literal["clerk", "organiser", "analyst", "admin"]


class Account(Record):
    """One who may sign in."""

    id: int
    name: str
    role: Role
    active: bool
    sees_protected: bool
    created_at: dt.datetime


class SignedIn(Record):
    """A browser that is signed in."""

    account: Account
    csrf: str
    expires_at: dt.datetime


class Token(Record):
    """A key with which a program uses the API."""

    id: int
    account_id: int
    name: str
    role: Role
    created_at: dt.datetime
    expires_at: dt.datetime | None


class Failures(Record):
    """Failed tries to sign in since some moment."""

    by_name: int
    by_address: int


def folded(name: str) -> str:
    """A name as it is compared: without outer spaces, one form of each letter, small."""
    return unicodedata.normalize("NFC", name).strip().casefold()


class Accounts(Connected):
    """The accounts of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, name: str, password_hash: str, role: Role, *, who: str, sees_protected: bool = False
    ) -> Account:
        """Make an account; BadInputError where the name is taken or empty."""
        if not folded(name):
            raise BadInputError("account.name", "ชื่อผู้ใช้ว่างไม่ได้", "A name must not be empty.")
        with self._writing() as session:
            if session.scalars(select(AccountRow).where(AccountRow.name == folded(name))).first():
                raise BadInputError(
                    "account.exists",
                    f"มีผู้ใช้ชื่อ {folded(name)} แล้ว",
                    f"There is an account {folded(name)} already.",
                )
            row = AccountRow(
                name=folded(name),
                password_hash=password_hash,
                role=role,
                active=True,
                sees_protected=sees_protected,
                created_at=this_moment(),
            )
            session.add(row)
            session.flush()
            log.append(session, "account.add", who, row.name, {"role": role, "protected": sees_protected})
            return _account(row)

    def all(self) -> list[Account]:
        """All accounts by name."""
        with self._reading() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name))]

    def find(self, name: str) -> tuple[Account, str] | None:
        """An account and its password's hash; None when there is none of this name."""
        with self._reading() as session:
            row = session.scalars(select(AccountRow).where(AccountRow.name == folded(name))).first()
            return None if row is None else (_account(row), row.password_hash)

    def change(
        self,
        account_id: int,
        *,
        who: str,
        role: Role | None = None,
        active: bool | None = None,
        password_hash: str | None = None,
        sees_protected: bool | None = None,
    ) -> Account:
        """Change an account; whoever loses a right, or gets a new password, must sign in again."""
        with self._writing() as session:
            row = session.get(AccountRow, account_id)
            if row is None:
                raise unknown(account_id)
            wanted = {
                "role": role,
                "active": active,
                "sees_protected": sees_protected,
                "password_hash": password_hash,
            }
            asked = {name: value for name, value in wanted.items() if value is not None}
            for name, value in asked.items():
                setattr(row, name, value)
            session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))
            if active is False or role is not None:
                session.execute(delete(TokenRow).where(TokenRow.account_id == account_id))
            said = {name: value for name, value in asked.items() if name != "password_hash"}
            said |= {"password": True} if password_hash is not None else {}
            log.append(session, "account.change", who, row.name, said)
            return _account(row)

    # Sessions of browsers

    def open_session(self, account_id: int, token_hash: str, csrf: str, expires_at: dt.datetime) -> None:
        """Note that somebody signed in; sessions that are over are swept out."""
        with self._writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.expires_at < this_moment()))
            row = SessionRow(token_hash=token_hash, account_id=account_id, csrf=csrf, expires_at=expires_at)
            session.add(row)

    def session(self, token_hash: str, now: dt.datetime) -> SignedIn | None:
        """Who is behind a session; None when it is over, or the account is off."""
        with self._reading() as session:
            row = session.get(SessionRow, token_hash, options=[joinedload(SessionRow.account)])
            if row is None or row.expires_at <= now or not row.account.active:
                return None
            return SignedIn(account=_account(row.account), csrf=row.csrf, expires_at=row.expires_at)

    def close_session(self, token_hash: str) -> None:
        """Sign one browser out."""
        with self._writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))

    def close_sessions(self, account_id: int) -> None:
        """Sign somebody out everywhere."""
        with self._writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.account_id == account_id))

    # Keys of programs

    def add_token(
        self,
        account_id: int,
        name: str,
        token_hash: str,
        role: Role,
        expires_at: dt.datetime | None,
        *,
        who: str,
    ) -> int:
        """Note a key; its number."""
        with self._writing() as session:
            account = session.get(AccountRow, account_id)
            if account is None:
                raise unknown(account_id)
            row = TokenRow(
                account_id=account_id,
                name=name,
                token_hash=token_hash,
                role=role,
                created_at=this_moment(),
                expires_at=expires_at,
            )
            session.add(row)
            session.flush()
            log.append(session, "token.add", who, account.name, {"token": row.id, "role": role})
            return row.id

    def token(self, token_hash: str, now: dt.datetime) -> Account | None:
        """The account behind a key, with the key's role; None when it is over, or the account is off."""
        with self._reading() as session:
            query = select(TokenRow).where(TokenRow.token_hash == token_hash)
            row = session.scalars(query.options(joinedload(TokenRow.account))).first()
            if row is None or (row.expires_at is not None and row.expires_at <= now):
                return None
            if not row.account.active:
                return None
            return _account(row.account).model_copy(update={"role": row.role})

    def tokens(self, account_id: int | None = None) -> list[Token]:
        """Keys, of one account or of all."""
        query = select(TokenRow).order_by(TokenRow.id)
        if account_id is not None:
            query = query.where(TokenRow.account_id == account_id)
        with self._reading() as session:
            return [
                Token.model_validate({name: getattr(row, name) for name in Token.model_fields})
                for row in session.scalars(query)
            ]

    def drop_token(self, token_id: int, *, who: str) -> None:
        """Make a key worthless."""
        with self._writing() as session:
            row = session.get(TokenRow, token_id)
            if row is not None:
                log.append(session, "token.drop", who, row.account.name, {"token": token_id})
                session.delete(row)

    # Tries to sign in

    def note_attempt(self, name: str, address: str, ok: bool, at: dt.datetime) -> None:
        """Note a try to sign in; those older than a week are swept out."""
        with self._writing() as session:
            session.execute(delete(AttemptRow).where(AttemptRow.at < at - dt.timedelta(days=7)))
            session.add(AttemptRow(name=folded(name), address=address, ok=ok, at=at))
            log.append(
                session, "login" if ok else "login.failed", folded(name)[:200], "", {"address": address}
            )

    def failures(self, name: str, address: str, since: dt.datetime) -> Failures:
        """How often it was tried in vain, with this name and from this address."""
        with self._reading() as session:
            return Failures(
                by_name=_failed(session, AttemptRow.name == folded(name), since),
                by_address=_failed(session, AttemptRow.address == address, since),
            )

    # Links that work once

    def set_once(self, purpose: str, token_hash: str, expires_at: dt.datetime) -> None:
        """Note a link; earlier ones of the same purpose stop working."""
        with self._writing() as session:
            session.execute(delete(OnceRow).where(OnceRow.purpose == purpose))
            session.add(OnceRow(purpose=purpose, token_hash=token_hash, expires_at=expires_at))

    def take_once(self, purpose: str, token_hash: str, now: dt.datetime) -> bool:
        """Use a link up; False when it is over, used, or none of ours."""
        with self._writing() as session:
            row = session.get(OnceRow, token_hash)
            if row is None or row.purpose != purpose:
                return False
            session.delete(row)
            return row.expires_at > now


def _failed(session: Session, whose: ColumnElement[bool], since: dt.datetime) -> int:
    query = (
        select(func.count())
        .select_from(AttemptRow)
        .where(whose, AttemptRow.ok.is_(False), AttemptRow.at >= since)
    )
    return session.scalar(query) or 0


def _account(row: AccountRow) -> Account:
    return Account.model_validate({name: getattr(row, name) for name in Account.model_fields})
