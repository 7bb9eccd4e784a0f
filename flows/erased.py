"""Rows of people who were erased: they get a fate, and nothing of them is kept."""

from dataclasses import replace

import pandas as pd

from crm.content_hash import content_hashes
from crm.store import Store
from flows.stages import Cleaned, Mapped
from validators.issues import concat_issues, make_issues

__all__ = ["keep_out"]


def keep_out(store: Store, mapped: Mapped, cleaned: Cleaned) -> tuple[Mapped, Cleaned]:
    """Blank the rows of erased people and set them apart, with the issue `row.erased`.

    In place of its cells a row has one keyed hash, so that it is known when it comes again.
    """
    found = store.suppressed(cleaned.records, lambda: content_hashes(mapped.raw))
    if found.empty:
        return mapped, cleaned
    rows = found.index
    raw = _blank(mapped.raw, rows)
    raw.loc[rows, raw.columns[0]] = "erased:" + found
    said = make_issues((row, None, "row.erased", None, None) for row in rows)
    others = cleaned.issues[~cleaned.issues["row"].isin(rows)]
    return (
        replace(mapped, raw=raw, records=_blank(mapped.records, rows)),
        Cleaned(
            _blank(cleaned.records, rows),
            concat_issues([others, said]),
            cleaned.quarantined.union(rows),
        ),
    )


def _blank(frame: pd.DataFrame, rows: pd.Index) -> pd.DataFrame:
    return frame.drop(index=rows).reindex(frame.index)
