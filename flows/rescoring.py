"""Possible matches weighed again, once judgements have changed what their contacts are made of."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from crm.evidence import explain_pairs
from crm.pinned_records import mark_pinned
from crm.rescoring import read_touched, write_weights
from crm.store import Store
from dedupe.resolution import resolve
from flows.learning import read_model


@dataclass(frozen=True)
class Rescored:
    """How many open possible matches were looked at, and how many weigh something else now."""

    looked_at: int
    changed: int


def rescore(store: Store, model: Path | None = None) -> Rescored:
    """Weigh the open possible matches again whose contacts people judged something about.

    A contact that grew by a judgement says more than the one record a possible match was found
    with: the item gets the weight and the reasons of the heaviest pair between the two contacts.
    Nothing is merged or closed by it; that stays with people. Items that no pair holds up any
    more keep their weight.
    """
    touched = read_touched(store)
    if touched.items.empty:
        return Rescored(0, 0)
    owners = touched.records["contact"]
    resolution = resolve(
        touched.records.drop(columns="contact"),
        model=read_model(model),
        population=touched.population,
    )
    heaviest = _heaviest(resolution.pairs, owners)
    items = touched.items.assign(pair=_between(touched.items["left"], touched.items["right"]))
    found = items.merge(heaviest, on="pair", suffixes=("", "_now"))
    found = found[~np.isclose(found["weight"], found["weight_now"], atol=0.05)]
    told = pd.DataFrame(
        {
            "id": found["id"],
            "weight": found["weight_now"],
            "evidence": explain_pairs(mark_pinned(resolution.pairs.loc[found["line"]])).to_numpy(),
        }
    )
    changed = write_weights(store, told, resolution.model_version)
    return Rescored(len(touched.items), changed)


def _heaviest(pairs: pd.DataFrame, owners: pd.Series) -> pd.DataFrame:
    """The heaviest pair of each two contacts: `pair`, `weight`, `line` (label in `pairs`)."""
    left, right = pairs["left"].map(owners), pairs["right"].map(owners)
    found = pd.DataFrame({"pair": _between(left, right), "weight": pairs["weight"]})
    found = found[left != right].rename_axis("line").reset_index()
    return found.sort_values("weight", ascending=False, kind="stable").drop_duplicates("pair")


def _between(left: pd.Series, right: pd.Series) -> pd.Series:
    """One text for two contacts, whichever is named first."""
    low, high = left.where(left < right, right), right.where(left < right, left)
    return low.astype("str").str.cat(high.astype("str"), sep="-")
