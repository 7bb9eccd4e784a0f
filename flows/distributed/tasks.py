"""What workers do: each function reads files of the shared folder and writes files to it.

A worker may be killed at any time: its tasks are then done again by another, with the same result.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from dedupe.blocks import Blocks, count_sizes, distinct, group, pair_within
from dedupe.pairs import draw
from flows.distributed.sharing import share, shared

Positions = npt.NDArray[np.int64]
Sizes = Mapping[str, Positions]


def work_on_piece(folder: Path, number: int, work: Callable[[Any], object]) -> None:
    """Do some work on one piece of a table."""
    share(work(shared(folder / f"piece-{number}")), folder / f"done-{number}")


def count_blocks(folder: Path, bucket: int, kinds: Sequence[str]) -> Sizes:
    """Group the keys of a bucket into blocks; returns how many there are of each size, by kind."""
    blocks: dict[str, Blocks] = {}
    for number, kind in enumerate(kinds):
        table = pq.ParquetFile(folder / f"keys-{number}.parquet").read_row_group(bucket)
        blocks[kind] = group(table["row"].to_numpy(), table["key"].to_numpy())
    share(blocks, folder / f"blocks-{bucket}")
    return {kind: count_sizes(found) for kind, found in blocks.items()}


def pair_blocks(
    folder: Path, bucket: int, caps: Mapping[str, int], broad: frozenset[str], bounds: Positions
) -> dict[str, tuple[int, int]]:
    """Pair the records of each block; the pairs of a range of records go into one file.

    `bounds` are the packed pairs at which the ranges begin. Returns rows and pairs left out by
    kind of key.
    """
    splitters, count = _splitters(folder)
    packed, left_out = [np.empty(0, np.int64)], {}
    for kind, blocks in shared(folder / f"blocks-{bucket}").items():
        found = pair_within(blocks, caps[kind], () if kind in broad else splitters, count)
        packed.append(found.pairs)
        left_out[kind] = (found.hot, 0 if kind in broad else found.missed)
    pairs = distinct(np.concatenate(packed))
    for part, dealt in enumerate(np.split(pairs, np.searchsorted(pairs, bounds[1:]))):
        share(dealt, folder / f"pairs-{part}-of-{bucket}")
    return left_out


def gather_pairs(folder: Path, part: int, buckets: int) -> int:
    """Bring the pairs of a range of records together, each once; returns how many there are."""
    fresh, count = shared(folder / "fresh")
    pairs = distinct(
        np.concatenate([shared(folder / f"pairs-{part}-of-{bucket}") for bucket in range(buckets)])
    )
    left, right = pairs // count, pairs % count
    kept = fresh[left] | fresh[right]
    share((left[kept], right[kept]), folder / f"pairs-{part}")
    return int(kept.sum())


def sample_pairs(folder: Path, part: int, share_of_all: float) -> tuple[Positions, Positions]:
    """Pairs to learn from, see `dedupe.pairs.draw`."""
    left, right = shared(folder / f"pairs-{part}")
    content = shared(folder / "content")
    drawn = draw(content[left], content[right], share_of_all)
    return left[drawn], right[drawn]


def score_pairs(folder: Path, part: int) -> None:
    """Weigh the pairs of a range of records."""
    left, right = shared(folder / f"pairs-{part}")
    share(_scorer(folder).score_promising(left, right), folder / f"scores-{part}")


@lru_cache(maxsize=1)
def _splitters(folder: Path) -> Any:
    return shared(folder / "splitters")


@lru_cache(maxsize=1)
def _scorer(folder: Path) -> Any:
    return shared(folder / "scorer")
