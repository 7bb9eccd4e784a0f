"""Similarities over distinct value pairs: each pair of values is looked at once, however often."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from dedupe.features import Feature

Levels = npt.NDArray[np.int8]
Positions = npt.NDArray[np.int64]
Grade = Callable[[Sequence[str], Sequence[str]], Levels]

MISSING = np.int8(-1)


def grade_pairs(
    feature: Feature, pairs: tuple[Positions, Positions], grade: Grade, exact: int
) -> Levels:
    """Level of each record pair on one feature, the best over all slots; -1 where missing.

    `grade` gets the distinct unequal value pairs (the smaller value first) and returns a level
    for each; equal values have the level `exact`.
    """
    best = np.full(len(pairs[0]), MISSING)
    slots = range(feature.codes.shape[1])
    for one in slots:
        for other in slots:
            left, right = feature.codes[pairs[0], one], feature.codes[pairs[1], other]
            both = np.flatnonzero((left >= 0) & (right >= 0))
            if len(both):
                levels = _grade_codes(feature, left[both], right[both], grade, exact)
                best[both] = np.maximum(best[both], levels)
    return best


def _grade_codes(
    feature: Feature,
    left: npt.NDArray[np.int32],
    right: npt.NDArray[np.int32],
    grade: Grade,
    exact: int,
) -> Levels:
    levels = np.full(len(left), exact, dtype=np.int8)
    unequal = np.flatnonzero(left != right)
    if not len(unequal):
        return levels
    low = np.minimum(left[unequal], right[unequal]).astype(np.int64)
    high = np.maximum(left[unequal], right[unequal]).astype(np.int64)
    inverse, packed = pd.factorize((low << 32) | high)
    values = feature.values
    graded = grade(
        values.take(packed >> 32).to_pylist(), values.take(packed & 0xFFFFFFFF).to_pylist()
    )
    levels[unequal] = graded[inverse]
    return levels


def edits(left: Sequence[str], right: Sequence[str], cutoff: int = 2) -> npt.NDArray[np.uint8]:
    """Optimal string alignment distances; `cutoff + 1` where there are more edits than that."""
    return process.cpdist(
        left, right, scorer=OSA.distance, score_cutoff=cutoff, dtype=np.uint8, workers=-1
    )


def jaro_winkler(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float32]:
    """Jaro-Winkler similarities, 0 to 1; 0 where under 0.7."""
    return process.cpdist(
        left,
        right,
        scorer=JaroWinkler.similarity,
        score_cutoff=0.7,
        dtype=np.float32,
        workers=-1,
    )


def words_in_common(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float32]:
    """Token-set ratios, 0 to 1: 1 where the words of one are all among the words of the other."""
    return (
        process.cpdist(left, right, scorer=fuzz.token_set_ratio, dtype=np.float32, workers=-1) / 100
    )


def sorted_words(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float32]:
    """Token-sort ratios, 0 to 1: likeness whatever the order of the words."""
    return (
        process.cpdist(left, right, scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=-1)
        / 100
    )


def lengths(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Number of characters of each text."""
    return np.fromiter(map(len, texts), np.int64, len(texts))
