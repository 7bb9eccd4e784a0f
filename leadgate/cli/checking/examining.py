"""One file through the first half of the main path, and to its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from connectors.errors import SourceFileError
from flows import cleaning
from flows.duplicates import Duplicates, count_duplicates
from flows.job import ImportJob
from flows.mail_domains import look_up_mail_domains
from flows.running import Run
from flows.stages import Mapped
from leadgate.cli.checking.file_check import FINDING_COLUMNS, FileCheck, name_in_extract
from leadgate.cli.checking.files import shown_path
from leadgate.cli.checking.places import place_findings
from validators.issues import CATALOG, make_issues, message
from validators.mapping.errors import ColumnsChangedError, MappingError, UnmappedHeaderError
from validators.tolerance import Tolerance
from validators.verdict import RANKS, FailOn, Known, judge

HIDDEN = "***"
# What it is called in the file that its columns could not be mapped.
CODES: Final[dict[type[Exception], str]] = {
    UnmappedHeaderError: "file.unmapped",
    ColumnsChangedError: "file.columns_changed",
}


@dataclass(frozen=True)
class Demands:
    """What a check asks of every file; `baseline` has the known findings by path."""

    fail_on: FailOn = "error"
    duplicates: Duplicates = "same"
    tolerate: Mapping[str, Tolerance] | None = None
    baseline: Mapping[str, Known] | None = None
    extract: bool = False
    hide_values: bool = False


def examine(job: ImportJob, demands: Demands, run: Run) -> FileCheck:
    """Check one file; a file that cannot be read, or mapped, is a finding too."""
    try:
        mapped = run(cleaning.map_columns, run(cleaning.extract, job), job)
    except (SourceFileError, UnmappedHeaderError, ColumnsChangedError) as error:
        return _refuse(job, demands, error)
    standardized = run(cleaning.standardize, mapped, job)
    if job.mail_domains:
        standardized = run(look_up_mail_domains, standardized, job.mail_domains)
    cleaned = run(cleaning.validate, standardized, job)
    severities = dict(job.severities)
    cleaned = run(count_duplicates, mapped, cleaned, demands.duplicates, severities)
    path = shown_path(job.path)
    verdict = judge(
        cleaned.issues,
        len(cleaned.records),
        fail_on=demands.fail_on,
        baseline=(demands.baseline or {}).get(path),
        tolerate=demands.tolerate,
    )
    findings = place_findings(mapped, cleaned, verdict)
    bad_rows = _bad_rows(mapped, findings, demands.fail_on) if demands.extract else None
    if demands.hide_values:
        findings = _hide(findings)
    return FileCheck(path, mapped.mappings, verdict, findings, None, bad_rows)


def _refuse(job: ImportJob, demands: Demands, error: Exception) -> FileCheck:
    code = error.code if isinstance(error, SourceFileError) else CODES[type(error)]
    issues = make_issues([(-1, None, code, None, None)])
    verdict = judge(issues, 0, fail_on="error")
    findings = issues.assign(status="failing").reindex(columns=list(FINDING_COLUMNS))
    said = str(error)
    if demands.hide_values and isinstance(error, MappingError):
        said = f"{job.path}: {CATALOG[code].title}. {CATALOG[code].advice}"
    shown = shown_path(job.path)
    return FileCheck(shown, (), verdict, findings, refused=said.removeprefix(f"{job.path}: "))


def _hide(findings: pd.DataFrame) -> pd.DataFrame:
    """Keep values of people out of what a check prints."""
    texts = {
        name: findings[name].mask(findings[name].notna(), HIDDEN) for name in ("before", "after")
    }
    return findings.assign(**texts)


def _bad_rows(mapped: Mapped, findings: pd.DataFrame, fail_on: FailOn) -> pd.DataFrame:
    """The rows with findings as grave as the check fails on (errors, where it never does)."""
    gravity = RANKS["error" if fail_on == "never" else fail_on]
    grave = findings[(findings["severity"].map(RANKS) >= gravity) & (findings["row"] >= 0)]
    texts = ["code", "field", "before", "after", "column"]
    said = [message(*values) for values in grave[texts].itertuples(index=False, name=None)]
    reasons = pd.Series(said, index=grave["row"], dtype="str").groupby(level=0).agg(" ".join)
    rows = mapped.raw.loc[reasons.index].rename(columns=name_in_extract)
    places = mapped.places.loc[reasons.index].assign(reasons=reasons)
    return places.join(rows)
