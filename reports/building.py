"""From a batch in the store to what its report says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crm import ids
from crm.store import Store
from reports.comparing import compare_records, name_record
from reports.issue_groups import group_issues, place_of
from reports.model import (
    Batch,
    Column,
    Listed,
    Match,
    Place,
    QuarantinedRow,
    Reading,
    Reason,
    Report,
)
from reports.quarantine import describe_quarantined


@dataclass(frozen=True)
class Limits:
    """How much a page can hold: examples of each issue, rows and pairs of each list."""

    examples: int = 5
    rows: int = 100
    pairs: int = 100


def build_report(store: Store, batch: str | int, limits: Limits | None = None) -> Report:
    """Read all that is known about a batch (`"b7"` or 7).

    Raises `crm.errors.UnknownIdError` where there is no such batch.
    """
    limits = limits or Limits()
    found = store.batch(batch)
    issues = store.batch_issues(found.id)
    matches = store.batch_matches(found.id)
    quarantine = store.batch_quarantine(found.id)
    readings = tuple(_read_reading(each) for each in found.reading)
    # What was merged on the weakest ground comes first, and what most likely is one person.
    merged = matches[matches["decision"] == "merged"].sort_values("weight", kind="stable")
    review = matches[matches["decision"] == "review"]
    review = review.sort_values("weight", ascending=False, kind="stable")
    return Report(
        batch=Batch(
            ids.show("batch", found.id),
            found.source,
            found.kind,
            found.file,
            found.status,
            found.started_at,
            found.finished_at,
            found.model_version,
        ),
        counts=dict(found.counts),
        readings=readings,
        issues_by_kind=group_issues(issues, limits.examples),
        quarantined=Listed(
            tuple(_quarantined(quarantine.head(limits.rows), issues, readings)), len(quarantine)
        ),
        review=Listed(tuple(_match(row) for row in _head(review, limits.pairs)), len(review)),
        merged=Listed(tuple(_match(row) for row in _head(merged, limits.pairs)), len(merged)),
        weights={
            "merged": tuple(merged["weight"].dropna().astype(float)),
            "review": tuple(review["weight"].dropna().astype(float)),
        },
        issues=issues,
        duplicates=matches,
        rows=store.batch_rows(found.id),
    )


def _head(frame: pd.DataFrame, rows: int) -> Any:
    return frame.head(rows).itertuples()


def _quarantined(
    rows: pd.DataFrame, issues: pd.DataFrame, readings: tuple[Reading, ...]
) -> list[QuarantinedRow]:
    wanted = issues[issues["row"].isin(rows["row"])]
    of_row = {int(str(number)): found for number, found in wanted.groupby("row")}
    fields: dict[Any, dict[str, str | None]] = {
        (each.file, each.sheet): {c.header: c.field for c in each.columns} for each in readings
    }
    return [
        describe_quarantined(
            row,
            of_row.get(int(str(row.row)), issues.head(0)),
            fields.get((row.file, row.sheet), {}),
        )
        for row in rows.itertuples()
    ]


def _match(row: Any) -> Match:
    values, others = _texts(row.values), _texts(row.other_values)
    return Match(
        decision=row.decision,
        weight=_number(row.weight),
        contact=_show("contact", row.contact),
        other_contact=_show("contact", row.other_contact),
        record=_show("source_record", row.record),
        other_record=_show("source_record", row.other_record),
        place=place_of(row),
        other_place=_other_place(row),
        name=name_record(values) or "no name",
        other_name=name_record(others) or "no name",
        fields=compare_records(values, others),
        reasons=tuple(
            Reason(str(each["comparison"]), str(each["words"]), _number(each["weight"]))
            for each in row.evidence or ()
        ),
    )


def _other_place(row: Any) -> Place:
    """The other record's place; its data row counts in another file, so it is not told."""
    line = None if pd.isna(row.other_line) else int(row.other_line)
    file, sheet = (
        value if isinstance(value, str) else None for value in (row.other_file, row.other_sheet)
    )
    return Place(file, sheet, None, line)


def _texts(values: object) -> dict[str, str]:
    """The values of a record that are there."""
    found = values if isinstance(values, Mapping) else {}
    return {str(name): str(value) for name, value in found.items() if value not in (None, "")}


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _show(table: str, number: Any) -> str | None:
    return None if pd.isna(number) else ids.show(table, int(number))


def _read_reading(told: Mapping[str, Any]) -> Reading:
    """How a table was read, as the import wrote it down; what it did not tell stays open."""
    return Reading(
        file=str(told.get("file") or ""),
        sheet=told.get("sheet"),
        encoding=told.get("encoding"),
        delimiter=told.get("delimiter"),
        header_line=told.get("header_line"),
        preamble=tuple(str(text) for text in told.get("preamble") or ()),
        rows=int(told.get("rows") or 0),
        blank=int(told.get("blank") or 0),
        columns=tuple(
            Column(
                str(column.get("column")),
                column.get("field"),
                column.get("confidence"),
                str(column.get("reason") or ""),
            )
            for column in told.get("columns") or ()
        ),
    )
