"""Joining groups of records by what is known of each group as a whole."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


@dataclass
class Linkage:
    """Evidence between the groups of one component, summed over the pairs of their members.

    `sums` and `counts` have shape (comparisons, groups, groups): the weights of a comparison and
    the number of pairs that could be compared. A comparison counts with its mean, so a value that
    most records lack is neither diluted nor held against anybody. `best` is the strongest pair.
    """

    sums: Floats
    counts: Floats
    best: Floats

    @classmethod
    def read(
        cls,
        many: int,
        pairs: tuple[Positions, Positions],
        total: npt.NDArray[np.float32],
        weights: npt.NDArray[np.float32],
        present: npt.NDArray[np.bool_],
    ) -> "Linkage":
        """Read the evidence of all pairs of `many` nodes, each node a group of its own."""
        one, other = pairs
        sums = np.zeros((len(weights), many, many))
        counts = np.zeros_like(sums)
        best = np.full((many, many), -np.inf)
        for left, right in ((one, other), (other, one)):
            sums[:, left, right] = weights
            counts[:, left, right] = present
            best[left, right] = total
        return cls(sums, counts, best)

    def link(self, known: Positions, threshold: float) -> list[Positions]:
        """Clusters of nodes; nodes equal in `known` are joined from the start.

        Ties go to the pair that comes first: nodes have to be in an order that means something.
        """
        members = [np.array([node]) for node in range(len(known))]
        first: dict[int, int] = {}
        for node, label in enumerate(known.tolist()):
            if first.setdefault(label, node) != node:
                self._join(first[label], node, members)
        score = self._score(threshold)
        while True:
            one, other = divmod(int(score.argmax()), len(score))
            if score[one, other] < threshold:
                break
            one, other = min(one, other), max(one, other)
            self._join(one, other, members)
            score[one] = score[:, one] = self._score(threshold, one)
            score[other] = score[:, other] = -np.inf
        return [np.sort(nodes) for nodes in members if len(nodes)]

    def _join(self, one: int, other: int, members: list[Positions]) -> None:
        for table in (self.sums, self.counts):
            table[:, one] += table[:, other]
            table[:, :, one] += table[:, :, other]
            table[:, other] = table[:, :, other] = 0
        worst = np.minimum(self.best[one], self.best[other]) < -1e8
        self.best[one] = np.where(worst, -1e9, np.maximum(self.best[one], self.best[other]))
        self.best[:, one] = self.best[one]
        self.best[other] = self.best[:, other] = -np.inf
        self.best[one, one] = -np.inf
        members[one] = np.concatenate([members[one], members[other]])
        members[other] = members[other][:0]

    def _score(self, threshold: float, row: int | None = None) -> Floats:
        """Weight between groups; minus infinity where no pair of members is strong by itself."""
        sums = self.sums if row is None else self.sums[:, row]
        counts = self.counts if row is None else self.counts[:, row]
        best = self.best if row is None else self.best[row]
        mean = sums / np.maximum(counts, 1)
        score = mean.sum(axis=0)
        return np.where(best >= threshold, score, -np.inf)
