"""Rows of a reading as the lines of `source_record` and `quarantine_row`."""

from typing import Final

import pandas as pd

from crm.batch import Incoming
from crm.json_text import to_json
from crm.text import storable
from crm.text_runs import concatenate, join_runs, run_starts
from crm.times import utc_texts
from dedupe.survivorship import EVENT_FIELDS
from validators.fields import FIELDS, attributes_of
from validators.issues import doubtful_codes

__all__ = ["describe_quarantine", "describe_records"]

# What an interaction tells; its time and its submission are known anyway.
SUMMARY_FIELDS: Final = tuple(
    name for name in EVENT_FIELDS if name not in {"submission_id", "occurred_at"}
)


def describe_records(incoming: Incoming, imported_at: str, decided: pd.DataFrame) -> pd.DataFrame:
    """Describe the rows to keep as source records: `decided`, with the columns of the table."""
    rows = decided.index
    frame = decided.join(_describe_rows(incoming, rows))
    frame["occurred_at"] = _occurred_at(incoming.records.reindex(rows), imported_at)
    said = [name for name in SUMMARY_FIELDS if name in incoming.records]
    frame["summary"] = to_json(incoming.records[said].reindex(frame.index))
    frame["doubtful"] = _list_doubtful(incoming.issues, rows)
    return frame


def describe_quarantine(incoming: Incoming, rows: pd.Index) -> pd.DataFrame:
    """Describe the rows to keep in quarantine."""
    return _describe_rows(incoming, rows)


def _describe_rows(incoming: Incoming, rows: pd.Index) -> pd.DataFrame:
    places = incoming.places.reindex(rows)
    standard = incoming.records.reindex(rows)
    standard = standard[[*(name for name in FIELDS if name in standard), *attributes_of(standard)]]
    missing = pd.Series(pd.NA, index=rows, dtype="str")
    return pd.DataFrame(
        {
            "content_hash": incoming.hashes.reindex(rows),
            "submission_id": storable(standard.get("submission_id", missing)),
            "file": storable(places["file"].astype("str")),
            "sheet": storable(places["sheet"].astype("str")),
            "line": places["line"],
            "raw": to_json(incoming.raw.reindex(rows)),
            "standard": to_json(standard),
        }
    )


def _occurred_at(standard: pd.DataFrame, imported_at: str) -> pd.Series:
    """When the row was true: as it says itself, but never later than its import."""
    if "occurred_at" not in standard:
        return pd.Series(imported_at, index=standard.index, dtype="str")
    said = utc_texts(standard["occurred_at"])
    return said.mask(said.isna() | (said > imported_at), imported_at)


def _list_doubtful(issues: pd.DataFrame, rows: pd.Index) -> pd.Series:
    """JSON list of the fields of each row that carry a doubtful warning, null for most rows."""
    doubtful = issues[
        issues["code"].isin(doubtful_codes())
        & issues["field"].isin(list(FIELDS))
        & issues["row"].isin(rows)
    ]
    pairs = doubtful[["row", "field"]].drop_duplicates().sort_values(["row", "field"])
    starts = run_starts(pairs["row"].to_numpy())
    listed = concatenate("[", join_runs(concatenate('"', pairs["field"], '"'), starts), "]")
    found = pd.Series(listed.to_pandas(), dtype="str").set_axis(pairs["row"].iloc[starts])
    return found.reindex(rows)
