"""Blocking keys: records that share one are compared, all others are not.

The union of many narrow keys finds nearly all true pairs while leaving out nearly all others.
Each kind of key is an equality of one or more comparison values, hashed to 64 bits.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe import normalize, vocabulary
from dedupe.features import Feature, Features, build_features
from dedupe.hashing import NOTHING, Hashes, combine, hash_text, hash_texts, mix
from dedupe.nicknames import canonical_names
from dedupe.texts import Fold, Texts, are_among, as_list
from validators.fields import EMAIL_FIELDS, PHONE_FIELDS


@dataclass(frozen=True)
class Keys:
    """Keys of one kind: record `rows[i]` (a position) holds the key `hashes[i]`.

    A `broad` key is one part alone: it reaches the tail of damaged records where few share it, and
    is of no use where many do, because narrower keys are made of the same part.
    """

    kind: str
    rows: npt.NDArray[np.int64]
    hashes: Hashes
    broad: bool = False


def blocking_keys(records: pd.DataFrame) -> pd.DataFrame:
    """Every blocking key of a standardized frame: columns `row`, `key` (int64), `kind`.

    Keys are the same in every process, version and batch, so they can be stored and looked up.
    """
    kinds = [_each_once(keys) for keys in _narrow_keys(records)]
    rows = np.concatenate([np.empty(0, np.int64), *(keys.rows for keys in kinds)])
    names = sorted({keys.kind for keys in kinds})
    codes = np.repeat([names.index(keys.kind) for keys in kinds], [len(k.rows) for k in kinds])
    return pd.DataFrame(
        {
            "row": records.index.to_numpy()[rows],
            "key": np.concatenate([np.empty(0, np.uint64), *(k.hashes for k in kinds)]).view(
                np.int64
            ),
            "kind": pd.Categorical.from_codes(codes.astype(np.int8), pd.Index(names, dtype="str")),
        }
    )


def _each_once(keys: Keys) -> Keys:
    """Keys of one kind without those that a record has twice; of most kinds it has but one."""
    if (np.diff(keys.rows) > 0).all():
        return keys
    first = ~pd.DataFrame({"row": keys.rows, "key": keys.hashes}).duplicated().to_numpy()
    return Keys(keys.kind, keys.rows[first], keys.hashes[first])


def list_keys(records: pd.DataFrame) -> Iterator[tuple[int, int]]:
    """What `blocking_keys` finds, as pairs of a label and a key, without a frame around them."""
    labels = records.index.to_numpy()
    for keys in _narrow_keys(records):
        yield from zip(labels[keys.rows].tolist(), keys.hashes.view(np.int64).tolist(), strict=True)


def _narrow_keys(records: pd.DataFrame) -> list[Keys]:
    read = records[[name for name in KEY_FIELDS if name in records]]
    features = build_features(read, alone=True)
    return list(_build_narrow(features, _Parts(features, len(records))))


def build_keys(features: Features, count: int) -> Iterator[Keys]:
    """The keys of every kind that the features at hand allow."""
    parts = _Parts(features, count)
    yield from _build_narrow(features, parts)
    for kind, names in _BROAD.items():
        if parts.has(names):
            hashes = combine(kind, *(parts[name] for name in names))
            yield from _present(kind, hashes, broad=True)


def _build_narrow(features: Features, parts: "_Parts") -> Iterator[Keys]:
    for name in ("email", "phone_tail", "national_id", "external_id", "mailbox"):
        yield from _single(features, name)
    yield from _nicknames(features, parts)
    yield from _sounds_of_names(parts)
    for kind, names in _COMBINED.items():
        if parts.has(names):
            hashes = combine(kind, *(parts[name] for name in names))
            yield from _present(kind, hashes, broad=False)


# The fields that narrow keys are made of.
KEY_FIELDS = (
    *("given_name", "family_name", "full_name", "birth_date", "birth_place"),
    *("national_id", "external_id", *EMAIL_FIELDS, *PHONE_FIELDS),
    *("company", "street", "city", "postal_code"),
)
# Kind of key -> the parts that have to be equal.
_COMBINED: dict[str, tuple[str, ...]] = {
    "family name, birth date": ("family_sound", "birth_date"),
    "given name, birth date": ("given_sound", "birth_date"),
    "birth date, postal code": ("birth_date", "postal"),
    "birth date, city": ("birth_date", "city"),
    "birth date, birth place": ("birth_date", "birth_place"),
    "family name, postal code": ("family_sound", "postal"),
    "family name, birth place": ("family_sound", "initial", "birth_place"),
    "family name, city": ("family_sound", "initial", "city"),
    "given name, postal code": ("given_sound", "postal"),
    "given name, birth place": ("given_sound", "birth_place"),
    "given name, street": ("given_sound", "house", "road"),
    "family name, street": ("family_sound", "road"),
    "family name, company": ("family_sound", "company"),
    "given name, company": ("given_sound", "company"),
    "address": ("house", "road", "place"),
    "company": ("place_company",),
    "company, city": ("company_head", "city"),
    "company, house number": ("company_head", "house"),
    "company sound, place": ("company_sound", "place"),
    "house number, postal code": ("place_house", "postal"),
}
_BROAD: dict[str, tuple[str, ...]] = {
    "given name": ("given_sound",),
    "family name": ("family_sound",),
    "letters of family name": ("family_letters",),
    "letters of given name, city": ("given_letters", "city"),
    "birth date": ("birth_date",),
    "birth year, place, initial": ("birth_year", "birth_place", "initial"),
    "birth year, city, initial": ("birth_year", "city", "initial"),
    "mail domain": ("mail_domain",),
    "postal code": ("postal",),
    "road": ("road",),
}


class _Parts:
    """Hashes of the parts that keys are made of, one a record, made when first asked for."""

    def __init__(self, features: Features, count: int) -> None:
        self._features = features
        self._none = np.zeros(count, dtype=np.uint64)
        self._made: dict[str, Hashes] = {}

    def __getitem__(self, name: str) -> Hashes:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def has(self, names: tuple[str, ...]) -> bool:
        """Whether there are records with each of these parts."""
        return all(self[name].any() for name in names)

    def _make(self, name: str) -> Hashes:
        if name == "place":
            return np.where(self["postal"] == NOTHING, self["city"], self["postal"])
        if name in _FOR_COMPANIES:
            person = (self["given"] != NOTHING) | (self["family"] != NOTHING)
            return np.where(person, NOTHING, self[_FOR_COMPANIES[name]])
        source, fold = _DERIVED.get(name, (name, None))
        feature = self._features.get(source)
        if feature is None:
            return self._none
        if fold is None:
            return feature.row_hashes()
        return feature.spread(hash_texts(fold(feature.distinct)))


# Parts that only records without a person's name have: their company is who they are.
_FOR_COMPANIES = {
    "place_company": "company",
    "company_head": "any_company_head",
    "company_sound": "any_company_sound",
    "place_house": "house",
}


def _sound_of_first_word(texts: Texts) -> Texts:
    return normalize.skeleton(normalize.first_word(texts))


def _sound_of_last_word(texts: Texts) -> Texts:
    return normalize.skeleton(normalize.last_word(texts))


def _letters_of_first_word(texts: Texts) -> Texts:
    return normalize.sort_letters(normalize.first_word(texts))


_DERIVED: dict[str, tuple[str, Fold]] = {
    "given_sound": ("given", _sound_of_first_word),
    "family_sound": ("family", normalize.skeleton),
    "family_head": ("family", _sound_of_first_word),
    "family_tail": ("family", _sound_of_last_word),
    "former_sound": ("former", normalize.skeleton),
    "family_letters": ("family", normalize.sort_letters),
    "given_letters": ("given", _letters_of_first_word),
    "birth_year": ("birth_date", normalize.first_four),
    "initial": ("given", normalize.first_letter),
    "any_company_head": ("company", normalize.first_word),
    "any_company_sound": ("company", normalize.skeleton),
}


def _present(kind: str, hashes: Hashes, *, broad: bool) -> Iterator[Keys]:
    rows = np.flatnonzero(hashes != NOTHING)
    if len(rows):
        yield Keys(kind, rows, hashes[rows], broad)


def _single(features: Features, name: str) -> Iterator[Keys]:
    feature = features.get(name)
    if feature is None:
        return
    of_values = mix(feature.hashes ^ np.uint64(hash_text(name)))
    if name == "mailbox":
        weak = (feature.sizes < 5) | are_among(feature.distinct, vocabulary.ROLES)
        of_values[weak] = NOTHING
    slots = [feature.spread(of_values, slot) for slot in range(feature.codes.shape[1])]
    present = [np.flatnonzero(hashes != NOTHING) for hashes in slots]
    rows = np.concatenate(present)
    if len(rows):
        hashes = np.concatenate([h[p] for h, p in zip(slots, present, strict=True)])
        yield Keys(_KIND_OF_SINGLE[name], rows, hashes)


_KIND_OF_SINGLE = {
    "email": "e-mail",
    "phone_tail": "phone",
    "national_id": "national id",
    "external_id": "record id",
    "mailbox": "mailbox",
}


def _sounds_of_names(parts: _Parts) -> Iterator[Keys]:
    """The sounds of given and family name in any order.

    Of a family name of several words, the first and the last one stand for it too, and so does
    another family name that the mailbox tells.
    """
    kind = "sound of name"
    several = parts["family_head"] != parts["family_tail"]
    families = [
        parts["family_sound"],
        np.where(several, parts["family_head"], NOTHING),
        np.where(several, parts["family_tail"], NOTHING),
        parts["former_sound"],
    ]
    hashes = [combine(kind, parts["given_sound"], name, ordered=False) for name in families]
    rows = [np.flatnonzero(of_name != NOTHING) for of_name in hashes]
    if len(rows[0]):
        found = [of_name[at] for of_name, at in zip(hashes, rows, strict=True)]
        yield Keys(kind, np.concatenate(rows), np.concatenate(found))


def _nicknames(features: Features, parts: _Parts) -> Iterator[Keys]:
    """Every name that the given name may stand for, with the sound of the family name.

    Where the family name is a given name, and the given name is not, they may be swapped.
    """
    given, family = features.get("given"), features.get("family")
    if given is None or family is None:
        return
    rows = np.flatnonzero((given.first >= 0) & (parts["family_head"] != NOTHING))
    straight = _spell_out(given, rows, parts["family_head"])
    swapped = ~given.given_names[given.first[rows]] & family.given_names[family.first[rows]]
    crossed = _spell_out(family, rows[swapped], parts["given_sound"])
    found, hashes = (np.concatenate(both) for both in zip(straight, crossed, strict=True))
    yield Keys("nickname", found, hashes)


def _spell_out(
    given: Feature, rows: npt.NDArray[np.int64], others: Hashes
) -> tuple[npt.NDArray[np.int64], Hashes]:
    """Rows and keys of every name that the given names of `rows` may stand for."""
    names = as_list(normalize.first_word(given.distinct))
    standing = [sorted(canonical_names(name)) for name in names]
    counts = np.fromiter((len(s) for s in standing), np.int64, len(standing))
    flat = hash_texts([n for s in standing for n in s])
    starts = np.cumsum(counts) - counts
    codes = given.first[rows]
    repeated = np.repeat(rows, counts[codes])
    within = np.arange(len(repeated)) - np.repeat(
        np.cumsum(counts[codes]) - counts[codes], counts[codes]
    )
    which = np.repeat(starts[codes], counts[codes]) + within
    return repeated, combine("nickname", flat[which], others[repeated])
