"""The people of the desk, their sessions and tokens.

None of it is what an import depends on, so nothing here waits for an import to end. Sessions and
tokens are named by their hashes alone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from crm.desk_models import api_token, desk_session, desk_user, sign_in_failure
from crm.frames import read_frame
from crm.opening import noting, reading
from crm.store import Store
from crm.times import TIME_FORMAT, utc_now

IDLE: Final = timedelta(hours=1)
LIFETIME: Final = timedelta(hours=12)
TOUCH: Final = timedelta(minutes=1)  # that a session is used is noted no more often than this
WHO: Final = (desk_user.c.id, desk_user.c.name, desk_user.c.role, desk_user.c.active)


@dataclass(frozen=True)
class User:
    """A person who works at the desk."""

    id: int
    name: str
    role: str
    active: bool


def add_user(
    store: Store, name: str, role: str, password_hash: str | None, outside_id: str | None = None
) -> User | None:
    """Add a person; None where the name is taken."""
    values = {"name": name, "name_key": name.casefold(), "role": role, "active": True}
    values |= {"password_hash": password_hash, "created_at": utc_now(), "outside_id": outside_id}
    try:
        with noting(store.engine) as connection:
            number = connection.execute(insert(desk_user).values(values)).inserted_primary_key
    except IntegrityError:
        return None
    return User(int(number[0]), name, role, active=True) if number else None


def welcome(store: Store, name: str, role: str, outside_id: str | None) -> User | None:
    """Find or add a person whom another service signs in, and let `role` be the role from now on.

    Found by `outside_id`, or by name where that is null. A person of that name who was added
    without a password is taken to be meant. None where the name is somebody else's.
    """
    found = _find_outside(store, outside_id) if outside_id else None
    if found is None:
        named = find_user(store, name)
        if named is None:
            return add_user(store, name, role, None, outside_id)
        found, password = named
        if outside_id is not None and (password or _has_outside(store, found.id)):
            return None
    if found.role != role or (outside_id and not _has_outside(store, found.id)):
        changed = {"outside_id": outside_id} if outside_id else {}
        change_user(store, found.id, role=role, **changed)
    return User(found.id, found.name, role, found.active)


def _find_outside(store: Store, outside_id: str) -> User | None:
    with reading(store.engine) as connection:
        found = connection.execute(
            select(*WHO).where(desk_user.c.outside_id == outside_id)
        ).one_or_none()
    return User(*found) if found else None


def _has_outside(store: Store, user: int) -> bool:
    with reading(store.engine) as connection:
        known = select(desk_user.c.outside_id).where(desk_user.c.id == user)
        return connection.scalar(known) is not None


def find_user(store: Store, name: str) -> tuple[User, str | None] | None:
    """Find a person and the hash of the password by name, whatever its case."""
    statement = select(*WHO, desk_user.c.password_hash)
    with reading(store.engine) as connection:
        found = connection.execute(
            statement.where(desk_user.c.name_key == name.casefold())
        ).one_or_none()
    return (User(*found[:4]), found[4]) if found else None


def list_users(store: Store) -> list[User]:
    """List all people, by name."""
    with reading(store.engine) as connection:
        found = connection.execute(select(*WHO).order_by(desk_user.c.name_key)).all()
    return [User(*each) for each in found]


def change_user(store: Store, user: int, **values: Any) -> None:
    """Set `role`, `active` or `password_hash`; the sessions of the person end with it."""
    with noting(store.engine) as connection:
        connection.execute(update(desk_user).where(desk_user.c.id == user).values(values))
        connection.execute(delete(desk_session).where(desk_session.c.desk_user_id == user))


def start_session(store: Store, user: int, token_hash: str) -> None:
    """Begin a session; those that ended long ago are forgotten."""
    now = utc_now()
    with noting(store.engine) as connection:
        old = desk_session.c.started_at < _before(LIFETIME)
        connection.execute(delete(desk_session).where(old))
        values = {"token_hash": token_hash, "desk_user_id": user, "started_at": now, "seen_at": now}
        connection.execute(insert(desk_session).values(values))


def find_session(store: Store, token_hash: str) -> User | None:
    """Find whose session this is; None where there is none, or it has ended by itself."""
    alive = and_(
        desk_session.c.token_hash == token_hash,
        desk_session.c.seen_at >= _before(IDLE),
        desk_session.c.started_at >= _before(LIFETIME),
    )
    with reading(store.engine) as connection:
        found = _find_owner(connection, desk_session, alive, desk_session.c.seen_at)
    if found is None:
        return None
    if found[4] < _before(TOUCH):
        same = desk_session.c.token_hash == token_hash
        with noting(store.engine) as connection:
            connection.execute(update(desk_session).where(same).values(seen_at=utc_now()))
    return User(*found[:4])


def end_session(store: Store, token_hash: str) -> None:
    """End a session at once."""
    with noting(store.engine) as connection:
        connection.execute(delete(desk_session).where(desk_session.c.token_hash == token_hash))


def add_token(store: Store, user: int, name: str, token_hash: str) -> int:
    """Give a program a token of this person; returns its number."""
    values = {"desk_user_id": user, "name": name, "token_hash": token_hash, "created_at": utc_now()}
    with noting(store.engine) as connection:
        number = connection.execute(insert(api_token).values(values)).inserted_primary_key
    return int(number[0]) if number else 0


def find_token(store: Store, token_hash: str) -> User | None:
    """Find whose token this is; None where there is none, or it was ended."""
    alive = and_(api_token.c.token_hash == token_hash, api_token.c.ended_at.is_(None))
    with reading(store.engine) as connection:
        found = _find_owner(connection, api_token, alive)
    return User(*found) if found else None


def list_tokens(store: Store, user: int) -> pd.DataFrame:
    """List a person's tokens: `id`, `name`, `created_at`, `ended_at`."""
    columns = [api_token.c[name] for name in ("id", "name", "created_at", "ended_at")]
    statement = select(*columns).where(api_token.c.desk_user_id == user).order_by(api_token.c.id)
    with reading(store.engine) as connection:
        return read_frame(connection, statement)


