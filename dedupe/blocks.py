"""Blocks: the records that share a blocking key, and the pairs within them.

A block larger than the cap is split: its key is extended by each splitter in turn (birth date,
postal code, ...), up to three parts deep. What stays too large is counted. Every block is worked
on by itself, so blocks may be dealt out to several machines; only the cap has to be the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dedupe.hashing import NOTHING, Hashes, combine

__all__ = ["Blocks", "Found", "choose_cap", "count_sizes", "distinct", "group", "pair_within"]

Positions = npt.NDArray[np.int64]

_CAPS = (400, 200, 100, 60, 40)
_BROAD_CAPS = (*_CAPS, 20, 10, 5, 2)
_BROAD_BUDGET = 100_000
_DEPTH = 3


@dataclass(frozen=True)
class Blocks:
    """Records sorted by key; the blocks are the groups of two or more.

    `rows` are positions of records, `starts` and `sizes` say where in `rows` each block is.
    """

    rows: Positions
    starts: Positions
    sizes: Positions


@dataclass(frozen=True)
class Found:
    """Pairs packed as `left * count + right`; rows and pairs of hot blocks, that were left out."""

    pairs: Positions
    hot: int
    missed: int


def group(rows: Positions, hashes: Hashes) -> Blocks:
    """Blocks of the records at `rows`, by the key each one holds."""
    order = np.argsort(hashes, kind="stable")
    rows, hashes = rows[order], hashes[order]
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1])) if len(rows) else rows[:0]
    sizes = np.diff(np.append(starts, len(rows)))
    several = sizes > 1
    return Blocks(rows, starts[several], sizes[several])


def count_sizes(blocks: Blocks) -> Positions:
    """How many blocks have each size, up to the largest cap; counts of several parts add up."""
    small = blocks.sizes[blocks.sizes <= _CAPS[0]]
    return np.bincount(small, minlength=_CAPS[0] + 1)


def choose_cap(sizes: Positions, count: int, *, broad: bool) -> int:
    """The largest cap that keeps the pairs of one kind of key within the budget.

    `sizes` is the sum of `count_sizes` over all blocks of the kind, `count` the number of records.
    """
    caps, budget = (_BROAD_CAPS, _BROAD_BUDGET) if broad else (_CAPS, max(400_000, 2 * count))
    size = np.arange(len(sizes))
    pairs = np.cumsum(sizes * size * (size - 1) // 2)
    return next((cap for cap in caps if pairs[cap] <= budget), caps[-1])


def pair_within(blocks: Blocks, cap: int, splitters: Sequence[Hashes], count: int) -> Found:
    """Pairs of one kind of key; without splitters, those of small blocks alone."""
    whole = _enumerate(blocks, blocks.sizes <= cap, count)
    hot = blocks.sizes[blocks.sizes > cap]
    split = distinct(np.concatenate(list(_split(blocks, splitters, cap, count))))
    missed = int((hot * (hot - 1) // 2).sum()) - len(split)
    return Found(np.concatenate([whole, split]), int(hot.sum()), missed)


def distinct(packed: Positions) -> Positions:
    """Sort and remove repetitions."""
    packed = np.sort(packed)
    return packed[np.append(True, packed[1:] != packed[:-1])] if len(packed) else packed


def _split(
    blocks: Blocks, splitters: Sequence[Hashes], cap: int, count: int
) -> Iterator[Positions]:
    """Pairs within hot blocks: those that agree on one to three further parts."""
    yield np.empty(0, np.int64)
    stack = [(blocks, 0, 0)]
    while stack:
        blocks, depth, first = stack.pop()
        hot = np.flatnonzero(blocks.sizes > cap)
        if not len(hot) or depth == _DEPTH:
            continue
        sizes = blocks.sizes[hot]
        members = _members(blocks.rows, blocks.starts[hot], sizes)
        block = np.repeat(hot.astype(np.uint64) + np.uint64(1), sizes)
        for part in range(first, len(splitters)):
            hashes = combine("split", block, splitters[part][members])
            kept = hashes != NOTHING
            finer = group(members[kept], hashes[kept])
            yield _enumerate(finer, finer.sizes <= cap, count)
            stack.append((finer, depth + 1, part + 1))


def _members(rows: Positions, starts: Positions, sizes: Positions) -> Positions:
    ends = np.cumsum(sizes)
    at: Positions = np.arange(ends[-1]) + np.repeat(starts - (ends - sizes), sizes)
    return rows[at]


def _enumerate(blocks: Blocks, chosen: npt.NDArray[np.bool_], count: int) -> Positions:
    """All pairs within the chosen blocks, packed as `left * count + right`."""
    starts, sizes = blocks.starts[chosen], blocks.sizes[chosen]
    starts, sizes = starts[order := np.argsort(sizes)], sizes[order]
    bounds = np.searchsorted(sizes, np.arange(1, sizes[-1] + 2)) if len(sizes) else sizes
    found = [np.empty(0, np.int64)]
    for size, (first, end) in enumerate(pairwise(bounds.tolist()), start=1):
        if first < end:
            members = blocks.rows[starts[first:end] + np.arange(size)[:, None]]
            one, other = np.triu_indices(size, 1)
            left, right = members[one].ravel(), members[other].ravel()
            packed = np.minimum(left, right) * count + np.maximum(left, right)
            found.append(packed[left != right])
    return np.concatenate(found)
