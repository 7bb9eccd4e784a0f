"""Queries read into frames: whole numbers are Int64 and texts `str`, whatever the rows at hand."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
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
            column.name: pd.Series(list(values), dtype=_dtype(column))
            for column, values in zip(columns, cells, strict=True)
        }
    )


def _dtype(column: ColumnElement[Any]) -> str:
    if isinstance(column.type, Integer):
        return "Int64"
    return "float64" if isinstance(column.type, Double) else "str"
