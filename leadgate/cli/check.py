"""`leadgate check`: a verdict about files, without loading them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from flows import cleaning
from flows.job import ImportJob, job_for
from flows.stages import Cleaned, Mapped
from leadgate.cli.arguments import column_map
from leadgate.cli.columns import tell_columns
from leadgate.settings import load_settings
from validators.issues import ISSUE_COLUMNS, Severity, message
from validators.verdict import FailOn, Verdict, judge

SHOWN: Final = 20
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "repaired")


def run_check(
    config: Path | None,
    paths: Sequence[str],
    output: Literal["text", "json"],
    fail_on: FailOn,
    mapping: Sequence[str],
) -> int:
    """Check each file; 1 where any of them has findings as grave as `fail_on`, else 0."""
    settings = load_settings(config)
    overrides = column_map(mapping)
    failed = False
    for job in [job_for(path, settings, overrides) for path in paths]:
        mapped, cleaned = _examine(job)
        verdict = judge(cleaned.issues, len(cleaned.records), fail_on=fail_on)
        failed |= verdict.failed
        if output == "json":
            print(json.dumps(_as_json(job, mapped, cleaned, verdict), ensure_ascii=False))
        else:
            print("\n".join(_as_text(job, mapped, cleaned, verdict)))
    return int(failed)


def _examine(job: ImportJob) -> tuple[Mapped, Cleaned]:
    mapped = cleaning.map_columns(cleaning.extract(job), job)
    return mapped, cleaning.validate(cleaning.standardize(mapped, job), job)


def _findings(mapped: Mapped, cleaned: Cleaned) -> Iterator[dict[str, Any]]:
    """Every issue with its place, in the order of the rows."""
    placed = cleaned.issues.join(mapped.places, on="row").sort_values("row", kind="stable")
    placed = placed[["row", "sheet", "line", *ISSUE_COLUMNS[1:]]].astype(object)
    for issue in placed.mask(placed.isna(), None).to_dict("records"):
        finding = {str(name): value for name, value in issue.items()}
        if finding["row"] < 0:  # the table as a whole
            finding["row"] = finding["line"] = None
        finding["line"] = finding["line"] and int(finding["line"])
        said = message(finding["code"], finding["field"], finding["before"], finding["after"])
        yield {**finding, "message": said}


def _as_json(
    job: ImportJob, mapped: Mapped, cleaned: Cleaned, verdict: Verdict
) -> dict[str, object]:
    return {
        "file": str(job.path),
        "rows": verdict.rows,
        "rows_with_errors": verdict.rows_with_errors,
        **{severity: verdict.findings(severity) for severity in SEVERITIES},
        "failed": verdict.failed,
        "columns": [
            {"column": each.column, "field": each.field, "confidence": round(each.confidence, 2)}
            for columns in mapped.mappings
            for each in columns.columns
        ],
        "issues": list(_findings(mapped, cleaned)),
    }


def _as_text(job: ImportJob, mapped: Mapped, cleaned: Cleaned, verdict: Verdict) -> Iterator[str]:
    counts = {severity: verdict.findings(severity) for severity in SEVERITIES}
    yield (
        f"{job.path}: {'failed' if verdict.failed else 'passed'}, {verdict.rows:,} rows, "
        f"{verdict.rows_with_errors:,} of them with errors; {counts['error']:,} errors, "
        f"{counts['warning']:,} warnings, {counts['repaired']:,} repaired"
    )
    yield from tell_columns(mapped.mappings)
    findings = [each for each in _findings(mapped, cleaned) if each["severity"] != "repaired"]
    for finding in findings[:SHOWN]:
        graded = f"{finding['severity']:<8} {finding['code']:<24}"
        yield f"  {_place(finding):<12} {graded} {finding['message']}"
    if len(findings) > SHOWN:
        yield f"  … and {len(findings) - SHOWN:,} more; --format json lists them all"


def _place(finding: dict[str, Any]) -> str:
    if finding["line"] is None:
        return "whole file"
    sheet = f"{finding['sheet']}!" if finding["sheet"] else "line "
    return f"{sheet}{finding['line']}"