def end_token(store: Store, user: int, token: int) -> bool:
    """End a token of this person; whether there was one to end."""
    mine = and_(
        api_token.c.id == token, api_token.c.desk_user_id == user, api_token.c.ended_at.is_(None)
    )
    with noting(store.engine) as connection:
        done = connection.execute(update(api_token).where(mine).values(ended_at=utc_now()))
    return bool(done.rowcount)


def note_failure(store: Store, name_hash: str, address: str) -> None:
    """Note that a sign-in failed; what is older than a day is forgotten."""
    values = {"name_hash": name_hash, "address": address, "at": utc_now()}
    with noting(store.engine) as connection:
        old = sign_in_failure.c.at < _before(timedelta(days=1))
        connection.execute(delete(sign_in_failure).where(old))
        connection.execute(insert(sign_in_failure).values(values))


def count_failures(store: Store, name_hash: str, address: str, *, minutes: int) -> tuple[int, int]:
    """Count the failures of late at a name: from this address, and in all."""
    table = sign_in_failure
    here = func.count().filter(table.c.address == address)
    late = and_(table.c.name_hash == name_hash, table.c.at >= _before(timedelta(minutes=minutes)))
    with reading(store.engine) as connection:
        found = connection.execute(select(here, func.count()).where(late)).one()
    return int(found[0]), int(found[1])


def _find_owner(
    connection: Connection, table: Any, alive: ColumnElement[bool], *more: ColumnElement[Any]
) -> Any:
    statement = select(*WHO, *more).join(table, table.c.desk_user_id == desk_user.c.id)
    return connection.execute(statement.where(alive, desk_user.c.active)).one_or_none()


def _before(span: timedelta) -> str:
    """The time that long ago, as the store writes times."""
    return (datetime.now(tz=UTC) - span).strftime(TIME_FORMAT)
