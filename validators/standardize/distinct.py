"""A column as its distinct texts, so that every text is worked on once.

A rule is a pure function from one text to a `Cell`: the standardized value and what was found.
`Distinct.apply` runs it over the distinct texts and finds the rows again for the issues.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validators.issues import CATALOG, ISSUE_COLUMNS, empty_issues
from validators.standardize.shortcut import Shortcut

Texts = NDArray[np.object_]
Found = list[tuple[int, "Finding"]]


class Finding(NamedTuple):
    """One finding on a value; `after` is what it became or is suggested to become."""

    code: str
    after: str | None = None


class Cell(NamedTuple):
    """What a rule made of one text."""

    value: str | None
    findings: tuple[Finding, ...] = ()


Rule = Callable[[str], Cell]

NOTHING: Final = Cell(None)


@dataclass(frozen=True)
class Distinct:
    """A column of `rows` row ids: `codes[i]` points into `texts`, -1 is missing.

    `raw` are the texts as received (what issues show as `before`), `texts` what they have
    become so far: None where nothing is left, and not necessarily distinct any more.
    """

    field: str
    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    raw: Texts
    texts: Texts

    def series(self) -> "pd.Series[str]":
        """Return the column, index = row ids, named by its field."""
        # One null at the end, where code -1 finds it.
        padded = pd.array([*self.texts, None], dtype="str")
        return pd.Series(padded[self.codes], index=self.rows, name=self.field)

    def with_texts(self, texts: Sequence[str | None] | Texts) -> "Distinct":
        """Return the same column with other texts in the places of these."""
        filled = np.empty(len(self.raw), dtype=object)
        filled[:] = texts
        return replace(self, texts=filled)

    def with_cells(self, positions: Sequence[int], texts: Sequence[str | None]) -> "Distinct":
        """Return the column with single cells replaced; positions count from 0."""
        added = np.empty(len(texts), dtype=object)
        added[:] = texts
        codes = self.codes.copy()
        codes[list(positions)] = len(self.raw) + np.arange(len(texts))
        raw, grown = np.concatenate([self.raw, added]), np.concatenate([self.texts, added])
        return replace(self, codes=codes, raw=raw, texts=grown)

    def apply(self, rule: Rule, *shortcuts: Shortcut) -> tuple["Distinct", pd.DataFrame]:
        """Run a rule over the texts, past those its shortcuts know; return column and issues."""
        texts, left = self.texts.copy(), np.arange(len(self.texts))
        for shortcut in shortcuts:
            taken, known = shortcut.take(texts[left])
            texts[left] = taken
            left = left[~known]
        return self.with_texts(texts).apply_at(left, rule)

    def apply_at(self, places: NDArray[np.intp], rule: Rule) -> tuple["Distinct", pd.DataFrame]:
        """Run a rule over the texts in some places; return column and issues."""
        texts = self.texts.copy()
        found: Found = []
        for at in places.tolist():
            text = texts[at]
            if text is not None:
                cell = rule(text)
                texts[at] = cell.value
                found.extend((at, finding) for finding in cell.findings)
        return self.with_texts(texts), self.locate(found)

    def locate(self, found: Found) -> pd.DataFrame:
        """Turn findings on distinct texts into issues on rows."""
        if not found:
            return empty_issues()
        at = [place for place, _ in found]
        flagged = np.zeros(len(self.raw) + 1, dtype=bool)
        flagged[at] = True
        hits = np.flatnonzero(flagged[self.codes])
        where = pd.DataFrame({"row": self.rows[hits], "at": self.codes[hits]})
        what = pd.DataFrame(
            {
                "at": at,
                "field": pd.array([self.field] * len(at), dtype="str"),
                "code": pd.array([finding.code for _, finding in found], dtype="str"),
                "severity": pd.array([CATALOG[f.code].severity for _, f in found], dtype="str"),
                "before": pd.array(self.raw[at], dtype="str"),
                "after": pd.array([finding.after for _, finding in found], dtype="str"),
            }
        )
        return where.merge(what, on="at")[list(ISSUE_COLUMNS)]


def encode(column: "pd.Series[str]", field: str) -> Distinct:
    """Take a column apart into distinct texts and, for each row, which of them it holds."""
    codes, uniques = pd.factorize(column)
    raw = np.asarray(uniques, dtype=object)
    rows = column.index.to_numpy(dtype="int64")
    return Distinct(field, rows, codes.astype("int64"), raw, raw.copy())


def pair(column: Distinct, contexts: Texts) -> tuple[Distinct, Texts]:
    """Make a column distinct by text and context (one text a row); return it with its contexts."""
    context_codes, known = pd.factorize(contexts)
    many = max(len(known), 1)
    present = column.codes >= 0
    joint = column.codes * many + context_codes
    codes, pairs = pd.factorize(joint[present])
    all_codes = np.full(len(joint), -1, dtype="int64")
    all_codes[present] = codes
    at, context_at = pairs // many, pairs % many
    paired = replace(column, codes=all_codes, raw=column.raw[at], texts=column.texts[at])
    return paired, np.asarray(known, dtype=object)[context_at]
