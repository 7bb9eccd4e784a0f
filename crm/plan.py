"""What an import will do, worked out before anything is written.

In: what earlier steps found in the rows, and what deduplication decided. Out: the fate of each
row, and frames that hold all that is to be written, cut into chunks. No clock and no database:
the same input always gives the same plan, so a plan is also the answer of a dry run.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from crm.batch import BatchInput, Incoming, Matching, Seen
from crm.contacts import MEMBER_COLUMNS, Contacts, build_contacts
from crm.fates import Fates, decide_fates
from crm.source_records import describe_quarantine, describe_records
from crm.text import storable
from crm.text_runs import run_starts
from crm.ties import explain_review, explain_ties
from dedupe.accounts import Accounts
from dedupe.survivorship import SurvivorshipPolicy
from validators.fields import FIELDS

__all__ = ["CHUNK_ROWS", "FATES", "BatchInput", "Incoming", "Matching", "Plan", "plan"]

# A kill costs at most one chunk; but each touches much of the index of blocking keys, so that a
# large import is cut into no more chunks than this.
CHUNK_ROWS: Final = 10_000
CHUNKS: Final = 20
FATES: Final = ("created", "merged", "held", "quarantined", "already_seen")


@dataclass(frozen=True)
class Plan:
    """All that an import will write; the column `chunk` says in which transaction.

    `fates`: index `row` -> fate, every row of the reading. `records`: index `row`, the source
    records with their fate, `contact` (negative: one to create), and what ties them to it.
    `quarantine`: index `row`. `issues`, `review`: findings and possible matches. `contacts`: the
    golden records, made by `policy`; `accounts` the companies of some, `keys` their blocking keys.
    """

    batch: BatchInput
    seen: Seen
    fates: pd.Series
    counts: Mapping[str, int]
    records: pd.DataFrame
    quarantine: pd.DataFrame
    issues: pd.DataFrame
    review: pd.DataFrame
    contacts: Contacts
    accounts: pd.DataFrame
    keys: pd.DataFrame
    policy: SurvivorshipPolicy | None = None


def plan(
    batch: BatchInput,
    incoming: Incoming,
    matching: Matching,
    seen: Seen,
    policy: SurvivorshipPolicy | None = None,
) -> Plan:
    """Work out what importing these rows will do."""
    unseen = incoming.raw.index.difference(seen.rows.index)
    unseen = unseen.difference(_find_doubles(incoming.raw, incoming.records, unseen))
    quarantined = unseen.intersection(incoming.quarantined)
    loading = unseen.difference(quarantined)
    decided = decide_fates(loading, matching, hold=batch.on_possible_match == "hold")
    chunks = _cut(decided.rows["contact"], quarantined)

    pairs = matching.resolution.pairs
    review = explain_review(decided.review, pairs)
    rows = explain_ties(decided.rows, pairs, incoming.records, matching.candidates)
    records = describe_records(incoming, seen.imported_at, rows, chunks)
    live = records[records["fate"] != "held"]
    contacts = build_contacts(_members(live, batch, incoming, matching.candidates), policy)
    fates = _all_fates(incoming.raw.index, seen, decided, quarantined)
    return Plan(
        batch,
        seen,
        fates,
        _count(fates, batch.blank, len(review)),
        records,
        describe_quarantine(incoming, quarantined, chunks),
        _place_issues(incoming.issues, chunks, first_time=seen.resumes is None),
        review.assign(chunk=_later_chunk(review, chunks)),
        contacts,
        _list_accounts(incoming.accounts if batch.kind == "lead" else None, contacts),
        _contact_keys(incoming.keys, live),
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


def _members(
    live: pd.DataFrame, batch: BatchInput, incoming: Incoming, candidates: pd.DataFrame
) -> pd.DataFrame:
    """All records, new and stored, of the contacts that get a record; index their label."""
    stored = candidates[candidates["contact"].isin(live["contact"])]
    new = live[[name for name in MEMBER_COLUMNS if name in live]].assign(trust=batch.trust)
    standard = incoming.records.reindex(live.index)
    standard = standard[[name for name in standard if name not in new and name in FIELDS]]
    return pd.concat([new.join(standard), stored])


def _list_accounts(accounts: Accounts | None, contacts: Contacts) -> pd.DataFrame:
    """The account of each contact, from the record that speaks for its company.

    Index `contact`; `key`, by which an account is known again, `name` and `domain`.
    """
    if accounts is None:
        return pd.DataFrame(columns=["key", "name", "domain"], dtype="str")
    frame = accounts.frame.set_index("account")
    named = "name:" + frame["name"].str.casefold()
    frame = frame.assign(key=("domain:" + frame["domain"]).fillna(named)).dropna(subset="key")
    label = contacts.golden["company_record"].map(accounts.accounts.dropna()).dropna()
    label = label[label.isin(frame.index)]
    return frame.loc[label.astype("int64"), ["key", "name", "domain"]].set_axis(label.index)


def _contact_keys(keys: pd.DataFrame, live: pd.DataFrame) -> pd.DataFrame:
    """The distinct blocking keys of each contact: `chunk`, `contact`, `key`."""
    place = live.index.get_indexer(pd.Index(keys["row"]))
    kept = keys["key"].to_numpy()[place >= 0]
    chunk, contact = (live[name].to_numpy()[place[place >= 0]] for name in ("chunk", "contact"))
    order = np.argsort(contact)
    for then_by in (kept, chunk.astype(np.int16)):  # takes half the time of a lexsort
        order = order[np.argsort(then_by[order], kind="stable")]
    chunk, contact, kept = chunk[order], contact[order], kept[order]
    first = run_starts(contact, kept)  # a contact is in one chunk
    return pd.DataFrame({"chunk": chunk[first], "contact": contact[first], "key": kept[first]})
