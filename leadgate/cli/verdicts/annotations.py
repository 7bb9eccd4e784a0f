"""The verdict as GitHub workflow commands: each becomes an annotation on its line."""

from collections.abc import Iterator, Sequence
from typing import Final

from leadgate.cli.checking.file_check import FileCheck, Finding
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.verdicts.words import count, why_it_fails
from validators.issues import Severity

# GitHub shows ten of each level a step, and fifty a job.
SHOWN: Final = 10
LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning"}


def write_annotations(checks: Sequence[FileCheck]) -> Iterator[str]:
    """Write the findings that fail first, ten of a level and file, then a summary of each file."""
    for check in checks:
        for severity, level in LEVELS.items():
            shown = check.read_findings((severity,), SHOWN)
            yield from (_annotate(check, each, level) for each in shown if each.status != "known")
        yield from map(plain_line, _summary(check))


def _summary(check: FileCheck) -> Iterator[str]:
    if check.refused:
        yield f"{check.path}: not checked"
        return
    verdict = check.verdict
    said = "failed" if verdict.failed else "passed"
    errors = count(verdict.findings("error"), "error")
    warnings = count(verdict.findings("warning"), "warning")
    yield f"{check.path}: {said}, {count(verdict.rows, 'row')}, {errors}, {warnings}"
    yield from (f"  {line}" for line in why_it_fails(check))


def _annotate(check: FileCheck, finding: Finding, level: str) -> str:
    properties = {"file": check.path, "title": finding.code}
    message = finding.message
    if finding.sheet is not None:  # a workbook has no lines to annotate
        message = f"{finding.place}: {message}"
    elif finding.line is not None:
        properties["line"] = str(finding.line)
    written = ",".join(f"{name}={_escape_property(text)}" for name, text in properties.items())
    return f"::{level} {written}::{escape_data(plain_line(message))}"


def escape_data(text: str) -> str:
    """Escape the message of a command as GitHub's toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")
