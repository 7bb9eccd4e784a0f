"""From a batch in the store to what its report says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm import ids
from crm.store import Store
from reports.headers import name_columns
from reports.issue_groups import group_issues
from reports.matches import gather_pairs
from reports.model import Batch, Column, Listed, Reading, Report
from reports.profile import describe_profile
from reports.quarantine import describe_quarantine


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
    quarantine = store.batch_quarantine(found.id)
    pairs = gather_pairs(store.batch_match_chunks(found.id), limits.pairs)
    readings = tuple(_read_reading(told) for told in found.reading)
    issues = name_columns(issues, readings)
    waiting = describe_quarantine(quarantine.head(limits.rows), issues, readings)
    return Report(
        batch=_describe(found),
        counts=dict(found.counts),
        readings=readings,
        issues_by_kind=group_issues(issues, limits.examples),
        quarantined=Listed(waiting, len(quarantine)),
        review=pairs.review,
        merged=pairs.merged,
        weights=pairs.weights,
        issues=issues,
        duplicates=pairs.table,
        rows=store.batch_rows(found.id),
        profile=describe_profile(store, found.id, found.source, issues),
    )


def _describe(found: Any) -> Batch:
    return Batch(
        id=ids.show("batch", found.id),
        source=found.source,
        kind=found.kind,
        file=found.file,
        status=found.status,
        started_at=found.started_at,
        finished_at=found.finished_at,
        model_version=found.model_version,
    )


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
                header=str(column.get("column")),
                field=column.get("field"),
                confidence=column.get("confidence"),
                reason=str(column.get("reason") or ""),
            )
            for column in told.get("columns") or ()
        ),
    )
