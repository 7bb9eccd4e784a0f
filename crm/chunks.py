"""What a plan comes to, line by line, transaction by transaction.

A chunk is described when its turn comes: only so much of an import is in memory at a time as is
about to be written.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

import numpy as np
import pandas as pd

from crm.contacts import MEMBER_COLUMNS, Contacts, build_contacts, split
from crm.plan import Plan
from crm.source_records import describe_quarantine, describe_records
from crm.text_runs import Ints, run_starts
from crm.ties import explain_ties
from dedupe.accounts import Accounts
from dedupe.keys import blocking_keys
from validators.fields import FIELDS, attributes_of

__all__ = ["Chunk", "Golden", "cut", "cut_ahead"]

T = TypeVar("T")


class Later(Protocol):
    """Has something computed, and returns how to ask for it."""

    def __call__(self, work: Callable[[], T], /) -> Callable[[], T]: ...


def at_once(work: Callable[[], T]) -> Callable[[], T]:
    """Compute it here and now."""
    done = work()
    return lambda: done


@dataclass(frozen=True)
class Golden:
    """The contacts of a chunk.

    `accounts`: index `contact`, the companies of some, with the `key` by which one is known again.
    """

    contacts: Contacts
    accounts: pd.DataFrame


@dataclass(frozen=True)
class Chunk:
    """What is written in one transaction; what is not there yet is waited for when asked for.

    `records`: index `row`, the source records with their fate, `contact` (negative: one to create),
    and what ties them to it. `quarantine`: index `row`. `issues`, `review`: findings and possible
    matches. `golden`: the contacts of the records; `keys`: their blocking keys, `contact` and
    `key`.
    """

    issues: pd.DataFrame
    review: pd.DataFrame
    _records: Callable[[], pd.DataFrame]
    _quarantine: Callable[[], pd.DataFrame]
    _golden: Callable[[], Golden]
    _keys: Callable[[], pd.DataFrame]

    @property
    def records(self) -> pd.DataFrame:  # noqa: D102 - see above
        return self._records()

    @property
    def quarantine(self) -> pd.DataFrame:  # noqa: D102 - see above
        return self._quarantine()

    @property
    def golden(self) -> Golden:  # noqa: D102 - see above
        return self._golden()

    @property
    def keys(self) -> pd.DataFrame:  # noqa: D102 - see above
        return self._keys()

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
    """Do what `cut` does, part for part beside whoever writes what is described already."""
    with ThreadPoolExecutor(1) as worker:

        def beside(work: Callable[[], T]) -> Callable[[], T]:
            return worker.submit(work).result

        chunks = cut(plan, beside)
        try:
            # While one is written, the next is being described, and no more than that.
            ahead = next(chunks, None)
            while ahead is not None:
                chunk, ahead = ahead, next(chunks, None)
                yield chunk
        finally:
            worker.shutdown(cancel_futures=True)


def cut(plan: Plan, later: Later = at_once) -> Iterator[Chunk]:
    """Describe the chunks of a plan, in the order in which they are written."""
    frames = {"rows": plan.rows, "issues": plan.issues, "review": plan.review}
    parts = {name: split(frame, frame["chunk"], plan.chunks) for name, frame in frames.items()}
    quarantine = split(plan.quarantine.to_frame("chunk"), plan.quarantine, plan.chunks)
    keys = _split_keys(plan)
    companies = _read_companies(plan.incoming.accounts if plan.batch.kind == "lead" else None)
    for number in range(plan.chunks):
        records = later(partial(_describe_records, plan, parts["rows"][number]))
        yield Chunk(
            parts["issues"][number],
            parts["review"][number],
            records,
            later(partial(describe_quarantine, plan.incoming, quarantine[number].index)),
            later(partial(_build_golden, plan, companies, records)),
            later(partial(_contact_keys, plan, records, keys[number] if keys else None)),
        )


def _describe_records(plan: Plan, rows: pd.DataFrame) -> pd.DataFrame:
    pairs, candidates = plan.matching.resolution.pairs, plan.matching.candidates
    tied = explain_ties(rows, pairs, plan.incoming.records, candidates)
    return describe_records(plan.incoming, plan.seen.imported_at, tied)


def _build_golden(
    plan: Plan, companies: _Companies | None, records: Callable[[], pd.DataFrame]
) -> Golden:
    contacts = build_contacts(_members(plan, _live(records())), plan.policy)
    return Golden(contacts, _list_accounts(companies, contacts))


def _live(records: pd.DataFrame) -> pd.DataFrame:
    return records[records["fate"] != "held"]


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


def _contact_keys(
    plan: Plan, records: Callable[[], pd.DataFrame], keys: pd.DataFrame | None
) -> pd.DataFrame:
    """The distinct blocking keys of each contact, in the order of the table's index."""
    live = _live(records())
    if keys is None:
        keys = blocking_keys(plan.incoming.records.loc[live.index])
    place = live.index.get_indexer(pd.Index(keys["row"]))
    kept = keys["key"].to_numpy()[place >= 0]
    contact = live["contact"].to_numpy()[place[place >= 0]]
    owner, kept = _sort_pairs(contact, kept)
    return pd.DataFrame({"contact": owner, "key": kept})


def _sort_pairs(contact: Ints, key: Ints) -> tuple[Ints, Ints]:
    """Each pair once, by key, then by contact.

    As one number of both: to sort numbers takes a quarter of the time of sorting their places.
    """
    order = np.argsort(key)
    ranked = key[order]
    starts = run_starts(ranked)
    rank = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(ranked)))
    lowest = contact.min(initial=0)
    bits = int(contact.max(initial=0) - lowest).bit_length()
    pairs = np.sort((rank << bits) | (contact[order] - lowest))
    pairs = pairs[run_starts(pairs)]
    return lowest + (pairs & ((1 << bits) - 1)), ranked[starts][pairs >> bits]
