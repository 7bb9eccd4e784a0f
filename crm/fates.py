"""Where each new row goes: to a contact that exists, to a new one, or on hold."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm.batch import Matching
from crm.ties import tie_rows

__all__ = ["Fates", "decide_fates"]


@dataclass(frozen=True)
class Fates:
    """What becomes of the rows to load.

    `rows`: index `row`, ascending; `fate` (created, merged, held), `contact` (the id of a contact
    in the store, or a negative number for a person not there yet), `pair` (the pair that ties the
    row to its contact: a label of the resolution's pairs, or -1) and `matched` (the record at the
    other end, a row or a candidate's label; null where there is no such pair).
    `review`: pairs that cross two persons, the heaviest of any two: `pair`, `left`, `right`.
    """

    rows: pd.DataFrame
    review: pd.DataFrame


def decide_fates(loading: pd.Index, matching: Matching, *, hold: bool) -> Fates:
    """Turn clusters and pairs into fates; the order of the rows numbers persons, no more."""
    pairs = matching.resolution.pairs
    contact = _number_persons(loading, matching)
    persons = pd.concat([contact, matching.candidates["contact"].astype("int64")])
    pairs = pairs[pairs["left"].isin(persons.index) & pairs["right"].isin(loading)]
    left, right = pairs["left"].map(persons), pairs["right"].map(persons)
    review = _heaviest(pairs[left != right], persons)
    created = ~contact.duplicated() & (contact < 0)
    fate = pd.Series(np.where(created, "created", "merged"), index=contact.index, dtype="str")
    if hold:
        waiting = persons[pd.concat([review["left"], review["right"]])]
        fate[contact.isin(waiting) & (contact < 0)] = "held"
    known = matching.candidates.index.append(contact.index[created])
    ties = tie_rows(pairs[left == right], known, contact.index)
    rows = pd.DataFrame({"fate": fate, "contact": contact}).join(ties)
    return Fates(rows.rename_axis("row"), review)


def _number_persons(loading: pd.Index, matching: Matching) -> pd.Series:
    """Give every row its person: a contact's id, or -1, -2… for those who are new."""
    resolution = matching.resolution
    if not loading.isin(resolution.clusters.index).all():
        raise ValueError("plan: every row that is neither seen nor quarantined must be resolved")
    clusters = resolution.clusters.reindex(loading).sort_index()
    contact = resolution.contacts.reindex(clusters.index).astype("Int64")
    new = contact.isna()
    contact[new] = -1 - pd.factorize(clusters[new])[0]
    return contact.astype("int64")


def _heaviest(crossing: pd.DataFrame, persons: pd.Series) -> pd.DataFrame:
    """Of all pairs that cross the same two persons, keep the heaviest."""
    ends = np.sort(np.column_stack([persons[crossing["left"]], persons[crossing["right"]]]), axis=1)
    found = crossing[["left", "right", "weight"]].rename_axis("pair").reset_index()
    found = found.assign(low=ends[:, 0], high=ends[:, 1])
    found = found.sort_values(["weight", "left", "right"], ascending=[False, True, True])
    found = found.drop_duplicates(["low", "high"]).sort_values(["left", "right"])
    return found[["pair", "left", "right"]].reset_index(drop=True)
