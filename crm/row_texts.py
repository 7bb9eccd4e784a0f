"""One text made of each row's cells, computed for all rows at once."""

import atexit
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

__all__ = ["compute_texts"]


def compute_texts(frame: pd.DataFrame, expression: str, parameters: Sequence[str]) -> pd.Series:
    """Evaluate an SQL expression for every row of text columns.

    It calls them c0, c1… and has a question mark for each of `parameters`: no name of a column
    ever becomes part of the SQL.
    """
    columns = [pa.array(frame.iloc[:, number], pa.string()) for number in range(frame.shape[1])]
    table = pa.table(columns, names=[f"c{number}" for number in range(len(columns))])
    with _database().cursor() as cursor:
        cursor.register("cells", table)
        sql = f"SELECT {expression} AS text FROM cells"  # noqa: S608 - no names, see above
        texts = cursor.sql(sql, params=list(parameters)).to_arrow_table()["text"]
    return pd.Series(texts.to_pandas(), dtype="str").set_axis(frame.index)


@cache
def _database() -> "duckdb.DuckDBPyConnection":
    """One DuckDB in memory: opening one takes longer than a small import.

    Without threads of its own: whoever asks is beside a thread that writes, or may be forked.
    Nothing of it is held at the end: threads of others that still run then (Prefect's) hold on to
    what this module holds, and DuckDB complains on stderr of whatever outlives the interpreter.
    """
    import duckdb  # noqa: PLC0415 - see above

    atexit.register(_database.cache_clear)
    return duckdb.connect(config={"threads": 1})
