"""Contacts to choose from: all of them, or those a few words are about."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select, text

from crm.contact_story import find_survivor
from crm.ids import read, show
from crm.models import contact, contact_email, contact_phone
from crm.opening import reading
from crm.store import Store

__all__ = ["ESCAPE", "ContactLine", "ContactPage", "escape", "list_contacts"]

ESCAPE: Final = "\\"
DIGITS: Final = 4  # fewer digits are no phone number
NAMES: Final = (
    contact.c.given_name,
    contact.c.family_name,
    contact.c.full_name,
    contact.c.company,
)


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
    store: Store, search: str = "", *, everywhere: bool = False, limit: int = 50, offset: int = 0
) -> ContactPage:
    """List live contacts, oldest first.

    `search`: an id, old ones included; else every word has to begin a word of a name or a company,
    or an e-mail address; digits are those a phone number ends with, or begins with after a plus.
    One of the words has to begin the name or company itself, which an index finds; `everywhere`
    asks for none of that, takes digits from anywhere in a number, and reads all contacts for it.
    """
    columns = [
        contact.c[name]
        for name in ("id", "given_name", "family_name", "full_name", "email", "phone", "company")
    ]
    by_index = store.engine.dialect.name == "postgresql" and not everywhere
    wanted = [contact.c.state == "live", *_find(search, everywhere=everywhere, turned=by_index)]
    with reading(store.engine) as connection:
        if by_index:
            # A plan made for any words at all would read every contact for rare ones.
            connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
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


def _find(search: str, *, everywhere: bool, turned: bool) -> list[ColumnElement[bool]]:
    """Conditions on a contact, one for each word; digits of several words are one number."""
    words = search.split()
    numbers = [word for word in words if _digits(word) and not any(map(str.isalpha, word))]
    if len(_digits("".join(numbers))) < DIGITS:
        numbers = []
    names = [word for word in words if "@" not in word and word not in numbers]
    wanted = [_is_mailed(word) for word in words if "@" in word]
    wanted += [_has_word(word) for word in names]
    if numbers:
        number = "".join(numbers)
        wanted.append(_is_called(number, everywhere=everywhere, turned=turned))
    if names and not everywhere:
        starts = [escape(word.casefold()) + "%" for word in names]
        begins = [func.lower(name).like(start, escape=ESCAPE) for start in starts for name in NAMES]
        wanted.append(or_(*begins))
    return wanted


def _has_word(word: str) -> ColumnElement[bool]:
    """Whether a word of a name or of the company begins so; case does not matter."""
    start = "% " + escape(word.casefold()) + "%"
    ways = [func.lower(" " + func.coalesce(name, "")).like(start, escape=ESCAPE) for name in NAMES]
    return or_(*ways)


def _is_mailed(word: str) -> ColumnElement[bool]:
    start = escape(word.casefold()) + "%"
    mails = select(contact_email.c.contact_id)
    return contact.c.id.in_(mails.where(contact_email.c.email.like(start, escape=ESCAPE)))


def _is_called(number: str, *, everywhere: bool, turned: bool) -> ColumnElement[bool]:
    """Whether a phone number of the contact ends so; with a plus, begins so.

    `turned`: there is an index of the numbers turned round.
    """
    digits, phone = _digits(number), contact_phone.c.phone
    if everywhere:
        like = phone.like(f"%{digits}%")
    elif number.startswith("+"):
        like = phone.like(f"+{digits}%")
    elif turned:
        like = func.reverse(phone).like(f"{digits[::-1]}%")
    else:
        like = phone.like(f"%{digits}")
    return contact.c.id.in_(select(contact_phone.c.contact_id).where(like))


def _digits(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit())
    return digits if text.startswith("+") else digits.lstrip("0")


def escape(text: str) -> str:
    """Take from the signs of LIKE their meaning."""
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
