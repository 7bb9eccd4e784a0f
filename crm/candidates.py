"""The stored records that new rows have to be compared with."""

from collections.abc import Iterable
from typing import Final

import pandas as pd
from sqlalchemy import Connection, func, select

from crm.batch import Candidates
from crm.bulk import listed_numbers
from crm.frames import read_frame
from crm.json_text import from_json
from crm.models import batch, blocking_key, link, source_record
from validators.fields import FIELDS

__all__ = ["HOT", "find_candidates", "read_members"]

# A key that more contacts share says nothing about who somebody is.
HOT: Final = 50


def find_candidates(connection: Connection, keys: pd.DataFrame) -> Candidates:
    """Find all records of the contacts that share a blocking key with `keys` (`row`, `key`)."""
    wanted = listed_numbers(connection, keys["key"].unique()).subquery()
    shared = read_frame(
        connection,
        select(blocking_key.c.key, blocking_key.c.contact_id.label("contact")).join(
            wanted, wanted.c.value == blocking_key.c.key
        ),
    )
    sharers = shared.groupby("key")["contact"].transform("size")
    contacts = shared["contact"][sharers <= HOT].unique()
    population = connection.scalar(select(func.max(source_record.c.id)))
    return Candidates(
        records=read_members(connection, contacts),
        hot=shared["key"][sharers > HOT].nunique(),
        population=population or 0,
    )


def read_members(connection: Connection, contacts: Iterable[int]) -> pd.DataFrame:
    """Read all records linked to these contacts, in the shape of `Candidates.records`."""
    wanted = listed_numbers(connection, contacts).subquery()
    frame = read_frame(
        connection,
        select(
            link.c.contact_id.label("contact"),
            source_record.c.id.label("source_record"),
            batch.c.trust,
            source_record.c.occurred_at,
            source_record.c.content_hash,
            source_record.c.doubtful,
            source_record.c.standard,
        )
        .select_from(link)
        .join(wanted, wanted.c.value == link.c.contact_id)
        .join(source_record, source_record.c.id == link.c.source_record_id)
        .join(batch, batch.c.id == source_record.c.batch_id)
        .where(link.c.active)
        .order_by(source_record.c.id),
    )
    frame = frame.astype(dict.fromkeys(["contact", "source_record", "trust"], "int64"))
    frame = frame.set_index(-frame["source_record"])
    names = [name for name in FIELDS if name != "occurred_at"]
    return (
        frame.drop(columns="standard").join(from_json(frame["standard"], names)).rename_axis(None)
    )
