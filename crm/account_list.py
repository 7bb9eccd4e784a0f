"""Accounts to choose from: all of them, or those a few words are about."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, text

from crm.contact_list import ESCAPE, escape
from crm.ids import read, show
from crm.models import account, contact
from crm.opening import reading
from crm.store import Store

__all__ = ["AccountLine", "AccountPage", "list_accounts"]


@dataclass(frozen=True)
class AccountLine:
    """One account as a line of a list; `contacts`: how many live contacts it has."""

    id: str
    name: str | None
    domain: str | None
    status: str
    contacts: int


@dataclass(frozen=True)
class AccountPage:
    """Some accounts, and whether there are more after them."""

    items: tuple[AccountLine, ...]
    more: bool


def list_accounts(
    store: Store, search: str = "", *, everywhere: bool = False, limit: int = 50, offset: int = 0
) -> AccountPage:
    """List accounts that have contacts, oldest first.

    `search`: an id; else every word has to begin a word of the name, or the domain. One of the
    words has to begin the name itself or the domain, which an index finds; `everywhere` asks for
    none of that, and reads all accounts for it.
    """
    count = (
        select(func.count())
        .where(contact.c.account_id == account.c.id, contact.c.state == "live")
        .scalar_subquery()
    )
    there = (
        select(contact.c.id)
        .where(contact.c.account_id == account.c.id, contact.c.state == "live")
        .exists()
    )
    table, number = read(search) or ("", 0)
    words = search.split()
    wanted = [_is_about(word) for word in words]
    if words and not everywhere:
        wanted.append(or_(*(_begins_with(word) for word in words)))
    if table == "account":
        wanted = [account.c.id == number]
    by_index = store.engine.dialect.name == "postgresql" and not everywhere
    columns = [account.c[name] for name in ("id", "name", "domain", "status")]
    with reading(store.engine) as connection:
        if by_index:
            connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        found = connection.execute(
            select(*columns, count.label("contacts"))
            .where(and_(there, *wanted))
            .order_by(account.c.id)
            .limit(limit + 1)
            .offset(offset)
        ).all()
    lines = (
        AccountLine(show("account", each.id), each.name, each.domain, each.status, each.contacts)
        for each in found[:limit]
    )
    return AccountPage(tuple(lines), len(found) > limit)


def _begins_with(word: str) -> ColumnElement[bool]:
    """Whether the name itself or the domain begins with a word."""
    start = escape(word.casefold()) + "%"
    named = func.lower(account.c.name).like(start, escape=ESCAPE)
    return or_(named, account.c.domain.like(start, escape=ESCAPE))


def _is_about(word: str) -> ColumnElement[bool]:
    """Whether an account is about a word; case does not matter."""
    start = escape(word.casefold()) + "%"
    named = func.lower(" " + func.coalesce(account.c.name, "")).like(f"% {start}", escape=ESCAPE)
    return or_(named, account.c.domain.like(start, escape=ESCAPE))
