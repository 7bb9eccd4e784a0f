"""The verdict for people at a terminal, and for the log of a job."""

from collections.abc import Iterator, Sequence
from typing import Final

from leadgate.cli.checking.file_check import FileCheck
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.columns import tell_columns
from leadgate.cli.verdicts.words import SEVERITIES, count, why_it_fails
from validators.issues import CATALOG
from validators.verdict import Verdict

SHOWN: Final = 20


def write_text(checks: Sequence[FileCheck]) -> Iterator[str]:
    """Write a few lines a file: the verdict, why, the columns, and the first findings."""
    for check in checks:
        yield from map(plain_line, _tell(check))
    if len(checks) > 1:
        yield _tell_all(checks)


def _tell(check: FileCheck) -> Iterator[str]:
    if check.refused:
        yield f"{check.path}: not checked: {check.refused}"
        return
    verdict = check.verdict
    yield f"{check.path}: {'failed' if verdict.failed else 'passed'}, {_counts(verdict)}"
    yield from (f"  {line}" for line in why_it_fails(check))
    yield from tell_columns(check.mappings)
    findings = check.read_findings(("error", "warning"), SHOWN)
    for finding in findings:
        graded = f"{finding.severity:<8} {finding.code:<24}"
        known = " (known)" if finding.status == "known" else ""
        yield f"  {finding.place:<12} {graded} {finding.message}{known}"
    more = verdict.findings("error") + verdict.findings("warning") - len(findings)
    if more:
        yield f"  … and {more:,} more; --format json lists them all"
    yield from _tell_advice(verdict)


def _tell_all(checks: Sequence[FileCheck]) -> str:
    refused = sum(check.refused is not None for check in checks)
    failed = sum(check.failed for check in checks) - refused
    not_checked = f", {refused} not checked" if refused else ""
    rows = count(sum(check.verdict.rows for check in checks), "row")
    return f"{len(checks)} files, {failed or 'none'} failed{not_checked}; {rows} checked"


def _tell_advice(verdict: Verdict) -> Iterator[str]:
    """Say what to do about each code that fails."""
    if verdict.failing:
        yield "  what to do:"
    for each in verdict.failing:
        yield f"    {each.code:<24} {CATALOG[each.code].advice}"


def _counts(verdict: Verdict) -> str:
    found = ", ".join(
        count(verdict.findings(severity), severity, "repaired" if severity == "repaired" else None)
        for severity in SEVERITIES
    )
    return (
        f"{count(verdict.rows, 'row')}, {verdict.rows_with_errors:,} of them with errors; {found}"
    )
