"""Candidate pairs: all records that share a blocking key, hot keys split by adding parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe.cores import on_all_cores
from dedupe.hashing import NOTHING, Hashes, combine
from dedupe.keys import Keys

Positions = npt.NDArray[np.int64]

_CAPS = (400, 200, 100, 60, 40)
_BROAD_CAPS = (*_CAPS, 20, 10, 5, 2)
_BROAD_BUDGET = 100_000
_DEPTH = 3


@dataclass(frozen=True)
class Candidates:
    """Pairs of record positions (`left < right`, sorted, distinct), and what was left out.

    `left_out` has the kind of a key, how many rows and how many pairs.
    """

    left: Positions
    right: Positions
    left_out: Sequence[tuple[str, int, int]]

    def where_either(self, wanted: npt.NDArray[np.bool_]) -> "Candidates":
        """The pairs of which at least one record is wanted."""
        if wanted.all():
            return self
        kept = wanted[self.left] | wanted[self.right]
        return Candidates(self.left[kept], self.right[kept], self.left_out)


def pair_all(wanted: npt.NDArray[np.bool_]) -> Candidates:
    """All pairs of which at least one record is wanted."""
    count, chosen = len(wanted), np.flatnonzero(wanted)
    one, other = np.repeat(chosen, count), np.tile(np.arange(count), len(chosen))
    once = (one < other) | ~wanted[other]
    one, other = one[once], other[once]
    pairs = np.sort(np.minimum(one, other) * count + np.maximum(one, other))
    return Candidates(pairs // max(count, 1), pairs % max(count, 1), ())


def pair_records(kinds: Iterable[Keys], splitters: list[Hashes], count: int) -> Candidates:
    """Pair the records that share a key of any kind.

    A block larger than the cap is split: its key is extended by each splitter in turn (birth date,
    postal code, ...), up to three parts deep. Blocks that stay too large are counted in `left_out`.
    """
    budget = max(400_000, 2 * count)

    def pair(keys: Keys) -> tuple[Positions, tuple[str, int, int]]:
        if keys.broad:
            return _pair_rare(keys, count), (keys.kind, 0, 0)
        found, (rows, missed) = _pair_within(keys, splitters, count, budget)
        return found, (keys.kind, rows, missed)

    paired = on_all_cores(pair, kinds)
    left_out = [told for _, told in paired if told[2] > 0]
    pairs = distinct(np.concatenate([np.empty(0, np.int64), *(found for found, _ in paired)]))
    del paired
    return Candidates(pairs // max(count, 1), pairs % max(count, 1), left_out)


def distinct(packed: Positions) -> Positions:
    """Sort and remove repetitions."""
    packed = np.sort(packed)
    return packed[np.append(True, packed[1:] != packed[:-1])] if len(packed) else packed


def _pair_within(
    keys: Keys, splitters: list[Hashes], count: int, budget: int
) -> tuple[Positions, tuple[int, int]]:
    """Pairs of one kind of key; rows and pairs of hot blocks that no splitting brought together."""
    rows, starts, sizes = _group(keys.rows, keys.hashes)
    cap = _choose_cap(sizes, budget)
    hot = sizes[sizes > cap]
    split = distinct(np.concatenate(list(_split(rows, starts, sizes, (splitters, cap, count)))))
    left_out = int((hot * (hot - 1) // 2).sum()) - len(split)
    whole = _enumerate(rows, starts, sizes, sizes <= cap, count)
    return np.concatenate([whole, split]), (int(hot.sum()), left_out)


def _pair_rare(keys: Keys, count: int) -> Positions:
    """Pairs within the smallest blocks of a broad key, as many as the budget allows."""
    rows, starts, sizes = _group(keys.rows, keys.hashes)
    cap = _choose_cap(sizes, _BROAD_BUDGET, _BROAD_CAPS)
    return distinct(_enumerate(rows, starts, sizes, sizes <= cap, count))


def _split(
    rows: Positions, starts: Positions, sizes: Positions, how: tuple[list[Hashes], int, int]
) -> Iterator[Positions]:
    """Pairs within hot blocks: those that agree on one to three further parts."""
    splitters, cap, count = how
    yield np.empty(0, np.int64)
    stack = [(rows, starts, sizes, 0, 0)]
    while stack:
        rows, starts, sizes, depth, first = stack.pop()
        hot = np.flatnonzero(sizes > cap)
        if not len(hot) or depth == _DEPTH:
            continue
        members = _members(rows, starts[hot], sizes[hot])
        block = np.repeat(hot.astype(np.uint64) + np.uint64(1), sizes[hot])
        for part in range(first, len(splitters)):
            hashes = combine("split", block, splitters[part][members])
            kept = hashes != NOTHING
            finer = _group(members[kept], hashes[kept])
            yield _enumerate(*finer, finer[2] <= cap, count)
            stack.append((*finer, depth + 1, part + 1))


def _group(rows: Positions, hashes: Hashes) -> tuple[Positions, Positions, Positions]:
    """Rows sorted by key, and the start and size of each group of two or more."""
    order = np.argsort(hashes, kind="stable")
    rows, hashes = rows[order], hashes[order]
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(rows) else rows[:0]
    sizes = np.diff(np.append(starts, len(rows)))
    several = sizes > 1
    return rows, starts[several], sizes[several]


def _choose_cap(sizes: Positions, budget: int, caps: tuple[int, ...] = _CAPS) -> int:
    """The largest cap that keeps the pairs of one kind of key within the budget."""
    of_block = sizes * (sizes - 1) // 2
    return next((cap for cap in caps if of_block[sizes <= cap].sum() <= budget), caps[-1])


def _members(rows: Positions, starts: Positions, sizes: Positions) -> Positions:
    ends = np.cumsum(sizes)
    at: Positions = np.arange(ends[-1]) + np.repeat(starts - (ends - sizes), sizes)
    return rows[at]


def _enumerate(
    rows: Positions, starts: Positions, sizes: Positions, chosen: npt.NDArray[np.bool_], count: int
) -> Positions:
    """All pairs within the chosen groups, packed as `left * count + right`."""
    starts, sizes = starts[chosen], sizes[chosen]
    if not len(starts):
        return np.empty(0, np.int64)
    ends = np.cumsum(sizes)
    at = np.arange(ends[-1]) - np.repeat(ends - sizes, sizes)
    place = np.repeat(starts, sizes) + at
    following = np.repeat(sizes, sizes) - at - 1
    first = np.repeat(place, following)
    ends = np.cumsum(following)
    second = first + 1 + np.arange(ends[-1]) - np.repeat(ends - following, following)
    left, right = rows[first], rows[second]
    different = left != right
    low, high = np.minimum(left, right)[different], np.maximum(left, right)[different]
    packed: Positions = low * count + high
    return packed


def summarize(left_out: Sequence[tuple[str, int, int]]) -> pd.DataFrame:
    """What was left out, as a frame with columns `key` (kind), `rows`, `pairs`, `why`."""
    frame = pd.DataFrame(left_out, columns=["key", "rows", "pairs"]).astype(
        {"key": "str", "rows": "int64", "pairs": "int64"}
    )
    frame["why"] = pd.Series("too many records share this key and its parts", frame.index, "str")
    return frame
