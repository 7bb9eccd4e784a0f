"""How much of a finding is put up with: `2%` of the rows, or so many findings."""

import re
from dataclasses import dataclass
from typing import Final

WRITTEN: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(%?)", re.ASCII)


class ToleranceError(ValueError):
    """A tolerance that cannot be read."""


@dataclass(frozen=True)
class Tolerance:
    """A share of the rows (from 0 to 1), or a number of findings; one of the two is None."""

    share: float | None = None
    findings: int | None = None

    def covers(self, findings: int, rows: int, of_rows: int) -> bool:
        """Whether `findings` findings in `rows` of `of_rows` rows are still put up with.

        What was found about the table as a whole is in no row, so that no share covers it.
        """
        if self.findings is not None:
            return findings <= self.findings
        return rows > 0 and rows <= (self.share or 0.0) * of_rows

    def __str__(self) -> str:
        return f"{self.findings:,}" if self.share is None else f"{self.share * 100:g} %"


def read_tolerance(text: str) -> Tolerance:
    """Read `2%`, `0.5%` (of the rows) or `12` (findings); raises ToleranceError."""
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise ToleranceError(f'"{text}" is neither a share of the rows (2%) nor a number (12)')
    number, percent = float(found[1]), found[2]
    if percent and number <= 100:
        return Tolerance(share=number / 100)
    if percent or number != int(number):
        raise ToleranceError(f'"{text}" must be between 0% and 100%, or a whole number')
    return Tolerance(findings=int(number))
