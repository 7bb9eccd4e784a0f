"""From the headers of a table to the fields of a lead."""

from validators.mapping.columns import ColumnMapping, MappedColumn, apply_mapping, map_columns
from validators.mapping.errors import (
    MappingError,
    UnknownColumnError,
    UnknownFieldError,
    UnmappedHeaderError,
)

__all__ = [
    "ColumnMapping",
    "MappedColumn",
    "MappingError",
    "UnknownColumnError",
    "UnknownFieldError",
    "UnmappedHeaderError",
    "apply_mapping",
    "map_columns",
]
