"""Levels of the names of people: nicknames, initials, middle names, given and family swapped."""

import numpy as np
import numpy.typing as npt

from dedupe.features import Codes, Feature, Features
from dedupe.hashing import NOTHING, Hashes
from dedupe.normalize import (
    after_first_word,
    first_letter,
    first_word,
    gender_by_ending,
    last_word,
    skeleton,
    sort_letters,
    umlauts_short,
    vowel_at_end,
    without_digits,
    without_spaces,
)
from dedupe.similarity import (
    Flags,
    Levels,
    Positions,
    edits_where,
    grade_codes,
    grade_pairs,
    jaro_winkler,
)

Pairs = tuple[Positions, Positions]

DIFFERENT, SIMILAR, MIDDLE, INITIAL, PART, CLOSE, NICKNAME, SWAPPED, EXACT = range(9)
FAMILY_SIMILAR, FAMILY_PART, FAMILY_IN_MAILBOX, FAMILY_CLOSE, FAMILY_SWAPPED, FAMILY_EXACT = range(
    1, 7
)


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
    if "families" in features:
        _see_former_names(features["families"], pairs, levels["family_name"])
    return levels


def grade_given(feature: Feature, left: Codes, right: Codes) -> Levels:
    """Levels of unequal given names (folded)."""
    head = feature.part("head", first_word)
    head_a, head_b = head.first[left], head.first[right]
    short_a, short_b = head.sizes[head_a] == 1, head.sizes[head_b] == 1
    alike = jaro_winkler(feature, left, right)
    levels = np.where(alike >= 0.8, np.int8(SIMILAR), np.int8(DIFFERENT))
    letter = feature.part("letter", first_letter).first
    levels[(short_a | short_b) & (letter[left] == letter[right])] = INITIAL
    same_head = (head_a == head_b) & ~short_a
    part, apart = _compare_second_words(feature, left, right)
    levels[same_head] = np.where(apart[same_head], SIMILAR, PART)
    whole = ~short_a & ~short_b
    distance = edits_where(feature, (left, right), whole & (alike >= 0.7), 2)
    long = np.minimum(feature.sizes[left], feature.sizes[right]) >= 4
    anagrams = _are_anagrams(feature, left, right) & whole
    typo = (anagrams | (distance == 1)) & (long | _is_an_error(feature, left, right))
    typo |= (distance == 2) & (alike >= 0.93) & long
    levels[typo & ~(same_head & (part | apart))] = CLOSE
    gender = feature.part("gender", gender_by_ending).first  # Daniel and Daniela are two names
    two = (gender[left] != gender[right]) & ~anagrams
    two |= ~_sound_alike(feature, left, right) & _are_both_names(feature, left, right)
    levels[two & (levels == CLOSE)] = SIMILAR
    unsure = (levels != PART) & ~short_a & ~short_b
    levels[unsure & _are_nicknames(head, head_a, head_b)] = NICKNAME
    levels[_are_one_with_umlauts(feature, left, right)] = EXACT
    levels[_differ_in_numbers(feature, left, right)] = DIFFERENT
    return levels


