"""The columns of a table, mapped and put on record."""

from collections.abc import Mapping

import pandas as pd

from connectors.table import Table
from flows.stages import Mapped
from validators.mapping import ColumnMapping, apply_mapping
from validators.mapping import map_columns as map_headers


def map_table(
    table: Table, overrides: Mapping[str, str | None]
) -> tuple[ColumnMapping, pd.DataFrame, pd.DataFrame]:
    """Map one table: its mapping, its rows under the names of fields, and their places."""
    columns = map_headers(table.rows, overrides)
    records, _unmapped = apply_mapping(table.rows, columns)
    places = pd.DataFrame(
        {"file": table.file, "sheet": table.sheet, "line": table.lines}, index=table.rows.index
    )
    return columns, records, places.astype({"file": "str", "sheet": "str"})


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
                    "field": each.field,
                    "confidence": each.confidence,
                    "reason": each.reason,
                }
                for each in columns.columns
            ],
        }
        for table, columns in zip(mapped.received.tables, mapped.mappings, strict=True)
    )
