"""Parquet files, as `leadgate export` and many programs write them: read as the CSV they come to.

Few bytes of such a file can stand for very many, and its reader is written in C++: so a child with
limits writes the rows out (`parquet_child`), and those are read as any text is.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from connectors.errors import (
    HostileFileError,
    SourceFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.packing import HIGHEST_RATIO, RATIO_COUNTS_FROM, UNPACKED_LIMIT
from connectors.source import SourceFile
from connectors.spreadsheets.workbook import DISK_FULL, OUT_OF_MEMORY, ROOT, TOO_MUCH_OUTPUT
from connectors.table import ReadOptions, Table

# An isolated interpreter knows neither the environment nor the folder it runs in.
CHILD: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from connectors.spreadsheets.parquet_child import main; main(sys.argv[2])"
)
# Memory that is reserved and never used would count as used.
ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "2", "ARROW_DEFAULT_MEMORY_POOL": "system"}
NOT_PLAIN: Final = 7  # what the child exits with; defined there, too


@contextmanager
def written_out(file: SourceFile) -> Iterator[SourceFile]:
    """Write a Parquet file as CSV into a temporary one, up to the limits of packed files."""
    size = file.content.stat().st_size
    limits = {
        "memory": 2**30 + 16 * size,
        "cpu_seconds": 10 + (size >> 19),
        "output": min(UNPACKED_LIMIT, max(RATIO_COUNTS_FROM, HIGHEST_RATIO * size)),
    }
    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        content = Path(folder) / "content"
        _run_child(file, content, limits)
        yield SourceFile(file.path, content, file.member)


def as_text(options: ReadOptions) -> ReadOptions:
    """How to read what was written out, whatever else is asked for."""
    return replace(options, header_row=1, encoding="utf-8", delimiter=",")


def as_parquet(table: Table) -> Table:
    """A table of a file that has no lines but rows, and neither encoding nor delimiter."""
    lines = np.asarray(table.rows.index, dtype=np.int64) + 1
    return replace(table, lines=lines, header_line=None, encoding=None, delimiter=None)


def _run_child(file: SourceFile, content: Path, limits: dict[str, int]) -> None:
    with file.content.open("rb") as opened, content.open("wb") as out:
        try:
            ended = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
                [sys.executable, "-I", "-c", CHILD, str(ROOT), json.dumps(limits)],
                stdin=opened,
                stdout=out,
                stderr=subprocess.DEVNULL,  # a traceback may quote cells
                timeout=60 + 10 * limits["cpu_seconds"],
                env={**os.environ, **ENVIRONMENT},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _too_slow(file.path) from None
    if ended.returncode:
        raise _explain(file.path, ended.returncode)


def _explain(path: Path, code: int) -> SourceFileError:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _too_slow(path)
    if code in {OUT_OF_MEMORY, TOO_MUCH_OUTPUT, -signal.SIGABRT, -signal.SIGSEGV}:
        return HostileFileError(
            path,
            "holds far more than its size says, as bombs do; if you trust where it comes from, "
            "save it as CSV.",
        )
    if code == DISK_FULL:
        return UnreadableFileError(path, "cannot be read: the disk for temporary files is full.")
    if code == NOT_PLAIN:
        return UnknownFormatError(
            path,
            "has columns of lists, structures or bytes; write those as texts, or leave them out.",
        )
    return UnreadableFileError(
        path, "is a Parquet file and damaged or cut off; export it again, or as CSV."
    )


def _too_slow(path: Path) -> SourceFileError:
    return HostileFileError(path, "takes too long to read; split it or save it as CSV.")
