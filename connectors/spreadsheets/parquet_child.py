"""Writes the rows of a Parquet file as CSV, in a process of its own with limits.

Started by `parquet` with the file as standard input and, as its argument,
`{"memory": …, "cpu_seconds": …, "output": …}`. Every cell that holds something is quoted, so that
none is taken for another; a file with values that are no texts, numbers, flags or times is refused.
"""

import errno
import json
import os
import sys

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from connectors.spreadsheets.workbook_child import (
    COLUMNS,
    DISK_FULL,
    OUT_OF_MEMORY,
    TOO_MUCH_OUTPUT,
    limit_process,
)

NOT_PLAIN = 7
ROWS_AT_A_TIME = 8192
EXACT = 2.0**53  # beyond, floats leave whole numbers out
BYTES = (
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
    pa.types.is_fixed_size_binary,
)


def main(arguments: str) -> None:
    """Write the file out within the limits of the arguments."""
    limits = json.loads(arguments)
    limit_process(limits["memory"], limits["cpu_seconds"], limits["output"])
    try:
        # Arrow closes what it read from; the descriptor is ours to the end.
        write_rows(pq.ParquetFile(pa.PythonFile(sys.stdin.buffer, mode="r")))
        sys.stdout.flush()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except pa.ArrowNotImplementedError:  # a kind of value that is not written as text
        os._exit(NOT_PLAIN)
    except OSError as error:
        # Not sys.exit: it would write what is left, fail again and change the code.
        os._exit({errno.EFBIG: TOO_MUCH_OUTPUT, errno.ENOSPC: DISK_FULL}.get(error.errno or 0, 1))


def write_rows(file: pq.ParquetFile) -> None:
    """Write header and rows to standard output."""
    names = file.schema_arrow.names
    if len(names) > COLUMNS:
        raise MemoryError
    schema = pa.schema([(name, pa.string()) for name in names])
    options = pyarrow.csv.WriteOptions(quoting_style="all_valid")
    with pyarrow.csv.CSVWriter(sys.stdout.buffer, schema, write_options=options) as out:
        for batch in file.iter_batches(ROWS_AT_A_TIME, use_threads=False):
            columns = [write_texts(column) for column in batch.columns]
            out.write(pa.RecordBatch.from_arrays(columns, schema=schema))


def write_texts(column: pa.Array) -> pa.Array:
    """Values as people write them: whole numbers without “.0”, times to the second."""
    if any(is_kind(column.type) for is_kind in BYTES):
        raise pa.ArrowNotImplementedError
    if pa.types.is_timestamp(column.type):
        column = pc.cast(column, pa.timestamp("s", column.type.tz), safe=False)
    texts = pc.cast(column, pa.string())
    return write_floats(column, texts) if pa.types.is_floating(column.type) else texts


def write_floats(column: pa.Array, texts: pa.Array) -> pa.Array:
    """Whole numbers with all their digits, as phones have; what is no number is nothing."""
    column = pc.cast(column, pa.float64())
    whole = pc.and_(pc.equal(column, pc.trunc(column)), pc.less(pc.abs(column), EXACT))
    digits = pc.cast(pc.cast(pc.if_else(whole, column, 0.0), pa.int64()), pa.string())
    return pc.if_else(pc.is_nan(column), None, pc.if_else(whole, digits, texts))
