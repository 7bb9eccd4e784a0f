"""Repaired rows from quarantine through the gate again: those that pass replace what waited.

Each source's rows are an import of their own, under the source, kind and trust they first came
with, and mapped as they were then. A row that still has errors stays in quarantine as it was.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import pandas as pd

from crm.content_hash import content_hashes
from crm.ids import show
from crm.quarantine_rows import settle_rows
from crm.store import LoadResult, Store, open_store
from flows import cleaning
from flows.attributes import keep_attributes
from flows.import_leads import load_cleaned
from flows.job import ImportJob, Kind, make_job
from flows.repaired_sheet import Repaired, raw_frame, read_repaired
from flows.running import Run, directly
from flows.stages import Cleaned, Mapped, Received
from flows.unguarding import unguard_records
from leadgate.settings import Settings, Source
from reports.quarantine_sheet import Readings, reading_of
from validators.fields import attributes_of
from validators.issues import concat_issues, empty_issues, message
from validators.mapping import ColumnMapping, MappedColumn, apply_mapping
from validators.mapping import map_columns as map_headers


@dataclass(frozen=True)
class Resubmitted:
    """What resubmitting a sheet came to.

    `rows`: in the sheet. `taken`: by fate, the rows that passed. `waiting`: rows that still have
    errors, and wait. `done`: rows that had been taken before. `batches`: what loaded them.
    `findings`: every issue, with `line` of the sheet, `id` of the row in quarantine and `message`.
    """

    rows: int
    taken: dict[str, int]
    waiting: int
    done: int
    refused: int
    batches: tuple[str, ...]
    findings: pd.DataFrame

    def as_json(self) -> dict[str, Any]:
        """The summary that scripts read."""
        told = self.findings[["line", "id", "field", "code", "severity", "message"]].astype(object)
        return {
            "rows": self.rows,
            "resubmitted": sum(self.taken.values()),
            **self.taken,
            "waiting": self.waiting,
            "done_before": self.done,
            "refused": self.refused,
            "batches": list(self.batches),
            "issues": told.where(told.notna(), None).to_dict("records"),
        }


@dataclass(frozen=True)
class Sender:
    """Who sends rows again, from which file into which store."""

    path: Path
    store: str
    actor: str
    dry_run: bool = False


def resubmit(sender: Sender, settings: Settings, run: Run = directly) -> Resubmitted:
    """Take a repaired sheet through the gate and into the store; a second time changes nothing."""
    taken = dict.fromkeys(("created", "merged", "held", "already_seen"), 0)
    batches: list[str] = []
    issues, waiting = [], 0
    with open_store(sender.store, dry_run=sender.dry_run) as store:
        repaired = run(read_repaired, store, sender.path)
        for source, rows in repaired.rows.groupby("source", sort=False):
            job = _job(str(source), rows, sender, settings)
            mapped = run(_map_rows, rows, repaired.readings, job)
            cleaned = cleaning.validate(run(cleaning.standardize, mapped, job), job)
            cleaned = keep_attributes(mapped, cleaning.quarantine(cleaned))
            waiting += len(cleaned.quarantined)
            issues.append(cleaned.issues)
            result = _load_passing(store, mapped, cleaned, job, run)
            if result is None:
                continue
            if not sender.dry_run:
                settle_rows(store, _repaired_forms(rows, mapped, cleaned), sender.actor)
            taken = {fate: count + result.counts[fate] for fate, count in taken.items()}
            batches += [show("batch", result.batch)] if result.batch else []
    refused = int(repaired.issues.loc[repaired.issues["row"] >= 0, "row"].nunique())
    found = concat_issues([repaired.issues, *issues])
    return Resubmitted(
        len(repaired.lines),
        taken,
        waiting,
        repaired.done,
        refused,
        tuple(batches),
        _tell(found, repaired),
    )


def _job(source: str, rows: pd.DataFrame, sender: Sender, settings: Settings) -> ImportJob:
    described = settings.sources.get(source, Source())
    job = make_job(source, described, sender.path, settings)
    return replace(
        job,
        store=sender.store,
        kind=cast("Kind", rows["kind"].iloc[0]),
        trust=int(rows["trust"].max()),
        dry_run=sender.dry_run,
        repaired=tuple(int(number) for number in rows["quarantine_row"]),
    )


def _map_rows(rows: pd.DataFrame, readings: dict[int, Readings], job: ImportJob) -> Mapped:
    """Put repaired rows under the names of fields, as they were when they first came."""
    records = []
    attributes = dict(job.attributes)
    sheets = rows["sheet"].fillna("")
    for _, part in rows.groupby(["batch", rows["file"].fillna(""), sheets], sort=False):
        raw = raw_frame(part)
        fields = reading_of(next(part.itertuples()), readings)
        named = attributes_of(name for name in (fields or {}).values() if name)
        attributes |= {header: name for header, name in (fields or {}).items() if name in named}
        records.append(apply_mapping(*_mapping(raw, fields, job))[0])
    digest = hashlib.sha256(
        json.dumps(
            [[int(n), raw] for n, raw in zip(rows["quarantine_row"], rows["raw"], strict=True)]
        ).encode("utf-8", "surrogatepass")
    ).hexdigest()
    return Mapped(
        received=Received((), digest),
        raw=raw_frame(rows),
        places=rows[["file", "sheet", "line"]],
        records=unguard_records(pd.concat(records).sort_index()),
        mappings=(),
        issues=empty_issues(),
        attributes=attributes,
    )


def _mapping(raw: pd.DataFrame, fields: Any, job: ImportJob) -> tuple[pd.DataFrame, ColumnMapping]:
    """The rows with all columns of their first reading, and how those were mapped."""
    if not fields:
        return raw, map_headers(raw, job.overrides)
    columns = {**fields, **{header: None for header in raw if header not in fields}}
    known = (MappedColumn(header, field, 1.0, "as before") for header, field in columns.items())
    return raw.reindex(columns=list(columns)).astype("str"), ColumnMapping(tuple(known))


def _load_passing(
    store: Store, mapped: Mapped, cleaned: Cleaned, job: ImportJob, run: Run
) -> LoadResult | None:
    """Load the rows without errors; None where there are none."""
    rows = cleaned.records.index.difference(cleaned.quarantined)
    if rows.empty:
        return None
    passing = replace(
        mapped,
        raw=mapped.raw.loc[rows],
        places=mapped.places.loc[rows],
        records=mapped.records.loc[rows],
    )
    issues = cleaned.issues[cleaned.issues["row"].isin(rows)]
    sound = Cleaned(cleaned.records.loc[rows], issues, cleaned.quarantined[:0])
    return load_cleaned(store, passing, sound, job, run)


def _repaired_forms(rows: pd.DataFrame, mapped: Mapped, cleaned: Cleaned) -> pd.DataFrame:
    """By what each row that passed is known in the store from now on."""
    passed = cleaned.records.index.difference(cleaned.quarantined)
    missing = pd.Series(pd.NA, index=passed, dtype="str")
    sent = cleaned.records.get("submission_id", missing).reindex(passed)
    return pd.DataFrame(
        {
            "quarantine_row": rows["quarantine_row"].loc[passed],
            "source": rows["source"].loc[passed],
            "content_hash": content_hashes(mapped.raw.loc[passed]),
            "submission_id": sent,
        }
    )


def _tell(issues: pd.DataFrame, repaired: Repaired) -> pd.DataFrame:
    """The issues with the line of the sheet, the id of the row, and a sentence."""
    keys = repaired.rows["quarantine_row"].map(lambda number: show("quarantine_row", int(number)))
    texts = ("code", "field", "before", "after")
    return issues.assign(
        line=issues["row"].map(repaired.lines).astype("Int64"),
        id=issues["row"].map(keys).astype("str"),
        message=list(_sentences(issues[list(texts)])),
    ).sort_values(["line", "severity"], kind="stable")


def _sentences(issues: pd.DataFrame) -> Iterator[str]:
    for code, *rest in issues.itertuples(index=False, name=None):
        yield message(code, *(text if isinstance(text, str) else None for text in rest))
