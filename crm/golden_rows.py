"""Golden records as the tables hold them: computed from records, then steered by people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from crm.contact_rows import write_alternates, write_provenance
from crm.contacts import COLUMNS, build_contacts
from crm.few_golden import FEW, Line, compute_few
from crm.record_ids import RecordIds
from crm.steering import Given, steer
from dedupe.survivorship import SurvivorshipPolicy

__all__ = ["GoldenRows", "compute_golden", "compute_many"]

NAMES = [*COLUMNS, "fields", "provenance", "alternates"]


@dataclass(frozen=True)
class GoldenRows:
    """What the tables hold of some contacts.

    `rows`: index contact, the computed columns of `contact`. `emails`, `phones`: `contact_id`,
    `email` or `phone`, `source_record_id` (Int64; null: a person gave it).
    """

    rows: pd.DataFrame
    emails: pd.DataFrame
    phones: pd.DataFrame


def compute_golden(
    connection: Connection, members: pd.DataFrame, policy: SurvivorshipPolicy
) -> GoldenRows:
    """Compute golden records from stored `members`, in the shape of `Candidates.records`."""
    if len(members) > FEW:
        return compute_many(connection, members, policy)
    made, emails, phones = compute_few(members, policy)
    rows, given = steer(connection, made, members)
    return GoldenRows(rows, _unite(emails, given, "email"), _unite(phones, given, "phone"))


def compute_many(
    connection: Connection, members: pd.DataFrame, policy: SurvivorshipPolicy
) -> GoldenRows:
    """Compute the same column by column, as an import does."""
    made = build_contacts(members, policy)
    ids = RecordIds()
    rows = made.golden.assign(
        provenance=write_provenance(made.provenance, ids),
        alternates=write_alternates(made.alternates, ids),
    )[NAMES]
    rows, given = steer(connection, rows, members)
    return GoldenRows(
        rows,
        _unite(_list_lines(made.emails, ids), given, "email"),
        _unite(_list_lines(made.phones, ids), given, "phone"),
    )


def _list_lines(union: pd.DataFrame, ids: RecordIds) -> Iterator[Line]:
    columns = (union["contact"], union["value"], ids.find(union["record"]))
    return zip(*(column.tolist() for column in columns), strict=True)


def _unite(lines: Iterable[Line], given: Iterable[Given], field: str) -> pd.DataFrame:
    """Add the values a person gave to those of the records."""
    union: dict[tuple[int, str], int | None] = {
        (contact, value): record for contact, value, record in lines
    }
    for contact, name, value in given:
        if name == field:
            union.setdefault((contact, value), None)
    return pd.DataFrame(
        {
            "contact_id": pd.array([contact for contact, _ in union], dtype="Int64"),
            field: pd.array([value for _, value in union], dtype="str"),
            "source_record_id": pd.array(list(union.values()), dtype="Int64"),
        }
    )
