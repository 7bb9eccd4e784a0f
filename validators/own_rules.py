"""Rules of one's own: what a field must be, beyond what every lead must be.

A rule is tested over standardized records, a whole column at a time. Only `required` has a say
about missing values.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.catalog.kinds import Severity
from validators.issues import concat_issues, empty_issues, make_issues

Bound = float | str
Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Rule:
    """What a field must be; every condition that is given has to hold.

    `pattern` (RE2) is for the whole value. `minimum` and `maximum` are numbers, or ISO dates as
    text. `when` says for which rows: field → the values that one of it must have. Where the share
    of rows that keep the rule is at least `mostly`, breaches are warnings, and warnings nothing.
    """

    name: str
    field: str
    required: bool = False
    allowed: frozenset[str] | None = None
    pattern: str | None = None
    minimum: Bound | None = None
    maximum: Bound | None = None
    unique: bool = False
    when: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    severity: Severity = "error"
    mostly: float = 1.0


def find_breaches(records: pd.DataFrame, rules: Sequence[Rule]) -> pd.DataFrame:
    """Return an issue for every row and condition that breaks a rule (records: index `row`)."""
    return concat_issues(_breaches_of(records, rule) for rule in rules)


def _breaches_of(records: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    missing = pd.Series(pd.NA, index=records.index, dtype="str")
    values = records.get(rule.field, missing)
    concerned = _concerned(records, rule.when)
    severity: Severity = rule.severity
    found = {code: broken(values, rule) & concerned for code, broken in _conditions(rule)}
    broken_rows = np.logical_or.reduce([*found.values(), np.zeros(len(records), dtype=bool)])
    kept = 1 - broken_rows.sum() / max(int(concerned.sum()), 1)
    if rule.mostly < 1 and kept >= rule.mostly:
        if severity != "error":
            return empty_issues()
        severity = "warning"
    issues = make_issues(
        (row, rule.field, code, value if isinstance(value, str) else None, rule.name)
        for code, where in found.items()
        for row, value in zip(records.index[where].tolist(), values[where], strict=True)
    )
    return issues.assign(severity=pd.array([severity] * len(issues), dtype="str"))


def _conditions(rule: Rule) -> Iterator[tuple[str, Callable[["pd.Series[str]", Rule], Rows]]]:
    if rule.required:
        yield "rule.required", _is_missing
    if rule.allowed is not None:
        yield "rule.allowed", _is_not_allowed
    if rule.pattern is not None:
        yield "rule.pattern", _is_not_like
    if rule.minimum is not None or rule.maximum is not None:
        yield "rule.range", _is_out_of_range
    if rule.unique:
        yield "rule.unique", _is_repeated


def _concerned(records: pd.DataFrame, when: Mapping[str, frozenset[str]]) -> Rows:
    concerned = np.ones(len(records), dtype=bool)
    for name, values in when.items():
        has = records[name].isin(values) if name in records else False
        concerned &= np.asarray(has, dtype=bool)
    return concerned


def _is_missing(values: "pd.Series[str]", _: Rule) -> Rows:
    return values.isna().to_numpy(dtype=bool)


def _is_not_allowed(values: "pd.Series[str]", rule: Rule) -> Rows:
    return (values.notna() & ~values.isin(rule.allowed or ())).to_numpy(dtype=bool)


def _is_not_like(values: "pd.Series[str]", rule: Rule) -> Rows:
    texts = pa.array(values, type=pa.large_string(), from_pandas=True)
    like = pc.match_substring_regex(texts, f"^(?:{rule.pattern})$")
    return ~np.asarray(pc.fill_null(like, fill_value=True), dtype=bool)


def _is_out_of_range(values: "pd.Series[str]", rule: Rule) -> Rows:
    out: Rows = np.zeros(len(values), dtype=bool)
    for bound, below in ((rule.minimum, True), (rule.maximum, False)):
        if bound is None:
            continue
        if isinstance(bound, str):  # ISO dates are in the order of their letters
            beyond = (values < bound) if below else (values.str[: len(bound)] > bound)
            out |= beyond.fillna(value=False).to_numpy(dtype=bool)
        else:
            numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
            out |= (numbers < bound) if below else (numbers > bound)
            out |= np.isnan(numbers) & values.notna().to_numpy(dtype=bool)
    return out


def _is_repeated(values: "pd.Series[str]", _: Rule) -> Rows:
    return (values.notna() & values.duplicated(keep="first")).to_numpy(dtype=bool)
