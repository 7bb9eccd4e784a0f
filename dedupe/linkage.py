"""Joining groups of records by what is known of each group as a whole."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedupe.households import exceed

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Household:
    """The comparisons that relatives share, that of given names, and the odds of one person."""

    family: Flags
    given: int
    one_of_family: float


@dataclass(frozen=True)
class Compared:
    """The comparisons of pairs: `weights` where `present`, both of shape (comparisons, pairs).

    `several` marks the comparisons of what a person may have several of. Of the two in `vague`
    the first counts only where the second could not be compared.
    """

    weights: npt.NDArray[np.float32]
    present: Flags
    several: Flags
    vague: tuple[int, int] | None = None
    household: Household | None = None


@dataclass
class Linkage:
    """Evidence between the groups of one component, summed over the pairs of their members.

    `sums` and `counts` have shape (comparisons, groups, groups): the weights of a comparison and
    the number of pairs that could be compared. A comparison counts with its mean, so a value that
    most records lack is neither diluted nor held against anybody. What a person has several of
    (`several`: e-mails, phones) counts with its best pair: one more number contradicts nothing.
    `best` is the strongest pair.
    """

    sums: Floats
    counts: Floats
    best: Floats
    several: Flags
    vague: tuple[int, int] | None = None
    household: Household | None = None

    @classmethod
    def read(
        cls,
        many: int,
        pairs: tuple[Positions, Positions],
        total: npt.NDArray[np.float32],
        compared: Compared,
    ) -> "Linkage":
        """Read the evidence of all pairs of `many` nodes, each node a group of its own."""
        one, other = pairs
        sums = np.zeros((len(compared.weights), many, many))
        counts = np.zeros_like(sums)
        best = np.full((many, many), -np.inf)
        for left, right in ((one, other), (other, one)):
            sums[:, left, right] = compared.weights
            counts[:, left, right] = compared.present
            best[left, right] = total
        return cls(sums, counts, best, compared.several, compared.vague, compared.household)

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
        groups = sum(len(nodes) > 0 for nodes in members)
        while True:
            one, other = divmod(int(score.argmax()), len(score))
            if score[one, other] < threshold:
                break
            one, other = min(one, other), max(one, other)
            groups -= 1
            if groups == 1:  # nothing is left to compare with
                _gather(one, other, members)
                break
            self._join(one, other, members)
            score[one] = score[:, one] = self._score(threshold, one)
            score[other] = score[:, other] = -np.inf
        return [np.sort(nodes) for nodes in members if len(nodes)]

    def _join(self, one: int, other: int, members: list[Positions]) -> None:
        sums, counts = self._together(one, other)
        self.sums[:, one], self.counts[:, one] = sums, counts
        self.sums[:, :, one], self.counts[:, :, one] = sums, counts
        for table in (self.sums, self.counts):
            table[:, other] = table[:, :, other] = 0
        worst = np.minimum(self.best[one], self.best[other]) < -1e8
        self.best[one] = np.where(worst, -1e9, np.maximum(self.best[one], self.best[other]))
        self.best[:, one] = self.best[one]
        self.best[other] = self.best[:, other] = -np.inf
        self.best[one, one] = -np.inf
        _gather(one, other, members)

    def _together(self, one: int, other: int) -> tuple[Floats, Floats]:
        """Evidence of two groups, as of one, about all others."""
        several = np.flatnonzero(self.several)
        sums = self.sums[:, one] + self.sums[:, other]
        counts = self.counts[:, one] + self.counts[:, other]
        held = [
            np.where(self.counts[several, each] > 0, self.sums[several, each], -np.inf)
            for each in (one, other)
        ]
        compared = counts[several] > 0
        sums[several] = np.where(compared, np.maximum(*held), 0)
        counts[several] = compared
        return sums, counts

    def _score(self, threshold: float, row: int | None = None) -> Floats:
        """Weight between groups; minus infinity where no pair of members is strong by itself."""
        sums = self.sums if row is None else self.sums[:, row]
        counts = self.counts if row is None else self.counts[:, row]
        best = self.best if row is None else self.best[row]
        mean = sums / np.maximum(counts, 1)
        if self.vague is not None:
            vague, clear = self.vague
            mean[vague] = np.where(counts[clear] > 0, 0, mean[vague])
        score = mean.sum(axis=0)
        if self.household is not None:
            home = self.household
            of_family = mean[home.family].sum(axis=0)
            score += exceed(of_family, mean[home.given], home.one_of_family)
        return np.where(best >= threshold, score, -np.inf)


def _gather(one: int, other: int, members: list[Positions]) -> None:
    members[one] = np.concatenate([members[one], members[other]])
    members[other] = members[other][:0]
