"""From the headers of a table to the fields of a lead."""

from validators.mapping.columns import ColumnMapping, MappedColumn, map_columns
from validators.mapping.errors import (
    ColumnsChangedError,
    MappingError,
    UnknownColumnError,
    UnknownFieldError,
    UnmappedHeaderError,
)
from validators.mapping.records import apply_mapping

__all__ = [
    "ColumnMapping",
    "ColumnsChangedError",
    "MappedColumn",
    "MappingError",
    "UnknownColumnError",
    "UnknownFieldError",
    "UnmappedHeaderError",
    "apply_mapping",
    "map_columns",
]
