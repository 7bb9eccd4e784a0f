"""Tables of a million rows as CSV, column by column, where pandas would go cell by cell."""

import csv
import io
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Column = pd.Series | npt.NDArray[np.generic]


def write_lines(file: BinaryIO, columns: dict[str, Column]) -> None:
    """Write columns as `DataFrame.to_csv` would without the index; what is missing is empty."""
    comma, nothing = pa.scalar(",", pa.large_string()), pa.scalar("", pa.large_string())
    texts = [pc.fill_null(_as_texts(column), nothing) for column in columns.values()]
    lines = pc.binary_join_element_wise(*texts, comma)
    ended = pc.binary_join_element_wise(lines, pa.scalar("\n", pa.large_string()), nothing)
    file.write((",".join(map(_quote, columns)) + "\n").encode())
    if len(ended):
        _, offsets, letters = ended.buffers()
        end = np.frombuffer(offsets, dtype=np.int64)[ended.offset + len(ended)]
        file.write(memoryview(letters)[: int(end)])


def _as_texts(column: Column) -> pa.Array:
    """The cells of a column, each distinct one written once; numbers, which differ, by Arrow."""
    if pd.api.types.is_integer_dtype(column.dtype):
        return pa.array(column).cast(pa.large_string())
    codes, distinct = pd.factorize(column)
    cells = [_quote(str(value)) for value in distinct]
    known = pa.array([*cells, None], pa.large_string())
    return known.take(pa.array(np.where(codes < 0, len(cells), codes)))


def _quote(text: str) -> str:
    """Quote a cell where it needs that."""
    if text.isalnum():
        return text
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([text])
    return line.getvalue()
