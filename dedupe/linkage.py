"""Joining groups of records by what is known of each group as a whole.

A large file has components by the ten thousand, most of three to six records: too many for a loop
in Python over each of them. Components of one size take their steps together, each its own.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dedupe.households import exceed

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float32]

FORBIDDEN = -1e9  # best pair of groups of which two members must not meet
_NEVER = -1e8  # less than any weight, more than what is forbidden
_MOST = 300  # records of a group whose mailboxes are counted
_FACTORIALS = np.append(0.0, np.cumsum(np.log2(np.arange(1, 2 * _MOST + 2))))  # log2(k!) at k


@dataclass(frozen=True)
class Household:
    """The comparisons that relatives share, that of given names, and the odds of one person."""

    family: Flags
    given: int
    one_of_family: float


@dataclass(frozen=True)
class Compared:
    """The comparisons of the pairs of nodes of components of one size.

    `total` has shape (components, pairs); `weights`, where `present`, (comparisons, components,
    pairs). `several` marks the comparisons of what a person may have several of. Of the two in
    `vague` the first counts only where the second could not be compared. Of the
    two in `habit` the first is present where two mailboxes tell by themselves, the second is that
    of all mailboxes.
    """

    total: Weights
    weights: Weights
    present: Flags
    several: Flags
    vague: tuple[int, int] | None = None
    household: Household | None = None
    habit: tuple[int, int] | None = None

    def where(self, chosen: Positions) -> "Compared":
        """The comparisons of some of the components."""
        return replace(
            self,
            total=self.total[chosen],
            weights=self.weights[:, chosen],
            present=self.present[:, chosen],
        )


@dataclass
class Linkage:
    """Evidence between the groups of each component, summed over the pairs of their members.

    `sums` and `counts` have shape (comparisons, components, groups, groups): the weights of a
    comparison and the number of pairs that could be compared. A comparison counts with its mean, so
    a value that most records lack is neither diluted nor held against anybody. What a person has
    several of (`several`: e-mails, phones) counts with its best pair: one more number contradicts
    nothing. `best` is the strongest pair; `told` (components, groups) counts the nodes that have a
    mailbox which tells by itself, `sizes` all of them.

    A group is known by its first node; of the others nothing is left in the tables.
    """

    sums: Floats
    counts: Floats
    best: Floats
    told: Floats
    sizes: Floats
    compared: Compared

    @classmethod
    def read(cls, many: int, pairs: tuple[Positions, Positions], compared: Compared) -> "Linkage":
        """Read the evidence of all pairs of `many` nodes, each node a group of its own."""
        comparisons, components, _ = compared.weights.shape
        sums = np.zeros((comparisons, components, many, many))
        counts = np.zeros_like(sums)
        best = np.full((components, many, many), -np.inf)
        for left, right in (pairs, pairs[::-1]):
            sums[:, :, left, right] = compared.weights
            counts[:, :, left, right] = compared.present
            best[:, left, right] = compared.total
        told = np.ones((components, many))
        if compared.habit is not None:
            told = (counts[compared.habit[0]] > 0).any(axis=2).astype(np.float64)
        return cls(sums, counts, best, told, np.ones((components, many)), compared)

    def link(self, known: Positions, threshold: float) -> Positions:
        """The group of each node of each component; nodes equal in `known` are one from the start.

        Ties go to the pair that comes first: nodes have to be in an order that means something.
        """
        components, many = known.shape
        group = np.tile(np.arange(many), (components, 1))
        self._join_known(known, group)
        score = self._score(threshold)
        left = (group == np.arange(many)).sum(axis=1)  # groups; one has nothing to compare with
        at = np.flatnonzero(left > 1)
        while len(at):
            pair = score[at].reshape(len(at), -1).argmax(axis=1)
            one, other = pair // many, pair % many
            strong = score[at, one, other] >= threshold
            at, one, other = at[strong], one[strong], other[strong]
            one, other = np.minimum(one, other), np.maximum(one, other)
            _gather(group, at, (one, other))
            left[at] -= 1
            going = left[at] > 1
            at, one, other = at[going], one[going], other[going]
            self._join(at, one, other)
            score[at, one] = score[at, :, one] = self._score(threshold, (at, one))
            score[at, other] = score[at, :, other] = -np.inf
        return group

    def _join_known(self, known: Positions, group: Positions) -> None:
        first = (known[:, :, None] == known[:, None, :]).argmax(axis=2)
        for node in range(1, known.shape[1]):
            at = np.flatnonzero(first[:, node] != node)
            if len(at):
                one, other = first[at, node], np.full(len(at), node)
                self._join(at, one, other)
                _gather(group, at, (one, other))

    def _join(self, at: Positions, one: Positions, other: Positions) -> None:
        """In the components `at`, make the group `other` part of the group `one`."""
        sums, counts = self._together(at, one, other)
        for table, joined in ((self.sums, sums), (self.counts, counts)):
            table[:, at, one] = joined
            table[:, at, :, one] = joined.swapaxes(0, 1)  # parted indices: components come first
            table[:, at, other] = 0
            table[:, at, :, other] = 0
        for many in (self.told, self.sizes):
            many[at, one] += many[at, other]
        best = self.best[at, one], self.best[at, other]
        together = np.where(np.minimum(*best) < _NEVER, FORBIDDEN, np.maximum(*best))
        self.best[at, one] = self.best[at, :, one] = together
        self.best[at, other] = self.best[at, :, other] = -np.inf
        self.best[at, one, one] = -np.inf

    def _together(self, at: Positions, one: Positions, other: Positions) -> tuple[Floats, Floats]:
        """Evidence of two groups, as of one, about all others."""
        sums = self.sums[:, at, one], self.sums[:, at, other]
        counts = self.counts[:, at, one], self.counts[:, at, other]
        total, number = sums[0] + sums[1], counts[0] + counts[1]
        several = np.flatnonzero(self.compared.several)
        held = [
            np.where(count[several] > 0, weight[several], -np.inf)
            for weight, count in zip(sums, counts, strict=True)
        ]
        compared = number[several] > 0
        total[several] = np.where(compared, np.maximum(*held), 0)
        number[several] = compared
        return total, number

    def _score(self, threshold: float, of: tuple[Positions, Positions] | None = None) -> Floats:
        """Weight between groups, or of one group a component with the others of it.

        Minus infinity where no pair of members is strong by itself.
        """
        where = (slice(None),) if of is None else of
        sums, counts = self.sums[:, *where], self.counts[:, *where]
        mean = sums / np.maximum(counts, 1)
        if self.compared.vague is not None:
            vague, clear = self.compared.vague
            mean[vague] = np.where(counts[clear] > 0, 0, mean[vague])
        score = mean.sum(axis=0)
        if self.compared.household is not None:
            home = self.compared.household
            of_family = mean[home.family].sum(axis=0)
            score += exceed(of_family, mean[home.given], home.one_of_family)
        # Two groups have many pairs, of which the strongest were looked for; all may be wrong.
        score -= np.log2(np.minimum(*self._of_both(self.sizes, of)))
        if self.compared.habit is not None:
            private, all_mailboxes = self.compared.habit
            apart = (counts[private] > 0) & (mean[all_mailboxes] <= 0)
            score += np.where(apart, weigh_habits(*self._of_both(self.told, of)), 0)
        return np.where(self.best[where] >= threshold, score, -np.inf)

    @staticmethod
    def _of_both(groups: Floats, of: tuple[Positions, Positions] | None) -> tuple[Floats, Floats]:
        """What is known of one group and of the other, for the pairs that `_score` weighs."""
        if of is None:
            return groups[:, :, None], groups[:, None, :]
        return groups[of][:, None], groups[of[0]]


def weigh_habits(one: Floats, other: Floats) -> Floats:
    """Bits, none or negative, that speak against one person who has two mailboxes.

    Whoever has two gives now this and now that one; but records of two people fall in two heaps.
    If any share of each is equally likely, a given sequence of n and m has the chance
    n! m! / (n + m + 1)!, here relative to that of 1 and 1, which the weight of a pair covers.
    """
    n, m = (np.clip(told, 1, _MOST).astype(np.int64) for told in (one, other))
    bits: Floats = _FACTORIALS[n] + _FACTORIALS[m] - _FACTORIALS[n + m + 1] + _FACTORIALS[3]
    return bits


def _gather(group: Positions, at: Positions, pair: tuple[Positions, Positions]) -> None:
    """In the components `at`, give the nodes of the second group of a pair to the first."""
    one, other = pair
    own = group[at]
    group[at] = np.where(own == other[:, None], one[:, None], own)
