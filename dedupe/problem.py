"""Records to resolve: identical ones fall together, and what is settled already is settled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe.clustering import Constraints, connected
from dedupe.cores import on_all_cores
from dedupe.features import Column, Feature, Features, build_features, hash_together
from dedupe.hashing import NOTHING, Hashes, combine_each, mix
from dedupe.similarity import Positions

Pair = tuple[int, int]


@dataclass(frozen=True)
class Rows:
    """Labels of records, and the contact that each belongs to already (-1: none)."""

    index: npt.NDArray[np.int64]
    owners: Positions

    @classmethod
    def of(cls, everything: pd.DataFrame) -> "Rows":
        """Read the index and, where there is one, the column `contact`."""
        owners = np.full(len(everything), -1, dtype=np.int64)
        if "contact" in everything:
            contact = everything["contact"].astype("Int64")
            present = contact.notna().to_numpy()
            owners[present] = contact[present].to_numpy(dtype=np.int64)
        return cls(everything.index.to_numpy(), owners)


@dataclass(frozen=True)
class Problem:
    """Distinct records as nodes, and what ties or separates them.

    `node[i]` is the node of record `i`; identical records share one, those of a known contact among
    themselves. `first[k]` is the record of node `k` with the smallest label in `index`, `many[k]`
    how many records it stands for.
    """

    index: npt.NDArray[np.int64]
    features: Features
    content: Hashes
    node: Positions
    first: Positions
    many: npt.NDArray[np.int64]
    constraints: Constraints

    @property
    def fresh(self) -> npt.NDArray[np.bool_]:
        """Nodes that are not known already."""
        return self.constraints.owners < 0


def read_problem(
    everything: pd.DataFrame | Mapping[str, Column],
    rows: Rows,
    cannot_link: Iterable[Pair] = (),
    must_link: Iterable[Pair] = (),
) -> Problem:
    """Read the columns of records, known ones among them."""
    index, owners = rows.index, rows.owners
    features = build_features(everything)
    hash_together(features)
    content = _hash_content(features, len(index))
    cannot = _positions(index, cannot_link)
    must = _positions(index, must_link)
    alone = content == NOTHING
    alone[np.concatenate([*cannot, *must])] = True
    # What one contact was told time and again is one node, however often: its block stays small.
    owned = np.where(owners >= 0, mix(owners.view(np.uint64) ^ mix(content)), content)
    first, node = _fold_identical(owned, alone, index)
    groups = connected(
        np.concatenate([node[must[0]], np.arange(len(first))]),
        np.concatenate([node[must[1]], _same_owner(owners[first])]),
        len(first),
    )
    distinct = {name: Feature(f.codes[first], f.distinct) for name, f in features.items()}
    return Problem(
        index,
        _complete(distinct, groups),
        content[first],
        node,
        first,
        np.bincount(node, minlength=len(first)),
        Constraints(groups, owners[first], (node[cannot[0]], node[cannot[1]])),
    )


def _complete(features: Features, groups: Positions) -> Features:
    """Tell every record of a group what one person has once: what is known of the others.

    A stored contact is known by all its records: a row of Jane Smith Jr. that leaves the suffix
    out is still a row of the younger one.
    """
    if np.array_equal(groups, np.arange(len(groups))):
        return features
    completed = dict(features)
    for name in _ONCE:
        if name in features:
            codes = features[name].codes.copy()
            own = codes[:, 0].astype(np.int64)
            low = np.full(len(own), np.iinfo(np.int64).max)
            np.minimum.at(low, groups, np.where(own < 0, low, own))
            high = np.full(len(own), -1, dtype=np.int64)
            np.maximum.at(high, groups, own)
            told = np.where((low == high)[groups], high[groups], -1)
            codes[:, 0] = np.where(own < 0, told, own)
            completed[name] = Feature(codes, features[name].distinct)
    return completed


_CELLS = 100_000  # values hashed at a time
_ONCE = ("suffix", "birth_date")


def _fold_identical(
    content: Hashes, alone: npt.NDArray[np.bool_], index: npt.NDArray[np.int64]
) -> tuple[Positions, Positions]:
    """First record of each node and node of each record; records that stand `alone` share none."""
    order = np.argsort(index, kind="stable")
    apart = mix(index.view(np.uint64) ^ content)
    _, first, node = np.unique(
        np.where(alone, apart, content)[order], return_index=True, return_inverse=True
    )
    ranked = np.argsort(first)
    of_record = np.empty(len(index), dtype=np.int64)
    of_record[order] = np.argsort(ranked)[node]
    return order[first[ranked]], of_record


def _positions(index: npt.NDArray[np.int64], links: Iterable[Pair]) -> tuple[Positions, Positions]:
    pairs = np.array(list(links), dtype=np.int64).reshape(-1, 2)
    if not len(pairs):
        return pairs[:, 0], pairs[:, 1]
    labels = pd.Index(index)
    left = labels.get_indexer(pd.Index(pairs[:, 0]))
    right = labels.get_indexer(pd.Index(pairs[:, 1]))
    known = (left >= 0) & (right >= 0)
    return left[known], right[known]


def _same_owner(owners: Positions) -> Positions:
    """For each node the first node of the same owner; itself where it has none."""
    own = np.arange(len(owners))
    owned = owners >= 0
    _, first, inverse = np.unique(owners[owned], return_index=True, return_inverse=True)
    own[owned] = np.flatnonzero(owned)[first][inverse]
    return own


def _hash_content(features: Features, count: int) -> Hashes:
    """Hash of all comparison values of each record; `NOTHING` for a record without any."""
    slots = [
        (f"{name}{slot}", feature, slot)
        for name, feature in features.items()
        for slot in range(feature.codes.shape[1])
    ]
    together = max(_CELLS // max(count, 1), 1)

    def add(at: int) -> Hashes:
        some = slots[at : at + together]
        hashes = np.stack([feature.row_hashes(slot) for _, feature, slot in some])
        total: Hashes = combine_each([kind for kind, _, _ in some], hashes).sum(axis=0)
        return total

    content = np.zeros(count, dtype=np.uint64)
    for at in range(0, len(slots), 4 * together):
        for total in on_all_cores(add, range(at, min(at + 4 * together, len(slots)), together)):
            content += total
    return np.where(content == NOTHING, NOTHING, mix(content))
