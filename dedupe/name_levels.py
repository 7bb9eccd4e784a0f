"""Levels of the names of people: nicknames, initials, middle names, given and family swapped."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedupe.features import Feature, Features
from dedupe.hashing import NOTHING, Hashes, hash_texts
from dedupe.nicknames import may_be_same
from dedupe.similarity import (
    Levels,
    Positions,
    edits,
    grade_pairs,
    jaro_winkler,
    lengths,
)

Pairs = tuple[Positions, Positions]

DIFFERENT, SIMILAR, MIDDLE, INITIAL, PART, CLOSE, NICKNAME, SWAPPED, EXACT = range(9)
FAMILY_SIMILAR, FAMILY_PART, FAMILY_CLOSE, FAMILY_SWAPPED, FAMILY_EXACT = range(1, 6)


def compare_names(features: Features, pairs: Pairs) -> dict[str, Levels]:
    """Levels of `given_name` and `family_name`, as far as there are such features."""
    levels: dict[str, Levels] = {}
    if "given" in features:
        levels["given_name"] = grade_pairs(features["given"], pairs, grade_given, EXACT)
        _see_middle_names(features, pairs, levels["given_name"])
    if "family" in features:
        levels["family_name"] = grade_pairs(features["family"], pairs, grade_family, FAMILY_EXACT)
    if len(levels) == 2:
        _see_swapped(features, pairs, levels)
    return levels


def grade_given(left: Sequence[str], right: Sequence[str]) -> Levels:
    """Levels of unequal given names (folded)."""
    head_a = [text.partition(" ")[0] for text in left]
    head_b = [text.partition(" ")[0] for text in right]
    alike = jaro_winkler(left, right)
    levels = np.where(alike >= 0.8, np.int8(SIMILAR), np.int8(DIFFERENT))
    short_a, short_b = lengths(head_a) == 1, lengths(head_b) == 1
    same_letter = np.fromiter(
        (a[0] == b[0] for a, b in zip(head_a, head_b, strict=True)), np.bool_, len(left)
    )
    levels[(short_a | short_b) & same_letter] = INITIAL
    same_head = np.fromiter(map(str.__eq__, head_a, head_b), np.bool_, len(left))
    levels[same_head & ~short_a] = PART
    long = np.minimum(lengths(left), lengths(right)) >= 4
    distance = edits(left, right, 2)
    levels[long & ((distance == 1) | ((distance == 2) & (alike >= 0.93)))] = CLOSE
    endings = np.fromiter(map(_gendered_apart, left, right), np.bool_, len(left))
    levels[endings & (levels == CLOSE)] = SIMILAR
    unsure = np.flatnonzero((levels != PART) & ~short_a & ~short_b)
    for at in unsure:
        if may_be_same(head_a[at], head_b[at]):
            levels[at] = NICKNAME
    return levels


def _gendered_apart(left: str, right: str) -> bool:
    """Whether one name ends like a woman's and the other does not: Daniel and Daniela."""
    return left.rstrip("h").endswith("a") != right.rstrip("h").endswith("a")


def grade_family(left: Sequence[str], right: Sequence[str]) -> Levels:
    """Levels of unequal family names (folded)."""
    alike = jaro_winkler(left, right)
    levels = np.where(alike >= 0.85, np.int8(FAMILY_SIMILAR), np.int8(0))
    for at in np.flatnonzero([" " in a or " " in b for a, b in zip(left, right, strict=True)]):
        words_a, words_b = set(left[at].split()), set(right[at].split())
        if words_a <= words_b or words_b <= words_a:
            levels[at] = FAMILY_PART
        elif words_a & words_b:  # Alvarez Ruiz and Alvarez Soto share a father at most
            levels[at] = FAMILY_SIMILAR
    long = np.minimum(lengths(left), lengths(right)) >= 4
    distance = edits(left, right, 2)
    levels[long & ((distance == 1) | ((distance == 2) & (alike >= 0.92)))] = FAMILY_CLOSE
    joined = [a.replace(" ", "") == b.replace(" ", "") for a, b in zip(left, right, strict=True)]
    levels[np.array(joined, dtype=np.bool_)] = FAMILY_EXACT
    return levels


def _see_middle_names(features: Features, pairs: Pairs, levels: Levels) -> None:
    """One side goes by the middle name the other side has written out."""
    given = features["given"]
    heads = given.spread(_hash(pc.replace_substring_regex(given.values, " .*$", "")))
    seconds = given.spread(_hash(pc.replace_substring_regex(given.values, "^[^ ]* ?", "")))
    if "middle" in features:
        middle = features["middle"]
        firsts = middle.spread(_hash(pc.replace_substring_regex(middle.values, " .*$", "")))
        seconds = np.where(seconds == NOTHING, firsts, seconds)
    poor = np.flatnonzero((levels == DIFFERENT) | (levels == SIMILAR))
    left, right = pairs[0][poor], pairs[1][poor]
    crossed = _same(heads[left], seconds[right]) | _same(seconds[left], heads[right])
    levels[poor[crossed]] = MIDDLE


def _see_swapped(features: Features, pairs: Pairs, levels: dict[str, Levels]) -> None:
    """Given and family name stand in each other's place."""
    given, family = features["given"], features["family"]
    both = Feature(
        np.hstack([given.codes, np.where(family.codes < 0, -1, family.codes + len(given.values))]),
        pa.concat_arrays([given.values, family.values]),
    )
    poor = (levels["given_name"] >= 0) & (levels["given_name"] <= SIMILAR)
    poor &= (levels["family_name"] >= 0) & (levels["family_name"] <= FAMILY_SIMILAR)
    at = np.flatnonzero(poor)
    both = both.derive(lambda texts: texts)
    crossed = np.ones(len(at), dtype=np.bool_)
    surely = np.zeros(len(at), dtype=np.bool_)
    for one, other in ((0, 1), (1, 0)):
        left = both.codes[pairs[0][at], one][:, None]
        right = both.codes[pairs[1][at], other][:, None]
        column = Feature(np.concatenate([left, right]), both.values)
        span = (np.arange(len(at)), np.arange(len(at), 2 * len(at)))
        as_family = grade_pairs(column, span, grade_family, FAMILY_EXACT)
        as_given = grade_pairs(column, span, grade_given, EXACT)
        crossed &= (as_family >= FAMILY_PART) | (as_given >= INITIAL)
        surely |= as_family >= FAMILY_CLOSE
    crossed &= surely
    levels["given_name"][at[crossed]] = SWAPPED
    levels["family_name"][at[crossed]] = FAMILY_SWAPPED


def _hash(texts: pa.Array) -> Hashes:
    hashes = hash_texts(pc.fill_null(texts, ""))
    empty = pc.fill_null(pc.equal(texts, ""), fill_value=True)
    hashes[empty.to_numpy(zero_copy_only=False)] = NOTHING
    return hashes


def _same(left: Hashes, right: Hashes) -> npt.NDArray[np.bool_]:
    return (left == right) & (left != NOTHING)
