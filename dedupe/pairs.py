"""Candidate pairs: all records that share a blocking key, found and weighed here or elsewhere."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe.blocks import choose_cap, count_sizes, distinct, group, pair_within
from dedupe.cores import on_all_cores
from dedupe.hashing import Hashes, mix
from dedupe.keys import Keys, build_keys
from dedupe.problem import Problem
from dedupe.scores import Scores, concatenate
from dedupe.weights import Scorer

__all__ = ["Candidates", "Pairing", "Pairs", "block", "build_splitters", "draw", "pair_records",
           "summarize"]  # fmt: skip

Positions = npt.NDArray[np.int64]
LeftOut = Sequence[tuple[str, int, int]]

_CHUNK = 500_000  # pairs scored at a time
_ALL_PAIRS = 20_000  # pairs so few that all are compared; blocking would take longer
_SPLITTERS = (
    "given", "family", "birth_date", "postal", "house", "phone_tail", "email", "company", "city",
)  # fmt: skip


class Pairs(Protocol):
    """Candidate pairs of record positions, wherever they are kept.

    `left_out` has the kind of a key, how many rows and how many pairs.
    """

    @property
    def left_out(self) -> LeftOut:
        """What blocking left out, by kind of key."""

    def __len__(self) -> int: ...

    def sample(self, content: Hashes, most: int) -> tuple[Positions, Positions]:
        """About `most` of the pairs, or all if there are no more, see `draw`."""

    def score(self, scorer: Scorer) -> Scores:
        """The pairs that may be possible matches at least, weighed; sorted by left, then right."""


Pairing = Callable[[Problem], Pairs]


@dataclass(frozen=True)
class Candidates:
    """Pairs held in memory (`left < right`, sorted, distinct), see `Pairs`."""

    left: Positions
    right: Positions
    left_out: LeftOut

    def __len__(self) -> int:
        return len(self.left)

    def sample(self, content: Hashes, most: int) -> tuple[Positions, Positions]:
        """About `most` of the pairs."""
        drawn = draw(content[self.left], content[self.right], most / max(len(self), 1))
        return self.left[drawn], self.right[drawn]

    def score(self, scorer: Scorer) -> Scores:
        """Weigh them on all cores."""
        starts = range(0, max(len(self), 1), _CHUNK)
        chunks = [(self.left[at : at + _CHUNK], self.right[at : at + _CHUNK]) for at in starts]
        return concatenate(on_all_cores(lambda pair: scorer.score_promising(*pair), chunks))

    def where_either(self, wanted: npt.NDArray[np.bool_]) -> "Candidates":
        """The pairs of which at least one record is wanted."""
        if wanted.all():
            return self
        kept = wanted[self.left] | wanted[self.right]
        return Candidates(self.left[kept], self.right[kept], self.left_out)


def draw(left: Hashes, right: Hashes, share: float) -> npt.NDArray[np.bool_]:
    """Which pairs are in a sample of that share, by the content of their records.

    Neither the order of records nor how pairs are dealt out makes a difference.
    """
    if share >= 1:
        return np.ones(len(left), dtype=np.bool_)
    return mix(left + right) < np.uint64(int(share * 2.0**64))


def block(problem: Problem) -> Candidates:
    """Pairs worth comparing; two records that are known already are none."""
    count, fresh = len(problem.content), problem.fresh
    if int(fresh.sum()) * count <= _ALL_PAIRS:
        return pair_all(fresh)
    kinds = build_keys(problem.features, count)
    return pair_records(kinds, build_splitters(problem), count).where_either(fresh)


def build_splitters(problem: Problem) -> list[Hashes]:
    """The parts that extend the key of a block that is too large."""
    features = problem.features
    return [features[name].row_hashes() for name in _SPLITTERS if name in features]


def pair_all(wanted: npt.NDArray[np.bool_]) -> Candidates:
    """All pairs of which at least one record is wanted."""
    count, chosen = len(wanted), np.flatnonzero(wanted)
    one, other = np.repeat(chosen, count), np.tile(np.arange(count), len(chosen))
    once = (one < other) | ~wanted[other]
    one, other = one[once], other[once]
    pairs = np.sort(np.minimum(one, other) * count + np.maximum(one, other))
    return Candidates(pairs // max(count, 1), pairs % max(count, 1), ())


def pair_records(kinds: Iterable[Keys], splitters: Sequence[Hashes], count: int) -> Candidates:
    """Pair the records that share a key of any kind, see `dedupe.blocks`."""

    def pair(keys: Keys) -> tuple[Positions, tuple[str, int, int]]:
        blocks = group(keys.rows, keys.hashes)
        cap = choose_cap(count_sizes(blocks), count, broad=keys.broad)
        found = pair_within(blocks, cap, () if keys.broad else splitters, count)
        # A broad key is of use where few share it: what it leaves out, narrower keys find.
        return found.pairs, (keys.kind, found.hot, 0 if keys.broad else found.missed)

    paired = on_all_cores(pair, kinds)
    left_out = [told for _, told in paired if told[2] > 0]
    packed = np.concatenate([np.empty(0, np.int64), *(found for found, _ in paired)])
    del paired
    return Candidates(*_unpack_distinct(packed, count), left_out)


def _unpack_distinct(packed: Positions, count: int) -> tuple[Positions, Positions]:
    """Left and right of each distinct pair, sorted; ranges of pairs are sorted on all cores."""
    # As left is less than right, most pairs begin far to the left: each range has about a quarter.
    bounds = [int(count * (1 - np.sqrt(1 - share))) * count for share in (0, 0.25, 0.5, 0.75, 1)]

    def unpack(bound: tuple[int, int]) -> tuple[Positions, Positions]:
        low, high = bound
        own = distinct(packed[(packed >= low) & (packed < high)])
        left = own // max(count, 1)
        return left, own - left * count

    parts = on_all_cores(unpack, pairwise(bounds))
    return np.concatenate([left for left, _ in parts]), np.concatenate(
        [right for _, right in parts]
    )


def summarize(left_out: LeftOut) -> pd.DataFrame:
    """What was left out, as a frame with columns `key` (kind), `rows`, `pairs`, `why`."""
    frame = pd.DataFrame(left_out, columns=["key", "rows", "pairs"]).astype(
        {"key": "str", "rows": "int64", "pairs": "int64"}
    )
    frame["why"] = pd.Series("too many records share this key and its parts", frame.index, "str")
    return frame
