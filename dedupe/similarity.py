"""Similarities over distinct value pairs: each pair of values is looked at once, however often."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from dedupe.features import Codes, Feature
from dedupe.texts import FEW

Levels = npt.NDArray[np.int8]
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# A feature, and the codes of two different values each: the level of each pair of values.
Grade = Callable[[Feature, Codes, Codes], Levels]

MISSING = np.int8(-1)


def grade_pairs(
    feature: Feature, pairs: tuple[Positions, Positions], grade: Grade, exact: int
) -> Levels:
    """Level of each record pair on one feature, the best over all slots; -1 where missing.

    `grade` is asked for distinct unequal value pairs alone; equal values have the level `exact`.
    """
    best = np.full(len(pairs[0]), MISSING)
    if not len(best):
        return best
    slots = range(feature.codes.shape[1])
    for one in slots:
        for other in slots:
            left, right = feature.codes[pairs[0], one], feature.codes[pairs[1], other]
            both = np.flatnonzero((left >= 0) & (right >= 0) & (best < exact))
            if len(both):
                levels = grade_codes(feature, (left[both], right[both]), grade, exact)
                best[both] = np.maximum(best[both], levels)
    return best


def grade_codes(feature: Feature, codes: tuple[Codes, Codes], grade: Grade, exact: int) -> Levels:
    """Level of each pair of values, given as codes without missing ones."""
    left, right = codes
    levels = np.full(len(left), exact, dtype=np.int8)
    unequal = np.flatnonzero(left != right)
    if not len(unequal):
        return levels
    low = np.minimum(left[unequal], right[unequal]).astype(np.int64)
    high = np.maximum(left[unequal], right[unequal]).astype(np.int64)
    if len(unequal) <= max(FEW, 2 * len(feature.distinct)):  # few pairs of values come twice
        levels[unequal] = grade(feature, low.astype(np.int32), high.astype(np.int32))
        return levels
    inverse, packed = pd.factorize((low << 32) | high)
    graded = grade(feature, (packed >> 32).astype(np.int32), packed.astype(np.int32))
    levels[unequal] = graded[inverse]
    return levels


def edits(feature: Feature, left: Codes, right: Codes, most: int) -> npt.NDArray[np.uint8]:
    """Optimal string alignment distances; `most + 1` where there are more edits than that."""
    distance = np.full(len(left), most + 1, dtype=np.uint8)
    near = np.flatnonzero(np.abs(feature.sizes[left] - feature.sizes[right]) <= most)
    distance[near] = process.cpdist(
        feature.texts[left[near]],
        feature.texts[right[near]],
        scorer=OSA.distance,
        score_cutoff=most,
        dtype=np.uint8,
        workers=_workers(left),
    )
    return distance


def _workers(pairs: Codes) -> int:
    """All cores, but one where starting threads would take longer than the work."""
    return -1 if len(pairs) > 5_000 else 1


def edits_where(
    feature: Feature, pairs: tuple[Codes, Codes], worth: Flags, most: int
) -> npt.NDArray[np.uint8]:
    """Like `edits`, but only for the pairs that are worth it; `most + 1` for the others."""
    distance = np.full(len(worth), most + 1, dtype=np.uint8)
    distance[worth] = edits(feature, pairs[0][worth], pairs[1][worth], most)
    return distance


def jaro_winkler(feature: Feature, left: Codes, right: Codes) -> npt.NDArray[np.float32]:
    """Jaro-Winkler similarities, 0 to 1; 0 where under 0.7."""
    return process.cpdist(
        feature.texts[left],
        feature.texts[right],
        scorer=JaroWinkler.similarity,
        score_cutoff=0.7,
        dtype=np.float32,
        workers=_workers(left),
    )


def words_in_common(feature: Feature, left: Codes, right: Codes) -> npt.NDArray[np.float32]:
    """Token-set ratios: 1 where the words of one are all among those of the other, 0 under 0.9."""
    return _ratio(fuzz.token_set_ratio, feature, (left, right), 90)


def sorted_words(feature: Feature, left: Codes, right: Codes) -> npt.NDArray[np.float32]:
    """Token-sort ratios, likeness whatever the order of the words, 0 to 1; 0 where under 0.7."""
    return _ratio(fuzz.token_sort_ratio, feature, (left, right), 70)


def _ratio(
    scorer: Callable[..., float], feature: Feature, pairs: tuple[Codes, Codes], least: float
) -> npt.NDArray[np.float32]:
    texts, (left, right) = feature.texts, pairs
    ratio: npt.NDArray[np.float32] = process.cpdist(
        texts[left],
        texts[right],
        scorer=scorer,
        score_cutoff=least,
        dtype=np.float32,
        workers=_workers(left),
    )
    ratio /= 100
    return ratio
