"""Files to keep: reports, and rows in quarantine as a workbook to be repaired."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from starlette.responses import Response

from crm.store import Store
from reports.building import build_report
from reports.marked_workbook import write_marked
from reports.tables import tabulate_issues, tabulate_rows
from reports.workbook import write_workbook
from reports.writing import write_report
from steward.quarantine import lay_out, read_waiting

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def attach(content: bytes, name: str, kind: str) -> Response:
    """Answer with a file to keep."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


def attach_report(store: Store, batch: str, kind: Literal["xlsx", "zip"]) -> Response:
    """The report of an import as a workbook, or as page and tables together."""
    report = build_report(store, batch)
    if kind == "xlsx":
        tables = {
            "issues": tabulate_issues(report.issues),
            "duplicates": report.duplicates,
            "rows": tabulate_rows(report.rows),
        }
        return attach(write_workbook(tables), f"{batch}.xlsx", XLSX)
    with TemporaryDirectory() as folder, io.BytesIO() as packed:
        paths = write_report(report, Path(folder))
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in vars(paths).values():
                archive.write(path, f"{batch}/{path.name}")
        return attach(packed.getvalue(), f"{batch}.zip", "application/zip")


def attach_quarantine(store: Store) -> Response:
    """All rows that wait as a workbook, the bad cells marked, to be repaired and handed in."""
    frame, marks = lay_out(read_waiting(store))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "quarantine.xlsx"
        write_marked(frame, marks, path)
        return attach(path.read_bytes(), "quarantine.xlsx", XLSX)
