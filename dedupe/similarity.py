"""Similarities over distinct value pairs: each pair of values is looked at once, however often."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, JaroWinkler

from dedupe.features import Codes, Feature
from dedupe.letters import may_be_alike, may_be_near, may_hold_other, may_share_letters
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
    lefts, rights = ([feature.codes[:, slot].take(at) for slot in slots] for at in pairs)
    for left in lefts:
        for right in rights:
            both = np.flatnonzero((left >= 0) & (right >= 0) & (best < exact))
            if len(both):
                levels = grade_codes(feature, (left[both], right[both]), grade, exact)
                best[both] = np.maximum(best[both], levels)
    return best


def grade_codes(feature: Feature, codes: tuple[Codes, Codes], grade: Grade, exact: int) -> Levels:
    """Level of each pair of values, given as codes without missing ones."""
    left, right = codes
    if grade is none_alike:
        return np.where(left == right, np.int8(exact), np.int8(0))
    levels = np.full(len(left), exact, dtype=np.int8)
    unequal = np.flatnonzero(left != right)
    if not len(unequal):
        return levels
    low = np.minimum(left[unequal], right[unequal]).astype(np.int64)
    high = np.maximum(left[unequal], right[unequal]).astype(np.int64)
    if len(unequal) <= max(FEW, 2 * len(feature.distinct)):  # few pairs of values come twice
        levels[unequal] = grade(feature, low.astype(np.int32), high.astype(np.int32))
    else:
        inverse, packed = pd.factorize((low << 32) | high)
        graded = grade(feature, (packed >> 32).astype(np.int32), packed.astype(np.int32))
        levels[unequal] = graded[inverse]
    if feature.foreign.any():
        levels[feature.foreign[left] != feature.foreign[right]] = MISSING
    return levels


def none_alike(feature: Feature, left: Codes, right: Codes) -> Levels:
    """The level of values of which unequal ones have nothing in common."""
    del feature, right
    return np.zeros(len(left), dtype=np.int8)


def edits(feature: Feature, left: Codes, right: Codes, most: int) -> npt.NDArray[np.uint8]:
    """Optimal string alignment distances; `most + 1` where there are more edits than that."""
    distance = np.full(len(left), most + 1, dtype=np.uint8)
    near = np.flatnonzero(may_be_near(feature, (left, right), most))
    distance[near] = process.cpdist(
        feature.texts[left[near]],
        feature.texts[right[near]],
        scorer=OSA.distance,
        score_cutoff=most,
        dtype=np.uint8,
        workers=_workers(len(near)),
    )
    return distance


def _workers(pairs: int) -> int:
    """All cores, but one where starting threads would take longer than the work."""
    return -1 if pairs > 5_000 else 1


def edits_where(
    feature: Feature, pairs: tuple[Codes, Codes], worth: Flags, most: int
) -> npt.NDArray[np.uint8]:
    """Like `edits`, but only for the pairs that are worth it; `most + 1` for the others."""
    distance = np.full(len(worth), most + 1, dtype=np.uint8)
    distance[worth] = edits(feature, pairs[0][worth], pairs[1][worth], most)
    return distance


def jaro_winkler(
    feature: Feature, left: Codes, right: Codes, least: float = 0.7
) -> npt.NDArray[np.float32]:
    """Jaro-Winkler similarities, 0 to 1; 0 where under `least`."""
    alike = np.zeros(len(left), dtype=np.float32)
    worth = np.flatnonzero(may_be_alike(feature, (left, right), least))
    alike[worth] = process.cpdist(
        feature.texts[left[worth]],
        feature.texts[right[worth]],
        scorer=JaroWinkler.similarity,
        score_cutoff=least,
        dtype=np.float32,
        workers=_workers(len(worth)),
    )
    return alike


def words_in_common(feature: Feature, left: Codes, right: Codes) -> npt.NDArray[np.float32]:
    """Token-set ratios: 1 where the words of one are all among those of the other, 0 under 0.99."""
    worth = may_hold_other(feature, (left, right))
    return _ratio(fuzz.token_set_ratio, feature, (left, right), worth, 99)


def sorted_words(feature: Feature, left: Codes, right: Codes) -> npt.NDArray[np.float32]:
    """Token-sort ratios, likeness whatever the order of the words, 0 to 1; 0 where under 0.7."""
    worth = may_share_letters(feature, (left, right), 0.7)
    return _ratio(fuzz.token_sort_ratio, feature, (left, right), worth, 70)


def _ratio(
    scorer: Callable[..., float],
    feature: Feature,
    pairs: tuple[Codes, Codes],
    worth: Flags,
    least: float,
) -> npt.NDArray[np.float32]:
    texts, at = feature.texts, np.flatnonzero(worth)
    ratio = np.zeros(len(worth), dtype=np.float32)
    ratio[at] = process.cpdist(
        texts[pairs[0][at]],
        texts[pairs[1][at]],
        scorer=scorer,
        score_cutoff=least,
        dtype=np.float32,
        workers=_workers(len(at)),
    )
    ratio /= 100
    return ratio
