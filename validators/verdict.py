"""The verdict of a check: what was found, how often, and whether that is too much."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from validators.issues import CATALOG, Severity

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
    """What a check found. `codes` are ordered by severity, then by count; `failing` are those
    that made it fail."""

    rows: int
    rows_with_errors: int
    by_severity: dict[Severity, int]
    codes: tuple[CodeCount, ...]
    failing: tuple[CodeCount, ...]

    @property
    def failed(self) -> bool:
        """Return whether the data have problems of the kind that was asked for."""
        return bool(self.failing)

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

    With a baseline (findings by code) only codes with more findings than it knows count.
    """
    codes = _count_codes(issues)
    known = baseline or {}
    failing = tuple(
        count
        for count in codes
        if RANKS[count.severity] >= RANKS[fail_on] and count.findings > known.get(count.code, 0)
    )
    severities: tuple[Severity, ...] = ("error", "warning", "repaired")
    by_severity = {s: int((issues["severity"] == s).sum()) for s in severities}
    errors = issues[(issues["severity"] == "error") & (issues["row"] >= 0)]
    return Verdict(rows, int(errors["row"].nunique()), by_severity, codes, failing)


def _count_codes(issues: pd.DataFrame) -> tuple[CodeCount, ...]:
    counts = [
        CodeCount(
            str(code),
            CATALOG[str(code)].severity,
            CATALOG[str(code)].title,
            len(group),
            int(group.loc[group["row"] >= 0, "row"].nunique()),
        )  # fmt: skip
        for code, group in issues.groupby("code")
    ]
    return tuple(sorted(counts, key=lambda c: (-RANKS[c.severity], -c.findings, c.code)))
