"""The verdict for people at a terminal, and for the log of a job."""

from collections.abc import Iterator, Sequence
from typing import Final

from leadgate.cli.checking.file_check import FileCheck
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.columns import tell_columns
from leadgate.cli.verdicts.words import SEVERITIES, count, why_it_fails
from validators.verdict import Verdict

SHOWN: Final = 20


def write_text(checks: Sequence[FileCheck]) -> Iterator[str]:
    """Write a few lines a file: the verdict, why, the columns, and the first findings."""
    for check in checks:
        yield from map(plain_line, _tell(check))
    if len(checks) > 1:
        failed = sum(check.failed for check in checks)
        rows = sum(check.verdict.rows for check in checks)
        yield f"{len(checks)} files, {failed or 'none'} failed; {count(rows, 'row')} checked"


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


def _counts(verdict: Verdict) -> str:
    found = ", ".join(
        count(verdict.findings(severity), severity, "repaired" if severity == "repaired" else None)
        for severity in SEVERITIES
    )
    return (
        f"{count(verdict.rows, 'row')}, {verdict.rows_with_errors:,} of them with errors; {found}"
    )
