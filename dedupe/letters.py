"""What two texts can be at most, told from the sets of their letters, before they are compared.

A text is remembered as the set of its letters, 64 bits. A letter that only one of two texts has is
an edit at least, and no match of Jaro's: most pairs of values are too far apart by that alone, and
need no alignment. The bounds are never tighter than the truth, so no result depends on them.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedupe.texts import Texts, as_bytes, as_column

if TYPE_CHECKING:
    from dedupe.features import Codes, Feature

Flags = npt.NDArray[np.bool_]
Sets = npt.NDArray[np.uint64]

_TOGETHER = 200_000  # texts looked at at a time
_WORTH_IT = 500  # fewer pairs are compared sooner than looked through
_SLACK = 1e-4  # for what floating point loses
# Of texts this long together, token-set ratios may round up to what counts as equal.
_LONG = 150


def _number_letters() -> Sets:
    """The bit of each byte of UTF-8; all but ASCII share one, spaces have none."""
    bits = np.full(256, 63, dtype=np.uint64)
    bits[:128] = 37 + np.arange(128) % 26
    bits[ord("a") : ord("z") + 1] = np.arange(26)
    bits[ord("0") : ord("9") + 1] = 26 + np.arange(10)
    bits[ord("@")] = 36
    sets = np.uint64(1) << bits
    sets[ord(" ")] = 0
    return sets


_SETS = _number_letters()


def letter_sets(texts: Texts) -> Sets:
    """The set of letters of each text; none may be missing."""
    column = as_column(texts) if isinstance(texts, list) else texts.cast(pa.large_string())
    sets = np.zeros(len(column), dtype=np.uint64)
    offsets, letters = as_bytes(column)
    filled = np.flatnonzero(np.diff(offsets))
    for at in range(0, len(filled), _TOGETHER):
        some = filled[at : at + _TOGETHER]
        first, end = offsets[some[0]], offsets[some[-1] + 1]
        own = _SETS[letters[first:end]]
        sets[some] = np.bitwise_or.reduceat(own, offsets[some] - first)
    return sets


def may_be_near(feature: "Feature", pairs: tuple["Codes", "Codes"], most: int) -> Flags:
    """Pairs of values that may be at most so many edits apart."""
    near: Flags = np.abs(feature.sizes[pairs[0]] - feature.sizes[pairs[1]]) <= most
    if len(near) < _WORTH_IT:
        return near
    one, other = _foreign(feature, pairs)
    near &= (one <= most) & (other <= most)
    return near


def may_be_alike(feature: "Feature", pairs: tuple["Codes", "Codes"], least: float) -> Flags:
    """Pairs of values whose Jaro-Winkler similarity may reach `least`."""
    if len(pairs[0]) < _WORTH_IT:
        return np.ones(len(pairs[0]), dtype=np.bool_)
    jaro = min(max((least - 0.4) / 0.6, 0.7), least)  # a start of four letters in common adds most
    sizes = feature.sizes[pairs[0]].astype(np.float32), feature.sizes[pairs[1]].astype(np.float32)
    one, other = _foreign(feature, pairs)
    matched = np.minimum(sizes[0] - one, sizes[1] - other)
    alike: Flags = matched / sizes[0] + matched / sizes[1] + 1 >= 3 * (jaro - _SLACK)
    return alike


def may_share_letters(feature: "Feature", pairs: tuple["Codes", "Codes"], least: float) -> Flags:
    """Pairs of values whose ratio of insertions and deletions, whatever the order, may reach it."""
    if len(pairs[0]) < _WORTH_IT:
        return np.ones(len(pairs[0]), dtype=np.bool_)
    one, other = _foreign(feature, pairs)
    together = feature.sizes[pairs[0]] + feature.sizes[pairs[1]]
    share: Flags = one + other <= (1 - least + _SLACK) * together
    return share


def may_hold_other(feature: "Feature", pairs: tuple["Codes", "Codes"]) -> Flags:
    """Pairs of values of which one may have all the words of the other."""
    if len(pairs[0]) < _WORTH_IT:
        return np.ones(len(pairs[0]), dtype=np.bool_)
    one, other = _foreign(feature, pairs)
    hold: Flags = (one == 0) | (other == 0)
    hold |= feature.sizes[pairs[0]] + feature.sizes[pairs[1]] >= _LONG
    return hold


def _foreign(
    feature: "Feature", pairs: tuple["Codes", "Codes"]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """How many letters only the one value has, and how many only the other one."""
    one, other = feature.letters[pairs[0]], feature.letters[pairs[1]]
    differ = one ^ other
    return np.bitwise_count(one & differ), np.bitwise_count(other & differ)
