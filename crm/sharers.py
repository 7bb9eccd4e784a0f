"""Who shares a blocking key: by one set-based join for a batch, by a look-up for one lead.

A batch brings thousands of keys, for which a join is best. One lead brings some twenty, and there
the frames and built queries around a join take ten times as long as a plain statement.
"""

import json
from collections.abc import Sequence
from typing import Final

import pandas as pd
from sqlalchemy import Connection, select

from crm.bulk import listed_numbers
from crm.frames import read_frame
from crm.models import blocking_key

__all__ = ["HOT", "find_sharers", "look_up_sharers"]

# A key that more contacts share says nothing about who somebody is.
HOT: Final = 50

# Of a key that many contacts share no more are read than it takes to know.
_SHARERS: Final = {
    "sqlite": """
        SELECT (SELECT json_group_array(contact_id) FROM (
            SELECT contact_id FROM blocking_key WHERE key = wanted.value LIMIT :most))
        FROM json_each(:numbers) AS wanted""",
    "postgresql": """
        SELECT ARRAY(SELECT contact_id FROM blocking_key WHERE key = wanted LIMIT %(most)s)
        FROM unnest(%(numbers)s::bigint[]) AS wanted""",
}


def find_sharers(connection: Connection, keys: pd.Series) -> tuple[list[int], int]:
    """Contacts that share one of many keys, and how many keys too many contacts share."""
    wanted = listed_numbers(connection, keys.unique()).subquery()
    shared = read_frame(
        connection,
        select(blocking_key.c.key, blocking_key.c.contact_id.label("contact")).join(
            wanted, wanted.c.value == blocking_key.c.key
        ),
    )
    sharers = shared.groupby("key")["contact"].transform("size")
    contacts = shared["contact"][sharers <= HOT].unique()
    return contacts.tolist(), shared["key"][sharers > HOT].nunique()


def look_up_sharers(connection: Connection, keys: Sequence[int]) -> tuple[list[int], int]:
    """What `find_sharers` finds, for the few keys of one lead."""
    on_sqlite = connection.dialect.name == "sqlite"
    cursor = connection.connection.cursor()
    numbers = list(dict.fromkeys(keys))
    given = {"numbers": json.dumps(numbers) if on_sqlite else numbers, "most": HOT + 1}
    cursor.execute(_SHARERS[connection.dialect.name], given)
    shared = [json.loads(cell) if on_sqlite else cell for (cell,) in cursor.fetchall()]
    contacts = dict.fromkeys(number for each in shared if len(each) <= HOT for number in each)
    return list(contacts), sum(len(each) > HOT for each in shared)
