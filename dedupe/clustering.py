"""From pairs to clusters: average-link clustering within connected components.

Chains are what goes wrong here: A is like B, B is like C, but A and C are different people. So
inside a component every pair is scored, also those that blocking never brought together, and two
groups merge only while the average weight between them reaches the threshold (Hassanzadeh et al.,
VLDB 2009, compare such methods). Ties break on the content of records, never on their position.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dedupe.hashing import Hashes
from dedupe.linkage import FORBIDDEN, Compared, Household, Linkage
from dedupe.similarity import Positions

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Evidence:
    """Weights of pairs: `total`, and by comparison `weights` where `present`, (comparisons, pairs).

    `apart` marks pairs that no group may hold, `several` the comparisons of what a person may
    have several of, `vague` and `habit` what `Compared` says of them.
    """

    total: Weights
    weights: Weights
    present: npt.NDArray[np.bool_]
    apart: npt.NDArray[np.bool_]
    several: npt.NDArray[np.bool_]
    vague: tuple[int, int] | None = None
    household: Household | None = None
    habit: tuple[int, int] | None = None

    def compared(self, own: slice, components: int) -> Compared:
        """The evidence of some of the pairs, those of so many components of one size."""
        comparisons, shape = len(self.weights), (components, -1)
        return Compared(
            self.total[own].reshape(shape),
            self.weights[:, own].reshape(comparisons, *shape),
            self.present[:, own].reshape(comparisons, *shape),
            self.several,
            self.vague,
            self.household,
            self.habit,
        )


Score = Callable[[Positions, Positions], Evidence]

_LARGEST = 300  # nodes of a component in which every pair is scored
_BATCH = 500_000  # pairs scored at a time
_CELLS = 50_000  # pairs of groups joined at a time: their evidence fits into the cache


@dataclass(frozen=True)
class Edges:
    """Scored pairs of nodes."""

    left: Positions
    right: Positions
    weight: Weights

    def where(self, kept: npt.NDArray[np.bool_]) -> "Edges":
        """The edges that are kept."""
        return Edges(self.left[kept], self.right[kept], self.weight[kept])


@dataclass(frozen=True)
class Constraints:
    """What is settled before any weight is looked at.

    `groups` labels nodes that are one person already; nodes whose `owners` (-1: none) differ, and
    the `cannot` pairs, are never joined.
    """

    groups: Positions
    owners: Positions
    cannot: tuple[Positions, Positions]


def cluster(
    edges: Edges, content: Hashes, constraints: Constraints, score: Score, threshold: float
) -> Positions:
    """Label of each node: nodes with one label are one cluster."""
    count = len(content)
    groups = constraints.groups
    tied = Edges(np.arange(count), groups, np.full(count, np.inf, dtype=np.float32))
    strong = edges.where(edges.weight >= threshold)
    joined = Edges(
        np.concatenate([strong.left, tied.left]),
        np.concatenate([strong.right, tied.right]),
        np.concatenate([strong.weight, tied.weight]),
    )
    component = _bounded_components(joined, count, threshold)
    size = np.bincount(component, minlength=count)[component]
    labels = component.copy()
    bound = np.zeros(count, dtype=np.bool_)
    bound[constraints.owners >= 0] = True
    bound[np.concatenate(constraints.cannot)] = True
    unclear = np.zeros(count, dtype=np.bool_)
    unclear[component[bound]] = True
    # What is one group from the start has nothing left to decide.
    mixed = np.bincount(component[groups == np.arange(count)], minlength=count)[component] > 1
    members = np.flatnonzero(((size > 2) | unclear[component]) & mixed)
    for batch in _batches(members, component, content):
        _cluster_batch(labels, batch, constraints, score, threshold)
    return labels


def connected(left: Positions, right: Positions, count: int) -> Positions:
    """Connected components: each node gets the smallest position it is connected with."""
    labels = np.arange(count)
    while True:
        low = np.minimum(labels[left], labels[right])
        before = labels.copy()
        np.minimum.at(labels, left, low)
        np.minimum.at(labels, right, low)
        np.minimum.at(labels, before, labels)
        labels = labels[labels]
        if np.array_equal(labels, before):
            return labels


def _bounded_components(edges: Edges, count: int, threshold: float) -> Positions:
    """Components of at most `_LARGEST` nodes, by asking for more weight where they are larger."""
    labels = connected(edges.left, edges.right, count)
    while threshold < 40.0:
        large = np.bincount(labels, minlength=count) > _LARGEST
        if not large.any():
            break
        threshold += 2.0
        within = edges.where(large[labels[edges.left]] & (edges.weight >= threshold))
        finer = connected(within.left, within.right, count)
        labels = np.where(large[labels], finer, labels)
        edges = within
    return labels


def _batches(
    members: Positions, component: Positions, content: Hashes
) -> Iterator[list[Positions]]:
    """Components of one size as lines of nodes in the order of their content; bounded batches."""
    members = members[np.lexsort((content[members], component[members]))]
    of = component[members]
    starts = np.flatnonzero(np.append(True, of[1:] != of[:-1])) if len(of) else of
    sizes = np.diff(np.append(starts, len(of)))
    batch: list[Positions] = []
    room = _BATCH
    for size in np.unique(sizes[sizes > 1]).tolist():  # a lone stored contact is its own cluster
        lines = members[starts[sizes == size][:, None] + np.arange(size)]
        work = size * (size - 1) // 2
        most = max(_BATCH // work, 1)
        for at in range(0, len(lines), most):
            some = lines[at : at + most]
            if batch and len(some) * work > room:
                yield batch
                batch, room = [], _BATCH
            batch.append(some)
            room -= len(some) * work
    if batch:
        yield batch


def _cluster_batch(
    labels: Positions,
    batch: list[Positions],
    constraints: Constraints,
    score: Score,
    threshold: float,
) -> None:
    triangles = [_all_pairs(lines.shape[1]) for lines in batch]
    ends = [
        np.concatenate(
            [lines[:, t[end]].ravel() for lines, t in zip(batch, triangles, strict=True)]
        )
        for end in (0, 1)
    ]
    left, right = ends
    evidence = score(left, right)
    groups = constraints.groups
    forbidden = _forbidden(left, right, constraints)
    forbidden |= evidence.apart & (groups[left] != groups[right])
    evidence = replace(evidence, total=np.where(forbidden, FORBIDDEN, evidence.total))
    at = 0
    for lines, pairs in zip(batch, triangles, strict=True):
        end = at + len(lines) * len(pairs[0])
        compared = evidence.compared(slice(at, end), len(lines))
        _cluster_alike(labels, lines, groups[lines], compared, threshold)
        at = end


def _cluster_alike(
    labels: Positions, lines: Positions, known: Positions, compared: Compared, threshold: float
) -> None:
    """Cluster components of one size, each a line of nodes."""
    unclear = compared.total.min(axis=1) < threshold
    labels[lines] = lines.min(axis=1)[:, None]
    size = lines.shape[1]
    for chosen in np.array_split(
        np.flatnonzero(unclear), int(unclear.sum()) * size * size // _CELLS + 1
    ):
        linkage = Linkage.read(size, _all_pairs(size), compared.where(chosen))
        group = linkage.link(known[chosen], threshold)
        lowest = np.full(group.shape, len(labels))
        each = np.arange(len(chosen))[:, None]
        np.minimum.at(lowest, (each, group), lines[chosen])
        labels[lines[chosen]] = lowest[each, group]


@lru_cache(maxsize=64)
def _all_pairs(count: int) -> tuple[Positions, Positions]:
    """All pairs of so many nodes; most components are of a few sizes."""
    one, other = np.triu_indices(count, 1)
    return one, other


def _forbidden(
    left: Positions, right: Positions, constraints: Constraints
) -> npt.NDArray[np.bool_]:
    owners, groups = constraints.owners, constraints.groups
    forbidden: npt.NDArray[np.bool_] = (
        (owners[left] != owners[right]) & (owners[left] >= 0) & (owners[right] >= 0)
    )
    first, second = constraints.cannot
    if len(first):
        count = len(groups)
        apart = np.minimum(first, second) * count + np.maximum(first, second)
        forbidden |= np.isin(np.minimum(left, right) * count + np.maximum(left, right), apart)
    forbidden &= groups[left] != groups[right]
    return forbidden
