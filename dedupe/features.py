"""Records as columns of codes: each distinct comparison value is kept, and looked at, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from dedupe import normalize, vocabulary
from dedupe.cores import on_all_cores
from dedupe.hashing import NOTHING, Hashes, hash_texts
from dedupe.letters import Sets, letter_sets
from dedupe.mailbox_names import complete_family_names, complete_given_names
from dedupe.nicknames import is_given_name, nickname_pairs
from dedupe.scripts import is_foreign
from dedupe.texts import FEW, Fold, Texts, as_column, count_letters, fold, join, look_up
from dedupe.texts import encode as encode_texts
from validators.fields import EMAIL_FIELDS, PHONE_FIELDS

Codes = npt.NDArray[np.int32]
_NONE = np.array([NOTHING])  # what code -1 reads: the last
_MISSING = np.array([-1], dtype=np.int32)
_TOGETHER = 30  # texts for which setting up Arrow is worth it
Column = pd.Series | list[str | None]


@dataclass(frozen=True)
class Feature:
    """One comparison value of every record.

    `codes` has shape (records, slots): position in `distinct`, -1 where missing. A person may have
    several e-mails and phones: each is a slot, all slots share one list of values.
    """

    codes: Codes
    distinct: Texts

    @cached_property
    def hashes(self) -> Hashes:
        """Stable hash of each value."""
        return hash_texts(self.distinct)

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """How many records hold each value."""
        flat = self.codes[self.codes >= 0]
        return np.bincount(flat, minlength=len(self.distinct))

    def __getstate__(self) -> dict[str, object]:
        """Other processes make the Python texts themselves: sending them would take longer."""
        return {name: value for name, value in self.__dict__.items() if name != "texts"}

    @property
    def first(self) -> Codes:
        """Codes of the first slot."""
        return self.codes[:, 0]

    def row_hashes(self, slot: int = 0) -> Hashes:
        """Hash of each record's value in `slot`, `NOTHING` where missing."""
        return self.spread(self.hashes, slot)

    def spread(self, of_values: Hashes, slot: int = 0) -> Hashes:
        """Give each record what `of_values` says of its value, `NOTHING` where missing."""
        return np.concatenate((of_values, _NONE))[self.codes[:, slot]]

    @cached_property
    def texts(self) -> npt.NDArray[np.object_]:
        """The values as Python texts."""
        if isinstance(self.distinct, list):
            return np.array(self.distinct, dtype=np.object_)
        return self.distinct.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return] # untyped

    @cached_property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Number of characters of each value."""
        return count_letters(self.distinct)

    @cached_property
    def letters(self) -> Sets:
        """The set of letters of each value, see `letters`."""
        return letter_sets(self.distinct)

    @cached_property
    def nicknames(self) -> npt.NDArray[np.int64]:
        """Pairs of values that may be forms of one given name, see `nickname_pairs`."""
        return nickname_pairs(self.texts.tolist())

    @cached_property
    def foreign(self) -> npt.NDArray[np.bool_]:
        """Values in a script that cannot be compared with Latin letters."""
        return np.fromiter(map(is_foreign, self.texts), np.bool_, len(self.texts))

    @cached_property
    def given_names(self) -> npt.NDArray[np.bool_]:
        """Values whose first word is a given name of the tables of names."""
        return np.array([is_given_name(text.split(" ", 1)[0]) for text in self.texts], np.bool_)

    @cached_property
    def _parts(self) -> dict[str, "Feature"]:
        return {}

    def part(self, name: str, fold: Fold) -> "Feature":
        """A part of each value, as a feature whose records are the values; made once."""
        if name not in self._parts:
            own = np.arange(len(self.distinct), dtype=np.int32)[:, None]
            self._parts[name] = _recode(own, fold(self.distinct))
        return self._parts[name]

    def put(self, rows: npt.NDArray[np.int64], texts: list[str]) -> "Feature":
        """This feature with other values in the first slot of some records."""
        codes = self.codes.copy()
        codes[rows, 0] = len(self.distinct) + np.arange(len(rows))
        more = texts if isinstance(self.distinct, list) else as_column(texts)
        return _recode(codes, join(self.distinct, more))

    def emptied(self) -> "Feature":
        """A feature of the same records that has no value."""
        return Feature(np.full((len(self.codes), 1), -1, dtype=np.int32), self.distinct[:0])

    def derive(self, fold: Fold) -> "Feature":
        """Feature of another comparison value, computed from this one's distinct values."""
        return _recode(self.codes, fold(self.distinct))


