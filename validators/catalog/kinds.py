"""What is known about a kind of issue, apart from where it was found."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "repaired"]


@dataclass(frozen=True)
class IssueKind:
    """One issue code.

    `title` completes a sentence that begins with the field ("E-mail …") or, where there is none,
    with `subject`. `detail` ends it, a template over {before} and {after}; without it the values
    are put there as the severity suggests. `explanation` says what was seen, `advice` what a
    person can do. A value with a `doubtful` issue loads, but never beats a value without one.
    `example` is a cell that has the issue.
    """

    code: str
    severity: Severity
    title: str
    explanation: str
    advice: str
    doubtful: bool = False
    example: str = ""
    detail: str = ""
    subject: str = "The row"
