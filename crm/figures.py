"""Sales and cost figures, kept as they came; `crm.insight_frames` reads what they mean."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import delete, exists, insert, select

from crm import ids
from crm.bulk import insert_frame, next_id
from crm.figure_erasure import unname
from crm.figure_models import figure_import, sale, spend
from crm.frames import read_frame
from crm.opening import reading, writing
from crm.store import Store
from crm.times import utc_now

__all__ = ["FigureBatch", "drop_figures", "keep_figures", "list_figures", "were_kept"]

TABLES: Final = {"sales": sale, "costs": spend}


@dataclass(frozen=True)
class FigureBatch:
    """A file of figures: where it is from, and the counts of its rows.

    `issues`: line, field and code of what was found, without values.
    """

    source: str
    kind: str
    file: str
    content_hash: str
    rejected: int = 0
    blank: int = 0
    issues: Sequence[Mapping[str, Any]] = ()


def were_kept(store: Store, source: str, content_hash: str) -> bool:
    """Whether this file of this source was taken in before."""
    there = (figure_import.c.source == source) & (figure_import.c.content_hash == content_hash)
    with reading(store.engine) as connection:
        return bool(connection.scalar(select(exists().where(there))))


def keep_figures(store: Store, batch: FigureBatch, records: pd.DataFrame) -> int | None:
    """Keep the rows of a file (columns of their table, index `row`) in one transaction.

    Returns the number of the import; None where another process has kept the file meanwhile.
    """
    there = (figure_import.c.source == batch.source) & (
        figure_import.c.content_hash == batch.content_hash
    )
    with writing(store.engine) as connection:
        if connection.scalar(select(exists().where(there))):
            return None
        number = next_id(connection, figure_import)
        counts = {"rows_in": len(records) + batch.rejected, "kept": len(records)}
        values = {
            **{name: getattr(batch, name) for name in ("source", "kind", "file", "content_hash")},
            "rejected": batch.rejected,
            "blank": batch.blank,
            "issues": json.dumps([dict(each) for each in batch.issues]),
        }
        connection.execute(
            insert(figure_import).values(id=number, at=utc_now(), **counts, **values)
        )
        lines = records.assign(row=records.index)
        if batch.kind == "sales":
            lines = unname(connection, lines)
        insert_frame(connection, TABLES[batch.kind], lines, figure_import_id=number)
    return number


def list_figures(store: Store) -> pd.DataFrame:
    """Read the files that were taken in: `id` (f1), `source`, `kind`, `file`, `at` and counts."""
    names = ("id", "source", "kind", "file", "at", "rows_in", "kept", "rejected", "blank")
    statement = select(*(figure_import.c[name] for name in names)).order_by(figure_import.c.id)
    with reading(store.engine) as connection:
        frame = read_frame(connection, statement)
    return frame.assign(id=ids.LETTERS["figure_import"] + frame["id"].astype("str"))


def drop_figures(store: Store, identifier: str) -> bool:
    """Take a file of figures (`f3`) out again; false where there is none."""
    table, number = ids.read(identifier) or ("", 0)
    if table != "figure_import":
        return False
    with writing(store.engine) as connection:
        for rows in TABLES.values():
            connection.execute(delete(rows).where(rows.c.figure_import_id == number))
        gone = connection.execute(delete(figure_import).where(figure_import.c.id == number))
    return gone.rowcount > 0
