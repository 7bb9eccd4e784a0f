"""The last step: the report of what an import did."""

from pathlib import Path

from crm.ids import show
from crm.store import LoadResult, Store
from flows.job import ImportJob
from reports.building import build_report
from reports.writing import write_report


def report(store: Store, result: LoadResult, job: ImportJob) -> Path | None:
    """Write the report of the batch and return its page; nothing new, no report."""
    if job.reports is None or not result.written or result.batch is None or job.dry_run:
        return None
    batch = show("batch", result.batch)
    return write_report(build_report(store, batch), job.reports / batch).page
