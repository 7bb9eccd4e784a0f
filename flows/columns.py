"""The columns of a table, mapped and put on record."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from connectors.table import Table
from flows.stages import Mapped
from validators.issues import TABLE_ROW, empty_issues, make_issues
from validators.mapping import ColumnMapping, apply_mapping
from validators.mapping import map_columns as map_headers
from validators.mapping.errors import SavedMappingError, UnmappedHeaderError
from validators.mapping.saved import SavedMapping, hold_to, read_mapping


def map_table(
    table: Table, overrides: Mapping[str, str | None], saved: SavedMapping | None = None
) -> tuple[ColumnMapping, pd.DataFrame, pd.DataFrame]:
    """Map one table: its mapping, its rows under the names of fields, and their places.

    Raises ColumnsChangedError for a table that has other columns than its saved mapping, and
    UnmappedHeaderError, with the name of the sheet, where no column identifies anybody.
    """
    if saved is not None:
        overrides = {**hold_to(saved, list(table.rows.columns)), **overrides}
    try:
        columns = map_headers(table.rows, overrides)
    except UnmappedHeaderError as error:
        raise UnmappedHeaderError(error.headers, table.sheet) from None
    records, _unmapped = apply_mapping(table.rows, columns)
    places = pd.DataFrame(
        {"file": table.file, "sheet": table.sheet, "line": table.lines}, index=table.rows.index
    )
    return columns, records, places.astype({"file": "str", "sheet": "str"})


def pass_over_notes(
    tables: Sequence[Table], overrides: Mapping[str, str | None]
) -> tuple[tuple[Table, ...], pd.DataFrame]:
    """Leave out sheets with one line that is no header of leads: a note beside the sheets of rows.

    Returns the other tables, and an issue for each that was left out. Where no sheet has rows,
    nothing is left out.
    """
    if len(tables) == 1 or all(table.rows.empty for table in tables):
        return tuple(tables), empty_issues()
    notes = [table for table in tables if table.rows.empty and _is_unmapped(table, overrides)]
    issues = [(TABLE_ROW, note.sheet, "file.empty_sheet", None, None) for note in notes]
    return tuple(table for table in tables if table not in notes), make_issues(issues)


def _is_unmapped(table: Table, overrides: Mapping[str, str | None]) -> bool:
    try:
        map_table(table, overrides)
    except UnmappedHeaderError:
        return True
    return False


def find_unsure(columns: ColumnMapping) -> pd.DataFrame:
    """Return an issue of the table for each column that somebody should confirm."""
    return make_issues(
        (TABLE_ROW, each.column, "file.unsure_column", None, each.field)
        for each in columns.columns
        if each.unsure
    )


def read_saved(path: Path | None) -> SavedMapping | None:
    """Read the saved mapping of a source, if it has one."""
    if path is None:
        return None
    try:
        return read_mapping(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SavedMappingError(f"{path} cannot be read ({type(error).__name__})") from None


def describe_reading(mapped: Mapped) -> tuple[dict[str, object], ...]:
    """Put on record how each table was read and which column became which field."""
    return tuple(
        {
            "file": table.file,
            "sheet": table.sheet,
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "header_line": table.header_line,
            "preamble": list(table.preamble),
            "rows": len(table.rows),
            "blank": table.blank,
            "columns": [
                {
                    "column": each.column,
                    "field": mapped.attributes.get(each.column, each.field),
                    "confidence": each.confidence,
                    "reason": each.reason,
                }
                for each in columns.columns
            ],
        }
        for table, columns in zip(mapped.received.tables, mapped.mappings, strict=True)
    )
