"""What a plan comes to, line by line, transaction by transaction.

A chunk is described when its turn comes: only so much of an import is in memory at a time as is
about to be written.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm.contacts import MEMBER_COLUMNS, Contacts, build_contacts, split
from crm.plan import Plan
from crm.source_records import describe_quarantine, describe_records
from crm.text_runs import run_starts
from crm.ties import explain_ties
from dedupe.accounts import Accounts
from dedupe.keys import blocking_keys
from validators.fields import FIELDS, attributes_of

__all__ = ["Chunk", "cut", "cut_ahead"]


@dataclass(frozen=True)
class Chunk:
    """What is written in one transaction.

    `records`: index `row`, the source records with their fate, `contact` (negative: one to create),
    and what ties them to it. `quarantine`: index `row`. `issues`, `review`: findings and possible
    matches. `contacts`: the golden records; `accounts`: index `contact`, the companies of some,
    with the `key` by which one is known again; `keys`: their blocking keys, `contact` and `key`.
    """

    records: pd.DataFrame
    quarantine: pd.DataFrame
    issues: pd.DataFrame
    review: pd.DataFrame
    contacts: Contacts
    accounts: pd.DataFrame
    keys: pd.DataFrame

    @property
    def rows(self) -> int:
        """How many rows of the reading it holds."""
        return len(self.records) + len(self.quarantine)


@dataclass(frozen=True)
class _Companies:
    """Row -> label of its account; the accounts by their label."""

    label: pd.Series
    known: pd.DataFrame


def cut_ahead(plan: Plan) -> Iterator[Chunk]:
    """Do what `cut` does, each chunk described while the one before it is being written."""
    chunks = cut(plan)
    with ThreadPoolExecutor(1) as worker:
        coming = worker.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = worker.submit(next, chunks, None)
            yield chunk


def cut(plan: Plan) -> Iterator[Chunk]:
    """Describe the chunks of a plan, in the order in which they are written."""
    frames = {"rows": plan.rows, "issues": plan.issues, "review": plan.review}
    parts = {name: split(frame, frame["chunk"], plan.chunks) for name, frame in frames.items()}
    quarantine = split(plan.quarantine.to_frame("chunk"), plan.quarantine, plan.chunks)
    keys = _split_keys(plan)
    companies = _read_companies(plan.incoming.accounts if plan.batch.kind == "lead" else None)
    for number in range(plan.chunks):
        rows = parts["rows"][number]
        records = _describe_records(plan, rows)
        live = records[records["fate"] != "held"]
        contacts = build_contacts(_members(plan, live), plan.policy)
        yield Chunk(
            records,
            describe_quarantine(plan.incoming, quarantine[number].index),
            parts["issues"][number],
            parts["review"][number],
            contacts,
            _list_accounts(companies, contacts),
            _contact_keys(plan, live, keys[number] if keys else None),
        )


def _describe_records(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    pairs, candidates = plan.matching.resolution.pairs, plan.matching.candidates
    tied = explain_ties(rows, pairs, plan.incoming.records, candidates)
    return describe_records(plan.incoming, plan.seen.imported_at, tied)


def _members(plan: Plan, live: pd.DataFrame) -> pd.DataFrame:
    """All records, new and stored, of the contacts that get a record; index their label."""
    candidates = plan.matching.candidates
    stored = candidates[candidates["contact"].isin(live["contact"])]
    new = live[[name for name in MEMBER_COLUMNS if name in live]].assign(trust=plan.batch.trust)
    standard = plan.incoming.records.reindex(live.index)
    told = [name for name in standard if name not in new and name in FIELDS]
    standard = standard[[*told, *attributes_of(standard)]]
    return pd.concat([new.join(standard), stored])


def _read_companies(accounts: Accounts | None) -> _Companies | None:
    """Find by what each account is known again."""
    if accounts is None:
        return None
    frame = accounts.frame.set_index("account")
    named = "name:" + frame["name"].str.casefold()
    known = frame.assign(key=("domain:" + frame["domain"]).fillna(named)).dropna(subset="key")
    return _Companies(accounts.accounts.dropna(), known[["key", "name", "domain"]])


def _list_accounts(companies: _Companies | None, contacts: Contacts) -> pd.DataFrame:
    """The account of each contact, from the record that speaks for its company."""
    if companies is None:
        return pd.DataFrame(columns=["key", "name", "domain"], dtype="str")
    spoken = contacts.golden["company_record"].dropna()
    label = companies.label.reindex(spoken).set_axis(spoken.index).dropna()
    label = label[label.isin(companies.known.index)]
    return companies.known.loc[label.astype("int64")].set_axis(label.index)


def _split_keys(plan: Plan) -> list[pd.DataFrame] | None:
    """The blocking keys that were asked for already, by chunk."""
    keys = plan.incoming.keys
    if keys is None:
        return None
    place = plan.rows.index.get_indexer(pd.Index(keys["row"]))
    kept = keys[place >= 0]
    chunk = plan.rows["chunk"].iloc[place[place >= 0]].set_axis(kept.index)
    return split(kept, chunk, plan.chunks)


def _contact_keys(plan: Plan, live: pd.DataFrame, keys: pd.DataFrame | None) -> pd.DataFrame:
    """The distinct blocking keys of each contact, in the order of the table's index."""
    if keys is None:
        keys = blocking_keys(plan.incoming.records.loc[live.index])
    place = live.index.get_indexer(pd.Index(keys["row"]))
    kept = keys["key"].to_numpy()[place >= 0]
    contact = live["contact"].to_numpy()[place[place >= 0]]
    order = np.argsort(contact)
    order = order[np.argsort(kept[order], kind="stable")]  # takes half the time of a lexsort
    contact, kept = contact[order], kept[order]
    first = run_starts(contact, kept)
    return pd.DataFrame({"contact": contact[first], "key": kept[first]})