Features = dict[str, Feature]


def hash_together(features: Features) -> None:
    """Hash the few values that each feature of a few records has in one go, not one by one."""
    few = [feature for feature in features.values() if isinstance(feature.distinct, list)]
    texts = [text for feature in few for text in feature.distinct]
    if len(texts) < _TOGETHER:
        return
    hashes, at = hash_texts(as_column(texts)), 0
    for feature in few:
        size = len(feature.distinct)
        feature.__dict__["hashes"] = hashes[at : at + size]  # what the cached property will read
        at += size


def build_features(
    records: pd.DataFrame | Mapping[str, Column], *, alone: bool = False
) -> Features:
    """Comparison values of a standardized frame; features without any value are left out.

    Columns may be lists of texts as well. `alone`: each record is read by itself, whatever the
    others hold, so that what is kept of it is the same in every batch.
    """
    if isinstance(records, pd.DataFrame) and len(records) <= FEW:
        columns = {name: list_texts(records[name]) for name in COMPARED_FIELDS & {*records}}
        return build_features(columns, alone=alone)
    sources = [
        (name, [records[field] for field in fields if field in records], fold)
        for name, (fields, fold) in _SOURCES.items()
        if any(field in records for field in fields)
    ]
    encoded = (
        on_all_cores(lambda source: encode(*source[1:]), sources)
        if isinstance(records, pd.DataFrame)
        else [encode(columns, fold) for _, columns, fold in sources]
    )
    features = {name: feature for (name, _, _), feature in zip(sources, encoded, strict=True)}
    if "full_name" in records:
        _add_whole_names(features, records)
    _add_parts(features, many=isinstance(records, pd.DataFrame))
    complete_given_names(features)
    former = complete_family_names(features, alone=alone)
    if former is not None:
        features["former"] = former
        features["families"] = _join_slots(features["family"], former)
    if "given" in features and "family" in features:
        features["names"] = _join_slots(features["given"], features["family"])
    if "company" in features:
        features["legal_form"] = _forms_of_places(features, records["company"])
    return {name: feature for name, feature in features.items() if len(feature.distinct)}


