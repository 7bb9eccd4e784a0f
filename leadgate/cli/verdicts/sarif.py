"""The verdict as SARIF 2.1.0, for code scanning: a result a finding, a rule a code."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from leadgate.cli.checking.file_check import FileCheck, Finding
from leadgate.cli.verdicts.words import SEVERITIES
from validators.issues import CATALOG

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS: Final = {"error": "error", "warning": "warning", "repaired": "note"}
# GitHub takes no more results of one run.
LIMIT: Final = 25_000


def write_sarif(checks: Sequence[FileCheck]) -> Iterator[str]:
    """Write one document with one run; findings known from a baseline are `unchanged`."""
    codes = sorted({each.code for check in checks for each in check.verdict.codes})
    rules = {code: number for number, code in enumerate(codes)}
    results = [
        _result(check, finding, rules)
        for check in checks
        for finding in check.read_findings(SEVERITIES, LIMIT)
    ]
    run = {
        "tool": {
            "driver": {
                "name": "Leadgate",
                "semanticVersion": _version(),
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": results[:LIMIT],
        "invocations": [{"executionSuccessful": not any(check.refused for check in checks)}],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False)


def _rule(code: str) -> dict[str, Any]:
    kind = CATALOG[code]
    return {
        "id": code,
        "shortDescription": {"text": f"… {kind.title}"},
        "fullDescription": {"text": kind.explanation},
        "help": {"text": kind.advice},
        "defaultConfiguration": {"level": LEVELS[kind.severity]},
    }


def _result(check: FileCheck, finding: Finding, rules: dict[str, int]) -> dict[str, Any]:
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _locate(check.path),
            "region": {"startLine": finding.line or 1},
        }
    }
    if finding.sheet is not None and finding.line is not None:
        place["logicalLocations"] = [{"fullyQualifiedName": finding.place, "kind": "cell"}]
    result = {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": _say(finding)},
        "locations": [place],
        "baselineState": "unchanged" if finding.status == "known" else "new",
    }
    if finding.status == "tolerated":
        result["suppressions"] = [{"kind": "external", "justification": "tolerated"}]
    return result


def _locate(path: str) -> dict[str, str]:
    """Where a file is: from the root of the repository on, or, outside it, where it really is."""
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(path), "uriBaseId": "%SRCROOT%"}


def _say(finding: Finding) -> str:
    return finding.message if finding.sheet is None else f"{finding.place}: {finding.message}"


def _version() -> str:
    from importlib.metadata import (  # noqa: PLC0415 - only this format needs it
        PackageNotFoundError,
        version,
    )

    try:
        return version("leadgate")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0.0.0"
