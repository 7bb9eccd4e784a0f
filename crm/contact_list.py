"""Contacts to choose from: all of them, or those a few words are about."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from crm.contact_story import find_survivor
from crm.ids import read, show
from crm.models import contact, contact_email, contact_phone
from crm.opening import reading
from crm.store import Store

__all__ = ["ContactLine", "ContactPage", "list_contacts"]

ESCAPE: Final = "\\"
DIGITS: Final = 4  # fewer digits are no phone number


@dataclass(frozen=True)
class ContactLine:
    """One contact as a line of a list."""

    id: str
    name: str | None
    email: str | None
    phone: str | None
    company: str | None
    country: str | None


@dataclass(frozen=True)
class ContactPage:
    """Some contacts, and whether there are more after them."""

    items: tuple[ContactLine, ...]
    more: bool


def list_contacts(
    store: Store, search: str = "", *, limit: int = 50, offset: int = 0
) -> ContactPage:
    """List live contacts, oldest first.

    `search`: an id, old ones included; else every word has to begin a name or a company, be part
    of an e-mail address, or be in a phone number.
    """
    columns = [
        contact.c[name]
        for name in ("id", "given_name", "family_name", "full_name", "email", "phone", "company")
    ]
    wanted = [contact.c.state == "live", *(_is_about(word) for word in search.split())]
    with reading(store.engine) as connection:
        table, number = read(search) or ("", 0)
        if table == "contact":
            row = find_survivor(connection, number)
            wanted = [contact.c.id == (row["id"] if row is not None else -1)]
        found = connection.execute(
            select(*columns, contact.c.country)
            .where(and_(*wanted))
            .order_by(contact.c.id)
            .limit(limit + 1)
            .offset(offset)
        ).all()
    return ContactPage(tuple(_line(row) for row in found[:limit]), len(found) > limit)


def _is_about(word: str) -> ColumnElement[bool]:
    """Whether a contact is about a word; case does not matter."""
    start = _escape(word.casefold()) + "%"
    names = (contact.c.given_name, contact.c.family_name, contact.c.full_name, contact.c.company)
    ways = [
        func.lower(" " + func.coalesce(name, "")).like(f"% {start}", escape=ESCAPE)
        for name in names
    ]
    if "@" in word:
        mails = select(contact_email.c.contact_id).where(
            contact_email.c.email.like(start, escape=ESCAPE)
        )
        ways.append(contact.c.id.in_(mails))
    digits = "".join(sign for sign in word if sign.isdigit()).lstrip("0")
    if len(digits) >= DIGITS:
        phones = select(contact_phone.c.contact_id).where(contact_phone.c.phone.like(f"%{digits}%"))
        ways.append(contact.c.id.in_(phones))
    return or_(*ways)


def _escape(text: str) -> str:
    for sign in (ESCAPE, "%", "_"):
        text = text.replace(sign, ESCAPE + sign)
    return text


def _line(row: tuple[object, ...]) -> ContactLine:
    number, given, family, full, *others = row
    name = " ".join(str(part) for part in (given, family) if part) or full
    email, phone, company, country = (str(each) if each else None for each in others)
    return ContactLine(
        show("contact", int(str(number))),
        str(name) if name else None,
        email,
        phone,
        company,
        country,
    )
