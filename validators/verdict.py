"""The verdict of a check: what was found, how often, and whether that is too much."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from validators.issues import CATALOG, TABLE_ROW, Severity

FailOn = Literal["error", "warning", "repaired", "never"]
RANKS: Final[dict[str, int]] = {"repaired": 0, "warning": 1, "error": 2, "never": 3}


@dataclass(frozen=True)
class CodeCount:
    """How many findings, in how many rows, a code has."""

    code: str
    severity: Severity
    title: str
    findings: int
    rows: int


@dataclass(frozen=True)
class Verdict:
    """What a check found: codes by severity, then by count, and those that made it fail."""

    rows: int
    rows_with_errors: int
    codes: tuple[CodeCount, ...]
    failing: tuple[CodeCount, ...]

    @property
    def failed(self) -> bool:
        """Return whether the data have problems of the kind that was asked for."""
        return bool(self.failing)

    def findings(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(count.findings for count in self.codes if count.severity == severity)

    def as_baseline(self) -> dict[str, int]:
        """Return findings by code, to hand to a later `judge` as what is known and accepted."""
        return {count.code: count.findings for count in self.codes}


def judge(
    issues: pd.DataFrame,
    rows: int,
    *,
    fail_on: FailOn = "error",
    baseline: Mapping[str, int] | None = None,
) -> Verdict:
    """Judge the issues of `rows` rows: fail on findings at least as severe as `fail_on`.

    The severity is the one in the issues, so that grading them first counts. With a baseline
    (findings by code) only codes with more findings than it knows fail.
    """
    codes = _count_codes(issues)
    known = baseline or {}
    failing = tuple(
        count
        for count in codes
        if RANKS[count.severity] >= RANKS[fail_on] and count.findings > known.get(count.code, 0)
    )
    errors = issues[(issues["severity"] == "error") & (issues["row"] != TABLE_ROW)]
    return Verdict(rows, int(errors["row"].nunique()), codes, failing)


def _count_codes(issues: pd.DataFrame) -> tuple[CodeCount, ...]:
    of_rows = issues["row"].where(issues["row"] != TABLE_ROW)
    grouped = issues.assign(row=of_rows).groupby(["code", "severity"])["row"]
    counted = grouped.agg(["size", "nunique"]).reset_index()
    counts = [
        CodeCount(code, severity, CATALOG[code].title, size, rows)
        for code, severity, size, rows in counted.itertuples(index=False, name=None)
    ]
    return tuple(sorted(counts, key=lambda c: (-RANKS[c.severity], -c.findings, c.code)))
