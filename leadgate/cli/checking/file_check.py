"""What a check found in one file, as values that every format is made of."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from validators.issues import Severity, message
from validators.mapping import ColumnMapping
from validators.verdict import CodeCount, Verdict

Status = Literal["failing", "known", "tolerated", "reported"]

FINDING_COLUMNS: Final = (
    "row",
    "member",
    "sheet",
    "line",
    "column",
    "cell",
    "field",
    "code",
    "severity",
    "before",
    "after",
    "status",
)
# What stands before the columns of a file in an extract.
EXTRACT_COLUMNS: Final = ("file", "sheet", "line", "reasons")


@dataclass(frozen=True)
class Finding:
    """One issue with its place; `row` and `line` are None where the whole file is meant.

    `member` is the file in an archive that it is about, null where there is no archive.
    `line` is the line of a text or the row of a sheet, `column` the header, `cell` such as C7.
    """

    row: int | None
    member: str | None
    sheet: str | None
    line: int | None
    column: str | None
    cell: str | None
    field: str | None
    code: str
    severity: Severity
    before: str | None
    after: str | None
    status: Status
    message: str

    @property
    def place(self) -> str:
        """Where it is, for people: `line 7`, `Sheet1!C7`, `whole file`, `mon.csv, line 7`."""
        if self.line is None:
            place = f"sheet {self.sheet}" if self.sheet is not None else "whole file"
        else:
            place = f"line {self.line}" if self.sheet is None else f"{self.sheet}!{self.cell}"
        return place if self.member is None else f"{self.member}, {place}"


@dataclass(frozen=True)
class FileCheck:
    """One file, checked. `findings` has FINDING_COLUMNS, in the order of the rows.

    `refused` says why nothing of the file could be checked. `bad_rows` are the rows as read that
    have findings of the severity asked for, with `reasons`, where an extract is wanted.
    """

    path: str
    mappings: tuple[ColumnMapping, ...]
    verdict: Verdict
    findings: pd.DataFrame
    refused: str | None = None
    bad_rows: pd.DataFrame | None = None

    @property
    def failed(self) -> bool:
        """Whether the exit code should say so."""
        return self.verdict.failed or self.refused is not None

    def status(self, count: CodeCount) -> Status:
        """What a code means for the verdict."""
        if count in self.verdict.failing:
            return "failing"
        if count in self.verdict.tolerated:
            return "tolerated"
        known = all((count.code, name) in self.verdict.known for name in count.fields)
        return "known" if known else "reported"

    def read_findings(
        self, chosen: Collection[Severity], limit: int | None = None
    ) -> list[Finding]:
        """Return the findings of some severities as values, those that fail first.

        A few about the file as a whole come before them, as one may explain all the others.
        """
        frame = self.findings[self.findings["severity"].isin(list(chosen))]
        if limit is not None and len(frame) > limit:
            about_all = frame[frame["row"] < 0].head(limit // 4)
            others = frame.drop(about_all.index)
            failing = others["status"] == "failing"
            frame = pd.concat([about_all, others[failing], others[~failing]]).head(limit)
        return list(self._values(frame))

    def _values(self, frame: pd.DataFrame) -> Iterator[Finding]:
        plain = frame.astype(object)
        for values in plain.mask(plain.isna(), None).to_dict("records"):
            named = {str(name): value for name, value in values.items()}
            if named["row"] < 0:
                named["row"] = named["line"] = None
            named["line"] = None if named["line"] is None else int(named["line"])
            said = self.refused or message(
                *(named[name] for name in ("code", "field", "before", "after", "column"))
            )
            yield Finding(**named, message=said)


def name_in_extract(header: str) -> str:
    """Return what a column of a file is called in an extract, which has columns of its own."""
    return f"{header} (column)" if header in EXTRACT_COLUMNS else header
