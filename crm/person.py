"""All rows that hold a person: their contact, its records, and what else is known to be theirs."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, Table, or_, select

from crm.bulk import listed_numbers
from crm.models import contact, link, quarantine_row, source_record
from crm.pinned_records import read_pins
from crm.suppressing import Identifier, known_by

__all__ = ["Person", "find_person"]

SHORTEST = 4  # a text that says so little tells nobody


@dataclass(frozen=True)
class Person:
    """Ids of the rows of a person, and what they are known by.

    `contacts`: the one that lives first, then those merged into it. `rows`: batch and row of
    records and of rows in quarantine. `texts`: every cell that was received of them.
    """

    contacts: tuple[int, ...]
    records: tuple[int, ...]
    quarantine: tuple[int, ...]
    rows: tuple[tuple[int, int], ...]
    known_by: tuple[Identifier, ...]
    content_hashes: tuple[str, ...]
    submissions: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def batches(self) -> tuple[int, ...]:
        """The batches they came with."""
        return tuple(sorted({number for number, _ in self.rows}))

    @property
    def addresses(self) -> tuple[str, ...]:
        """E-mails and phones, without the name that some only count with."""
        found = {text.split(" ")[0] for kind, text in self.known_by if kind in {"email", "phone"}}
        return tuple(sorted(found))

    def counts(self) -> dict[str, int]:
        """How many rows of the main tables hold the person."""
        return {
            "contact": len(self.contacts),
            "source_record": len(self.records),
            "quarantine_row": len(self.quarantine),
        }


def find_person(connection: Connection, number: int) -> Person:
    """Find all of the person that lives as a contact.

    Records that wait, or were taken back, and rows in quarantine are theirs where they have an
    e-mail, or a phone and the name, of one of the contact's own records.
    """
    contacts = _find_family(connection, number)
    own = select(link.c.source_record_id).where(
        link.c.contact_id.in_(listed_numbers(connection, contacts)), link.c.active
    )
    records = list(
        connection.execute(select(source_record).where(source_record.c.id.in_(own))).mappings()
    )
    identifiers = {each for row in records for each in known_by(json.loads(row["standard"]))}
    identifiers |= set(_stated(connection, contacts, records))
    more = [row for row in _unlinked(connection, source_record) if _is(row, identifiers)]
    waiting = [row for row in _unlinked(connection, quarantine_row) if _is(row, identifiers)]
    everything = [*records, *more, *waiting]
    return Person(
        tuple(contacts),
        tuple(sorted(row["id"] for row in [*records, *more])),
        tuple(sorted(row["id"] for row in waiting)),
        tuple(sorted({(row["batch_id"], row["row"]) for row in everything})),
        tuple(sorted(identifiers)),
        tuple(sorted(row["content_hash"] for row in everything)),
        tuple(sorted({row["submission_id"] for row in everything if row["submission_id"]})),
        tuple(sorted({text for row in everything for text in _texts(row)})),
    )


def _find_family(connection: Connection, number: int) -> list[int]:
    """A contact and all that were merged into it, directly or by way of others."""
    found = [number]
    last = [number]
    while last:
        merged = select(contact.c.id).where(contact.c.merged_into.in_(last))
        last = [each for each in connection.scalars(merged) if each not in found]
        found += last
    return found


def _stated(
    connection: Connection, contacts: list[int], records: Iterable[RowMapping]
) -> Iterator[Identifier]:
    """What no record may say: values a person pinned, as each record would read with them."""
    pins = read_pins(connection, contacts)
    for values in pins.values():
        for each in [{}, *(json.loads(row["standard"]) for row in records)]:
            yield from known_by({**each, **values})


def _unlinked(connection: Connection, table: Table) -> Iterator[RowMapping]:
    """Rows that are of no contact now."""
    chosen = select(table)
    if table is source_record:
        linked = select(link.c.id).where(link.c.source_record_id == table.c.id, link.c.active)
        unlinked = or_(table.c.fate == "held", table.c.live.is_(False))
        chosen = chosen.where(unlinked, ~linked.exists())
    yield from connection.execute(chosen.order_by(table.c.id)).mappings()


def _is(row: RowMapping, identifiers: set[Identifier]) -> bool:
    return not identifiers.isdisjoint(known_by(json.loads(str(row["standard"]))))


def _texts(row: RowMapping) -> Iterator[str]:
    for name in ("raw", "standard"):
        for text in json.loads(str(row[name])).values():
            if isinstance(text, str) and len(text) >= SHORTEST:
                yield text
