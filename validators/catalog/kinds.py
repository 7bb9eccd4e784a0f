"""What is known about a kind of issue, apart from where it was found."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "repaired"]


@dataclass(frozen=True)
class IssueKind:
    """One issue code.

    `title` completes the sentence "E-mail: …"; `explanation` says what was seen, `advice` what
    a person can do. A value with a `doubtful` issue loads, but never beats a value without one.
    `example` is a cell that has the issue.
    """

    code: str
    severity: Severity
    title: str
    explanation: str
    advice: str
    doubtful: bool = False
    example: str = ""
