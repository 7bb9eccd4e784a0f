"""Golden records as the tables hold them: computed from records, then steered by people."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from crm.contact_rows import write_alternates, write_provenance
from crm.contacts import COLUMNS, build_contacts
from crm.record_ids import RecordIds
from crm.steering import steer
from dedupe.survivorship import SurvivorshipPolicy

__all__ = ["GoldenRows", "compute_golden"]

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
    """Compute golden records from `members`, in the shape of `Candidates.records`."""
    made = build_contacts(members, policy)
    ids = RecordIds()
    rows = made.golden.assign(
        provenance=write_provenance(made.provenance, ids),
        alternates=write_alternates(made.alternates, ids),
    )[NAMES]
    rows, given = steer(connection, rows, members)
    return GoldenRows(
        rows, _unite(made.emails, given, "email", ids), _unite(made.phones, given, "phone", ids)
    )


def _unite(union: pd.DataFrame, given: pd.DataFrame, field: str, ids: RecordIds) -> pd.DataFrame:
    """Add the values a person gave to those of the records."""
    own = union.assign(source_record_id=ids.find(union["record"]))
    more = given[given["field"] == field].assign(source_record_id=None)
    both = pd.concat([own, more]) if len(more) else own
    both = both.drop_duplicates(["contact", "value"])
    lines = both.rename(columns={"contact": "contact_id", "value": field})
    types = {"contact_id": "Int64", field: "str", "source_record_id": "Int64"}
    return lines[list(types)].astype(types).reset_index(drop=True)
