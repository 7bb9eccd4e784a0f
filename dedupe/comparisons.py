"""Comparisons: for each kind of field, ordered levels of agreement.

A level is a position in `LEVELS[comparison]`, from disagreement (0) to exact agreement; -1 means
that a value is missing on either side, which is neither agreement nor disagreement.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from dedupe.features import Feature, Features
from dedupe.hashing import NOTHING, Hashes, hash_texts
from dedupe.name_levels import compare_names
from dedupe.similarity import (
    MISSING,
    Levels,
    Positions,
    edits,
    grade_pairs,
    jaro_winkler,
    lengths,
    sorted_words,
    words_in_common,
)

LEVELS: dict[str, tuple[str, ...]] = {
    "given_name": (
        "different", "similar", "middle name", "initial", "part", "close", "nickname", "swapped",
        "exact",
    ),
    "family_name": ("different", "similar", "part", "close", "swapped", "exact"),
    "suffix": ("different", "one has none", "exact"),
    "birth_date": ("different", "same year", "near", "typo", "exact"),
    "gender": ("different", "exact"),
    "national_id": ("different", "typo", "exact"),
    "external_id": ("different", "exact"),
    "email": ("different", "similar", "same mailbox", "typo", "exact"),
    "phone": ("different", "typo", "same ending", "exact"),
    "company": ("different", "similar", "contained", "close", "exact"),
    "company_id": ("different", "exact"),
    "domain": ("different", "exact"),
    "street": ("different", "same road", "number and similar road", "exact"),
    "street_2": ("different", "similar", "exact"),
    "city": ("different", "similar", "exact"),
    "postal_code": ("different", "near", "exact"),
    "region": ("different", "exact"),
    "country": ("different", "exact"),
    "birth_place": ("different", "similar", "exact"),
    "occupation": ("different", "similar", "exact"),
}  # fmt: skip


def compare(features: Features, left: Positions, right: Positions) -> dict[str, Levels]:
    """Levels of every comparison the features allow, one a record pair."""
    pairs = (left, right)
    levels = compare_names(features, pairs)
    for name, (source, grade) in _GRADED.items():
        if source in features:
            exact = len(LEVELS[name]) - 1
            levels[name] = grade_pairs(features[source], pairs, grade, exact)
    if "suffix" in features:
        levels["suffix"] = _compare_suffixes(features["suffix"], pairs)
    if "street" in features:
        levels["street"] = _compare_streets(features, pairs)
    if "mail_domain" in features or "website" in features:
        levels["domain"] = _compare_domains(features, pairs)
    return levels


def _none_alike(left: Sequence[str], right: Sequence[str]) -> Levels:
    del right
    return np.zeros(len(left), dtype=np.int8)


def _grade_dates(left: Sequence[str], right: Sequence[str]) -> Levels:
    a = np.array(left, dtype="U8").view("U1").reshape(-1, 8)
    b = np.array(right, dtype="U8").view("U1").reshape(-1, 8)
    same = a == b
    year, month, day = same[:, :4].all(1), same[:, 4:6].all(1), same[:, 6:].all(1)
    turned = year & (a[:, 4:6] == b[:, 6:]).all(1) & (a[:, 6:] == b[:, 4:6]).all(1)
    levels = np.where(year, np.int8(1), np.int8(0))
    days = np.abs(_day_number(left) - _day_number(right))
    two_parts = year.astype(np.int8) + month + day == 2
    levels[two_parts | (days <= 31)] = 2
    levels[turned | (edits(left, right, 1) <= 1)] = 3
    return levels


def _day_number(dates: Sequence[str]) -> npt.NDArray[np.int64]:
    numbers = np.array(dates, dtype="U8").astype(np.int64)
    years, months, days = numbers // 10000, numbers // 100 % 100, numbers % 100
    return years * 365 + years // 4 + (months * 306) // 10 + days


def _grade_identifiers(left: Sequence[str], right: Sequence[str]) -> Levels:
    long = np.minimum(lengths(left), lengths(right)) >= 6
    return ((edits(left, right, 1) <= 1) & long).astype(np.int8)


def _grade_emails(left: Sequence[str], right: Sequence[str]) -> Levels:
    box_a = [text.partition("@")[0] for text in left]
    box_b = [text.partition("@")[0] for text in right]
    same_box = _equal_texts(box_a, box_b)
    long = np.minimum(lengths(box_a), lengths(box_b)) >= 6
    distance = edits(left, right, 2)
    only_digits = _equal_texts(_without_digits(left), _without_digits(right))
    levels = np.zeros(len(left), dtype=np.int8)
    levels[(jaro_winkler(box_a, box_b) >= 0.9) & long] = 1
    levels[same_box & long] = 2
    levels[(distance <= 1) | ((distance <= 2) & long & ~same_box)] = 3
    levels[only_digits] = np.minimum(levels[only_digits], 1)  # jan1@ and jan2@ are two people
    return levels


def _equal_texts(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.fromiter(map(str.__eq__, left, right), np.bool_, len(left))


_DIGITS = str.maketrans("", "", "0123456789")


def _without_digits(texts: Sequence[str]) -> list[str]:
    return [text.translate(_DIGITS) for text in texts]


def _grade_phones(left: Sequence[str], right: Sequence[str]) -> Levels:
    tail_a, tail_b = [t[-7:] for t in left], [t[-7:] for t in right]
    same_tail = _equal_texts(tail_a, tail_b)
    same_nine = np.fromiter((a[-9:] == b[-9:] for a, b in zip(left, right, strict=True)), np.bool_)
    whole = np.minimum(lengths(left), lengths(right)) >= 9
    levels = ((edits(left, right, 1) <= 1) & whole).astype(np.int8)
    levels[same_tail] = 2
    levels[same_nine & whole] = 3
    return levels


def _grade_companies(left: Sequence[str], right: Sequence[str]) -> Levels:
    levels = np.zeros(len(left), dtype=np.int8)
    ordered = sorted_words(left, right)
    levels[(ordered >= 0.75) | (jaro_winkler(left, right) >= 0.88)] = 1
    levels[words_in_common(left, right) >= 0.99] = 2
    levels[(ordered >= 0.9) | (jaro_winkler(left, right) >= 0.95)] = 3
    return levels


def _grade_words(left: Sequence[str], right: Sequence[str]) -> Levels:
    alike = (jaro_winkler(left, right) >= 0.88) | (words_in_common(left, right) >= 0.99)
    return alike.astype(np.int8)


def _grade_postal(left: Sequence[str], right: Sequence[str]) -> Levels:
    area = np.fromiter((a[:3] == b[:3] for a, b in zip(left, right, strict=True)), np.bool_)
    return (area | (edits(left, right, 1) <= 1)).astype(np.int8)


_GRADED: dict[str, tuple[str, Callable[[Sequence[str], Sequence[str]], Levels]]] = {
    "birth_date": ("birth_date", _grade_dates),
    "gender": ("gender", _none_alike),
    "national_id": ("national_id", _grade_identifiers),
    "external_id": ("external_id", _none_alike),
    "email": ("email", _grade_emails),
    "phone": ("phone", _grade_phones),
    "company": ("company", _grade_companies),
    "company_id": ("company_id", _none_alike),
    "street_2": ("street_2", _grade_words),
    "city": ("city", _grade_words),
    "postal_code": ("postal", _grade_postal),
    "region": ("region", _none_alike),
    "country": ("country", _none_alike),
    "birth_place": ("birth_place", _grade_words),
    "occupation": ("occupation", _grade_words),
}


def _compare_suffixes(suffix: Feature, pairs: tuple[Positions, Positions]) -> Levels:
    left, right = suffix.first[pairs[0]], suffix.first[pairs[1]]
    levels = np.where(left == right, np.int8(2), np.int8(0))
    levels[(left < 0) != (right < 0)] = 1
    levels[(left < 0) & (right < 0)] = MISSING
    return levels


def _compare_streets(features: Features, pairs: tuple[Positions, Positions]) -> Levels:
    street = features["street"]
    left, right = street.first[pairs[0]], street.first[pairs[1]]
    missing = (left < 0) | (right < 0)
    levels = np.where(left == right, np.int8(3), np.int8(0))
    if "road" in features:
        road = grade_pairs(features["road"], pairs, _grade_words, 2)
        same_number = _equal(features.get("house"), pairs)
        levels[road == 2] = 1
        levels[(road >= 1) & same_number] = 2
        levels[(road == 2) & same_number] = 3
        levels[left == right] = 3
    levels[missing] = MISSING
    return levels


def _equal(feature: Feature | None, pairs: tuple[Positions, Positions]) -> npt.NDArray[np.bool_]:
    if feature is None:
        return np.zeros(len(pairs[0]), dtype=np.bool_)
    left, right = feature.first[pairs[0]], feature.first[pairs[1]]
    return (left == right) & (left >= 0)


def domain_hashes(features: Features) -> Hashes:
    """Hashes of the business mail domains and the website of each record, shape (records, n)."""
    columns = []
    for name in ("mail_domain", "website"):
        if name in features:
            feature = features[name]
            hashes = hash_texts(pc.fill_null(feature.values, ""))
            columns += [feature.spread(hashes, slot) for slot in range(feature.codes.shape[1])]
    return np.stack(columns, axis=1)


def _compare_domains(features: Features, pairs: tuple[Positions, Positions]) -> Levels:
    hashes = domain_hashes(features)
    left, right = hashes[pairs[0]], hashes[pairs[1]]
    present = (left != NOTHING).any(1) & (right != NOTHING).any(1)
    equal = np.zeros(len(left), dtype=np.bool_)
    for one in range(hashes.shape[1]):
        for other in range(hashes.shape[1]):
            equal |= (left[:, one] == right[:, other]) & (left[:, one] != NOTHING)
    return np.where(present, equal.astype(np.int8), MISSING)
