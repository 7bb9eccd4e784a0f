"""What a report of a batch holds: values alone, ready to be shown.

Lists are cut to what a page can hold; the `total`s say how many there are. The frames are
complete: they become the tables beside the page.
"""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

import pandas as pd

T = TypeVar("T")

FATES = ("created", "merged", "held", "quarantined", "already_seen")


@dataclass(frozen=True)
class Place:
    """Where a row came from: `row` its 0-based data row, `line` its 1-based line or sheet row."""

    file: str | None
    sheet: str | None
    row: int | None
    line: int | None


@dataclass(frozen=True)
class Batch:
    """The import itself; times are ISO 8601 in UTC."""

    id: str
    source: str
    kind: str
    file: str | None
    status: str
    started_at: str
    finished_at: str | None
    model_version: str


@dataclass(frozen=True)
class Column:
    """One column of the file and the field it was taken for; `confidence` from 0 to 1."""

    header: str
    field: str | None
    confidence: float | None
    reason: str


@dataclass(frozen=True)
class Reading:
    """How one sheet or file was read; None where a thing does not apply.

    `preamble`: the texts above the header, which is on line `header_line`.
    """

    file: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    header_line: int | None
    preamble: tuple[str, ...]
    rows: int
    blank: int
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Example:
    """One finding: where, the value before and after, and the sentence about it.

    Where there is an `after`, the sentence leaves both to the arrow between them.
    """

    place: Place
    before: str | None
    after: str | None
    sentence: str


@dataclass(frozen=True)
class IssueGroup:
    """All findings of one code: how many, in how many rows, and the first few."""

    code: str
    severity: str
    title: str
    explanation: str
    advice: str
    findings: int
    rows: int
    fields: tuple[str, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Cell:
    """One cell of a quarantined row as received, and what is wrong with it."""

    header: str
    value: str
    errors: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class QuarantinedRow:
    """A row that waits for repair; `reasons` are about the row or about cells it does not have.

    `cells`: those that something is wrong with or was remarked on; `others`: the rest.
    """

    id: str
    name: str | None
    place: Place
    status: str
    reasons: tuple[str, ...]
    cells: tuple[Cell, ...]
    others: tuple[Cell, ...]


@dataclass(frozen=True)
class Piece:
    """A part of a value; `differs` where the other record has something else in its place."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """One field of two records, cut into pieces; no pieces where there is no value."""

    label: str
    here: tuple[Piece, ...]
    there: tuple[Piece, ...]
    agrees: bool


@dataclass(frozen=True)
class Reason:
    """What one comparison added to the weight, in bits; None where nothing had to be weighed."""

    comparison: str
    words: str
    weight: float | None


@dataclass(frozen=True)
class Match:
    """Two records held, or suspected, to be one person, and why."""

    decision: str
    weight: float | None
    contact: str | None
    other_contact: str | None
    record: str | None
    other_record: str | None
    place: Place
    other_place: Place
    name: str
    other_name: str
    fields: tuple[Comparison, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Listed(Generic[T]):
    """The first of a list, and how long the list is."""

    shown: tuple[T, ...]
    total: int


@dataclass(frozen=True)
class ColumnLine:
    """A column in numbers: percent of its cells filled, now and in earlier batches (or None).

    `distinct` values among the `looked_at`: of very many rows not all are.
    """

    header: str
    filled: float
    filled_before: float | None
    distinct: int
    looked_at: int
    mean_length: float


@dataclass(frozen=True)
class Profiled:
    """A batch beside earlier ones: its columns, and what is different, in sentences."""

    columns: tuple[ColumnLine, ...] = ()
    earlier: int = 0
    drift: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Report:
    """All there is to say about a batch.

    `counts`: rows_in, the fates, blank, review. `weights`: for each decision, how many pairs weigh
    so many whole bits. `issues`, `duplicates`, `rows`: complete frames for the tables.
    """

    batch: Batch
    counts: dict[str, int]
    readings: tuple[Reading, ...]
    issues_by_kind: tuple[IssueGroup, ...]
    quarantined: Listed[QuarantinedRow]
    review: Listed[Match]
    merged: Listed[Match]
    weights: dict[str, dict[int, int]]
    issues: pd.DataFrame = field(repr=False)
    duplicates: pd.DataFrame = field(repr=False)
    rows: pd.DataFrame = field(repr=False)
    profile: Profiled = Profiled()
