"""Many rows at once: written to a table, or handed to a query as one parameter."""

import io
import json
from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Insert,
    Select,
    Table,
    Text,
    bindparam,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

__all__ = [
    "insert_frame",
    "insert_missing",
    "listed_numbers",
    "listed_texts",
    "missing_insert",
    "next_id",
    "number_lines",
]

# Rows a statement of SQLite: what it prepares once for each statement is then prepared seldom.
ROWS_A_STATEMENT: Final = 200


def insert_frame(
    connection: Connection, table: Table, frame: pd.DataFrame, **constants: int | str | bool
) -> None:
    """Insert every line of `frame` with `constants`; missing becomes NULL.

    Columns that `table` does not have are passed over.
    """
    if frame.empty:
        return
    names = [
        column.name for column in table.columns if column.name in constants or column.name in frame
    ]
    if connection.dialect.name == "postgresql":
        told = [name for name in names if name in constants or not frame[name].isna().all()]
        _copy(connection, table, frame.assign(**constants)[told])
        return
    size = len(frame)
    columns = {
        name: [constants[name]] * size if name in constants else _python_values(frame[name])
        for name in names
    }
    # What is missing in every line is left to the table, here as above.
    names = [name for name, values in columns.items() if any(each is not None for each in values)]
    width = len(names)
    cells: list[object] = [None] * (size * width)
    for place, name in enumerate(names):
        cells[place::width] = columns.pop(name)
    full = size - size % ROWS_A_STATEMENT
    _insert_rows(connection, table, names, cells[: full * width], ROWS_A_STATEMENT)
    _insert_rows(connection, table, names, cells[full * width :], size - full)


def _insert_rows(
    connection: Connection, table: Table, names: list[str], cells: list[object], rows: int
) -> None:
    """Run INSERTs of so many `rows` each; `cells` holds row after row.

    One that fails takes the whole transaction back, which its caller does anyway: SQLite need not
    keep a copy of every page that a statement changes.
    """
    if not cells:
        return
    quote = connection.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(map(quote, names))})"
    row = f"({', '.join('?' * len(names))})"
    step = len(names) * rows
    connection.exec_driver_sql(
        f"INSERT OR ROLLBACK INTO {into} VALUES {', '.join([row] * rows)}",  # noqa: S608 - names of the schema
        [tuple(cells[start : start + step]) for start in range(0, len(cells), step)],
    )


def insert_missing(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """Insert those lines of `frame` whose key `table` does not hold yet."""
    if frame.empty:
        return
    names = [column.name for column in table.columns if column.name in frame]
    lines = [dict(zip(names, line, strict=True)) for line in frame[names].to_numpy().tolist()]
    connection.execute(missing_insert(connection, table), lines)


def missing_insert(connection: Connection, table: Table) -> Insert:
    """Make an INSERT that leaves those lines whose key `table` holds as they are."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def next_id(connection: Connection, table: Table) -> int:
    """Return the first free id; only the one writer may ask."""
    return (connection.scalar(select(func.max(table.c.id))) or 0) + 1


def number_lines(connection: Connection, table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Give every line of `frame` the next free `id` of `table`."""
    first = next_id(connection, table)
    return frame.assign(id=np.arange(first, first + len(frame)))


def _python_values(column: pd.Series) -> list[object]:
    """Plain Python values, None where missing, as drivers want them."""
    if isinstance(column.dtype, pd.StringDtype):
        texts: list[object] = pa.array(column, pa.string()).to_pylist()
        return texts
    missing = column.isna().to_numpy()
    if not missing.any():
        return list(column.tolist())
    plain = column.to_numpy(dtype=object)
    return list(np.where(missing, np.array(None), plain))


def _copy(connection: Connection, table: Table, frame: pd.DataFrame) -> None:
    """PostgreSQL's own bulk load, ten times as fast as INSERT."""
    quote = connection.dialect.identifier_preparer.quote
    target = f"{quote(table.name)} ({', '.join(quote(str(name)) for name in frame)})"
    # In one piece: for an empty first chunk Arrow writes whatever the buffer held before.
    cells = pa.Table.from_pandas(frame, preserve_index=False).combine_chunks()
    lines = io.BytesIO()
    # Quoted where there is a value, so that an empty text is told from none.
    options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="all_valid")
    pyarrow.csv.write_csv(cells, lines, options)
    with connection.connection.cursor().copy(f"COPY {target} FROM STDIN (FORMAT csv)") as copy:
        copy.write(lines.getbuffer())


def listed_numbers(connection: Connection, numbers: Iterable[int]) -> Select[tuple[int]]:
    """Make a sub-select with the one column `value`, however many numbers there are."""
    return _listed(connection, [int(number) for number in _plain(numbers)], BigInteger())


def listed_texts(connection: Connection, texts: Iterable[str]) -> Select[tuple[str]]:
    """Make a sub-select with the one column `value`, however many texts there are."""
    return _listed(connection, list(_plain(texts)), Text())


def _plain(values: Iterable[Any]) -> Iterable[Any]:
    """The values themselves: a column of Arrow hands them out one by one at ten times the cost."""
    return values.tolist() if isinstance(values, pd.Series | pd.Index) else values


def _listed(connection: Connection, values: list[Any], kind: TypeEngine[Any]) -> Select[Any]:
    if connection.dialect.name == "postgresql":
        array = bindparam(None, values, ARRAY(kind))
        return select(func.unnest(array, type_=kind).column_valued("value").label("value"))
    rows = func.json_each(json.dumps(values)).table_valued("value")
    return select(rows.c.value)
