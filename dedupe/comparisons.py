"""Comparisons: for each kind of field, ordered levels of agreement.

A level is a position in `LEVELS[comparison]`, from disagreement (0) to exact agreement; -1 means
that a value is missing on either side, which is neither agreement nor disagreement.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dedupe.cores import on_all_cores
from dedupe.features import Codes, Feature, Features
from dedupe.name_levels import compare_names
from dedupe.normalize import (
    acronym,
    after_first_letter,
    before_last_letter,
    first_five,
    first_three,
    last_nine,
    last_seven,
    last_three,
    mail_domain,
    mailbox,
    without_digits,
)
from dedupe.similarity import (
    MISSING,
    Flags,
    Grade,
    Levels,
    Positions,
    edits,
    edits_where,
    grade_pairs,
    jaro_winkler,
    none_alike,
    sorted_words,
    words_in_common,
)

LEVELS: dict[str, tuple[str, ...]] = {
    "given_name": (
        "different", "similar", "middle name", "initial", "part", "close", "nickname", "swapped",
        "exact",
    ),
    "family_name": (
        "different", "similar", "part", "in mailbox", "close", "swapped", "exact",
    ),
    "suffix": ("different", "one has none", "exact"),
    "birth_date": ("different", "like year", "near", "typo", "exact"),
    "gender": ("different", "exact"),
    "national_id": ("different", "typo", "exact"),
    "external_id": ("different", "exact"),
    "email": ("different", "similar", "same mailbox", "typo", "exact"),
    "phone": ("different", "typo", "same ending", "exact"),
    "company": ("different", "similar", "contained", "close", "exact"),
    "company_id": ("different", "exact"),
    "legal_form": ("different", "exact"),
    "domain": ("different", "exact"),
    "street": ("different", "same number or road", "same road", "number and similar road", "exact"),
    "street_2": ("different", "similar", "exact"),
    "city": ("different", "similar", "exact"),
    "postal_code": ("different", "near", "exact"),
    "region": ("different", "exact"),
    "country": ("different", "exact"),
    "birth_place": ("different", "similar", "exact"),
    "occupation": ("different", "similar", "exact"),
}  # fmt: skip


def compare_persons(features: Features, left: Positions, right: Positions) -> dict[str, Levels]:
    """Levels of what belongs to a person alone: names, birth date, ids."""
    pairs = (left, right)
    levels = compare_names(features, pairs)
    for name in _PERSONAL:
        if name in features:
            levels[name] = grade_pairs(
                features[name], pairs, _GRADED[name][1], len(LEVELS[name]) - 1
            )
    return levels


def compare(
    features: Features,
    left: Positions,
    right: Positions,
    known: Mapping[str, Levels] | None = None,
) -> dict[str, Levels]:
    """Levels of every comparison the features allow, one a record pair; `known` ones are taken.

    Many pairs whose names are not known yet are compared on all cores, field by field; for the
    others, callers see to that.
    """
    pairs = (left, right)
    own = _PERSONAL if known is None else known

    def grade(name: str) -> Mapping[str, Levels]:
        if name == "person":
            return compare_persons(features, left, right)
        if name == "suffix":
            return {name: _compare_suffixes(features[name], pairs)}
        if name == "street":
            return {name: _compare_streets(features, pairs)}
        source, how = _GRADED[name]
        return {name: grade_pairs(features[source], pairs, how, len(LEVELS[name]) - 1)}

    names = [name for name, (of, _) in _GRADED.items() if of in features and name not in own]
    names += [name for name in ("suffix", "street") if name in features]
    if known is not None or len(left) < _MANY:
        graded = [grade(name) for name in (["person"] if known is None else []) + names]
    else:
        graded = on_all_cores(grade, ["person", *names])
    levels = dict(known or {})
    for found in graded:
        levels |= found
    return levels


def _grade_dates(feature: Feature, left: Codes, right: Codes) -> Levels:
    numbers = feature.texts.astype(np.int64)
    first, second = numbers[left], numbers[right]
    years = np.abs(first // 10000 - second // 10000)
    month = first // 100 % 100 == second // 100 % 100
    day = first % 100 == second % 100
    turned = (years == 0) & (first // 100 % 100 == second % 100)
    turned &= first % 100 == second // 100 % 100
    same_year = years == 0
    days = np.abs(_day_number(first) - _day_number(second))
    # One digit of the year is wrong, and the day is about the same.
    misread = np.isin(years, (1, 10)) & (np.abs(days - 365.25 * years) <= 31)
    levels: Levels = (same_year | misread).astype(np.int8)
    levels[(same_year.astype(np.int8) + month + day == 2) | (days <= 31)] = 2
    levels[turned | (edits(feature, left, right, 1) <= 1)] = 3
    return levels


def _day_number(dates: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    years, months, days = dates // 10000, dates // 100 % 100, dates % 100
    return years * 365 + years // 4 + (months * 306) // 10 + days


def _grade_identifiers(feature: Feature, left: Codes, right: Codes) -> Levels:
    long = np.minimum(feature.sizes[left], feature.sizes[right]) >= 6
    return ((edits(feature, left, right, 1) <= 1) & long).astype(np.int8)


def _grade_emails(feature: Feature, left: Codes, right: Codes) -> Levels:
    boxes, domains = feature.part("mailbox", mailbox), feature.part("domain", mail_domain)
    box, domain = boxes.first, domains.first
    same_box, same_domain = box[left] == box[right], domain[left] == domain[right]
    shorter = np.minimum(boxes.sizes[box[left]], boxes.sizes[box[right]])
    levels = np.zeros(len(left), dtype=np.int8)
    levels[same_box & (shorter >= 6)] = 2
    at = np.flatnonzero(~same_box & (shorter >= 6))
    alike = jaro_winkler(boxes, box[left[at]], box[right[at]], 0.9)
    levels[at[alike >= 0.9]] = 1
    # Whoever has another domain needs no look at the mailbox: few are left to be compared.
    at = np.flatnonzero((shorter >= 6) | same_box | same_domain)
    at = at[same_domain[at] | _is_wrong_domain(domains, domain[left[at]], domain[right[at]])]
    at = at[same_box[at] | _is_mistyped(boxes, box[left[at]], box[right[at]])]
    levels[at] = 3
    return levels


def _is_mistyped(boxes: Feature, left: Codes, right: Codes) -> Flags:
    """Mailboxes a typing error apart; those made of other names are of two people.

    Numbers (jan1, jan2; jan71, janna), initials (a.smith, j.smith; evas, evad) and the place of the
    initial (esmith, smithe) make other names.
    """
    letters, sizes = boxes.part("letters", without_digits), boxes.sizes
    rest = boxes.part("rest", after_first_letter).row_hashes()
    stem = boxes.part("stem", before_last_letter).row_hashes()
    apart = (rest[left] == rest[right]) | (stem[left] == stem[right])
    apart |= (rest[left] == stem[right]) | (stem[left] == rest[right])
    apart &= sizes[left] == sizes[right]
    apart |= letters.first[left] == letters.first[right]
    distance = edits_where(boxes, (left, right), ~apart, 2)
    digits = sizes - letters.sizes[letters.first]
    whole = (np.minimum(sizes[left], sizes[right]) >= 6) & (digits[left] == digits[right])
    near: Flags = (distance <= 1) | ((distance == 2) & whole)
    return near


def _is_wrong_domain(domains: Feature, left: Codes, right: Codes) -> Flags:
    """Domains a typing error apart, of which one is hardly ever seen: gmail.com and gmial.com."""
    counts, sizes = domains.counts, domains.sizes
    rarer, commoner = (
        np.minimum(counts[left], counts[right]),
        np.maximum(counts[left], counts[right]),
    )
    unseen = (rarer <= 2 + commoner / 50) & (left != right)
    distance = edits_where(domains, (left, right), unseen, 2)
    near: Flags = (distance == 2) & (np.minimum(sizes[left], sizes[right]) >= 8)
    return near | (distance <= 1)


def _grade_phones(feature: Feature, left: Codes, right: Codes) -> Levels:
    seven = feature.part("seven", last_seven).first
    nine = feature.part("nine", last_nine).first
    whole = np.minimum(feature.sizes[left], feature.sizes[right]) >= 9
    # One error leaves the first five digits of nine as they are, or else the last three.
    start = feature.part("start", first_five).first
    end = feature.part("end", last_three).first
    worth = whole & ((start[left] == start[right]) | (end[left] == end[right]))
    levels = (edits_where(feature, (left, right), worth, 1) <= 1).astype(np.int8)
    levels[seven[left] == seven[right]] = 2
    levels[(nine[left] == nine[right]) & whole] = 3
    return levels


def _grade_companies(feature: Feature, left: Codes, right: Codes) -> Levels:
    levels = np.zeros(len(left), dtype=np.int8)
    ordered, alike = sorted_words(feature, left, right), jaro_winkler(feature, left, right, 0.88)
    levels[(ordered >= 0.75) | (alike >= 0.88)] = 1
    close = (ordered >= 0.9) | (alike >= 0.95)
    unlike = np.flatnonzero(~close)
    common = words_in_common(feature, left[unlike], right[unlike]) >= 0.99
    levels[unlike[common]] = 2
    short = feature.part("acronym", acronym).row_hashes()
    initials = (short[left] == feature.hashes[right]) | (short[right] == feature.hashes[left])
    levels[initials] = 2
    levels[close] = 3
    return levels


def _grade_words(feature: Feature, left: Codes, right: Codes) -> Levels:
    levels = (jaro_winkler(feature, left, right, 0.88) >= 0.88).astype(np.int8)
    unlike = np.flatnonzero(levels == 0)
    common = words_in_common(feature, left[unlike], right[unlike]) >= 0.99
    levels[unlike[common]] = 1
    return levels


def _grade_postal(feature: Feature, left: Codes, right: Codes) -> Levels:
    area = feature.part("area", first_three).first
    near = (area[left] == area[right]) | (edits(feature, left, right, 1) <= 1)
    levels: Levels = near.astype(np.int8)
    return levels


_MANY = 50_000  # pairs that are worth a thread for each field
_PERSONAL = ("birth_date", "national_id", "external_id")
_GRADED: dict[str, tuple[str, Grade]] = {
    "birth_date": ("birth_date", _grade_dates),
    "gender": ("gender", none_alike),
    "national_id": ("national_id", _grade_identifiers),
    "external_id": ("external_id", none_alike),
    "email": ("email", _grade_emails),
    "phone": ("phone", _grade_phones),
    "company": ("company", _grade_companies),
    "company_id": ("company_id", none_alike),
    "legal_form": ("legal_form", none_alike),
    "domain": ("domain", none_alike),
    "street_2": ("street_2", _grade_words),
    "city": ("city", _grade_words),
    "postal_code": ("postal", _grade_postal),
    "region": ("region", none_alike),
    "country": ("country", none_alike),
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
    same_number, no_number = _compare_numbers(features.get("house"), pairs)
    levels = same_number.astype(np.int8)
    if "road" in features:
        road = grade_pairs(features["road"], pairs, _grade_words, 2)
        levels[(road >= 1) & no_number] = 1
        levels[(road == 2) & ~no_number] = 2
        levels[(road >= 1) & same_number] = 3
        levels[(road == 2) & same_number] = 4
    levels[left == right] = 4
    levels[missing] = MISSING
    return levels


def _compare_numbers(
    house: Feature | None, pairs: tuple[Positions, Positions]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether the house numbers are the same, and whether either side has none."""
    if house is None:
        return np.zeros(len(pairs[0]), np.bool_), np.ones(len(pairs[0]), np.bool_)
    left, right = house.first[pairs[0]], house.first[pairs[1]]
    missing = (left < 0) | (right < 0)
    return (left == right) & ~missing, missing
