"""The verdict as Markdown, for the summary page of a job or a comment on a pull request."""

from collections.abc import Iterator, Sequence
from typing import Final

from leadgate.cli.checking.file_check import FileCheck
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.verdicts.words import count

SHOWN: Final = 20
ESCAPES: Final = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>\\`*_[]~|@#"})
MARKS: Final = {"failing": "❌", "known": "known", "tolerated": "tolerated", "reported": ""}


def write_markdown(checks: Sequence[FileCheck]) -> Iterator[str]:
    """Write a table of the files, then of each file its codes and first findings."""
    failed = sum(check.failed for check in checks)
    yield f"## Leadgate check: {f'{failed} of {len(checks)} failed' if failed else 'passed'}"
    yield ""
    yield "| file | verdict | rows | with errors | errors | warnings |"
    yield "|---|---|--:|--:|--:|--:|"
    for check in checks:
        yield _line(check)
    for check in checks:
        yield from _details(check)


def _line(check: FileCheck) -> str:
    verdict = check.verdict
    if check.refused:
        return f"| {_cell(check.path)} | ❌ not checked: {_cell(check.refused)} | | | | |"
    said = "❌ failed" if check.failed else "✅ passed"
    numbers = (
        verdict.rows,
        verdict.rows_with_errors,
        verdict.findings("error"),
        verdict.findings("warning"),
    )
    return f"| {_cell(check.path)} | {said} | {' | '.join(f'{n:,}' for n in numbers)} |"


def _details(check: FileCheck) -> Iterator[str]:
    codes = [each for each in check.verdict.codes if each.severity != "repaired"]
    if check.refused or not codes:
        return
    yield ""
    yield f"<details{' open' if check.failed else ''}><summary>{_cell(check.path)}</summary>"
    yield ""
    yield "| code | severity | findings | rows | |"
    yield "|---|---|--:|--:|---|"
    for each in codes:
        mark = MARKS[check.status(each)]
        yield f"| `{each.code}` | {each.severity} | {each.findings:,} | {each.rows:,} | {mark} |"
    yield ""
    yield "| where | code | what |"
    yield "|---|---|---|"
    findings = check.read_findings(("error", "warning"), SHOWN)
    for finding in findings:
        yield f"| {_cell(finding.place)} | `{finding.code}` | {_cell(finding.message)} |"
    more = sum(each.findings for each in codes) - len(findings)
    yield ""
    if more:
        yield f"… and {count(more, 'more finding')}."
    yield "</details>"


def _cell(text: str) -> str:
    """Text that Markdown takes as text: no markup, no table, no mention of a user."""
    return plain_line(text).translate(ESCAPES)
