"""Quality of a clustering against the truth.

Pairs are counted over closed clusters: every two rows under one label are a pair, whether or not
anything compared them. B-cubed (Bagga and Baldwin, 1998) asks each row how much of its cluster is
right and how much of its entity was found, and averages over the rows, so that one large cluster
does not drown the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

Labels = pd.Series | np.ndarray[Any, Any] | Sequence[Any]
Integers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Quality:
    """Shares between 0 and 1. Where no pair is claimed precision is 1, where none exists recall."""

    precision: float
    recall: float
    bcubed_precision: float
    bcubed_recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of pair precision and pair recall."""
        return _harmonic_mean(self.precision, self.recall)

    @property
    def bcubed_f1(self) -> float:
        """Harmonic mean of B-cubed precision and recall."""
        return _harmonic_mean(self.bcubed_precision, self.bcubed_recall)


def measure_quality(truth: Labels, found: Labels) -> Quality:
    """Compare two labels a row, of any type, row by row in the same order.

    Rows whose truth is missing are left out: nothing is known about them. A row whose found label
    is missing stands alone.
    """
    known = ~pd.isna(pd.Series(truth)).to_numpy()
    entity = _number(pd.Series(truth).to_numpy()[known])
    cluster = _number(pd.Series(found).to_numpy()[known])
    both = _number(entity * (cluster.max(initial=0) + 1) + cluster)
    shared, in_cluster, in_entity = _sizes(both), _sizes(cluster), _sizes(entity)
    right = _pairs(both)
    return Quality(
        precision=_share(right, _pairs(cluster)),
        recall=_share(right, _pairs(entity)),
        bcubed_precision=float((shared / in_cluster).mean()) if len(shared) else 1.0,
        bcubed_recall=float((shared / in_entity).mean()) if len(shared) else 1.0,
    )


def _number(labels: np.ndarray[Any, Any]) -> Integers:
    """Labels as 0, 1, 2 …; each missing one gets a number of its own."""
    numbers, values = pd.factorize(labels)
    alone = numbers < 0
    numbers[alone] = len(values) + np.arange(alone.sum())
    return numbers.astype(np.int64)


def _sizes(labels: Integers) -> Integers:
    """For each row, how many rows share its label."""
    return np.bincount(labels)[labels] if len(labels) else labels


def _pairs(labels: Integers) -> int:
    """How many pairs of rows share a label."""
    counts = np.bincount(labels)
    return int((counts * (counts - 1) // 2).sum())


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _harmonic_mean(left: float, right: float) -> float:
    return 2 * left * right / (left + right) if left + right else 0.0
