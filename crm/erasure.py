"""Erase a person: nothing of them stays but keyed hashes, by which they are kept out.

Erasure outranks everything that can be taken back: it cannot itself be undone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from crm import ids
from crm.acts import Who, live_contact
from crm.bulk import next_id
from crm.candidates import read_known
from crm.erasure_key import find_key, keyed_hash
from crm.erasure_rows import blank_person
from crm.models import merge_event
from crm.opening import reading, writing
from crm.person import Person, find_person
from crm.recomputing import recompute
from crm.scrubbing import scrub_files
from crm.steward_models import event_contact, suppression
from crm.store import Store
from crm.suppressing import Identifier
from crm.times import utc_now

__all__ = ["Erased", "erase", "erase_only", "preview_erase"]


@dataclass(frozen=True)
class Erased:
    """What was, or would be, erased; `event` is null where nothing was.

    `rows`: table -> how many rows were touched. `batches`: those that held the person: whatever
    else was made of them, such as reports and uploads, holds the person still.
    """

    contact: str
    event: str | None
    rows: Mapping[str, int]
    batches: tuple[str, ...]


def preview_erase(store: Store, contact: str) -> Erased:
    """Tell what erasing would touch."""
    with reading(store.engine) as connection:
        number = live_contact(connection, contact)
        person = find_person(connection, number)
        return Erased(ids.show("contact", number), None, person.counts(), _batches(person))


def erase(store: Store, contact: str, who: Who) -> Erased:
    """Erase the person a contact is, and rows that wait and are of the same person.

    Raises `ErasureKeyError` where there is no key to remember them by.
    """
    done = erase_only(store, contact, who)
    scrub_files(store.engine)
    return done


def erase_only(store: Store, contact: str, who: Who) -> Erased:
    """Erase a person from the tables; the files hold traces until `scrub_files` is called."""
    with writing(store.engine) as connection:
        number = live_contact(connection, contact)
        person = find_person(connection, number)
        key = find_key(connection, make=True)
        event = next_id(connection, merge_event)
        connection.execute(
            insert(merge_event).values(
                id=event, kind="erase", at=utc_now(), actor=who.actor, contact_id=number
            )
        )
        connection.execute(
            insert(event_contact),
            [{"merge_event_id": event, "contact_id": each} for each in person.contacts],
        )
        _remember(connection, event, key, person)
        former = read_known(connection, person.contacts)
        rows = blank_person(connection, person)
        recompute(connection, person.contacts, former)
    return Erased(
        ids.show("contact", number), ids.show("merge_event", event), rows, _batches(person)
    )


def _remember(connection: Connection, event: int, key: bytes, person: Person) -> None:
    """Keep keyed hashes of what the person is known by, and one to know the key by."""
    told = {(keyed_hash(key, *each), each[0]) for each in _identifiers(person)}
    told.add((keyed_hash(key, "key", ""), "key"))
    stored = set(connection.scalars(select(suppression.c.hash)))
    lines = [
        {"hash": text, "kind": kind, "at": utc_now(), "merge_event_id": event}
        for text, kind in sorted(told)
        if text not in stored
    ]
    if lines:
        connection.execute(insert(suppression), lines)


def _identifiers(person: Person) -> Iterable[Identifier]:
    yield from person.known_by
    for text in person.content_hashes:
        yield "row", text


def _batches(person: Person) -> tuple[str, ...]:
    return tuple(ids.show("batch", number) for number in person.batches)
