"""The verdict as JSON, one object a file and line; docs/check.schema.json describes it."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from leadgate.cli.checking.file_check import FileCheck
from leadgate.cli.verdicts.words import SEVERITIES

VERSION: Final = 1


def write_json(checks: Sequence[FileCheck]) -> Iterator[str]:
    """Write a line a file, with every finding."""
    for check in checks:
        yield json.dumps(_describe(check), ensure_ascii=False)


def _describe(check: FileCheck) -> dict[str, Any]:
    verdict = check.verdict
    return {
        "version": VERSION,
        "file": check.path,
        "rows": verdict.rows,
        "rows_with_errors": verdict.rows_with_errors,
        **{severity: verdict.findings(severity) for severity in SEVERITIES},
        "failed": check.failed,
        "refused": check.refused,
        "codes": [
            {
                "code": each.code,
                "severity": each.severity,
                "title": each.title,
                "findings": each.findings,
                "rows": each.rows,
                "status": check.status(each),
            }
            for each in verdict.codes
        ],
        "columns": [
            {"column": each.column, "field": each.field, "confidence": round(each.confidence, 2)}
            for columns in check.mappings
            for each in columns.columns
        ],
        "issues": [dataclasses.asdict(finding) for finding in check.read_findings(SEVERITIES)],
    }
