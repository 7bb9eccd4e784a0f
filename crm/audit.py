"""Who saw and did what at the desk: noted as it happens, and told to admins.

An entry is a person, an act in words and an id, never a value. Nothing here waits for an import.
"""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from crm import ids
from crm.desk_models import audit_entry, desk_user
from crm.models import contact
from crm.opening import noting, reading
from crm.store import Store
from crm.times import utc_now

__all__ = ["AuditEntry", "AuditPage", "Wanted", "list_acts", "list_audit", "note_action"]


@dataclass(frozen=True)
class AuditEntry:
    """Something a person saw or did; `subject` is an id such as c12, null where there is none."""

    number: int
    at: str
    name: str
    act: str
    subject: str | None

    def as_json(self) -> dict[str, Any]:
        """The same, in plain values."""
        return asdict(self)


@dataclass(frozen=True)
class AuditPage:
    """Some entries, latest first; `more`: the `before` of those that come after them, or null."""

    items: tuple[AuditEntry, ...]
    more: int | None


@dataclass(frozen=True)
class Wanted:
    """Which entries: of a person by name, about an id, of an act, before an entry's number.

    What is about a contact is also what is about the contacts that were merged into it.
    """

    by: str | None = None
    of: str | None = None
    act: str | None = None
    before: int | None = None


def note_action(store: Store, user: int, action: str, *subjects: str | None) -> None:
    """Note what a person saw or did; `subjects` are ids such as c12, never values."""
    values = {"at": utc_now(), "desk_user_id": user, "action": action}
    lines = [{**values, "subject": subject} for subject in subjects or (None,)]
    with noting(store.engine) as connection:
        connection.execute(insert(audit_entry), lines)


def list_audit(store: Store, wanted: Wanted | None = None, *, limit: int = 50) -> AuditPage:
    """List who saw and did what, latest first."""
    entry = audit_entry.c
    columns = (entry.id, entry.at, desk_user.c.name, entry.action, entry.subject)
    statement = select(*columns).join(desk_user).order_by(entry.id.desc()).limit(limit + 1)
    with reading(store.engine) as connection:
        narrowed = _narrow(connection, statement, wanted or Wanted())
        found = [AuditEntry(*row) for row in connection.execute(narrowed)]
    shown = tuple(found[:limit])
    return AuditPage(shown, shown[-1].number if len(found) > limit else None)


def list_acts(store: Store) -> list[str]:
    """List the acts that were noted so far, by their words.

    From each to the next by the index: how many entries there are makes no difference.
    """
    acts = select(func.min(audit_entry.c.action).label("act")).cte("acts", recursive=True)
    after = select(func.min(audit_entry.c.action)).where(audit_entry.c.action > acts.c.act)
    acts = acts.union_all(select(after.scalar_subquery()).where(acts.c.act.is_not(None)))
    with reading(store.engine) as connection:
        return list(connection.scalars(select(acts.c.act).where(acts.c.act.is_not(None))))


def _narrow(connection: Connection, statement: Select[Any], wanted: Wanted) -> Select[Any]:
    entry = audit_entry.c
    if wanted.by:
        statement = statement.where(desk_user.c.name_key == wanted.by.casefold())
    if wanted.of:
        statement = statement.where(entry.subject.in_(_with_old_ids(connection, wanted.of)))
    if wanted.act:
        statement = statement.where(entry.action == wanted.act)
    if wanted.before is not None:
        statement = statement.where(entry.id < wanted.before)
    return statement


def _with_old_ids(connection: Connection, text: str) -> list[str]:
    """The id, and where it is a contact's those of the contacts that were merged into it."""
    table, number = ids.read(text) or ("", 0)
    if table != "contact":
        return [text.strip()]
    last = found = [number]
    while last:  # as often as a survivor was merged away itself
        last = list(connection.scalars(select(contact.c.id).where(contact.c.merged_into.in_(last))))
        found = [*found, *last]
    return [ids.show("contact", each) for each in found]
