"""Rows written in bulk are the rows that were given, however their columns lie in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
from sqlalchemy import select

from crm.bulk import insert_frame
from crm.opening import reading, writing
from crm.steward_models import survivorship_policy

if TYPE_CHECKING:
    from crm.store import Store


def test_columns_that_begin_with_nothing_are_written_as_they_are(store: Store) -> None:
    texts = pd.Series(["a", "b"], dtype="str")
    rows = pd.DataFrame({"id": [1, 2], "version": "v", "content": "{}"})
    rows["at"] = pd.concat([texts.iloc[:0], texts])  # a chunk of nothing, then the others
    table = survivorship_policy
    with writing(store.engine) as connection:
        insert_frame(connection, table, rows)
    with reading(store.engine) as connection:
        written = connection.execute(select(table.c.id, table.c.at).order_by(table.c.id))
        assert [tuple(row) for row in written] == [(1, "a"), (2, "b")]
