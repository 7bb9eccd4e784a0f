"""Names go with countries: two Frenchmen are likelier to share two French names by chance.

And places lie in countries: two people of French names are likelier both to live in Lyon.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dedupe.features import Feature, Features
from dedupe.similarity import Positions

# Shares of countries, one line a value; the dot product of the lines of two names is their lift.
Origins = Mapping[str, npt.NDArray[np.float32]]

_MOST = 24  # countries told apart; the others are one
_NAMES = ("given", "family")
_PLACES = ("city", "postal", "region")


def count_origins(features: Features) -> Origins:
    """Where names and places of a batch are at home; empty where nothing tells.

    For value v and country c the entry of a name is P(c | v) / sqrt(P(c)), that of a place
    P(c | v) / P(c); P(c | v) is drawn towards P(c) by one record.
    """
    country = features.get("country")
    if country is None or not all(name in features for name in _NAMES):
        return {}
    counts = country.counts.astype(np.float64)
    ranked = np.argsort(-counts, kind="stable")
    column = np.full(len(counts) + 1, -1)
    column[ranked] = np.minimum(np.arange(len(counts)), _MOST - 1)
    held = np.bincount(column[:-1], counts)
    if len(held) < 2:
        return {}
    shares = held / counts.sum()
    of_record = column[country.first]
    located = {name: _locate(features[name], of_record, shares) for name in _NAMES}
    for name in _PLACES:
        if name in features:
            located[name] = _locate(features[name], of_record, shares) / np.sqrt(shares)
    return {name: table.astype(np.float32) for name, table in located.items()}


def _locate(
    feature: Feature, of_record: npt.NDArray[np.int64], shares: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    known = (of_record >= 0) & (feature.first >= 0)
    at = feature.first[known].astype(np.int64) * len(shares) + of_record[known]
    table = np.bincount(at, minlength=len(feature.distinct) * len(shares)).reshape(-1, len(shares))
    seen = (table + shares) / (table.sum(axis=1, keepdims=True) + 1)
    located: npt.NDArray[np.float64] = seen / np.sqrt(shares)
    return located


def lift_of_names(
    origins: Origins, features: Features, left: Positions, right: Positions
) -> npt.NDArray[np.float32]:
    """Bits by which two names come together more often than each of them by itself; 0 at least.

    P(g, f) = P(g) P(f) sum over c of P(c | g) P(c | f) / P(c), where names depend on the country
    alone; of the names of both records, those that say less.
    """
    tables = [origins[name] for name in _NAMES]
    lifts = []
    for at in (left, right):
        given, family = (features[name].first[at] for name in _NAMES)
        lifts.append(np.einsum("ij,ij->i", tables[0][given], tables[1][family]))
    lift: npt.NDArray[np.float32] = np.log2(np.maximum(np.minimum(*lifts), 1))
    return lift


def lift_of_place(
    origins: Origins, features: Features, source: str, rows: Positions
) -> npt.NDArray[np.float32]:
    """Bits by which people of the names of `rows` share a place more often than all; 0 at least.

    P(p | names) = P(p) sum over c of P(c | p) P(c | names) / P(c); the place is that of `rows`.
    """
    given, family = (origins[name][features[name].first[rows]] for name in _NAMES)
    home = given * family  # P(c | names), but for their sum
    there = origins[source][features[source].first[rows]]
    lift = np.einsum("ij,ij->i", home, there) / home.sum(axis=1)
    bits: npt.NDArray[np.float32] = np.log2(np.maximum(lift, 1)).astype(np.float32)
    return bits
