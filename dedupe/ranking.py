"""Rank the source records of each contact and pick, for fields that belong together, the best."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["NOBODY", "Ints", "Ranking", "Survivors", "Texts", "filled", "rank", "survive"]

NOBODY: Final = -1
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Ranking:
    """Records sorted by contact and, within a contact, best first.

    `place[i]` is where the i-th best stood in the frame ranked, `code[i]` the number of its
    contact, 0…n-1 in ascending order of contact.
    """

    records: pd.DataFrame
    doubtful: pd.DataFrame
    place: Ints
    code: Ints

    def texts(self, field: str) -> Texts:
        """Values of a field in ranked order, None where missing."""
        if field not in self.records:
            return np.full(len(self.place), None, dtype=object)
        column = self.records[field]
        texts: Texts = column.to_numpy(dtype=object)
        return np.where(column.notna().to_numpy(), texts, np.array(None))[self.place]

    @property
    def labels(self) -> Ints:
        """Labels of the records by their place."""
        return self.records.index.to_numpy(dtype=np.int64)

    def doubts(self, field: str) -> npt.NDArray[np.bool_]:
        """Whether each value of a field is doubtful, in ranked order."""
        if field not in self.doubtful:
            return np.zeros(len(self.place), dtype=bool)
        return self.doubtful[field].to_numpy(dtype=bool)[self.place]


@dataclass(frozen=True)
class Survivors:
    """For each contact the surviving value of each field, and the place of its record."""

    texts: dict[str, Texts]
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
    texts = {name: ranking.texts(name) for name in fields}
    candidates = _sort_candidates(ranking, texts, whole, sure)
    contacts = int(ranking.code.max(initial=-1)) + 1
    codes = ranking.code[candidates]
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    chosen = np.full(contacts, NOBODY)
    chosen[codes[first]] = candidates[first]
    survivors = Survivors({}, {})
    for name, text in texts.items():
        taken = text[chosen]
        taken[chosen == NOBODY] = None
        survivors.texts[name] = taken
        survivors.places[name] = np.where(filled(taken), ranking.place[chosen], NOBODY)
    if len(fields) > 1:
        _fill_blanks(ranking, texts, candidates, survivors)
    return survivors


def _sort_candidates(
    ranking: Ranking, texts: dict[str, Texts], whole: Sequence[str], sure: str | None
) -> Ints:
    """Ranked positions with any of the fields, by contact, the best candidate first."""
    there = {name: filled(text) for name, text in texts.items()}
    grade = np.zeros(len(ranking.place), dtype=np.int64)
    for name in whole:
        grade |= ~filled(ranking.texts(name))
    doubt = np.zeros(len(grade), dtype=bool)
    for name in texts:
        doubt |= ranking.doubts(name) & there[name]
    grade += 2 * doubt
    if sure is not None:
        (only,) = texts.values()
        grade = np.where(only == sure, 0, 1)
    usable = np.flatnonzero(np.logical_or.reduce(list(there.values())))
    return usable[np.lexsort((grade[usable], ranking.code[usable]))]


def _fill_blanks(
    ranking: Ranking, texts: dict[str, Texts], candidates: Ints, survivors: Survivors
) -> None:
    """Fill what the chosen records leave blank, second-best candidates first."""
    codes = ranking.code[candidates]
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    turn = np.arange(len(codes)) - np.repeat(first, np.diff(first, append=len(codes)))
    blank = np.logical_or.reduce([~filled(values) for values in survivors.texts.values()])
    useful = np.flatnonzero((turn > 0) & blank[codes]) if len(codes) else turn
    for _, group in pd.Series(useful).groupby(turn[useful]):
        _fill_once(ranking, texts, candidates[group.to_numpy()], survivors)


def _fill_once(
    ranking: Ranking, texts: dict[str, Texts], candidates: Ints, survivors: Survivors
) -> None:
    """Let one candidate a contact fill blanks, unless it contradicts what is there."""
    codes = ranking.code[candidates]
    agrees = np.ones(len(codes), dtype=bool)
    for name, text in texts.items():
        offered, kept = text[candidates], survivors.texts[name][codes]
        differs = _folded(offered) != _folded(kept)
        agrees &= ~(filled(offered) & filled(kept) & differs)
    for name, text in texts.items():
        offered, kept = text[candidates], survivors.texts[name][codes]
        fills = agrees & filled(offered) & ~filled(kept)
        survivors.texts[name][codes[fills]] = offered[fills]
        survivors.places[name][codes[fills]] = ranking.place[candidates[fills]]


def filled(values: Texts) -> npt.NDArray[np.bool_]:
    """Which texts are there."""
    return np.asarray(values != np.array(None), dtype=bool)


def _folded(values: Texts) -> Texts:
    folded = [None if value is None else str(value).casefold() for value in values]
    return np.array(folded, dtype=object)


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
