"""Workbooks (.xlsx, .xlsm), read in a process of their own.

A workbook is a program's memory image in a zip file, and the fastest reader aborts the whole
process on some hostile ones. So they are checked before anything is inflated
(`workbook_guard`), then read by a child with limits (`workbook_child`), and come back as JSON.
"""

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Final

from connectors.errors import (
    HostileFileError,
    SourceFileError,
    UnknownSheetError,
    UnreadableFileError,
)
from connectors.spreadsheets.workbook_guard import check_workbook

# An isolated interpreter knows neither the environment nor the folder it runs in.
CHILD: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from connectors.spreadsheets.workbook_child import main; main(sys.argv[2])"
)
ROOT: Final = Path(__file__).parents[2]
# What the child exits with; defined there, where nothing of ours can be imported.
OUT_OF_MEMORY: Final = 3
TOO_MUCH_OUTPUT: Final = 4
DISK_FULL: Final = 5


@dataclass(frozen=True)
class Sheet:
    """One worksheet as text.

    `cells[i]` is row i + 1 of the sheet from column A on, empty cells `None`, empty rows `[]`.
    `filled` are the (0-based row, column) that repeat the value of a vertical merge above them;
    `errors` those that hold an error, with its text, such as #N/A.
    """

    name: str
    cells: list[list[str | None]]
    filled: tuple[tuple[int, int], ...]
    errors: tuple[tuple[int, int, str], ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Limits:
    """What reading a workbook may take: bytes of memory and of text, seconds of CPU and of time."""

    memory: int = 2 * 1024**3
    output: int = 512 * 1024**2
    cpu_seconds: int = 60
    seconds: float = 120.0


def read_workbook(
    path: Path, sheets: tuple[str, ...] | None, limits: Limits | None = None
) -> tuple[Sheet, ...]:
    """Read the worksheets named, or all, hidden ones too, in the order of the workbook.

    Whole numbers have no “.0”, dates are ISO, errors such as #N/A are empty; a vertical merge of
    one column is filled down. Raises a `SourceFileError` that says what to do.
    """
    try:
        # Unbuffered: the child inherits the descriptor, and with it the real position.
        with path.open("rb", buffering=0) as file, tempfile.TemporaryFile() as result:
            check_workbook(path, file)
            _run_child(path, file, result, (sheets, limits or Limits()))
            result.seek(0)
            return _collect(path, result, sheets)
    except OSError as error:
        raise UnreadableFileError(path, f"cannot be read: {error.strerror}.") from None


def _run_child(
    path: Path,
    file: BinaryIO,
    result: IO[bytes],
    order: tuple[tuple[str, ...] | None, Limits],
) -> None:
    sheets, limits = order
    arguments = {
        "sheets": sheets,
        "memory": limits.memory,
        "cpu_seconds": limits.cpu_seconds,
        "output": limits.output,
    }
    try:
        ended = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-I", "-c", CHILD, str(ROOT), json.dumps(arguments)],
            stdin=file,
            stdout=result,
            stderr=subprocess.DEVNULL,  # a traceback may quote cells
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(path) from None
    if ended.returncode:
        raise _explain(path, ended.returncode)


def _explain(path: Path, code: int) -> SourceFileError:
    if code == -signal.SIGXCPU:
        return _too_slow(path)
    if code in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL}:
        return HostileFileError(
            path,
            "takes more memory than a workbook may, as one does with a cell far off the others; "
            "delete what lies outside the table, or save it as CSV.",
        )
    if code == TOO_MUCH_OUTPUT:
        return HostileFileError(path, "holds too much text; split it or save it as CSV.")
    return UnreadableFileError(
        path, "cannot be read as a workbook; save it anew as .xlsx, or as CSV."
    )


def _too_slow(path: Path) -> SourceFileError:
    return HostileFileError(path, "takes too long to read; split it or save it as CSV.")


def _collect(
    path: Path, lines: Iterable[bytes], sheets: tuple[str, ...] | None
) -> tuple[Sheet, ...]:
    parts = (json.loads(line) for line in lines)
    names: list[str] = next(parts)
    unknown = [name for name in sheets or () if name not in names]
    if unknown:
        raise UnknownSheetError(
            path, f"has no sheet “{unknown[0]}”; its sheets are: {', '.join(names)}."
        )
    found: list[Sheet] = []
    name = ""
    cells: list[list[str | None]] = []
    for part in parts:
        if isinstance(part, str):
            name, cells = part, []
        elif isinstance(part, list):
            cells += part
        else:
            filled = tuple((row, at) for row, at in part["filled"])
            errors = tuple((row, at, text) for row, at, text in part["errors"])
            found.append(Sheet(name, cells, filled, errors, part["hidden"]))
    return tuple(found)
