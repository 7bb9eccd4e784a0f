"""The stored records that new rows have to be compared with."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Connection, func, select

from crm.batch import Candidates
from crm.bulk import listed_numbers
from crm.frames import read_frame
from crm.json_text import attributes_in, from_json
from crm.models import batch, link, source_record
from crm.sharers import find_sharers, look_up_sharers
from validators.fields import FIELDS

__all__ = ["find_candidates", "read_members"]


def find_candidates(connection: Connection, keys: pd.DataFrame) -> Candidates:
    """Find all records of the contacts that share a blocking key with `keys` (`row`, `key`).

    The keys of one row are looked up, those of a batch are joined.
    """
    if len(keys["row"].unique()) == 1:
        contacts, hot = look_up_sharers(connection, keys["key"].tolist())
    else:
        contacts, hot = find_sharers(connection, keys["key"])
    population = connection.scalar(select(func.max(source_record.c.id)))
    return Candidates(
        records=read_members(connection, contacts), hot=hot, population=population or 0
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
    names += attributes_in(frame["standard"])
    return (
        frame.drop(columns="standard").join(from_json(frame["standard"], names)).rename_axis(None)
    )
