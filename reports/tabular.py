"""A frame of texts as a file to take elsewhere: CSV, XLSX, JSON lines or Parquet.

Spreadsheets get every text guarded, so that none is run as a formula; `spreadsheet_safety` tells
how it is restored. Programs get the texts as they are.
"""

import json
from pathlib import Path
from typing import Final

import pandas as pd

from reports.spreadsheet_safety import guard_frame

__all__ = ["FORMATS", "write_frame"]

FORMATS: Final = ("csv", "xlsx", "jsonl", "parquet")


def write_frame(frame: pd.DataFrame, path: Path, form: str) -> None:
    """Write a frame in one of `FORMATS`; missing is an empty cell, a key left out, or null."""
    if form == "csv":
        guard_frame(frame).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    elif form == "xlsx":
        from reports.marked_workbook import write_marked  # noqa: PLC0415 - openpyxl is slow to load

        write_marked(guard_frame(frame), (), path)
    elif form == "jsonl":
        with path.open("w", encoding="utf-8") as file:
            for start in range(0, len(frame), 10_000):
                some = frame.iloc[start : start + 10_000]
                file.write(_write_lines(some))
    else:
        frame.to_parquet(path, index=False)


def _write_lines(frame: pd.DataFrame) -> str:
    """JSON objects, one a line, without the missing."""
    names = [str(name) for name in frame.columns]
    lines = []
    for row in frame.itertuples(index=False, name=None):
        told = {
            name: value for name, value in zip(names, row, strict=True) if isinstance(value, str)
        }
        lines.append(json.dumps(told, ensure_ascii=False) + "\n")
    return "".join(lines)
