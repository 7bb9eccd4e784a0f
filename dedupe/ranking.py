"""Rank the source records of each contact and pick, for fields that belong together, the best."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

__all__ = ["MISSING", "NOBODY", "Column", "Ints", "Ranking", "Survivors", "rank", "survive"]

NOBODY: Final = -1
MISSING: Final = -1
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Column:
    """Texts as numbers, which are compared and moved in a tenth of the time.

    `codes`: which of the `distinct` texts each is, or MISSING.
    """

    codes: Ints
    distinct: pa.StringArray

    @classmethod
    def of(cls, texts: pd.Series) -> "Column":
        """Number the texts of a column."""
        array = pa.array(texts, pa.string())
        if isinstance(array, pa.ChunkedArray):
            array = array.combine_chunks()
        encoded = array.dictionary_encode()
        codes = encoded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False)
        return cls(codes.astype(np.int64), encoded.dictionary)

    def texts(self, codes: Ints) -> pa.StringArray:
        """Write codes out, null where missing."""
        return self.distinct.take(pa.array(codes, mask=codes == MISSING))

    def say(self, codes: Ints, text: str) -> npt.NDArray[np.bool_]:
        """Which codes are of this text."""
        (found,) = np.nonzero(self.distinct.to_numpy(zero_copy_only=False) == text)
        return np.isin(codes, found)

    def differ(self, one: Ints, other: Ints) -> npt.NDArray[np.bool_]:
        """Whether both are there, and differ in more than the case of letters."""
        differs: npt.NDArray[np.bool_] = (one != other) & (one != MISSING) & (other != MISSING)
        at = np.flatnonzero(differs)
        pairs = zip(*(self.texts(codes[at]).to_pylist() for codes in (one, other)), strict=True)
        differs[at] = [text.casefold() != rival.casefold() for text, rival in pairs]
        return differs


@dataclass(frozen=True)
class Ranking:
    """Records sorted by contact and, within a contact, best first.

    `place[i]` is where the i-th best stood in the frame ranked, `code[i]` the number of its
    contact, 0…n-1 in ascending order of contact. `columns` are numbered when first asked for.
    """

    records: pd.DataFrame
    doubtful: pd.DataFrame
    place: Ints
    code: Ints
    columns: dict[str, Column] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """A field of the records, in the order of the frame."""
        if name not in self.columns:
            self.columns[name] = Column.of(self.records[name])
        return self.columns[name]

    def codes(self, name: str) -> Ints:
        """Codes of a field in ranked order."""
        if name not in self.records:
            return np.full(len(self.place), MISSING)
        return self.column(name).codes[self.place]

    @property
    def labels(self) -> Ints:
        """Labels of the records by their place."""
        return self.records.index.to_numpy(dtype=np.int64)

    def doubts(self, name: str) -> npt.NDArray[np.bool_]:
        """Whether each value of a field is doubtful, in ranked order."""
        if name not in self.doubtful:
            return np.zeros(len(self.place), dtype=bool)
        return self.doubtful[name].to_numpy(dtype=bool)[self.place]


@dataclass(frozen=True)
class Survivors:
    """For each contact the code of the surviving value of each field, and its record's place."""

    codes: dict[str, Ints]
    places: dict[str, Ints]


def rank(
    records: pd.DataFrame,
    doubtful: pd.DataFrame,
    order: Sequence[str],
    fields: Sequence[str],
    same: Sequence[str] = (),
) -> Ranking:
    """Sort records by `order` within their contact.

    `fields` count for completeness; for frequency it is how often all of `same` are said alike.

    The content hash comes last, so that no two records with different content are ever equal.
    """
    keys: list[Ints] = [_codes(records["content_hash"])]
    for criterion in reversed(order):
        if criterion == "trust":
            keys.append(-records["trust"].to_numpy(dtype=np.int64))
        elif criterion == "recency":
            keys.append(-_codes(records["occurred_at"]))
        elif criterion == "earliest":
            keys.append(_codes(records["occurred_at"]))
        elif criterion == "frequency":
            keys.append(-_count_same(records, same))
        else:
            filled = records[[name for name in fields if name in records]].notna().sum(axis=1)
            keys.append(-filled.to_numpy(dtype=np.int64))
    contacts = records["contact"].to_numpy(dtype=np.int64)
    place = np.lexsort((*keys, contacts))
    code = np.unique(contacts, return_inverse=True)[1][place]
    return Ranking(records, doubtful, place, code)


