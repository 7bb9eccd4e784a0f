"""Pairs that are found, kept and weighed by the workers of a cluster."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from dedupe.blocks import choose_cap
from dedupe.cores import on_all_cores
from dedupe.hashing import Hashes
from dedupe.keys import Keys, build_keys
from dedupe.pairs import LeftOut, block, build_splitters
from dedupe.pairs import Pairs as AnyPairs
from dedupe.problem import Problem
from dedupe.scores import Scores, concatenate
from dedupe.weights import Scorer
from flows.distributed import tasks
from flows.distributed.sharing import share, shared
from flows.distributed.workers import Workers

Positions = npt.NDArray[np.int64]
Told = TypeVar("Told")

_SMALL = 20_000  # records that are paired where they are; dealing them out would take longer
_KEYS = 4_000_000  # keys of a bucket, about
_RANGES = 6  # ranges of records for each worker, so that nobody waits long for the last one


def pair_on(workers: Workers, problem: Problem) -> AnyPairs:
    """Find the pairs of a problem, as `dedupe.pairs.block` does."""
    count = len(problem.content)
    if count < _SMALL:
        return block(problem)
    workers = workers.in_new_folder()
    folder = workers.folder
    share((build_splitters(problem), count), folder / "splitters")
    share((problem.fresh, count), folder / "fresh")
    buckets = max(2 * workers.count, 24 * count // _KEYS)
    kinds = _write_keys(build_keys(problem.features, count), buckets, folder)
    broad = frozenset(kind for kind, is_broad in kinds if is_broad)
    sizes = workers.do(tasks.count_blocks, range(buckets), [kind for kind, _ in kinds])
    caps = {
        kind: choose_cap(np.sum(of_kind, axis=0), count, broad=kind in broad)
        for kind, of_kind in _by_kind(sizes).items()
    }
    bounds = _bounds(count, _RANGES * workers.count)
    told = workers.do(tasks.pair_blocks, range(buckets), caps, broad, bounds)
    many = workers.do(tasks.gather_pairs, range(len(bounds)), buckets)
    return Pairs(workers, tuple(many), _add_up(told))


@dataclass(frozen=True)
class Pairs:
    """Pairs in files, `many` in each, see `dedupe.pairs.Pairs`."""

    workers: Workers
    many: tuple[int, ...]
    left_out: LeftOut

    def __len__(self) -> int:
        return sum(self.many)

    def sample(self, content: Hashes, most: int) -> tuple[Positions, Positions]:
        """About `most` of the pairs."""
        share(content, self.workers.folder / "content")
        drawn = self.workers.do(tasks.sample_pairs, range(len(self.many)), most / len(self))
        return np.concatenate([left for left, _ in drawn]), np.concatenate([r for _, r in drawn])

    def score(self, scorer: Scorer) -> Scores:
        """Let the workers weigh them."""
        folder, parts = self.workers.folder, range(len(self.many))
        share(scorer, folder / "scorer")
        self.workers.do(tasks.score_pairs, parts)
        return concatenate([shared(folder / f"scores-{part}") for part in parts])


def _write_keys(kinds: Iterable[Keys], buckets: int, folder: Path) -> list[tuple[str, bool]]:
    """Deal the keys out by their hash: a Parquet file a kind, a row group in it a bucket.

    Returns each kind, and whether it is broad, in the order of the files.
    """
    schema = pa.schema({"key": pa.uint64(), "row": pa.int64()})

    def write(numbered: tuple[int, Keys]) -> tuple[str, bool]:
        number, keys = numbered
        dealt = (keys.hashes % np.uint64(buckets)).astype(np.uint16)
        order = np.argsort(dealt, kind="stable")
        ends = np.cumsum(np.bincount(dealt, minlength=buckets))[:-1]
        # Hashes neither repeat nor compress, and nobody looks for one of them.
        plain = {"compression": "none", "use_dictionary": False, "write_statistics": False}
        with pq.ParquetWriter(folder / f"keys-{number}.parquet", schema, **plain) as file:
            for mine in np.split(order, ends):
                table = pa.table([keys.hashes[mine], keys.rows[mine]], schema=schema)
                file.write_table(table, row_group_size=max(len(mine), 1))
        return keys.kind, keys.broad

    return on_all_cores(write, enumerate(kinds))


def _bounds(count: int, ranges: int) -> Positions:
    """Packed pairs at which ranges of records begin, so that all ranges hold as many pairs.

    Of a pair the lower record comes first, so the first record has more pairs than the last.
    """
    shares = np.arange(ranges) / ranges
    first = (count * (1 - np.sqrt(1 - shares))).astype(np.int64)
    return first * count


def _by_kind(told: Iterable[Mapping[str, Told]]) -> dict[str, list[Told]]:
    """What was told of each kind of key, bucket by bucket."""
    of_kind: dict[str, list[Told]] = {}
    for each in told:
        for kind, value in each.items():
            of_kind.setdefault(kind, []).append(value)
    return of_kind


def _add_up(told: Iterable[Mapping[str, tuple[int, int]]]) -> list[tuple[str, int, int]]:
    sums = [
        (kind, sum(hot for hot, _ in parts), sum(missed for _, missed in parts))
        for kind, parts in _by_kind(told).items()
    ]
    return [left_out for left_out in sums if left_out[2] > 0]
