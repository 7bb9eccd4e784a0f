"""Reading a file as tables of text, by what it holds rather than by what it is called."""

from pathlib import Path

from connectors.errors import HostileFileError
from connectors.formats import Format
from connectors.source import SourceFile, about, format_of, unpacked
from connectors.table import ReadOptions, Table


def read(path: Path, options: ReadOptions | None = None) -> tuple[Table, ...]:
    """Read a file: one table, or one a sheet; everything in it as text.

    Reads delimited text, Excel workbooks (.xlsx, .xlsm), JSON lines and JSON arrays of objects,
    and any of the texts packed by gzip. What is wrong with rows and cells is among the `findings`
    of the tables; a file that cannot be read raises a `SourceFileError` that says what to do.
    """
    options = options or ReadOptions()
    file = SourceFile(path, path)
    try:
        kind = format_of(file, path)
        if kind != "gzip":
            return _read_as(kind, file, options)
        with unpacked(file) as content:
            inner = format_of(content, path.with_suffix("") if path.suffix == ".gz" else path)
            return _read_as(inner, content, options)
    except OSError as error:
        raise about(path, error) from None


def _read_as(kind: Format, file: SourceFile, options: ReadOptions) -> tuple[Table, ...]:
    match kind:
        case "workbook":
            from connectors.spreadsheets.workbook_tables import (  # noqa: PLC0415 - on demand
                read_workbook_tables,
            )

            return read_workbook_tables(file, options)
        case "json":
            from connectors.forms.json_lines import read_json  # noqa: PLC0415 - on demand

            return (read_json(file, options),)
        case "delimited":
            from connectors.spreadsheets.delimited import read_delimited  # noqa: PLC0415 - on demand

            return (read_delimited(file, options),)
        case "gzip":
            raise HostileFileError(file.path, "is packed twice; unpack it first.")
