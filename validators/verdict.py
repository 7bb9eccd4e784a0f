"""The verdict of a check: what was found, how often, and whether that is too much."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd

from validators.issues import CATALOG, TABLE_ROW, Severity
from validators.tolerance import Tolerance

FailOn = Literal["error", "warning", "repaired", "never"]
RANKS: Final[dict[str, int]] = {"repaired": 0, "warning": 1, "error": 2, "never": 3}

# Findings by code and field ("" where a finding is about no field): what is known and accepted.
Known = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class CodeCount:
    """How many findings, in how many rows, a code has, and how many in each field."""

    code: str
    severity: Severity
    title: str
    findings: int
    rows: int
    fields: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What a check found: codes by severity, then by count, and those that made it fail.

    `tolerated`: the codes that would fail if there were not so few of them. `known`: the (code,
    field) that occur no more often than the baseline knows.
    """

    rows: int
    rows_with_errors: int
    codes: tuple[CodeCount, ...]
    failing: tuple[CodeCount, ...]
    tolerated: tuple[CodeCount, ...] = ()
    known: frozenset[tuple[str, str]] = frozenset()

    @property
    def failed(self) -> bool:
        """Return whether the data have problems of the kind that was asked for."""
        return bool(self.failing)

    def findings(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(count.findings for count in self.codes if count.severity == severity)

    def as_baseline(self) -> dict[str, dict[str, int]]:
        """Return findings by code and field, for a later `judge` as what is known and accepted."""
        baseline: dict[str, dict[str, int]] = {}
        for count in sorted(self.codes, key=lambda count: count.code):
            fields = baseline.setdefault(count.code, {})
            for name, findings in sorted(count.fields.items()):
                fields[name] = fields.get(name, 0) + findings
        return baseline


def judge(
    issues: pd.DataFrame,
    rows: int,
    *,
    fail_on: FailOn = "error",
    baseline: Known | None = None,
    tolerate: Mapping[str, Tolerance] | None = None,
) -> Verdict:
    """Judge the issues of `rows` rows: fail on findings at least as severe as `fail_on`.

    The severity is the one in the issues, so that grading them first counts. With a `baseline`
    only codes with more findings in a field than it knows fail; `tolerate` puts up with as much
    of a code as it says.
    """
    codes = _count_codes(issues)
    known = _find_known(codes, baseline or {})
    grave = [
        count
        for count in codes
        if RANKS[count.severity] >= RANKS[fail_on]
        and any((count.code, name) not in known for name in count.fields)
    ]
    tolerances = tolerate or {}
    tolerated = tuple(
        count
        for count in grave
        if count.code in tolerances
        and tolerances[count.code].covers(count.findings, count.rows, rows)
    )
    failing = tuple(count for count in grave if count not in tolerated)
    errors = issues[(issues["severity"] == "error") & (issues["row"] != TABLE_ROW)]
    return Verdict(rows, int(errors["row"].nunique()), codes, failing, tolerated, known)


def _find_known(codes: tuple[CodeCount, ...], baseline: Known) -> frozenset[tuple[str, str]]:
    return frozenset(
        (count.code, name)
        for count in codes
        for name, findings in count.fields.items()
        if findings <= baseline.get(count.code, {}).get(name, 0)
    )


def _count_codes(issues: pd.DataFrame) -> tuple[CodeCount, ...]:
    if issues.empty:
        return ()
    of_rows = issues["row"].where(issues["row"] != TABLE_ROW)
    placed = issues.assign(row=of_rows, field=issues["field"].fillna(""))
    counted = placed.groupby(["code", "severity"])["row"].agg(["size", "nunique"]).reset_index()
    fields: dict[tuple[str, str], dict[str, int]] = {}
    sizes = placed.groupby(["code", "severity", "field"]).size()
    for place, size in sizes.items():
        code, severity, name = map(str, place if isinstance(place, tuple) else ())
        fields.setdefault((code, severity), {})[name] = int(size)
    counts = [
        CodeCount(code, severity, CATALOG[code].title, size, rows, fields[code, severity])
        for code, severity, size, rows in counted.itertuples(index=False, name=None)
    ]
    return tuple(sorted(counts, key=lambda c: (-RANKS[c.severity], -c.findings, c.code)))