def survive(
    ranking: Ranking, fields: Sequence[str], whole: Sequence[str] = (), sure: str | None = None
) -> Survivors:
    """Pick for each contact the record that `fields` are taken from, all of them together.

    Records without doubt go first, then those that fill all of `whole`, then the better ranked;
    records whose one field is `sure` go before all. A field the chosen record leaves blank is
    filled from the next record that contradicts none of the fields already there.
    """
    told = {name: ranking.codes(name) for name in fields}
    candidates = _sort_candidates(ranking, told, whole, sure)
    contacts = int(ranking.code.max(initial=-1)) + 1
    owners = ranking.code[candidates]
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    chosen = np.full(contacts, NOBODY)
    chosen[owners[first]] = candidates[first]
    survivors = Survivors({}, {})
    for name, codes in told.items():
        kept = np.where(chosen == NOBODY, MISSING, codes[chosen])
        survivors.codes[name] = kept
        survivors.places[name] = np.where(kept != MISSING, ranking.place[chosen], NOBODY)
    if len(fields) > 1:
        _fill_blanks(ranking, told, candidates, survivors)
    return survivors


def _sort_candidates(
    ranking: Ranking, told: dict[str, Ints], whole: Sequence[str], sure: str | None
) -> Ints:
    """Ranked positions with any of the fields, by contact, the best candidate first."""
    there = {name: codes != MISSING for name, codes in told.items()}
    grade = np.zeros(len(ranking.place), dtype=np.int64)
    for name in whole:
        grade |= ranking.codes(name) == MISSING
    doubt = np.zeros(len(grade), dtype=bool)
    for name in told:
        doubt |= ranking.doubts(name) & there[name]
    grade += 2 * doubt
    if sure is not None:
        ((only, codes),) = told.items()
        grade = np.where(ranking.column(only).say(codes, sure), 0, 1)
    usable = np.flatnonzero(np.logical_or.reduce(list(there.values())))
    return usable[np.lexsort((grade[usable], ranking.code[usable]))]


def _fill_blanks(
    ranking: Ranking, told: dict[str, Ints], candidates: Ints, survivors: Survivors
) -> None:
    """Fill what the chosen records leave blank, second-best candidates first."""
    owners = ranking.code[candidates]
    first = np.flatnonzero(np.diff(owners, prepend=-1))
    turn = np.arange(len(owners)) - np.repeat(first, np.diff(first, append=len(owners)))
    blank = np.logical_or.reduce([codes == MISSING for codes in survivors.codes.values()])
    useful = np.flatnonzero((turn > 0) & blank[owners]) if len(owners) else turn
    for _, group in pd.Series(useful).groupby(turn[useful]):
        _fill_once(ranking, told, candidates[group.to_numpy()], survivors)


def _fill_once(
    ranking: Ranking, told: dict[str, Ints], candidates: Ints, survivors: Survivors
) -> None:
    """Let one candidate a contact fill blanks, unless it contradicts what is there."""
    owners = ranking.code[candidates]
    agrees = np.ones(len(owners), dtype=bool)
    for name, codes in told.items():
        agrees &= ~ranking.column(name).differ(codes[candidates], survivors.codes[name][owners])
    for name, codes in told.items():
        offered, kept = codes[candidates], survivors.codes[name][owners]
        fills = agrees & (offered != MISSING) & (kept == MISSING)
        survivors.codes[name][owners[fills]] = offered[fills]
        survivors.places[name][owners[fills]] = ranking.place[candidates[fills]]


def _count_same(records: pd.DataFrame, fields: Sequence[str]) -> Ints:
    """How many records of its contact say the same as each, in whatever letter case."""
    told = {name: records[name].str.casefold().fillna("") for name in fields}
    if not told:
        return np.zeros(len(records), dtype=np.int64)
    frame = pd.DataFrame({"contact": records["contact"], **told})
    count = frame.groupby(list(frame.columns))["contact"].transform("size")
    blank = (pd.DataFrame(told) == "").all(axis=1)
    return np.where(blank, 0, count).astype(np.int64)


def _codes(values: pd.Series) -> Ints:
    return pd.factorize(values, sort=True)[0].astype(np.int64)
