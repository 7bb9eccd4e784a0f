"""How common values are: agreement on a rare name says more than agreement on a common one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe import vocabulary
from dedupe.features import Feature, Features, without_person
from dedupe.hashing import NOTHING, Hashes, combine, hash_texts, mix
from dedupe.nicknames import initial_of, is_given_name
from dedupe.normalize import first_word, mailbox, skeleton
from dedupe.origins import Origins, count_origins
from dedupe.texts import FEW, Texts, are_among, as_list

Floats = npt.NDArray[np.float64]

# The names of companies and places, which are who they are; counted by themselves.
OF_PLACES = "place_company"
# Comparisons whose exact level is weighed by the value -> the feature that holds it.
COUNTED = {
    "given_name": "given",
    "family_name": "family",
    "birth_date": "birth_date",
    "company": "company",
    OF_PLACES: "company",
    "street": "street",
    "city": "city",
    "postal_code": "postal",
    "moved_city": "city",
    "moved_postal_code": "postal",
    "birth_place": "birth_place",
    "occupation": "occupation",
    "national_id": "national_id",
    "external_id": "external_id",
}
# Values that point to one person unless different names hold them.
HELD = {"email": "email", "phone": "phone_tail"}

# How many records the shipped frequencies are worth beside those counted.
_TRUST = 1000


@dataclass(frozen=True)
class Frequencies:
    """Chance that two different people agree on a value, one array a comparison.

    `seen` is the share of records of other people that hold a value, as counted.
    `holders[c]` counts the different names (by initial) that hold each value of `HELD[c]`.
    """

    chance: Mapping[str, Floats]
    seen: Mapping[str, Floats]
    holders: Mapping[str, npt.NDArray[np.int64]]


@dataclass(frozen=True)
class Counts:
    """What was counted: records of each value, names that hold it, records, distinct records.

    `counted` is by feature, and of the names of places under `OF_PLACES`.
    `origins` tells where names are at home.
    """

    counted: Mapping[str, Floats]
    holders: Mapping[str, npt.NDArray[np.int64]]
    records: int
    distinct: int
    origins: Origins
    extract: bool = False

    @property
    def reckoned(self) -> int:
        """Records to reckon with: a repetition of a record is nobody else."""
        return self.records if self.extract else self.distinct


def count_values(
    features: Features, multiplicity: npt.NDArray[np.int64], population: int = 0
) -> Counts:
    """Count values; `multiplicity` is how many identical records each record stands for.

    `population` is the number of records these are an extract of, if they are one.
    """
    sources = {COUNTED[name] for name in COUNTED if COUNTED[name] in features}
    counted = {source: _count(features[source], multiplicity) for source in sources}
    if "company" in features:
        counted[OF_PLACES] = count_places(features, multiplicity)
    holders = count_holders(features, len(multiplicity))
    records = max(int(multiplicity.sum()), population)
    origins = {} if population else count_origins(features)
    return Counts(counted, holders, records, len(multiplicity), origins, extract=population > 0)


def estimate_frequencies(
    counts: Counts, u: Mapping[str, tuple[float, ...]], duplicates: float
) -> Frequencies:
    """Frequencies from counts, drawn towards the shipped `u` of the exact level.

    As many records of a value as one person's duplicates explain are not counted as coincidence.
    """
    chance: dict[str, Floats] = {}
    seen: dict[str, Floats] = {}
    for name, source in COUNTED.items():
        if source in counts.counted:
            counted = counts.counted[OF_PLACES if name == OF_PLACES else source]
            # That two companies have a name says nothing of a third.
            pair = 2 if name == OF_PLACES else 1
            others, own = np.maximum(counted - pair - duplicates, 0), float(counted.sum())
            seen[name] = others / max(own, 1)
            if counts.extract:  # what an extract lacks may be common all the same
                chance[name] = others / counts.records + u[name][-1]
            else:
                chance[name] = (others + _TRUST * u[name][-1]) / (own + _TRUST)
    for name, held in counts.holders.items():
        chance[name] = u[name][-1] + (held - 1) / max(counts.records, _TRUST)
    return Frequencies(chance, seen, counts.holders)


def count_places(features: Features, multiplicity: npt.NDArray[np.int64]) -> Floats:
    """How many records that name no person hold each company."""
    places = without_person(features, np.arange(len(multiplicity)))
    return _count(features["company"], np.where(places, multiplicity, 0))


def _count(feature: Feature, multiplicity: npt.NDArray[np.int64]) -> Floats:
    total = np.zeros(len(feature.distinct))
    for slot in range(feature.codes.shape[1]):
        codes = feature.codes[:, slot]
        present = codes >= 0
        total += np.bincount(codes[present], multiplicity[present], minlength=len(total))
    return total


def count_holders(features: Features, count: int) -> dict[str, npt.NDArray[np.int64]]:
    """How many names, told apart by initial and suffix alone, hold each value of `HELD`; 1 or more.

    The initial is that of the full name, so Bob and Robert are one holder; companies hold values
    that no person holds. A name without suffix is one of those that have one. Mailboxes of
    a function count as shared.
    """
    of_records = _initials(features, count), _firms(features, count)
    return {
        name: _count_holders(features, features[source], *of_records)
        for name, source in HELD.items()
        if source in features
    }


def _count_holders(
    features: Features, feature: Feature, initials: Hashes, firms: Hashes
) -> npt.NDArray[np.int64]:
    held = _count_distinct(feature, initials)
    held = np.maximum(np.where(held > 0, held, _count_distinct(feature, firms)), 1)
    if "suffix" in features:
        suffix = features["suffix"].row_hashes()
        suffixed = np.where(suffix == NOTHING, NOTHING, initials)
        generations = np.where(suffixed == NOTHING, NOTHING, mix(initials ^ suffix))
        held += _count_distinct(feature, generations) - _count_distinct(feature, suffixed)
    if feature is features.get("email"):
        boxes = mailbox(feature.distinct)
        held[are_among(boxes, vocabulary.ROLES) & (held < 2)] = 2
        held = np.maximum(held, _count_families(features, feature, boxes))
    return held


def _count_families(features: Features, email: Feature, boxes: Texts) -> npt.NDArray[np.int64]:
    """How many family names hold an address that is a given name alone (anna@...), else 0."""
    if not {"given", "family"} <= features.keys():
        return np.zeros(len(boxes), dtype=np.int64)
    plain = are_among(boxes, frozenset(as_list(features["given"].distinct)))
    family = features["family"]
    sounds = family.spread(hash_texts(skeleton(first_word(family.distinct))))
    return np.where(plain, _count_distinct(email, sounds), 0)


def _count_distinct(feature: Feature, of_records: Hashes) -> npt.NDArray[np.int64]:
    """How many different hashes the records that hold each value have."""
    packed = []
    for slot in range(feature.codes.shape[1]):
        codes = feature.codes[:, slot]
        present = (codes >= 0) & (of_records != NOTHING)
        high = codes[present].astype(np.uint64) << np.uint64(32)
        packed.append(high | (of_records[present] >> np.uint64(32)))
    every = np.concatenate(packed)
    distinct = (np.unique(every) if len(every) <= FEW else pd.unique(every)) >> np.uint64(32)
    return np.bincount(distinct.astype(np.int64), minlength=len(feature.distinct))


def _initials(features: Features, count: int) -> Hashes:
    """The initial of each record's given name; nothing where it is missing or says little."""
    if "given" not in features:
        return np.zeros(count, dtype=np.uint64)
    given = features["given"]
    heads = as_list(first_word(given.distinct))
    initials = given.spread(_hash_letters("person", [initial_of(h) for h in heads]))
    if "family" in features:
        family = features["family"]
        names = as_list(family.distinct)
        swapped = given.spread(_flags([not is_given_name(h) for h in heads]))
        swapped &= family.spread(_flags([is_given_name(n) for n in names]))
        other = family.spread(_hash_letters("person", [initial_of(n) for n in names]))
        initials = np.where(swapped == 1, other, initials)
    return initials


def _firms(features: Features, count: int) -> Hashes:
    """The company of each record that names no person."""
    if "company" not in features:
        return np.zeros(count, dtype=np.uint64)
    company = features["company"]
    letters = [name[:3] for name in as_list(company.distinct)]
    firms = company.spread(_hash_letters("company", letters))
    return np.where(without_person(features, np.arange(count)), firms, NOTHING)


def _hash_letters(kind: str, letters: list[str]) -> Hashes:
    return combine(kind, hash_texts([letter or None for letter in letters]))


def _flags(flags: list[bool]) -> Hashes:
    return np.array(flags, dtype=np.uint64)
