"""The verdict as JUnit XML: a suite a file, a case a code."""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from xml.etree.ElementTree import (
    Element,
    SubElement,
    indent,
    tostring,
)

from leadgate.cli.checking.file_check import FileCheck, Finding
from leadgate.cli.verdicts.words import SEVERITIES, how_often
from validators.verdict import CodeCount

SHOWN: Final = 20
# What XML 1.0 cannot hold, whichever way it is written.
FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(checks: Sequence[FileCheck]) -> Iterator[str]:
    """Write one document. The case `readable` of a suite fails where a file was not checked."""
    suites = Element("testsuites", {"name": "leadgate check"})
    for check in checks:
        _add_suite(suites, check)
    _count(suites, list(suites))
    indent(suites)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield tostring(suites, encoding="unicode")


def _add_suite(suites: Element, check: FileCheck) -> None:
    suite = SubElement(suites, "testsuite", {"name": _clean(check.path)})
    case = _add_case(suite, check, "readable")
    if check.refused:
        problem = SubElement(case, "error", {"message": _clean(check.refused), "type": "file"})
        problem.text = _clean(check.refused)
    else:
        of_code: dict[tuple[str, str], list[Finding]] = {}
        for finding in check.read_findings(SEVERITIES):
            of_code.setdefault((finding.code, finding.severity), []).append(finding)
        for each in check.verdict.codes:
            _add_code(suite, check, each, of_code[each.code, each.severity])
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))


def _add_code(
    suite: Element, check: FileCheck, each: CodeCount, findings: Sequence[Finding]
) -> None:
    case = _add_case(suite, check, each.code)
    lines = [f"{f.place}: {f.message}" for f in findings[:SHOWN]]
    if len(findings) > SHOWN:
        lines.append(f"… and {len(findings) - SHOWN:,} more")
    said = f"{each.title}: {how_often(each, check.verdict.rows)}"
    status = check.status(each)
    if status == "failing":
        failure = SubElement(case, "failure", {"message": _clean(said), "type": each.severity})
        failure.text = _clean("\n".join(lines))
    else:
        SubElement(case, "system-out").text = _clean(
            "\n".join([f"{each.severity}, {status}: {said}", *lines])
        )


def _add_case(suite: Element, check: FileCheck, name: str) -> Element:
    names = {"name": name, "classname": _clean(check.path), "file": _clean(check.path)}
    return SubElement(suite, "testcase", names)


def _count(suites: Element, each: Sequence[Element]) -> None:
    for name in ("tests", "failures", "errors"):
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in each)))


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)
