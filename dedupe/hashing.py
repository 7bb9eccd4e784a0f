"""Stable 64-bit hashes of text and of combinations of values.

Blocking keys live in a store for years, so neither Python's `hash` (salted per process) nor a
library's hash (free to change with its version) will do. The hash here is a polynomial over the
UTF-8 bytes modulo 2**64, finished with the mixer of SplitMix64 (Steele, Lea & Flood, 2014).
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedupe.texts import FEW, Texts, as_bytes, as_column

Hashes = npt.NDArray[np.uint64]

_MULTIPLIER = 0x9E3779B97F4A7C15
_MASK = 0xFFFFFFFFFFFFFFFF
_INVERSE = pow(_MULTIPLIER, -1, _MASK + 1)
_TOGETHER = 10_000  # texts hashed at a time: what they take fits into the cache of a core
NOTHING = np.uint64(0)  # stands for "no key"; a real hash is never 0


def mix(values: Hashes) -> Hashes:
    """Spread the bits of each value (the finisher of SplitMix64); 0 is never returned."""
    z = values + np.uint64(_MULTIPLIER)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    z[z == NOTHING] = np.uint64(1)
    return z


def hash_texts(texts: Texts) -> Hashes:
    """One hash for each text, `NOTHING` where it is missing."""
    if isinstance(texts, list):
        if len(texts) <= FEW:
            hashed = [NOTHING if text is None else hash_text(text) for text in texts]
            return np.array(hashed, dtype=np.uint64)
        texts = as_column(texts)
    if texts.null_count:
        missing = pc.is_null(texts).to_numpy(zero_copy_only=False)
        return np.where(missing, NOTHING, hash_texts(pc.fill_null(texts, "")))
    starts, symbols = as_bytes(texts.cast(pa.large_string()))
    sums = np.zeros(len(texts), dtype=np.uint64)
    filled = np.flatnonzero(np.diff(starts))
    for at in range(0, len(filled), _TOGETHER):
        some = filled[at : at + _TOGETHER]
        first, last = starts[some[0]], starts[some[-1] + 1]
        sums[some] = _sum_up(symbols[first:last], starts[some] - first)
    return mix(sums)


def _sum_up(symbols: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64]) -> Hashes:
    """The polynomial of each text, which begins at one of the `starts`, modulo 2**64.

    Powers are counted from the first text on, and taken back by those of the inverse.
    """
    terms = symbols.astype(np.uint64)
    terms += np.uint64(1)
    terms *= _powers(_MULTIPLIER, len(terms))
    return np.add.reduceat(terms, starts) * _powers(_INVERSE, len(terms))[starts]


def combine_each(kinds: list[str], hashes: Hashes) -> Hashes:
    """What `combine` gives for every line of `hashes` (kinds, records) and its kind."""
    seeds = np.array([hash_text(kind) for kind in kinds], dtype=np.uint64)[:, None]
    total = mix(mix(seeds * np.uint64(_MULTIPLIER) + hashes))
    total[hashes == NOTHING] = NOTHING
    return total


@lru_cache(maxsize=50_000)
def hash_text(text: str) -> int:
    """Hash one text; equal to what `hash_texts` gives for it in a column."""
    total = 0
    for symbol in reversed(text.encode()):
        total = (total * _MULTIPLIER + symbol + 1) & _MASK
    return _mix_one(total)


def combine(kind: str, *parts: Hashes, ordered: bool = True) -> Hashes:
    """Hash of a tuple of hashes, told apart by `kind`; `NOTHING` where any part is `NOTHING`.

    With `ordered=False` the parts may come in any order ("Kim Lee" and "Lee Kim").
    """
    if len(parts[0]) == 1:
        alone = _combine_one(hash_text(kind), [int(part[0]) for part in parts], ordered=ordered)
        return np.array([alone], dtype=np.uint64)
    total = np.full(len(parts[0]), hash_text(kind), dtype=np.uint64)
    missing = np.zeros(len(parts[0]), dtype=bool)
    for part in parts:
        missing |= part == NOTHING
        total = mix(total * np.uint64(_MULTIPLIER) + part) if ordered else total + mix(part.copy())
    total = mix(total)
    total[missing] = NOTHING
    return total


def _combine_one(total: int, parts: list[int], *, ordered: bool) -> int:
    """What `combine` gives for one record, without arrays of one."""
    if not all(parts):
        return 0
    for part in parts:
        if ordered:
            total = _mix_one((total * _MULTIPLIER + part) & _MASK)
        else:
            total = (total + _mix_one(part)) & _MASK
    return _mix_one(total)


def _mix_one(value: int) -> int:
    total = (value + _MULTIPLIER) & _MASK
    total = ((total ^ (total >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    total = ((total ^ (total >> 27)) * 0x94D049BB133111EB) & _MASK
    return (total ^ (total >> 31)) or 1


def _powers(base: int, count: int) -> Hashes:
    """The first `count` powers of `base` modulo 2**64."""
    return _many_powers(base, 1 << max(count - 1, 0).bit_length())[:count]


@lru_cache(maxsize=64)
def _many_powers(base: int, count: int) -> Hashes:
    powers = np.full(count, base, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)
