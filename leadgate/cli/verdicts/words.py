"""What several formats say in the same words."""

from collections.abc import Iterator
from typing import Final

from leadgate.cli.checking.file_check import FileCheck
from validators.issues import Severity
from validators.verdict import CodeCount

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "repaired")


def count(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: 1 row, 2,000 rows."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def why_it_fails(check: FileCheck) -> Iterator[str]:
    """Say, a line each, which codes fail a check, which are tolerated and how many are known."""
    verdict = check.verdict
    for each in verdict.failing:
        yield f"fails on {each.code}: {how_often(each, verdict.rows)}{_beyond(check, each)}"
    for each in verdict.tolerated:
        yield f"tolerates {each.code}: {how_often(each, verdict.rows)}"
    known = [each for each in verdict.codes if check.status(each) == "known"]
    if known:
        findings = sum(each.findings for each in known)
        told = f"{count(findings, 'finding')} of {count(len(known), 'code')}"
        yield f"known from the baseline: {told}"


def how_often(each: CodeCount, rows: int) -> str:
    """Say how often a code was found, and in what share of the rows."""
    if not each.rows or not rows:
        return count(each.findings, "finding")
    return f"{count(each.findings, 'finding')} in {each.rows / rows:.2%} of the rows"


def _beyond(check: FileCheck, each: CodeCount) -> str:
    """Name the columns that are new or worse, where others are known."""
    worse = [name for name in each.fields if (each.code, name) not in check.verdict.known]
    if len(worse) == len(each.fields):
        return ""
    return f" (new or more: {', '.join(name or 'the row' for name in worse)})"
