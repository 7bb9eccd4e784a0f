"""A report as files in a folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dedupe.cores import on_all_cores
from reports.model import Report
from reports.page import render_page
from reports.tables import (
    tabulate_issues,
    tabulate_rows,
    write_summary,
    write_table,
)


@dataclass(frozen=True)
class ReportPaths:
    """Where the files of a report are."""

    page: Path
    issues: Path
    duplicates: Path
    rows: Path
    summary: Path


def write_report(report: Report, folder: Path) -> ReportPaths:
    """Write report.html, issues.csv, duplicates.csv, rows.csv and report.json into the folder.

    The folder is made where it is missing; files of an earlier report in it are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = ReportPaths(
        folder / "report.html",
        folder / "issues.csv",
        folder / "duplicates.csv",
        folder / "rows.csv",
        folder / "report.json",
    )
    tables: list[Callable[[], None]] = [
        lambda: write_table(tabulate_rows(report.rows), paths.rows),
        lambda: write_table(report.duplicates, paths.duplicates),
        lambda: write_table(tabulate_issues(report.issues), paths.issues),
    ]
    on_all_cores(lambda write: write(), tables)
    write_summary(report, paths.summary)
    paths.page.write_text(render_page(report), encoding="utf-8")
    return paths
