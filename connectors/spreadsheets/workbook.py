"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods), read in a process of their own.

A workbook is a program's memory image in a zip file, and the fastest reader aborts the whole
process on some hostile ones. So they are checked before anything is inflated
(`workbook_guard`), then read by a child with limits (`workbook_child`); what it writes becomes
columns (`workbook_result`).
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final

from connectors.errors import (
    HostileFileError,
    SourceFileError,
    UnknownFormatError,
    UnknownSheetError,
    UnreadableFileError,
)
from connectors.source import SourceFile
from connectors.spreadsheets.workbook_guard import check_workbook

if TYPE_CHECKING:
    from connectors.spreadsheets.workbook_result import Sheet

# An isolated interpreter knows neither the environment nor the folder it runs in.
CHILD: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from connectors.spreadsheets.workbook_child import main; main(sys.argv[2])"
)
ROOT: Final = Path(__file__).parents[2]
# Memory that is reserved and never used would count as used.
ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "2"}
# What the child exits with; defined there, where nothing of ours can be imported.
OUT_OF_MEMORY: Final = 3
TOO_MUCH_OUTPUT: Final = 4
DISK_FULL: Final = 5
PROTECTED: Final = 6
MOST_SHEETS: Final = 500


@dataclass(frozen=True)
class Limits:
    """What reading a workbook may take: bytes of memory and of text, seconds of CPU and of time."""

    memory: int
    output: int
    cpu_seconds: int
    seconds: float

    @classmethod
    def of(cls, size: int) -> "Limits":
        """What an honest workbook of so many bytes may take; a small one is read at once."""
        megabytes = size / 2**20
        return cls(
            memory=384 * 2**20 + 16 * size,
            output=96 * 2**20 + 16 * size,
            cpu_seconds=7 + int(megabytes / 2),
            seconds=60 + 6 * megabytes,  # far more, as the machine may have other things to do
        )


def read_workbook(
    file: SourceFile, sheets: tuple[str, ...] | None, limits: Limits | None = None
) -> "tuple[Sheet, ...]":
    """Read the worksheets named, or all, hidden ones too, in the order of the workbook.

    Whole numbers have no “.0”, dates are ISO, errors such as #N/A are empty; a vertical merge of
    one column is filled down. Raises a `SourceFileError` that says what to do.
    """
    # Unbuffered: the child inherits the descriptor, and with it the real position.
    with file.content.open("rb", buffering=0) as content, tempfile.TemporaryFile() as result:
        is_utf8 = check_workbook(file.path, content)
        allowed = limits or Limits.of(os.fstat(content.fileno()).st_size)
        _run_child(file.path, content, result, {"sheets": sheets, "recode": not is_utf8}, allowed)
        return _collect(file.path, result, sheets)


def _run_child(
    path: Path, file: BinaryIO, result: IO[bytes], order: dict[str, Any], limits: Limits
) -> None:
    arguments = {
        **order,
        "memory": limits.memory,
        "cpu_seconds": limits.cpu_seconds,
        "output": limits.output,
    }
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-I", "-c", CHILD, str(ROOT), json.dumps(arguments)],
        stdin=file,
        stdout=result,
        stderr=subprocess.DEVNULL,  # a traceback may quote cells
        env={**os.environ, **ENVIRONMENT},
    ) as child:
        try:
            _load_libraries()
            code = child.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            raise _too_slow(path) from None
        finally:
            child.kill()  # nothing where it has ended
    if code:
        raise _explain(path, code)


def _load_libraries() -> None:
    """Load what makes tables of sheets, half a second that the child reads meanwhile."""
    import_module("connectors.spreadsheets.workbook_result")
    import_module("connectors.spreadsheets.partition")


def _explain(path: Path, code: int) -> SourceFileError:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return _too_slow(path)
    if code in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV}:
        return HostileFileError(
            path,
            "takes more memory than a workbook may, as one does with a cell far off the others; "
            "delete what lies outside the table, or save it as CSV.",
        )
    if code == TOO_MUCH_OUTPUT:
        return HostileFileError(path, "holds too much text; split it or save it as CSV.")
    if code == DISK_FULL:
        return UnreadableFileError(path, "cannot be read: the disk for temporary files is full.")
    if code == PROTECTED:
        return UnknownFormatError(path, "is protected by a password; save it without one.")
    return UnreadableFileError(
        path, "cannot be read as a workbook; save it anew as .xlsx, or as CSV."
    )


def _too_slow(path: Path) -> SourceFileError:
    return HostileFileError(path, "takes too long to read; split it or save it as CSV.")


def _collect(path: Path, result: IO[bytes], sheets: tuple[str, ...] | None) -> "tuple[Sheet, ...]":
    from connectors.spreadsheets.workbook_result import (  # noqa: PLC0415 - loaded by now
        Result,
        read_sheets,
    )

    written = Result(result)
    names: list[str] = (written.read_line() or {})["sheets"]
    unknown = [name for name in sheets or () if name not in names]
    if unknown:
        raise UnknownSheetError(
            path, f"has no sheet “{unknown[0]}”; its sheets are: {', '.join(names)}."
        )
    if sheets is None and len(names) > MOST_SHEETS:
        raise HostileFileError(
            path, f"has more than {MOST_SHEETS} sheets; say which to read, or save only those."
        )
    return tuple(read_sheets(written))
