"""The stored records that new rows have to be compared with."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Row, Select, func, select

from crm.batch import Candidates
from crm.bulk import listed_numbers
from crm.frames import make_frame
from crm.json_text import attributes_in, from_json
from crm.models import batch, link, source_record
from crm.pinned_records import lay_pins, read_pins
from crm.sharers import find_sharers, look_up_sharers
from validators.fields import FIELDS, attributes_of

__all__ = ["find_candidates", "read_known", "read_members"]

FEW: Final = 200  # records that are set out sooner one by one
NUMBERS: Final = ("contact", "source_record", "trust")
TEXTS: Final = ("occurred_at", "content_hash", "doubtful")


def find_candidates(connection: Connection, keys: pd.DataFrame) -> Candidates:
    """Find all that is known of the contacts that share a blocking key with `keys` (`row`, `key`).

    The keys of one row are looked up, those of a batch are joined.
    """
    if len(keys["row"].unique()) == 1:
        contacts, hot = look_up_sharers(connection, keys["key"].tolist())
    else:
        contacts, hot = find_sharers(connection, keys["key"])
    population = connection.scalar(select(func.max(source_record.c.id)))
    return Candidates(records=read_known(connection, contacts), hot=hot, population=population or 0)


def read_known(connection: Connection, contacts: Iterable[int]) -> pd.DataFrame:
    """Read all that contacts are known by: their records, then those with pinned values."""
    members = read_members(connection, contacts)
    return lay_pins(members, read_pins(connection, members["contact"].unique().tolist()))


def read_members(connection: Connection, contacts: Iterable[int]) -> pd.DataFrame:
    """Read all records linked to these contacts, in the shape of `Candidates.records`."""
    statement = _select_members(connection, contacts)
    rows = connection.execute(statement).all()
    if len(rows) <= FEW:
        return _frame_few(rows)
    frame = make_frame(rows, statement)
    frame = frame.astype(dict.fromkeys(NUMBERS, "int64"))
    frame = frame.set_index(-frame["source_record"])
    names = [name for name in FIELDS if name != "occurred_at"]
    names += attributes_in(frame["standard"])
    return (
        frame.drop(columns="standard").join(from_json(frame["standard"], names)).rename_axis(None)
    )


def _select_members(connection: Connection, contacts: Iterable[int]) -> Select[Any]:
    wanted = listed_numbers(connection, contacts).subquery()
    return (
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
        .order_by(source_record.c.id)
    )


def _frame_few(rows: Sequence[Row[Any]]) -> pd.DataFrame:
    """Set rows out in one go: to join frames of two lines takes longer than to read them."""
    told = [json.loads(row.standard) for row in rows]
    filled = {name for each in told for name in each}
    names = [name for name in FIELDS if name in filled and name != "occurred_at"]
    numbers = {
        name: np.array([getattr(row, name) for row in rows], dtype=np.int64) for name in NUMBERS
    }
    about = {name: pd.array([getattr(row, name) for row in rows], dtype="str") for name in TEXTS}
    values = {
        name: pd.array([each.get(name) for each in told], dtype="str")
        for name in (*names, *attributes_of(filled))
    }
    return pd.DataFrame({**numbers, **about, **values}, index=-numbers["source_record"])
