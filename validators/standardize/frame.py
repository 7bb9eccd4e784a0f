"""A table of mapped texts becomes a standardized table, and what was found on the way.

Every column is taken apart into distinct texts. Cells are mended first, then values that stand
in the wrong column or share a cell are given their places, then each kind of field gets its own
rule; fields that need others (a phone its country) come after them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd

from validators.fields import FIELDS
from validators.issues import concat_issues
from validators.standardize.date import DateReading
from validators.standardize.dates import learn_to_read, standardize_dates
from validators.standardize.distinct import Distinct, encode
from validators.standardize.emails import standardize_emails
from validators.standardize.mending import drop_longest, mend_cells
from validators.standardize.misplaced import move_misplaced
from validators.standardize.names import PARTS, standardize_names
from validators.standardize.phones import standardize_phones
from validators.standardize.pieces import on_this_machine
from validators.standardize.postal_codes import standardize_postal_codes
from validators.standardize.rules import rule_for
from validators.standardize.several import part_several


@dataclass(frozen=True)
class Standardized:
    """Standardized records (index `row`, columns of FIELDS) and the issues found in them."""

    records: pd.DataFrame
    issues: pd.DataFrame


WorkOn = Callable[[pd.DataFrame, Callable[[pd.DataFrame], Standardized]], Sequence[Standardized]]


def standardize(
    records: pd.DataFrame,
    *,
    default_country: str | None = None,
    today: date | None = None,
    work_on: WorkOn = on_this_machine,
) -> Standardized:
    """Bring mapped records into standard form; a value that cannot be brought becomes null.

    `records`: text columns named like fields, index = row. `default_country`: alpha-2, used for
    phones without a country code, postal codes and the order of dates. `today`: for the century
    of two-digit years. Same index in and out; standardizing twice changes nothing. `work_on` does
    the work piece by piece, wherever it likes; by default on every core of this machine.
    """
    readings, unsure = learn_to_read(records, default_country)
    work = partial(
        standardize_piece,
        default_country=default_country,
        today=today or datetime.now(UTC).date(),
        readings=readings,
    )
    done = work_on(records, work)
    whole = pd.concat([piece.records for piece in done])
    issues = concat_issues([unsure, *(piece.issues for piece in done)])
    return Standardized(
        whole[[field for field in FIELDS if field in whole]],
        issues.sort_values("row", kind="stable", ignore_index=True),
    )


def standardize_piece(
    records: pd.DataFrame,
    default_country: str | None,
    today: date,
    readings: Mapping[str, DateReading],
) -> Standardized:
    """Standardize some rows of a table whose columns of dates are to be read in a known way."""
    records, dropped = drop_longest(records.astype("str"))
    columns = {str(name): encode(records[name], str(name)) for name in records}
    columns, mended = mend_cells(columns)
    columns, parted = part_several(columns)
    columns, moved = move_misplaced(columns)
    done, found = _apply_rules(columns)
    issues = [dropped, mended, parted, moved, found]
    phones = tuple(field for field in columns if FIELDS[field].kind == "phone")
    for series, found in (
        standardize_names(columns),
        standardize_phones(columns, phones, default_country),
        standardize_dates(columns, readings, today),
    ):
        done |= series
        issues.append(found)
    if "postal_code" in columns:
        done["postal_code"], found = standardize_postal_codes(columns, default_country)
        issues.append(found)
    ordered = {field: done[field].array for field in FIELDS if field in done}
    frame = pd.DataFrame(ordered, index=pd.Index(records.index, name="row"))
    return Standardized(frame, concat_issues(issues))


def _apply_rules(
    columns: dict[str, Distinct],
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    """Apply the rules that need nothing but the text; `columns` then hold their results."""
    done: dict[str, pd.Series[str]] = {}
    issues = []
    for field, column in list(columns.items()):
        known = rule_for(field)
        if FIELDS[field].kind == "email":
            columns[field], found = standardize_emails(column)
            issues.append(found)
        elif known and field not in PARTS:
            columns[field], found = column.apply(known.rule, *known.shortcuts)
            issues.append(found)
        if field not in PARTS:
            done[field] = columns[field].series()
    return done, concat_issues(issues)