def without_person(features: Features, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Records that name a company or place and no person."""
    person = np.zeros(len(rows), dtype=np.bool_)
    for name in ("given", "family"):
        if name in features:
            person |= features[name].first[rows] >= 0
    return ~person


def _forms_of_places(features: Features, companies: Column) -> Feature:
    """Legal forms of the records that name no person; those of employers are no matter."""
    at = np.flatnonzero(features["company"].first >= 0)
    at = at[without_person(features, at)]
    own = [companies[place] for place in at] if isinstance(companies, list) else companies.iloc[at]
    forms = encode([own], normalize.legal_form)
    codes = np.full((len(companies), 1), -1, dtype=np.int32)
    codes[at] = forms.codes
    return Feature(codes, forms.distinct)


_SOURCES: dict[str, tuple[tuple[str, ...], Fold]] = {
    "given": (("given_name",), normalize.fold_given),
    "middle": (("middle_name",), normalize.fold_initials),
    "family": (("family_name",), normalize.fold_family),
    "suffix": (("name_suffix",), normalize.fold_suffix),
    "birth_date": (("birth_date",), normalize.fold_date),
    "gender": (("gender",), normalize.fold_gender),
    "national_id": (("national_id",), normalize.fold_identifier),
    "external_id": (("external_id",), normalize.fold_identifier),
    "email": (EMAIL_FIELDS, normalize.fold_email),
    "phone": (PHONE_FIELDS, normalize.fold_phone),
    "company": (("company",), normalize.fold_company),
    "company_id": (("company_id",), normalize.fold_identifier),
    "website": (("website",), normalize.fold_website),
    "street": (("street",), normalize.fold_street),
    "street_2": (("street_2",), normalize.fold_street),
    "city": (("city",), normalize.fold_text),
    "region": (("region",), normalize.fold_text),
    "postal": (("postal_code",), normalize.fold_postal),
    "country": (("country",), normalize.fold_text),
    "birth_place": (("birth_place",), normalize.fold_text),
    "occupation": (("job_title",), normalize.fold_text),
}


# The fields that comparison values are made of.
COMPARED_FIELDS = frozenset(field for fields, _ in _SOURCES.values() for field in fields) | {
    "full_name"
}


def list_texts(column: pd.Series) -> list[str | None]:
    """The texts of a column, None where missing."""
    return [text if isinstance(text, str) else None for text in column.tolist()]


def encode(columns: Sequence[Column], fold: Fold) -> Feature:
    """Encode text columns of equal length as the slots of one feature."""
    texts = _as_texts(columns[0])
    for column in columns[1:]:
        texts = join(texts, _as_texts(column))
    codes, distinct = encode_texts(texts)
    slots = codes.reshape(len(columns), -1).T
    return _recode(np.ascontiguousarray(slots), fold(distinct))


def _join_slots(one: Feature, other: Feature) -> Feature:
    """Two features as the slots of one."""
    shifted = np.where(other.codes < 0, -1, other.codes + len(one.distinct)).astype(np.int32)
    return _recode(np.hstack([one.codes, shifted]), join(one.distinct, other.distinct))


def _as_texts(column: Column) -> Texts:
    if isinstance(column, list):
        return column
    array = pa.array(column, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string())


def _recode(codes: Codes, texts: pa.Array) -> Feature:
    """Codes into `texts` (nulls, repetitions) as codes into its distinct values."""
    new, distinct = encode_texts(texts)
    return Feature(np.concatenate((new, _MISSING))[codes], distinct)


def _add_whole_names(features: Features, records: pd.DataFrame | Mapping[str, Column]) -> None:
    """Read names that could not be split as "first word, rest", where no part is given."""
    whole = encode([records["full_name"]], normalize.fold_given)
    parted = np.zeros(len(records["full_name"]), dtype=bool)
    for name in ("given", "family"):
        if name in features:
            parted |= features[name].first >= 0
    codes = np.where(parted, -1, whole.first)[:, None].astype(np.int32)
    rest = Feature(codes, whole.distinct)
    _fill(features, "given", rest.derive(normalize.first_word))
    _fill(features, "family", rest.derive(_rest_as_family))


def _rest_as_family(texts: Texts) -> Texts:
    return normalize.fold_family(normalize.after_first_word(texts))


def _fill(features: Features, name: str, more: Feature) -> None:
    old = features.get(name)
    if old is None:
        features[name] = more
        return
    shifted = np.where(more.codes >= 0, more.codes + len(old.distinct), -1).astype(np.int32)
    codes = np.where(old.codes >= 0, old.codes, shifted)
    features[name] = _recode(codes, join(old.distinct, more.distinct))


def _add_parts(features: Features, *, many: bool) -> None:
    """Features that are parts of other features; those of many records are made on all cores."""

    def derive(part: tuple[str, str, Fold]) -> tuple[str, Feature]:
        name, source, fold = part
        return name, features[source].derive(fold)

    parts = [part for part in _parts() if part[1] in features]
    features.update(on_all_cores(derive, parts) if many else map(derive, parts))
    if "mail_domain" in features and "website" in features:
        features["domain"] = _join_slots(features["mail_domain"], features["website"])
    elif "mail_domain" in features or "website" in features:
        features["domain"] = features.get("mail_domain", features.get("website"))  # type: ignore[assignment] # one is there


def _parts() -> tuple[tuple[str, str, Fold], ...]:
    """Name of each part, of what it is a part, and how it is read."""
    return (
        ("mailbox", "email", normalize.mailbox),
        ("mail_domain", "email", _business_domain),
        ("phone_tail", "phone", normalize.last_seven),
        ("house", "street", normalize.house_number),
        ("road", "street", normalize.road_words),
    )


@fold
def _business_domain(texts: Texts) -> Texts:
    return look_up(normalize.mail_domain(texts), _unless_free)


def _unless_free(domain: str) -> str | None:
    free = domain in vocabulary.FREE_MAIL or domain.split(".", 1)[0] in vocabulary.FREE_MAIL_NAMES
    return None if free else domain