def _are_one_with_umlauts(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Mueller is Müller."""
    short = feature.part("umlauts", umlauts_short).first
    same: Flags = (short[left] == short[right]) & (feature.sizes[left] != feature.sizes[right])
    return same & (np.minimum(feature.sizes[left], feature.sizes[right]) >= 3)


def _compare_second_words(feature: Feature, left: Codes, right: Codes) -> tuple[Flags, Flags]:
    """Whether one side alone has a second word, or an initial of it, and whether they differ.

    Jeremy and Jeremy A. may be one, Jeremy A. and Jeremy B. are two.
    """
    rest = feature.part("rest", after_first_word)
    one, other = rest.first[left], rest.first[right]
    both = (one >= 0) & (other >= 0)
    sizes = np.append(rest.sizes, 0)
    letters = np.append(rest.part("letter", first_letter).first, -1)
    initials = np.minimum(sizes[one], sizes[other]) == 1
    differ = both & (letters[one] != letters[other])
    part = ~both | (initials & ~differ)
    apart: Flags = differ & (initials | ~_nearly_equal(rest, (one, other), differ))
    return part, apart


def _nearly_equal(words: Feature, pair: tuple[Codes, Codes], worth: Flags) -> Flags:
    near: Flags = edits_where(words, pair, worth, 1) <= 1
    return near


def _differ_in_numbers(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Guest 17 and Guest 18 are no typing error apart."""
    letters = feature.part("letters", without_digits)
    numbered = letters.sizes[letters.first] < feature.sizes
    apart: Flags = (letters.first[left] == letters.first[right]) & numbered[left] & numbered[right]
    return apart


def _are_both_names(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Whether two like names are two names (Anna, Jana), and not a name and an error of it.

    They are where the tables of given names hold both, or where the rarer one is seen more often
    than errors of the other one explain: an error makes one of some fifty likely others.
    """
    known = feature.given_names
    both: Flags = known[left] & known[right]
    counts = feature.counts
    rarer = np.minimum(counts[left], counts[right])
    both |= rarer > 2 + np.maximum(counts[left], counts[right]) / 50
    return both


def _sound_alike(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Spellings of one name (Marta, Martha), but not Daniel and Danielle."""
    sound = feature.part("sound", skeleton).first
    vowel = feature.part("vowel", vowel_at_end).first
    alike: Flags = (sound[left] == sound[right]) & (vowel[left] == vowel[right])
    return alike


def _are_anagrams(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Letters changed places, more than one typing error would move them."""
    letters = feature.part("sorted", sort_letters).first
    same: Flags = letters[left] == letters[right]
    return same


def _are_nicknames(heads: Feature, left: Codes, right: Codes) -> Flags:
    """Pairs of names that may stand for one name."""
    table = heads.nicknames
    packed = (left.astype(np.int64) << 32) | right
    at = np.minimum(np.searchsorted(table, packed), len(table) - 1)
    found: Flags = table[at] == packed
    return found


def grade_family(feature: Feature, left: Codes, right: Codes) -> Levels:
    """Levels of unequal family names (folded)."""
    alike = jaro_winkler(feature, left, right)
    levels = np.where(alike >= 0.85, np.int8(FAMILY_SIMILAR), np.int8(0))
    shared = np.flatnonzero(_share_a_word(feature, left, right))
    # Alvarez Ruiz and Alvarez Soto share a father at most.
    held = _hold_all_words(feature, left[shared], right[shared])
    levels[shared] = np.where(held, np.int8(FAMILY_PART), np.int8(FAMILY_SIMILAR))
    levels[_nearly_share_a_word(feature, left, right) & (levels < FAMILY_PART)] = FAMILY_PART
    shorter = np.minimum(feature.sizes[left], feature.sizes[right])
    distance = edits_where(feature, (left, right), (shorter >= 2) & (alike >= 0.7), 2)
    anagrams = _are_anagrams(feature, left, right) & (shorter >= 4)
    typo = (distance == 1) & ((shorter >= 4) | _is_an_error(feature, left, right))
    levels[anagrams | typo | ((distance == 2) & (alike >= 0.92) & (shorter >= 4))] = FAMILY_CLOSE
    joined = feature.part("joined", without_spaces).first
    levels[joined[left] == joined[right]] = FAMILY_EXACT
    levels[_are_one_with_umlauts(feature, left, right)] = FAMILY_EXACT
    levels[_differ_in_numbers(feature, left, right)] = 0
    return levels


def _is_an_error(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Of two short names one is hardly seen, the other one often."""
    counts = feature.counts
    rarer, commoner = (
        np.minimum(counts[left], counts[right]),
        np.maximum(counts[left], counts[right]),
    )
    error: Flags = (rarer <= 1 + commoner / 50) & (commoner >= 3 * rarer)
    error &= np.maximum(feature.sizes[left], feature.sizes[right]) >= 3
    return error


def _nearly_share_a_word(feature: Feature, left: Codes, right: Codes) -> Flags:
    """One name is, but for a typing error, the first or last word of the other one."""
    firsts, lasts = feature.part("first", first_word), feature.part("last", last_word)
    several = feature.part("first", first_word).sizes[firsts.first] < feature.sizes
    at = np.flatnonzero(several[left] ^ several[right])
    near = np.zeros(len(left), dtype=np.bool_)
    for words in (firsts, lasts):
        one, other = words.first[left[at]], words.first[right[at]]
        long = np.minimum(words.sizes[one], words.sizes[other]) >= 4
        near[at] |= edits_where(words, (one, other), long, 1) <= 1
    return near


def _share_a_word(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Whether the first or last words of two names are the same, where one has several."""
    first = feature.part("first", first_word).row_hashes()
    last = feature.part("last", last_word).row_hashes()
    several = first != last
    shared: Flags = (first[left] == first[right]) | (last[left] == last[right])
    shared |= (first[left] == last[right]) | (last[left] == first[right])
    shared &= several[left] | several[right]
    return shared


def _hold_all_words(feature: Feature, left: Codes, right: Codes) -> Flags:
    """Whether one of two names, that share a first or last word, has all words of the other."""
    first = feature.part("first", first_word).row_hashes()
    last = feature.part("last", last_word).row_hashes()
    joined = feature.part("joined", without_spaces)
    few = feature.sizes - joined.sizes[joined.first] <= 1  # two words at most
    one = few & (first == last)
    hold: Flags = one[left] | one[right]
    hold |= (first[left] == first[right]) & (last[left] == last[right])
    hold |= (first[left] == last[right]) & (last[left] == first[right])
    texts = feature.texts
    for at in np.flatnonzero(~((few[left] & few[right]) | one[left] | one[right])):
        words, others = set(texts[left[at]].split()), set(texts[right[at]].split())
        hold[at] = words <= others or others <= words
    return hold


def _see_middle_names(features: Features, pairs: Pairs, levels: Levels) -> None:
    """One side goes by the middle name the other side has written out."""
    given = features["given"]
    heads = given.spread(given.part("head", first_word).row_hashes())
    seconds = given.spread(given.part("rest", after_first_word).row_hashes())
    if "middle" in features:
        middle = features["middle"]
        firsts = middle.spread(middle.part("head", first_word).row_hashes())
        seconds = np.where(seconds == NOTHING, firsts, seconds)
    poor = np.flatnonzero((levels == DIFFERENT) | (levels == SIMILAR))
    left, right = pairs[0][poor], pairs[1][poor]
    crossed = _same(heads[left], seconds[right]) | _same(seconds[left], heads[right])
    levels[poor[crossed]] = MIDDLE


def _see_former_names(families: Feature, pairs: Pairs, levels: Levels) -> None:
    """The mailbox of one side tells the family name of the other side."""
    told = families.codes[:, 1] >= 0
    poor = np.flatnonzero((levels >= 0) & (levels < FAMILY_PART))
    poor = poor[told[pairs[0][poor]] | told[pairs[1][poor]]]
    left, right = families.codes[pairs[0][poor]], families.codes[pairs[1][poor]]
    tells = (left[:, 0] == right[:, 1]) | (left[:, 1] == right[:, 0])
    levels[poor[tells]] = FAMILY_IN_MAILBOX


def _see_swapped(features: Features, pairs: Pairs, levels: dict[str, Levels]) -> None:
    """Given and family name stand in each other's place; one of the four may be missing."""
    given, family = levels["given_name"], levels["family_name"]
    both = features["names"]
    at = np.flatnonzero((given >= 0) & (given <= SIMILAR) & (family <= FAMILY_SIMILAR))
    left, right = both.codes[pairs[0][at], :2], both.codes[pairs[1][at], :2]
    worth = _may_cross(both, left, right) & _may_cross(both, right, left)
    at, left, right = at[worth], left[worth], right[worth]
    crossed, surely = np.ones(len(at), np.bool_), np.zeros(len(at), np.bool_)
    for one in (0, 1):
        agrees, sure = _compare_crossed(both, (left[:, one], right[:, 1 - one]))
        crossed &= agrees
        surely |= sure
    crossed &= surely
    at = at[crossed]
    given[at] = SWAPPED
    at = at[family[at] >= 0]
    family[at] = FAMILY_SWAPPED


def _may_cross(names: Feature, one: Codes, other: Codes) -> Flags:
    """Whether it is worth comparing the given name of one with the family name of the other.

    Given and family names are the columns of both. Names with different initials are looked at only
    where the two others are equal; that spares nearly all pairs of different names.
    """
    given, family = one[:, 0], other[:, 1]
    letter = names.part("letter", first_letter).first
    may: Flags = (given < 0) | (family < 0) | (letter[given] == letter[family])
    may |= (one[:, 1] == other[:, 0]) & (one[:, 1] >= 0)
    return may


def _compare_crossed(names: Feature, crossing: tuple[Codes, Codes]) -> tuple[Flags, Flags]:
    """Whether the given name of one may be the family name of the other, and whether it surely is.

    It may be where either is missing.
    """
    left, right = crossing
    agrees = (left < 0) | (right < 0)
    sure = np.zeros(len(left), dtype=np.bool_)
    at = np.flatnonzero(~agrees)
    pair = (left[at], right[at])
    as_family = grade_codes(names, pair, grade_family, FAMILY_EXACT)
    agrees[at] = as_family >= FAMILY_PART
    agrees[at] |= grade_codes(names, pair, grade_given, EXACT) >= INITIAL
    sure[at] = as_family >= FAMILY_CLOSE
    return agrees, sure


def _same(left: Hashes, right: Hashes) -> npt.NDArray[np.bool_]:
    same: Flags = (left == right) & (left != NOTHING)
    return same
