"""Which column of a table is which field.

In: rows as read, every column text under the file's header. Out: a `ColumnMapping`, one line a
column, with how sure it is and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import pandas as pd

from validators.fields import EMAIL_FIELDS, FIELDS, PHONE_FIELDS
from validators.mapping.candidates import find_candidate
from validators.mapping.date_parts import FIELD as DATE
from validators.mapping.date_parts import find_date_parts
from validators.mapping.errors import UnknownColumnError, UnknownFieldError, UnmappedHeaderError
from validators.mapping.evidence import look_at
from validators.mapping.meanings import settle_meanings
from validators.mapping.naming import EMPTY, Candidate
from validators.mapping.parts import place_of
from validators.mapping.places import join_places

IDENTIFYING: Final = frozenset(
    ("full_name", "given_name", "family_name", "company", *EMAIL_FIELDS, *PHONE_FIELDS)
)

# Below this, a person should confirm what a column was taken for.
SURE: Final = 0.7


@dataclass(frozen=True)
class MappedColumn:
    """One column: the field it is (None: carried along as extra), confidence 0…1, and why."""

    column: str
    field: str | None
    confidence: float
    reason: str

    @property
    def unsure(self) -> bool:
        """Tell whether somebody should confirm what the column was taken for."""
        empty = self.reason.endswith(EMPTY)  # there is nothing to be wrong about
        return self.field is not None and self.confidence < SURE and not empty


@dataclass(frozen=True)
class ColumnMapping:
    """The columns of a table in their order. Two columns of one field are joined with a space."""

    columns: tuple[MappedColumn, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that some column is mapped to."""
        return frozenset(mapped.field for mapped in self.columns if mapped.field)


def map_columns(
    rows: pd.DataFrame, overrides: Mapping[str, str | None] | None = None
) -> ColumnMapping:
    """Map the columns of a table; `overrides` (column → field or None) come first.

    Raises UnknownColumnError or UnknownFieldError for an override that names nothing, and
    UnmappedHeaderError where no column identifies anybody.
    """
    overrides = overrides or {}
    headers = [str(header) for header in rows.columns]
    _check_overrides(overrides, headers)
    evidence = {header: look_at(rows[header]) for header in headers if header not in overrides}
    found = {header: find_candidate(header, seen) for header, seen in evidence.items()}
    found = find_date_parts(found, evidence)
    settled = settle_meanings(found, evidence, frozenset(f for f in overrides.values() if f))
    taken = {field: header for header, field in overrides.items() if field}
    settled = join_places(settled)
    fields = _assign(settled, taken)
    mapping = ColumnMapping(tuple(_line(h, overrides, settled, fields) for h in headers))
    if not mapping.fields & IDENTIFYING:
        raise UnmappedHeaderError(_safe_headers(headers))
    return mapping


def _check_overrides(overrides: Mapping[str, str | None], headers: list[str]) -> None:
    for column, field in overrides.items():
        if column not in headers:
            raise UnknownColumnError(column, get_close_matches(column, headers, n=3))
        if field is not None and field not in FIELDS:
            raise UnknownFieldError(field, get_close_matches(field, FIELDS, n=3))


def _assign(settled: dict[str, Candidate], taken: dict[str, str]) -> dict[str, str]:
    """Give each field to its surest column, and further e-mails and phones to further fields."""
    given = dict(taken)
    by_surety = sorted(settled, key=lambda header: -settled[header].confidence)
    for header in by_surety:
        candidate = settled[header]
        if not candidate.fields or candidate.part:
            continue
        for field in _choices(candidate.fields[0]):
            if field not in given:
                given[field] = header
                break
    fields = {header: field for field, header in given.items()}
    fields |= _parts(settled, by_surety, frozenset(given))
    fields |= {h: "salutation" for h in by_surety if settled[h].joined and h not in fields}
    return fields


def _parts(
    settled: dict[str, Candidate], headers: list[str], given: frozenset[str]
) -> dict[str, str]:
    """Join to a field the column that is a part of it; a date may have nothing but parts."""
    places: dict[tuple[str, int], str] = {}
    dates = {}
    for header in headers:
        if not settled[header].part:
            continue
        (field,) = settled[header].fields
        if field == DATE:
            dates[header] = field
        elif field in given:
            places.setdefault((field, place_of(header)), header)
    return dates | {header: field for (field, _), header in places.items()}


def _choices(field: str) -> tuple[str, ...]:
    if field == "email":
        return EMAIL_FIELDS
    if field == "phone":
        return ("phone", "phone_2", "mobile")
    if field == "mobile":
        return ("mobile", "phone_2", "phone")
    return (field,)


def _line(
    header: str,
    overrides: Mapping[str, str | None],
    settled: dict[str, Candidate],
    fields: dict[str, str],
) -> MappedColumn:
    if header in overrides:
        return MappedColumn(header, overrides[header], 1.0, "told so")
    candidate = settled[header]
    field = fields.get(header)
    if field is None:
        reason = candidate.reason
        if candidate.fields:
            reason = f"another column is surer to be {FIELDS[candidate.fields[0]].label.lower()}"
        return MappedColumn(header, None, 0.0, reason)
    return MappedColumn(header, field, candidate.confidence, candidate.reason)


def _safe_headers(headers: list[str]) -> list[str]:
    """Leave out what looks like data: the first line of a file without a header names people."""
    safe = [h for h in headers if "@" not in h and sum(char.isdigit() for char in h) < 5]
    return safe if len(safe) == len(headers) else [*safe, "… and what looks like data"]
