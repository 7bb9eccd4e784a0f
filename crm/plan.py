"""What an import will do, decided before anything is written.

In: what earlier steps found in the rows, and what deduplication decided. Out: the fate of each
row, and the chunk it is written in; `crm.chunks` describes what that comes to line by line. No
clock and no database: the same input always gives the same plan, so a plan is also the answer of a
dry run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from crm.batch import BatchInput, Incoming, Matching, Seen
from crm.fates import Fates, decide_fates
from crm.pinned_records import without_pinned
from crm.text import storable
from crm.ties import explain_review
from dedupe.survivorship import SurvivorshipPolicy

__all__ = ["CHUNK_ROWS", "FATES", "BatchInput", "Incoming", "Matching", "Plan", "plan"]

# A kill costs at most one chunk; but each touches much of the index of blocking keys, so that a
# large import is cut into no more chunks than this.
CHUNK_ROWS: Final = 10_000
CHUNKS: Final = 10
FATES: Final = ("created", "merged", "held", "quarantined", "already_seen")


@dataclass(frozen=True)
class Plan:
    """What an import will do; the column `chunk` says in which transaction, of so many `chunks`.

    `fates`: index `row` -> fate, every row of the reading. `rows`: index `row`, the rows to keep,
    by chunk: their fate, `contact` (negative: one to create), `pair` and `matched`, which tie them
    to it (`crm.fates`). `quarantine`: row -> chunk. `issues`, `review`: findings and possible
    matches. `incoming` and `matching` are what the lines are made of; golden records, by `policy`.
    """

    batch: BatchInput
    seen: Seen
    fates: pd.Series
    counts: Mapping[str, int]
    chunks: int
    rows: pd.DataFrame
    quarantine: pd.Series
    issues: pd.DataFrame
    review: pd.DataFrame
    incoming: Incoming
    matching: Matching
    policy: SurvivorshipPolicy | None = None


def plan(
    batch: BatchInput,
    incoming: Incoming,
    matching: Matching,
    seen: Seen,
    policy: SurvivorshipPolicy | None = None,
) -> Plan:
    """Decide what importing these rows will do."""
    matching = without_pinned(matching)
    unseen = incoming.raw.index.difference(seen.rows.index)
    unseen = unseen.difference(_find_doubles(incoming.raw, incoming.records, unseen))
    quarantined = unseen.intersection(incoming.quarantined)
    loading = unseen.difference(quarantined)
    decided = decide_fates(loading, matching, hold=batch.on_possible_match == "hold")
    chunks = _cut(decided.rows["contact"], quarantined)
    review = explain_review(decided.review, matching.resolution.pairs)
    fates = _all_fates(incoming.raw.index, seen, decided, quarantined)
    rows = decided.rows.assign(chunk=chunks.reindex(decided.rows.index).astype("int64"))
    return Plan(
        batch,
        seen,
        fates,
        _count(fates, batch.blank, len(review)),
        1 + int(chunks.max()) if len(chunks) else 0,
        rows.sort_values("chunk", kind="stable"),
        chunks.reindex(quarantined).sort_values(kind="stable"),
        _place_issues(incoming.issues, chunks, first_time=seen.resumes is None),
        review.assign(chunk=_later_chunk(review, chunks)),
        incoming,
        matching,
        policy,
    )


def _find_doubles(raw: pd.DataFrame, records: pd.DataFrame, unseen: pd.Index) -> pd.Index:
    """Rows that are another delivery of a submission in the same reading."""
    if "submission_id" not in records:
        return unseen[:0]
    sent = records["submission_id"].reindex(unseen).dropna().index
    return sent[raw.loc[sent].duplicated()]


def _cut(contact: pd.Series, quarantined: pd.Index) -> pd.Series:
    """Cut rows into chunks, in their order, rows of one contact together; index `row`."""
    apart = pd.Series(np.arange(len(quarantined)), index=quarantined)
    lowest = int(contact.min()) if len(contact) else 0
    person = pd.concat([contact, lowest - 1 - apart]).sort_index().astype("int64")
    code, _ = pd.factorize(person)
    size = np.bincount(code)
    start = np.cumsum(size) - size
    rows = max(CHUNK_ROWS, len(person) // CHUNKS)
    return pd.Series(start[code] // rows, index=person.index, dtype="int64")


def _later_chunk(review: pd.DataFrame, chunks: pd.Series) -> pd.Series:
    """A pair is written when both its records are."""
    ends = [chunks.reindex(review[end]).fillna(0).to_numpy() for end in ("left", "right")]
    return pd.Series(np.maximum(*ends), index=review.index, dtype="int64")


def _all_fates(rows: pd.Index, seen: Seen, decided: Fates, quarantined: pd.Index) -> pd.Series:
    fates = pd.Series("already_seen", index=rows, dtype="str", name="fate")
    resumed = seen.rows[seen.rows["resumed"]]
    fates[resumed.index] = resumed["fate"]
    fates[quarantined] = "quarantined"
    fates[decided.rows.index] = decided.rows["fate"]
    return fates


def _count(fates: pd.Series, blank: int, review: int) -> dict[str, int]:
    found = fates.value_counts()
    counts = {fate: int(found.get(fate, 0)) for fate in FATES}
    if sum(counts.values()) != len(fates):
        raise AssertionError(f"{len(fates)} rows, but fates for {counts}")
    return {"rows_in": len(fates), **counts, "blank": blank, "review": review}


def _place_issues(issues: pd.DataFrame, chunks: pd.Series, *, first_time: bool) -> pd.DataFrame:
    """Findings of the rows that are written, and, once, those about the whole table."""
    texts = {name: storable(issues[name]) for name in ("field", "before", "after")}
    placed = issues.assign(chunk=issues["row"].map(chunks), **texts)
    if first_time:
        placed["chunk"] = placed["chunk"].mask(placed["row"] < 0, 0)
    return (
        placed.dropna(subset="chunk").astype({"chunk": "int64"}).sort_values("chunk", kind="stable")
    )
