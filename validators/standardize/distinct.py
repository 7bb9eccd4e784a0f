"""A column as its distinct values, so that every value is worked on once.

A rule is a pure function from one text to a `Cell`: the standardized value and what was found.
`Distinct.apply` runs it over the distinct values and finds the rows again for the issues.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validators.issues import CATALOG, ISSUE_COLUMNS, empty_issues

Texts = NDArray[np.object_]


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
    """A column of `rows` row ids: `codes[i]` points into `values`, −1 is missing.

    `raw` are the values as received (what issues show as `before`), `values` what they have
    become so far: texts or None, not necessarily distinct any more.
    """

    field: str
    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    raw: Texts
    values: Texts

    def series(self) -> "pd.Series[str]":
        """Return the column, index = row ids."""
        missing = len(self.values)
        values = np.append(self.values, None)
        codes = np.where(self.codes < 0, missing, self.codes)
        taken = pd.array(values, dtype="str").take(codes)
        return pd.Series(taken, index=pd.Index(self.rows, name="row"), name=self.field)

    def with_values(self, values: Sequence[str | None] | Texts) -> "Distinct":
        """Return the same column with other values."""
        filled = np.empty(len(self.raw), dtype=object)
        filled[:] = values
        return Distinct(self.field, self.rows, self.codes, self.raw, filled)

    def apply(
        self, rule: Rule, todo: NDArray[np.bool_] | None = None
    ) -> tuple["Distinct", pd.DataFrame]:
        """Run a rule over the distinct values (those marked `todo`); return column and issues."""
        values = self.values.copy()
        found: list[tuple[int, Finding]] = []
        places = range(len(values)) if todo is None else np.flatnonzero(todo).tolist()
        for at in places:
            text = values[at]
            if text is None:
                continue
            cell = rule(text)
            values[at] = cell.value
            if cell.findings:
                found.extend((at, finding) for finding in cell.findings)
        return self.with_values(values), self.locate(found)

    def locate(self, found: Sequence[tuple[int, Finding]]) -> pd.DataFrame:
        """Turn findings on distinct values into issues on rows."""
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
                "before": pd.array([self.raw[place] for place in at], dtype="str"),
                "after": pd.array([finding.after for _, finding in found], dtype="str"),
            }
        )
        return where.merge(what, on="at")[list(ISSUE_COLUMNS)]


def encode(column: "pd.Series[str]", field: str) -> Distinct:
    """Take a column apart into distinct values and, for each row, which of them it holds."""
    codes, uniques = pd.factorize(column)
    raw = np.asarray(uniques, dtype=object)
    rows = column.index.to_numpy(dtype="int64")
    return Distinct(field, rows, codes.astype("int64"), raw, raw.copy())


def pair(column: Distinct, contexts: Texts) -> tuple[Distinct, Texts]:
    """Make a column distinct by value and context (one text a row); return it with its contexts."""
    context_codes, known = pd.factorize(contexts)
    many = max(len(known), 1)
    joint = np.where(column.codes < 0, -1, column.codes * many + context_codes)
    codes, pairs = pd.factorize(joint[joint >= 0])
    all_codes = np.full(len(joint), -1, dtype="int64")
    all_codes[joint >= 0] = codes
    at, context_at = pairs // many, pairs % many
    paired = Distinct(column.field, column.rows, all_codes, column.raw[at], column.values[at])
    return paired, np.asarray(known, dtype=object)[context_at]
