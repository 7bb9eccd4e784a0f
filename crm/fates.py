"""Where each new row goes: to a contact that exists, to a new one, or on hold."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from crm.batch import Matching

__all__ = ["NO_PAIR", "Fates", "decide_fates"]

NO_PAIR: Final = -1


@dataclass(frozen=True)
class Fates:
    """What becomes of the rows to load.

    `rows`: index `row`, ascending; `fate` (created, merged, held), `contact` (the id of a contact
    in the store, or a negative number for a person not there yet), `pair` (the pair that ties the
    row to its contact: a label of the resolution's pairs, or −1) and `matched` (the record at the
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
    left, right = pairs["left"].map(persons), pairs["right"].map(persons)
    review = _heaviest(pairs[(left != right) & (pairs["right"] >= 0)], persons)
    created = ~contact.duplicated() & (contact < 0)
    fate = pd.Series(np.where(created, "created", "merged"), index=contact.index, dtype="str")
    if hold:
        waiting = persons[pd.concat([review["left"], review["right"]])]
        fate[contact.isin(waiting) & (contact < 0)] = "held"
    known = matching.candidates.index.append(contact.index[created])
    ties = _tie(pairs[left == right], known, contact.index)
    rows = pd.DataFrame({"fate": fate, "contact": contact}).join(ties)
    rows["pair"] = rows["pair"].fillna(NO_PAIR).astype("int64")
    return Fates(rows.rename_axis("row"), review)


def _number_persons(loading: pd.Index, matching: Matching) -> pd.Series:
    """Give every row its person: a contact's id, or −1, −2… for those who are new."""
    resolution = matching.resolution
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


def _tie(pairs: pd.DataFrame, known: pd.Index, rows: pd.Index) -> pd.DataFrame:
    """Find for every row the pair that ties it to what is already known of its contact.

    The known records reach out over the heaviest pairs, round after round, so that the ties of
    a contact form a tree: taking one away says which records go with it.
    """
    turned = pairs.rename(columns={"left": "right", "right": "left"})
    steps = pd.concat([pairs, turned])[["left", "right", "weight"]]
    steps = steps[steps["right"].isin(rows)].rename_axis("pair").reset_index()
    steps = steps.sort_values(["weight", "left"], ascending=[False, True], kind="stable")
    found = []
    while True:
        steps = steps[~steps["right"].isin(known)]
        reached = steps[steps["left"].isin(known)].drop_duplicates("right")
        if reached.empty:
            break
        found.append(reached)
        known = known.append(pd.Index(reached["right"]))
    ties = pd.concat([steps.iloc[:0], *found]).set_index("right")
    return pd.DataFrame({"pair": ties["pair"], "matched": ties["left"].astype("Int64")})
