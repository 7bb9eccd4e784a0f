"""Sales and cost figures: read like any source, kept in tables of their own.

What `leadgate insights` makes of them is in docs/insights.md.
"""

import time
from dataclasses import replace
from typing import Any, cast

import pandas as pd

from crm.content_hash import content_hashes
from crm.figures import FigureBatch, keep_figures, were_kept
from crm.opportunities import STAGES
from crm.store import Store, open_store
from flows.cleaning import extract
from flows.job import ImportJob
from flows.outcome import FATES, Outcome
from flows.running import Run
from flows.stages import Received
from validators.figures import FigureKind, Figures, map_figures, read_figures

KINDS = ("sales", "costs")


def import_figures(job: ImportJob, run: Run) -> Outcome:
    """Take a file of figures in; a file that was taken in before changes nothing."""
    started = time.perf_counter()
    received = run(extract, job)
    figures = run(clean_figures, received, job)
    with open_store(job.store, dry_run=job.dry_run) as store:
        outcome = run(store_figures, store, received, figures, job)
    return replace(outcome, seconds=round(time.perf_counter() - started, 2))


def clean_figures(received: Received, job: ImportJob) -> Figures:
    """Map and standardize the rows, and find those that cannot be counted."""
    kind = cast("FigureKind", job.kind)
    mapped = [map_figures(table.rows, kind, job.overrides) for table in received.tables]
    figures = read_figures(pd.concat(mapped), kind, STAGES, job.currency)
    return replace(figures, records=_with_deals(figures.records)) if kind == "sales" else figures


def store_figures(store: Store, received: Received, figures: Figures, job: ImportJob) -> Outcome:
    """Keep the rows that count, and line and code of what was found in the others."""
    blank = sum(table.blank for table in received.tables)
    kept, rejected = len(figures.records), len(figures.rejected)
    batch = FigureBatch(
        source=job.source,
        kind=job.kind,
        file=job.path.name,
        content_hash=received.digest,
        rejected=rejected,
        blank=blank,
        issues=_without_values(figures, received),
    )
    seen = were_kept(store, job.source, received.digest)
    if not seen and not job.dry_run:
        seen = keep_figures(store, batch, figures.records) is None
    counts: dict[str, Any] = dict.fromkeys(FATES, 0)
    counts |= {"already_seen": kept} if seen else {"created": kept}
    return Outcome(
        batch=None,
        source=job.source,
        rows_in=kept + rejected,
        **counts | {"quarantined": rejected},
        blank=blank,
        review=0,
        seconds=0.0,
        rejected=tuple(_told(each) for each in batch.issues if each["severity"] == "error"),
    )


def _with_deals(records: pd.DataFrame) -> pd.DataFrame:
    """Give sales without a key one of their own, and numbers in the place of ids.

    A row without a deal that says somebody left is about all they ever bought.
    """
    own = "#" + content_hashes(records.astype("str"))
    numbers = {
        name: pd.to_numeric(records[name].str.slice(1), errors="coerce").astype("Int64")
        for name in ("contact", "lead")
    }
    return records.assign(
        deal=records["deal"].where(records["deal"].notna(), own),
        contact_id=numbers["contact"],
        lead_id=numbers["lead"],
    ).drop(columns=["contact", "lead"])


def _without_values(figures: Figures, received: Received) -> list[dict[str, Any]]:
    """Line, field, code and severity of what was found; the values stay in the file."""
    lines = pd.concat([pd.Series(each.lines, each.rows.index) for each in received.tables])
    return [
        {
            "line": int(lines[row]) if row in lines.index else None,
            "field": field if isinstance(field, str) else None,
            "code": code,
            "severity": severity,
        }
        for row, field, code, severity in figures.issues[
            ["row", "field", "code", "severity"]
        ].itertuples(index=False, name=None)
    ]


def _told(issue: dict[str, Any] | Any) -> str:
    where = f"line {issue['line']}" if issue["line"] else "the file"
    return f"{where}: {issue['code']} ({issue['field']})"
